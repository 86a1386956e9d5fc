#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace foramen::io {

/// A text as a JSON string.
[[nodiscard]] std::string json_string(std::string_view text);

/// A JSON object under construction: members in the order of insertion, values as JSON text.
class JsonObject {
public:
    JsonObject& add(std::string_view name, std::string value) {
        members_.emplace_back(name, std::move(value));
        return *this;
    }
    JsonObject& add_text(std::string_view name, std::string_view text) { return add(name, json_string(text)); }
    /// Indented by two spaces a level.
    [[nodiscard]] std::string text() const;

private:
    std::vector<std::pair<std::string, std::string>> members_;
};

/// Values, already JSON, as an array on one line.
[[nodiscard]] std::string json_array(const std::vector<std::string>& values);

}  // namespace foramen::io
