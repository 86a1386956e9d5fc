#include "io/device/modbus_link.hpp"

#include <fmt/format.h>
#include <modbus/modbus.h>

#include <array>
#include <cerrno>
#include <cmath>
#include <mutex>
#include <thread>

#include "io/result_file.hpp"

namespace foramen::io {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::uint32_t response_timeout_us = 200000;
constexpr int failures_until_lost = 5;  // in a row

struct Closer {
    void operator()(modbus_t* context) const {
        modbus_close(context);
        modbus_free(context);
    }
};
using Context = std::unique_ptr<modbus_t, Closer>;

Context connected(modbus_t* raw, int unit_id, const std::string& name) {
    Context context(raw);
    if (!context || modbus_set_slave(raw, unit_id) != 0 || modbus_set_response_timeout(raw, 0, response_timeout_us) != 0 || modbus_connect(raw) != 0)
        throw FileError(fmt::format("{}: {}", name, modbus_strerror(errno)));
    return context;
}

class ModbusLink : public Link {
public:
    ModbusLink(Context readings, Context urgent, const RegisterMap& map)
        : readings_(std::move(readings)), urgent_(std::move(urgent)), span_(reading_span(map)),
          period_(std::chrono::nanoseconds(std::llround(1e9 * map.period))), next_(Clock::now()) {}

    Reception receive(std::span<std::uint8_t> buffer, std::chrono::nanoseconds timeout) override {
        const auto until = Clock::now() + timeout;
        if (next_ > until) {
            std::this_thread::sleep_until(until);
            return {};
        }
        std::this_thread::sleep_until(next_);
        next_ = std::max(next_ + period_, Clock::now());  // no burst after a wait
        std::array<std::uint16_t, MODBUS_MAX_READ_REGISTERS> words{};
        int got = 0;
        {
            const std::lock_guard lock(mutex_);
            got = modbus_read_registers(readings_.get(), span_.first, span_.count, words.data());
        }
        if (got != span_.count) {
            const bool gone = errno == ECONNRESET || errno == EPIPE || errno == EBADF || errno == EIO;
            return {gone || ++failures_ >= failures_until_lost ? State::lost : State::quiet, 0};
        }
        failures_ = 0;
        std::size_t size = 0;
        for (int i = 0; i < got && size + 2 <= buffer.size(); ++i) {
            buffer[size++] = static_cast<std::uint8_t>(words[static_cast<std::size_t>(i)] >> 8);
            buffer[size++] = static_cast<std::uint8_t>(words[static_cast<std::size_t>(i)]);
        }
        return {State::bytes, size};
    }
    bool send(std::span<const std::uint8_t> bytes) override {
        const std::lock_guard lock(mutex_);
        return write(readings_.get(), bytes);
    }
    bool send_urgently(std::span<const std::uint8_t> bytes) override { return urgent_ ? write(urgent_.get(), bytes) : send(bytes); }

private:
    /// Neighbouring registers in one transaction, so that the two words of a force change together.
    static bool write(modbus_t* context, std::span<const std::uint8_t> bytes) {
        std::size_t at = 0;
        while (at + 4 <= bytes.size()) {
            const int first = bytes[at] << 8 | bytes[at + 1];
            std::vector<std::uint16_t> words;
            while (at + 4 <= bytes.size() && (bytes[at] << 8 | bytes[at + 1]) == first + static_cast<int>(words.size())) {
                words.push_back(static_cast<std::uint16_t>(bytes[at + 2] << 8 | bytes[at + 3]));
                at += 4;
            }
            if (modbus_write_registers(context, first, static_cast<int>(words.size()), words.data()) != static_cast<int>(words.size())) return false;
        }
        return true;
    }

    Context readings_, urgent_;
    RegisterSpan span_;
    std::chrono::nanoseconds period_;
    Clock::time_point next_;
    int failures_ = 0;
    std::mutex mutex_;  // of the I/O and watchdog threads; the loop never comes here
};

}  // namespace

std::unique_ptr<Link> open_modbus_tcp(const std::string& host, int port, const RegisterMap& map) {
    const std::string name = fmt::format("modbus-tcp:{}:{}", host, port), service = std::to_string(port);
    Context readings = connected(modbus_new_tcp_pi(host.c_str(), service.c_str()), map.unit_id, name);
    Context urgent = connected(modbus_new_tcp_pi(host.c_str(), service.c_str()), map.unit_id, name);
    return std::make_unique<ModbusLink>(std::move(readings), std::move(urgent), map);
}

std::unique_ptr<Link> open_modbus_rtu(const std::string& path, int baud, const RegisterMap& map) {
    return std::make_unique<ModbusLink>(connected(modbus_new_rtu(path.c_str(), baud, 'E', 8, 1), map.unit_id, "modbus-rtu:" + path), Context(), map);
}

}  // namespace foramen::io
