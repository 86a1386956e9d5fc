#pragma once

#include <array>
#include <stdexcept>
#include <string_view>

namespace foramen::viz {

/// What was typed does not make a command.
class UsageError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// "12.5 min", "750 s", "750s", "0.5 h" in seconds. @throws UsageError, as do the others
[[nodiscard]] double parse_time(std::string_view option, std::string_view text);

/// "1600x1000", from 800x500 to 8000x8000.
[[nodiscard]] std::array<int, 2> parse_size(std::string_view text);

/// A whole number from 1 to 10000.
[[nodiscard]] int parse_count(std::string_view option, std::string_view text);

}  // namespace foramen::viz
