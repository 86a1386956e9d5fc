#include "io/device/dialect.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <regex>

#include "io/case_files.hpp"
#include "io/device/fd_link.hpp"
#include "scenarios/range_check.hpp"

namespace foramen::io {

using engine::Dimension;

void describe(engine::FieldVisitor& v, Dialect& d) {
    v.text("name", d.name, {.help = "of the instrument", .example = "Mark-10 Series 5", .required = true});
    v.text("source", d.source, {.help = "where its language was read", .example = "user's guide", .required = true});
    v.whole("baud", d.baud, 1200, 921600, "", {.help = "speed of the line; 8 data bits, no parity, 1 stop bit", .source = "assumption: the slowest common speed"});
    v.text("start", d.start, {.help = "sent once when the line is opened"});
    v.text("request", d.request, {.help = "sent for each reading; none: readings come by themselves"});
    v.quantity("period", d.period, Dimension::time, {0.001, 10.0}, {.help = "between two readings", .example = "50 ms"});
    v.text("terminator", d.terminator, {.help = "end of a line"});
    v.text("reading", d.reading, {.help = "regular expression of a line: group 1 the sign, group 2 the number", .example = "\" *([-+]?)([0-9.]+) *\"", .required = true});
    v.text("minus", d.minus, {.help = "what group 1 says where the number is negative"});
    v.text("overload", d.overload, {.help = "regular expression of a line that says overload"});
    v.quantity("unit", d.unit, Dimension::force, {1e-9, 1e6}, {.help = "one count", .absent = "must be given with the device, as unit=", .example = "1 lbf"});
    v.word("tension", d.tension, tension_words, {.help = "sign of a reading under tension; ask: must be given with the device, as tension="});
}

namespace {

/// What no description says.
void report_faults(Dialect& d, const FieldReader& reader, Diagnostics& diagnostics) {
    for (const auto& problem : scenarios::out_of_range([&](engine::FieldVisitor& v) { describe(v, d); }))
        if (!diagnostics.touches(problem.path)) diagnostics.error(reader.place(problem.path), problem.path, problem.reason);
    const auto expression = [&](const char* field, const std::string& text, unsigned groups) {
        if (text.empty() || diagnostics.touches(field)) return;
        try {
            if (const std::regex tried(text); tried.mark_count() < groups)
                diagnostics.error(reader.place(field), field, "expected two groups, the sign and the number", "([-+]?)([0-9.]+)");
        } catch (const std::regex_error& e) {
            diagnostics.error(reader.place(field), field, std::string("is no regular expression: ") + e.what());
        }
    };
    expression("reading", d.reading, 2);
    expression("overload", d.overload, 0);
    if (d.terminator.empty()) diagnostics.error(reader.place("terminator"), "terminator", "is empty", "\"\\r\\n\"");
    if (!is_baud_rate(d.baud)) diagnostics.error(reader.place("baud"), "baud", fmt::format("{} is no speed of a serial port", d.baud), "9600, 115200");
}

constexpr std::size_t longest_line = 256;

class LineProtocol : public Protocol {
public:
    explicit LineProtocol(const Dialect& dialect)
        : dialect_(dialect), reading_(dialect.reading), overload_(dialect.overload.empty() ? "(?!)" : dialect.overload),
          newtons_(dialect.unit.value() * (dialect.tension == TensionSign::positive ? 1.0 : -1.0)) {}

    void decode(std::span<const std::uint8_t> bytes, std::int64_t received_ns, std::vector<DeviceEvent>& out) override {
        line_.append(bytes.begin(), bytes.end());
        std::size_t begin = 0;
        for (std::size_t end; (end = line_.find(dialect_.terminator, begin)) != std::string::npos; begin = end + dialect_.terminator.size())
            out.push_back(event(line_.substr(begin, end - begin), received_ns));
        line_.erase(0, begin);
        if (line_.size() > longest_line) {
            line_.clear();
            out.push_back({EventKind::unreadable, {.received_ns = received_ns}});
        }
    }
    std::vector<std::uint8_t> encode(const DeviceCommand&) override { return {}; }  // a gauge only measures
    std::vector<std::uint8_t> request() const override { return {dialect_.request.begin(), dialect_.request.end()}; }
    std::vector<std::uint8_t> greeting() const override { return {dialect_.start.begin(), dialect_.start.end()}; }
    std::int64_t period_ns() const override { return std::llround(1e9 * dialect_.period); }

private:
    DeviceEvent event(const std::string& line, std::int64_t received_ns) {
        DeviceEvent e{EventKind::unreadable, {.sequence = sequence_ + 1, .received_ns = received_ns}};
        std::smatch match;
        if (std::regex_match(line, overload_)) {
            e.kind = EventKind::sample;
            e.sample.flags = flag_overload;
        } else if (std::regex_match(line, match, reading_)) {
            const std::string number = match[2];
            double value = 0.0;
            const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
            if (error != std::errc() || end != number.data() + number.size()) return e;
            e.kind = EventKind::sample;
            e.sample.force = newtons_ * (match[1] == dialect_.minus ? -value : value);
        }
        if (e.kind == EventKind::sample) ++sequence_;
        return e;
    }

    Dialect dialect_;
    std::regex reading_, overload_;
    double newtons_;
    std::string line_;
    std::uint32_t sequence_ = 0;
};

}  // namespace

Dialect read_dialect(const NamedText& text) {
    Dialect dialect;
    read_described(
        text.name, text.text, [&](engine::FieldVisitor& v) { describe(v, dialect); },
        [&](const FieldReader& reader, Diagnostics& diagnostics) { report_faults(dialect, reader, diagnostics); });
    return dialect;
}

std::unique_ptr<Protocol> line_protocol(const Dialect& dialect) { return std::make_unique<LineProtocol>(dialect); }

}  // namespace foramen::io
