#include "io/json_text.hpp"

#include <fmt/format.h>

namespace foramen::io {

std::string json_string(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (c == '\n') {
            out += "\\n";
        } else if (static_cast<unsigned char>(c) < 0x20) {
            out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        } else {
            out += c;
        }
    }
    return out + "\"";
}

std::string JsonObject::text() const {
    if (members_.empty()) return "{}";
    std::string out = "{";
    bool first = true;
    for (const auto& [name, value] : members_) {
        out += first ? "\n  " : ",\n  ";
        first = false;
        out += json_string(name) + ": ";
        for (const char c : value) {
            out += c;
            if (c == '\n') out += "  ";
        }
    }
    return out + "\n}";
}

std::string json_array(const std::vector<std::string>& values) { return fmt::format("[{}]", fmt::join(values, ", ")); }

}  // namespace foramen::io
