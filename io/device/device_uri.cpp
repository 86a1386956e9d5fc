#include "io/device/device_uri.hpp"

#include <fmt/format.h>

#include <cmath>
#include <filesystem>
#include <functional>
#include <map>

#include "io/case_files.hpp"
#include "io/data_folder.hpp"
#include "io/device/fd_link.hpp"
#include "io/diagnostics.hpp"
#include "io/quantity.hpp"
#include "io/scenario_sources.hpp"

namespace foramen::io {

namespace {

using engine::Dimension;

/// A URI taken apart, with the place of each piece for messages.
class UriReader {
public:
    UriReader(const std::string& uri, Diagnostics& diagnostics) : uri_(uri), diagnostics_(diagnostics), file_(diagnostics.add_source("--device", uri)) {
        const std::size_t colon = uri.find(':'), question = std::min(uri.find('?'), uri.size());
        scheme = uri.substr(0, colon == std::string::npos ? uri.size() : colon);
        body_at_ = std::min(scheme.size() + 1, question);
        body = uri.substr(body_at_, question - body_at_);
        for (std::size_t at = question + 1; at < uri.size();) {
            const std::size_t end = std::min(uri.find('&', at), uri.size()), equal = std::min(uri.find('=', at), end);
            options_[uri.substr(at, equal - at)] = {equal < end ? uri.substr(equal + 1, end - equal - 1) : "", at, end - at};
            at = end + 1;
        }
    }

    std::string scheme, body;

    void error(std::size_t at, std::size_t length, const std::string& reason, const std::string& hint = "") {
        diagnostics_.error({file_, 0, static_cast<int>(at), static_cast<int>(std::max<std::size_t>(length, 1))}, "", reason, hint);
    }
    void body_error(const std::string& reason, const std::string& hint) { error(body_at_, body.size(), reason, hint); }

    /// The text of an option, if it is given.
    std::optional<std::string> take(const std::string& name) {
        const auto found = options_.find(name);
        if (found == options_.end()) return std::nullopt;
        found->second.taken = true;
        return found->second.text;
    }
    void option_error(const std::string& name, const std::string& reason, const std::string& hint = "") {
        const auto found = options_.find(name);
        found == options_.end() ? error(uri_.size(), 1, reason, hint) : error(found->second.at, found->second.length, name + ": " + reason, hint);
    }
    std::optional<double> quantity(const std::string& name, Dimension dimension, engine::Range range) {
        const auto text = take(name);
        if (!text) return std::nullopt;
        const ParsedQuantity parsed = parse_quantity(*text, dimension);
        if (!parsed.value) option_error(name, parsed.reason, parsed.hint);
        else if (!range.contains(*parsed.value))
            option_error(name, fmt::format("must be from {} to {}", engine::display(range.min, dimension), engine::display(range.max, dimension)));
        else return parsed.value;
        return std::nullopt;
    }
    std::optional<int> whole(const std::string& name, int min, int max) {
        const auto text = take(name);
        if (!text) return std::nullopt;
        const ParsedQuantity parsed = parse_whole(*text, "");
        if (!parsed.value || *parsed.value < min || *parsed.value > max) option_error(name, fmt::format("expected a whole number from {} to {}", min, max));
        else return static_cast<int>(*parsed.value);
        return std::nullopt;
    }
    std::optional<int> word(const std::string& name, std::span<const std::string_view> words) {
        const auto text = take(name);
        if (!text) return std::nullopt;
        std::string all;
        for (std::size_t i = 0; i < words.size(); ++i) {
            if (words[i] == *text) return static_cast<int>(i);
            all += (i == 0 ? "" : ", ") + std::string(words[i]);
        }
        option_error(name, fmt::format("\"{}\" is not one of {}", *text, all));
        return std::nullopt;
    }
    void finish() {
        for (const auto& [name, option] : options_)
            if (!option.taken) error(option.at, option.length, fmt::format("\"{}\" means nothing to a device of the kind {}", name, scheme));
    }

private:
    struct OptionText {
        std::string text;
        std::size_t at, length;
        bool taken = false;
    };
    const std::string& uri_;
    Diagnostics& diagnostics_;
    int file_;
    std::size_t body_at_ = 0;
    std::map<std::string, OptionText> options_;
};

/// "HOST:PORT", or "PORT" where the host may be left out.
void read_address(UriReader& reader, DeviceUri& out, bool port_alone) {
    const std::size_t colon = reader.body.rfind(':');
    const std::string port = colon == std::string::npos ? reader.body : reader.body.substr(colon + 1);
    if (colon != std::string::npos) out.host = reader.body.substr(0, colon);
    const ParsedQuantity parsed = parse_whole(port, "");
    const bool good = parsed.value && *parsed.value >= 1 && *parsed.value <= 65535 && !out.host.empty() && (port_alone || colon != std::string::npos);
    if (!good) return reader.body_error(fmt::format("expected {}HOST:PORT, got \"{}\"", port_alone ? "PORT or " : "", reader.body), fmt::format("{}:127.0.0.1:5005", reader.scheme));
    out.port = static_cast<int>(*parsed.value);
}

/// The file that dialect= or map= names; @return whether there is one
bool read_language(UriReader& reader, const std::string& option, const std::string& folder_name, const std::string& recorded, DeviceUri& out) {
    const std::filesystem::path folder = data_folder() / "dialects" / folder_name;
    std::string known;
    for (const auto& one : yaml_files(folder)) known += (known.empty() ? "" : ", ") + one.stem().string();
    const auto name = reader.take(option);
    if (!name) {
        reader.error(reader.scheme.size(), 1, fmt::format("{}= is missing", option), fmt::format("?{}=NAME with one of {}, or a path that ends in .yaml", option, known));
        return false;
    }
    const std::filesystem::path file = name->ends_with(".yaml") ? std::filesystem::path(*name) : folder / (*name + ".yaml");
    const auto text = recorded.empty() ? file_text(file) : std::optional(recorded);
    if (!text) reader.option_error(option, fmt::format("there is no \"{}\"", *name), "there are " + known);
    else out.language = {file.string(), *text};
    return text.has_value();
}

/// Unit and sign: from the file, or from the URI where the file leaves them open.
void read_meaning(UriReader& reader, std::optional<double>& unit, TensionSign& tension) {
    if (const auto given = reader.quantity("unit", Dimension::force, {1e-9, 1e6})) unit = given;
    if (const auto given = reader.word("tension", std::span(tension_words).first(2))) tension = static_cast<TensionSign>(*given);
    if (!unit) reader.option_error("unit", "one count of this instrument has no unit of its own", "&unit=0.01 N, as it was set or calibrated");
    if (tension == TensionSign::ask) reader.option_error("tension", "the sign of tension depends on how this instrument is set", "&tension=positive or &tension=negative");
}

void read_emulator(UriReader& reader, EmulatorOptions& e) {
    const auto set = [](double& to, const std::optional<double>& value) { to = value.value_or(to); };
    if (!reader.body.empty()) reader.body_error("an emulated device has no address", "emulated:?noise=0.5 N");
    set(e.rate, reader.quantity("rate", Dimension::frequency, {1.0, 1000.0}));
    set(e.ramp, reader.quantity("ramp", Dimension::force_rate, {1.0, 2000.0}));
    set(e.noise, reader.quantity("noise", Dimension::force, {0.0, 100.0}));
    set(e.friction, reader.quantity("friction", Dimension::force, {0.0, 100.0}));
    set(e.overshoot, reader.quantity("overshoot", Dimension::fraction, {0.0, 0.5}));
    set(e.fault_at, reader.quantity("at", Dimension::time, {0.0, 1e6}));
    e.seed = reader.whole("seed", 0, 2147483647).value_or(e.seed);
    if (const auto fault = reader.word("fault", device_fault_words)) e.fault = static_cast<DeviceFault>(*fault);
}

void read_kind(UriReader& reader, const std::string& recorded, DeviceUri& out) {
    const bool has_path = out.kind == DeviceKind::serial || out.kind == DeviceKind::modbus_rtu || out.kind == DeviceKind::replay;
    if (has_path) {
        out.path = reader.body;
        if (out.path.empty()) reader.body_error("a path is missing", reader.scheme + ":/dev/ttyUSB0");
    }
    if (out.kind == DeviceKind::modbus_tcp || out.kind == DeviceKind::tcp) read_address(reader, out, false);
    if (out.kind == DeviceKind::udp) read_address(reader, out, true);
    if (out.kind == DeviceKind::emulated) read_emulator(reader, out.emulator);
    const auto period = [&] { return reader.quantity("period", Dimension::time, {0.001, 10.0}); };
    if (out.kind == DeviceKind::udp || out.kind == DeviceKind::tcp)
        if (const auto given = period()) out.period_ns = std::llround(1e9 * *given);
    if (out.kind == DeviceKind::serial && read_language(reader, "dialect", "serial", recorded, out)) {
        out.dialect = read_dialect(out.language);
        out.baud = out.dialect.baud;
        if (const auto given = period()) out.dialect.period = *given;
        read_meaning(reader, out.dialect.unit, out.dialect.tension);
    }
    const bool modbus = out.kind == DeviceKind::modbus_tcp || out.kind == DeviceKind::modbus_rtu;
    if (modbus && read_language(reader, "map", "modbus", recorded, out)) {
        out.registers = read_register_map(out.language);
        if (const auto given = period()) out.registers.period = *given;
        out.registers.unit_id = reader.whole("id", 0, 247).value_or(out.registers.unit_id);
        read_meaning(reader, out.registers.unit, out.registers.tension);
    }
    if (out.kind == DeviceKind::serial || out.kind == DeviceKind::modbus_rtu) {
        out.baud = reader.whole("baud", 1200, 921600).value_or(out.baud);
        if (!is_baud_rate(out.baud)) reader.option_error("baud", fmt::format("{} is no speed of a serial port", out.baud));
    }
}

}  // namespace

DeviceUri parse_device_uri(const std::string& uri, const std::string& recorded) {
    Diagnostics diagnostics;
    UriReader reader(uri, diagnostics);
    DeviceUri out;
    const auto kind = std::find(device_kind_words.begin(), device_kind_words.end(), reader.scheme);
    if (kind == device_kind_words.end()) {
        std::string all;
        for (const auto word : device_kind_words) all += (all.empty() ? "" : ", ") + std::string(word);
        reader.error(0, reader.scheme.size(), fmt::format("\"{}\" is no kind of device", reader.scheme), "one of " + all);
    } else {
        out.kind = static_cast<DeviceKind>(kind - device_kind_words.begin());
        read_kind(reader, recorded, out);
        reader.finish();
    }
    if (diagnostics.has_errors()) throw ScenarioError("--device", diagnostics.sorted());
    return out;
}

}  // namespace foramen::io
