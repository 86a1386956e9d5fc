#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/range_check.hpp"

namespace foramen::scenarios {

/// What separates a force that is asked for from the force that is there. Each is taken off the population's percentile.
struct DeviceErrors {
    double sensor_uncertainty = 0.0;  ///< expanded, of the force sensor [N]
    double delay = 0.0;               ///< from the sensor to the actuator [s]
    std::optional<double> rate;       ///< at which the force can grow meanwhile [N/s]; empty: the steepest of the session
    double overshoot = 0.0;           ///< of the controller, of the force asked for [-]
    bool operator==(const DeviceErrors&) const = default;
};

/// Words of the user that go into the report as they are.
struct ReportWords {
    std::string author, document_number, question, context_of_use, influence, consequence, rationale, acceptance, adequacy, bench_evidence, hazards;
    bool operator==(const ReportWords&) const = default;
};

/// Whether the ceiling of the governing patient is found again on the next finer mesh and with a quarter of the error per step.
enum class Convergence { none, finer };
inline constexpr std::array<std::string_view, 2> convergence_words{"none", "finer"};

struct LimitName {
    std::string name;  ///< of a file in data/limits
    bool operator==(const LimitName&) const = default;
};

/// How the highest tolerable force is searched for.
struct CeilingSpec {
    std::vector<LimitName> limits;    ///< empty: all of data/limits
    double low = 20.0;                ///< least force that is tried [N]
    std::optional<double> high;       ///< largest [N]; empty: the device's stated maximum
    double tolerance = 5.0;           ///< width of the last bracket [N]
    double release = 0.05;            ///< time in which the rope goes slack at the end of the last hold [s]
    double after = 10.0;              ///< of rest that follows the release [s]
    double percentile = 0.05;         ///< of the population that may lie below the ceiling
    double confidence = 0.90;         ///< of each end of the interval, one-sided
    Convergence convergence = Convergence::none;
    DeviceErrors device;
    ReportWords report;
    bool operator==(const CeilingSpec&) const = default;
};

void describe(engine::FieldVisitor& v, LimitName& l);
void describe(engine::FieldVisitor& v, DeviceErrors& d);
void describe(engine::FieldVisitor& v, ReportWords& w);
void describe(engine::FieldVisitor& v, CeilingSpec& c);

}  // namespace foramen::scenarios
