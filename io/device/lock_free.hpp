#pragma once

// Hand-over between two threads without locks: a queue that loses nothing it took, and a box with the latest value.

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

namespace foramen::io {

/// One thread pushes, one pops. Full: push() refuses, and who pushes says so.
template <class T, std::size_t capacity>
class Queue {
    static_assert(std::is_trivially_copyable_v<T> && (capacity & (capacity - 1)) == 0);

public:
    [[nodiscard]] bool push(const T& item) {
        const std::size_t tail = tail_.load(std::memory_order_relaxed);
        if (tail - head_.load(std::memory_order_acquire) == capacity) return false;
        items_[tail % capacity] = item;
        tail_.store(tail + 1, std::memory_order_release);
        return true;
    }
    [[nodiscard]] bool pop(T& item) {
        const std::size_t head = head_.load(std::memory_order_relaxed);
        if (head == tail_.load(std::memory_order_acquire)) return false;
        item = items_[head % capacity];
        head_.store(head + 1, std::memory_order_release);
        return true;
    }

private:
    std::array<T, capacity> items_{};
    alignas(64) std::atomic<std::size_t> head_ = 0;
    alignas(64) std::atomic<std::size_t> tail_ = 0;
};

/// The latest value of one writer; a reader that meets the writer tries again (a sequence lock over relaxed words: Boehm 2012,
/// "Can seqlocks get along with programming language memory models?").
template <class T>
class Latest {
    static_assert(std::is_trivially_copyable_v<T>);
    static constexpr std::size_t words = (sizeof(T) + 7) / 8;

public:
    void write(const T& value) {
        std::array<std::uint64_t, words> raw{};
        std::memcpy(raw.data(), &value, sizeof(T));
        const std::uint64_t begun = count_.load(std::memory_order_relaxed) + 1;
        count_.store(begun, std::memory_order_relaxed);
        std::atomic_thread_fence(std::memory_order_release);
        for (std::size_t i = 0; i < words; ++i) words_[i].store(raw[i], std::memory_order_relaxed);
        count_.store(begun + 1, std::memory_order_release);
    }
    /// @return how often it was written
    std::uint64_t read(T& value) const {
        std::array<std::uint64_t, words> raw;
        for (;;) {
            const std::uint64_t before = count_.load(std::memory_order_acquire);
            if (before % 2 != 0) continue;
            for (std::size_t i = 0; i < words; ++i) raw[i] = words_[i].load(std::memory_order_relaxed);
            std::atomic_thread_fence(std::memory_order_acquire);
            if (count_.load(std::memory_order_relaxed) != before) continue;
            std::memcpy(static_cast<void*>(&value), raw.data(), sizeof(T));
            return before / 2;
        }
    }

private:
    std::atomic<std::uint64_t> count_ = 0;
    std::array<std::atomic<std::uint64_t>, words> words_{};
};

}  // namespace foramen::io
