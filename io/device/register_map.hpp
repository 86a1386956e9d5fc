#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/core/describe.hpp"
#include "io/device/dialect.hpp"

namespace foramen::io {

enum class RegisterForm { int16, int32, float32 };
inline constexpr std::array<std::string_view, 3> register_form_words{"int16", "int32", "float32"};
enum class WordOrder { high_first, low_first };
inline constexpr std::array<std::string_view, 2> word_order_words{"high_first", "low_first"};

/// Where a load-cell transmitter keeps what in its Modbus holding registers: data/dialects/modbus/NAME.yaml. Addresses are those on
/// the wire, from 0: register 40008 of a manual is 7.
struct RegisterMap {
    std::string name, source;
    int unit_id = 1;
    double period = 0.05;                 ///< between two readings [s]
    int force = 0;                        ///< first register of the force
    RegisterForm form = RegisterForm::int32;
    WordOrder order = WordOrder::high_first;
    std::optional<double> unit;           ///< one count [N]
    TensionSign tension = TensionSign::ask;
    std::optional<int> status;            ///< register with bits
    int good_bits = 0;                    ///< all of these must be set
    int overload_bits = 0;                ///< any of these: overload
    std::optional<int> counter;           ///< register that counts while the instrument lives
    std::optional<int> set_point, ceiling, stop, heartbeat;  ///< registers to write; forces in the form of the force
    bool operator==(const RegisterMap&) const = default;
};

void describe(engine::FieldVisitor& v, RegisterMap& m);
/// @throws ScenarioError
[[nodiscard]] RegisterMap read_register_map(const NamedText& text);

/// The registers that a reading consists of: from `first`, `count` of them.
struct RegisterSpan {
    int first = 0, count = 0;
};
[[nodiscard]] RegisterSpan reading_span(const RegisterMap& map);

/// Bytes of a reading: the span's words, high byte first. Bytes of a command: address and word, high byte first, one pair a register.
[[nodiscard]] std::unique_ptr<Protocol> register_protocol(const RegisterMap& map);

}  // namespace foramen::io
