#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <map>
#include <span>
#include <stdexcept>
#include <string>
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

/// The words of a command: options that may take the next word as their value, and one result.
class CommandWords {
public:
    explicit CommandWords(std::span<const char* const> words) : words_(words) {}
    /// The word after the option that is being read.
    [[nodiscard]] std::string_view value();
    /// Calls each option as it comes, and takes the other word for the result.
    void read(const std::map<std::string_view, std::function<void()>>& options, std::string& result);

private:
    std::span<const char* const> words_;
    std::size_t at_ = 0;
};

}  // namespace foramen::viz
