#pragma once

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <type_traits>

#include "engine/core/large_pages.hpp"

namespace foramen::engine {

/// Numbers that are written before they are read: memory that is not filled first is not touched twice, nor at all where nothing
/// is written.
template <class T>
class RawBuffer {
    static_assert(std::is_trivially_copyable_v<T>);

public:
    /// At least `size` places. What they held is lost where there were fewer.
    void fit(std::size_t size) {
        if (size <= size_) return;
        data_.reset();
        size_ = 0;
        data_.reset(static_cast<T*>(allocate_in_large_pages(size * sizeof(T))));
        size_ = size;
    }
    [[nodiscard]] bool empty() const { return size_ == 0; }
    [[nodiscard]] T* data() { return data_.get(); }
    [[nodiscard]] const T* data() const { return data_.get(); }

private:
    struct Free {
        void operator()(T* data) const { std::free(data); }
    };

    std::unique_ptr<T[], Free> data_;
    std::size_t size_ = 0;
};

}  // namespace foramen::engine
