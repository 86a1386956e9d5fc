#pragma once

#include <cstddef>
#include <memory>
#include <type_traits>

namespace foramen::engine {

/// Numbers that are written before they are read: memory that is not filled first is not touched twice, nor at all where nothing is written.
template <class T>
class RawBuffer {
    static_assert(std::is_trivially_copyable_v<T>);

public:
    /// At least `size` places. What they held is lost where there were fewer.
    void fit(std::size_t size) {
        if (size <= size_) return;
        data_.reset();
        data_ = std::make_unique_for_overwrite<T[]>(size);
        size_ = size;
    }
    [[nodiscard]] bool empty() const { return size_ == 0; }
    [[nodiscard]] T* data() { return data_.get(); }
    [[nodiscard]] const T* data() const { return data_.get(); }

private:
    std::unique_ptr<T[]> data_;
    std::size_t size_ = 0;
};

}  // namespace foramen::engine
