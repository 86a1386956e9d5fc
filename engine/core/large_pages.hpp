#pragma once

#include <cstddef>
#include <cstdlib>
#include <new>

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace foramen::engine {

inline constexpr std::size_t large_page = std::size_t{1} << 21;

/// Memory that begins at a cache line, to be freed with std::free. From 1 MiB on the system is asked for pages of 2 MiB wherever
/// at least half of one is used: fewer of them to hand out and to look up. @throws std::bad_alloc
[[nodiscard]] inline void* allocate_in_large_pages(std::size_t bytes) {
    constexpr std::size_t line = 64;
    const std::size_t pages = (bytes + large_page / 2) / large_page, grain = pages == 0 ? line : large_page;
    void* const data = std::aligned_alloc(grain, (bytes + grain - 1) / grain * grain);
    if (data == nullptr) throw std::bad_alloc();
#ifdef MADV_HUGEPAGE
    if (pages > 0) static_cast<void>(madvise(data, pages * large_page, MADV_HUGEPAGE));
#endif
    return data;
}

/// Of a vector that may become large.
template <class T>
struct LargePageAllocator {
    using value_type = T;
    LargePageAllocator() = default;
    template <class U>
    LargePageAllocator(const LargePageAllocator<U>&) {}
    [[nodiscard]] T* allocate(std::size_t count) { return static_cast<T*>(allocate_in_large_pages(count * sizeof(T))); }
    void deallocate(T* data, std::size_t) { std::free(data); }
    template <class U>
    bool operator==(const LargePageAllocator<U>&) const {
        return true;
    }
};

}  // namespace foramen::engine
