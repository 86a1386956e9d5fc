#include "viz/option_values.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace foramen::viz {

double parse_time(std::string_view option, std::string_view text) {
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
    while (unit.starts_with(' ')) unit.remove_prefix(1);
    const double factor = unit == "s" ? 1.0 : unit == "min" ? 60.0 : unit == "h" ? 3600.0 : 0.0;
    if (error != std::errc{} || factor == 0.0 || !std::isfinite(value)) {
        throw UsageError(fmt::format("{} needs a number with its unit (s, min or h), for example \"12.5 min\"; got \"{}\"", option, text));
    }
    return value * factor;
}

std::array<int, 2> parse_size(std::string_view text) {
    std::array<int, 2> size{};
    const char* last = text.data() + text.size();
    const auto width = std::from_chars(text.data(), last, size[0]);
    const bool crossed = width.ec == std::errc{} && width.ptr != last && *width.ptr == 'x';
    const auto height = crossed ? std::from_chars(width.ptr + 1, last, size[1]) : width;
    const bool complete = crossed && height.ec == std::errc{} && height.ptr == last;
    if (!complete || size[0] < 800 || size[1] < 500 || size[0] > 8000 || size[1] > 8000) {
        throw UsageError(fmt::format("--size needs WIDTHxHEIGHT from 800x500 to 8000x8000, for example 1600x1000; got \"{}\"", text));
    }
    return size;
}

int parse_count(std::string_view option, std::string_view text) {
    int count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error != std::errc{} || end != text.data() + text.size() || count < 1 || count > 10000) {
        throw UsageError(fmt::format("{} needs a whole number from 1 to 10000; got \"{}\"", option, text));
    }
    return count;
}

std::string_view CommandWords::value() {
    if (at_ + 1 == words_.size()) throw UsageError(fmt::format("{} needs a value", words_[at_]));
    return words_[++at_];
}

void CommandWords::read(const std::map<std::string_view, std::function<void()>>& options, std::string& result) {
    for (at_ = 0; at_ < words_.size(); ++at_) {
        const std::string_view word = words_[at_];
        if (const auto option = options.find(word); option != options.end()) {
            option->second();
        } else if (word.starts_with("-")) {
            throw UsageError(fmt::format("unknown option {}", word));
        } else if (result.empty()) {
            result = word;
        } else {
            throw UsageError(fmt::format("one result at a time: {} and {} were given", result, word));
        }
    }
}

}  // namespace foramen::viz
