#pragma once

#include <sstream>
#include <stdexcept>
#include <string>

namespace foramen {

/// A broken precondition: an error of ours, never of the user's input.
class ContractViolation : public std::logic_error {
public:
    using std::logic_error::logic_error;
};

namespace detail {
template <class... Values>
[[noreturn]] void contract_failed(const char* kind, const char* condition, const char* names, const Values&... values) {
    std::ostringstream text;
    text << kind << " violated: " << condition;
    if constexpr (sizeof...(values) > 0) {
        text << " [" << names << " =";
        ((text << ' ' << values), ...);
        text << ']';
    }
    throw ContractViolation(text.str());
}
}  // namespace detail
}  // namespace foramen

/// Checks a precondition in every build; the further arguments are printed: FORAMEN_EXPECTS(nu < 0.5, nu).
#define FORAMEN_EXPECTS(condition, ...)                                                                          \
    do {                                                                                                         \
        if (!(condition)) ::foramen::detail::contract_failed("precondition", #condition, #__VA_ARGS__ __VA_OPT__(, ) __VA_ARGS__); \
    } while (false)
