#include "io/device/register_map.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "io/case_files.hpp"
#include "scenarios/range_check.hpp"

namespace foramen::io {

using engine::Dimension;

void describe(engine::FieldVisitor& v, RegisterMap& m) {
    constexpr int last = 65535;
    v.text("name", m.name, {.help = "of the instrument", .example = "CAS CI-600D", .required = true});
    v.text("source", m.source, {.help = "where its registers were read", .example = "owner's manual", .required = true});
    v.whole("unit_id", m.unit_id, 0, 247, "", {.help = "address of the instrument on its bus"});
    v.quantity("period", m.period, Dimension::time, {0.001, 10.0}, {.help = "between two readings", .example = "50 ms"});
    v.whole("force", m.force, 0, last, "", {.help = "first holding register of the force, counted from 0", .example = "7", .required = true});
    v.word("form", m.form, register_form_words, {.help = "of the force"});
    v.word("order", m.order, word_order_words, {.help = "of the two words of a force"});
    v.quantity("unit", m.unit, Dimension::force, {1e-9, 1e6}, {.help = "one count", .absent = "must be given with the device, as unit=", .example = "0.1 N"});
    v.word("tension", m.tension, tension_words, {.help = "sign of a reading under tension; ask: must be given with the device, as tension="});
    v.whole("status", m.status, 0, last, {.help = "holding register with status bits", .absent = "none"});
    v.whole("good_bits", m.good_bits, 0, last, "", {.help = "of the status: all must be set"});
    v.whole("overload_bits", m.overload_bits, 0, last, "", {.help = "of the status: any means overload"});
    v.whole("counter", m.counter, 0, last, {.help = "register that counts while the instrument lives", .absent = "none"});
    v.whole("set_point", m.set_point, 0, last, {.help = "register that takes the set-point", .absent = "the device takes none"});
    v.whole("ceiling", m.ceiling, 0, last, {.help = "register that takes the ceiling: an alarm set-point of the instrument trips without this program", .absent = "none"});
    v.whole("stop", m.stop, 0, last, {.help = "register that takes 1 for stop, 2 for disable", .absent = "none"});
    v.whole("heartbeat", m.heartbeat, 0, last, {.help = "register that takes a running count", .absent = "none"});
}

namespace {

int width(RegisterForm form) { return form == RegisterForm::int16 ? 1 : 2; }

/// A force as the words of its form.
std::vector<std::uint16_t> words_of(const RegisterMap& map, double force) {
    const double count = force / *map.unit * (map.tension == TensionSign::positive ? 1.0 : -1.0);
    if (map.form == RegisterForm::int16) return {static_cast<std::uint16_t>(static_cast<std::int16_t>(std::clamp(std::round(count), -32768.0, 32767.0)))};
    const std::uint32_t raw = map.form == RegisterForm::float32 ? std::bit_cast<std::uint32_t>(static_cast<float>(count))
                                                                : static_cast<std::uint32_t>(static_cast<std::int32_t>(std::clamp(std::round(count), -2147483648.0, 2147483647.0)));
    const auto high = static_cast<std::uint16_t>(raw >> 16), low = static_cast<std::uint16_t>(raw);
    return map.order == WordOrder::high_first ? std::vector{high, low} : std::vector{low, high};
}

double force_from(const RegisterMap& map, const std::uint16_t* words) {
    double count = static_cast<std::int16_t>(words[0]);
    if (map.form != RegisterForm::int16) {
        const bool high_first = map.order == WordOrder::high_first;
        const std::uint32_t raw = (static_cast<std::uint32_t>(words[high_first ? 0 : 1]) << 16) | words[high_first ? 1 : 0];
        count = map.form == RegisterForm::float32 ? std::bit_cast<float>(raw) : static_cast<double>(static_cast<std::int32_t>(raw));
    }
    return count * *map.unit * (map.tension == TensionSign::positive ? 1.0 : -1.0);
}

class RegisterProtocol : public Protocol {
public:
    explicit RegisterProtocol(const RegisterMap& map) : map_(map), span_(reading_span(map)) {}

    void decode(std::span<const std::uint8_t> bytes, std::int64_t received_ns, std::vector<DeviceEvent>& out) override {
        if (bytes.size() != 2 * static_cast<std::size_t>(span_.count)) {
            out.push_back({EventKind::unreadable, {.received_ns = received_ns}});
            return;
        }
        std::vector<std::uint16_t> words;
        for (int i = 0; i < span_.count; ++i) words.push_back(static_cast<std::uint16_t>(bytes[2 * static_cast<std::size_t>(i)] << 8 | bytes[2 * static_cast<std::size_t>(i) + 1]));
        ForceSample sample{.force = force_from(map_, &words[static_cast<std::size_t>(map_.force - span_.first)]), .sequence = ++sequence_, .received_ns = received_ns};
        if (map_.status) {
            const int status = words[static_cast<std::size_t>(*map_.status - span_.first)];
            if ((status & map_.good_bits) != map_.good_bits) sample.flags |= flag_data_bad;
            if ((status & map_.overload_bits) != 0) sample.flags |= flag_overload;
        }
        if (map_.counter) {  // a count that stands still is an old reading: it keeps its number and is dropped as a duplicate
            const std::uint16_t count = words[static_cast<std::size_t>(*map_.counter - span_.first)];
            if (counted_ && count == counter_) sample.sequence = --sequence_;
            counted_ = true;
            counter_ = count;
        }
        out.push_back({EventKind::sample, sample});
    }
    std::vector<std::uint8_t> encode(const DeviceCommand& command) override {
        std::vector<std::uint8_t> bytes;
        const auto write = [&](const std::optional<int>& address, const std::vector<std::uint16_t>& words) {
            if (!address) return;
            for (std::size_t i = 0; i < words.size(); ++i)
                for (const std::uint16_t value : {static_cast<std::uint16_t>(static_cast<std::size_t>(*address) + i), words[i]}) {
                    bytes.push_back(static_cast<std::uint8_t>(value >> 8));
                    bytes.push_back(static_cast<std::uint8_t>(value));
                }
        };
        switch (command.kind) {
            case CommandKind::set_point: write(map_.set_point, words_of(map_, command.force)); break;
            case CommandKind::ceiling: write(map_.ceiling, words_of(map_, command.force)); break;
            case CommandKind::stop: write(map_.stop, {1}); break;
            case CommandKind::disable: write(map_.stop, {2}); break;
            case CommandKind::heartbeat: write(map_.heartbeat, {static_cast<std::uint16_t>(command.sequence)}); break;
        }
        return bytes;
    }
    std::int64_t period_ns() const override { return std::llround(1e9 * map_.period); }
    bool takes_commands() const override { return map_.set_point.has_value(); }

private:
    RegisterMap map_;
    RegisterSpan span_;
    std::uint32_t sequence_ = 0;
    std::uint16_t counter_ = 0;
    bool counted_ = false;
};

}  // namespace

RegisterSpan reading_span(const RegisterMap& map) {
    int first = map.force, end = map.force + width(map.form);
    for (const std::optional<int>& one : {map.status, map.counter}) {
        if (!one) continue;
        first = std::min(first, *one);
        end = std::max(end, *one + 1);
    }
    return {first, end - first};
}

RegisterMap read_register_map(const NamedText& text) {
    RegisterMap map;
    read_described(
        text.name, text.text, [&](engine::FieldVisitor& v) { describe(v, map); },
        [&](const FieldReader& reader, Diagnostics& diagnostics) {
            for (const auto& problem : scenarios::out_of_range([&](engine::FieldVisitor& v) { describe(v, map); }))
                if (!diagnostics.touches(problem.path)) diagnostics.error(reader.place(problem.path), problem.path, problem.reason);
            constexpr int most = 125;  // registers of one request
            if (!diagnostics.has_errors() && reading_span(map).count > most)
                diagnostics.error(reader.place("force"), "force", "force, status and counter are more than 125 registers apart", "leave out counter or status");
        });
    return map;
}

std::unique_ptr<Protocol> register_protocol(const RegisterMap& map) { return std::make_unique<RegisterProtocol>(map); }

}  // namespace foramen::io
