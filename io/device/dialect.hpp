#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/core/describe.hpp"
#include "io/device/force_source.hpp"
#include "io/device/named_text.hpp"

namespace foramen::io {

/// Sign of a reading under tension. Vendors disagree, so there is no default: where an instrument can be set, whoever opens it says.
enum class TensionSign { positive, negative, ask };
inline constexpr std::array<std::string_view, 3> tension_words{"positive", "negative", "ask"};

/// How a gauge speaks on a serial line: data/dialects/serial/NAME.yaml.
struct Dialect {
    std::string name;     ///< of the instrument
    std::string source;   ///< where its manual was read
    int baud = 9600;
    std::string start;    ///< sent once
    std::string request;  ///< sent for each reading; empty: readings come by themselves
    double period = 0.1;  ///< between two readings [s]
    std::string terminator = "\r\n";
    std::string reading;   ///< regular expression (ECMAScript) of a whole line; its first group is the sign, the second the number
    std::string minus = "-";  ///< text of the first group that means minus
    std::string overload;  ///< of a line that says overload; may be empty
    std::optional<double> unit;  ///< one count [N]
    TensionSign tension = TensionSign::ask;
    bool operator==(const Dialect&) const = default;
};

void describe(engine::FieldVisitor& v, Dialect& d);

/// @throws ScenarioError
[[nodiscard]] Dialect read_dialect(const NamedText& text);

/// Lines of a dialect that has its unit and sign.
[[nodiscard]] std::unique_ptr<Protocol> line_protocol(const Dialect& dialect);

}  // namespace foramen::io
