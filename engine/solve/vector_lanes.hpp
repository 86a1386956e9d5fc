#pragma once

#include <cstring>
#include <type_traits>

namespace foramen::engine {

/// 32 bytes of T as one value; the compiler splits it where the machine has narrower registers.
template <class T>
struct Lanes {
    typedef T type __attribute__((vector_size(32)));
    static constexpr int count = 32 / static_cast<int>(sizeof(T));
};

// By reference: a vector passed by value changes the calling convention with the instruction set.
template <class V, class T>
inline void load(V& value, const T* from) {
    std::memcpy(&value, from, sizeof(V));
}
template <class V, class T>
inline void store(T* to, const V& value) {
    std::memcpy(to, &value, sizeof(V));
}

/// Calls f with the number as a compile-time constant: a kernel keeps that many columns in registers.
template <class F>
inline void with_constant(int number, F&& f) {
    switch (number) {
        case 1: return f(std::integral_constant<int, 1>{});
        case 2: return f(std::integral_constant<int, 2>{});
        case 3: return f(std::integral_constant<int, 3>{});
        case 4: return f(std::integral_constant<int, 4>{});
        case 5: return f(std::integral_constant<int, 5>{});
        case 6: return f(std::integral_constant<int, 6>{});
        case 7: return f(std::integral_constant<int, 7>{});
        default: return f(std::integral_constant<int, 8>{});
    }
}

}  // namespace foramen::engine
