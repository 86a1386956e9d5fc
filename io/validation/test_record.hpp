#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "engine/system/body_system.hpp"
#include "models/observables.hpp"

namespace foramen::io {

/// The histories of one run in memory: what the measures of validation are taken from.
class TestRecord {
public:
    TestRecord() = default;
    explicit TestRecord(std::vector<models::Observable> observables) : observables_(std::move(observables)) {}

    /// @param row  all observables one after another, each with its labels' count of values
    void append(double time, std::vector<double> row);

    [[nodiscard]] const std::vector<double>& times() const { return times_; }  ///< [s]
    /// One label's history; "" for a scalar series. @throws std::runtime_error with a sentence for a name that there is not
    [[nodiscard]] std::vector<double> column(const std::string& series, const std::string& label = "") const;
    /// Straight between the steps; the first or last value outside.
    [[nodiscard]] double at(const std::string& series, const std::string& label, double time) const;
    /// As targets name it: deg for degree. @throws like column
    [[nodiscard]] std::string unit(const std::string& series) const;

    std::array<double, models::disc_count> section{};  ///< area of each disc, mean of its two end-plates [mm2]
    std::optional<engine::Matrix6> end_stiffness;      ///< of a specimen's upper vertebra at the end [N, N mm, mm, rad]

private:
    struct Place {
        const models::Observable* series;
        std::size_t column;
    };
    [[nodiscard]] Place place(const std::string& series, const std::string& label) const;

    std::vector<models::Observable> observables_;
    std::vector<double> times_;
    std::vector<std::vector<double>> rows_;
};

}  // namespace foramen::io
