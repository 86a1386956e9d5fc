#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "io/validation/measure.hpp"

namespace foramen::io {

enum class Level { L1_L2, L2_L3, L3_L4, L4_L5, L5_S1 };  ///< in the order of models::disc_names

/// factor x sum over the levels of the series at `at` less that at `from`.
struct SeriesChange {
    std::string scenario, series;
    std::vector<Level> levels;   ///< none: a scalar series
    double at = 0.0;             ///< [s]
    std::optional<double> from;  ///< [s]; none: nothing is taken off
    double factor = 1.0;
};
void describe(engine::FieldVisitor& v, SeriesChange& m);
[[nodiscard]] std::vector<std::string> scenarios_of(const SeriesChange& m);
[[nodiscard]] Measured measured(const SeriesChange& m, const Records& records);

/// What a series has lost between two times, as a share of what it was [%].
struct SeriesLoss {
    std::string scenario, series;
    Level level = Level::L4_L5;
    double from = 0.0, at = 0.0;  ///< [s]
};
void describe(engine::FieldVisitor& v, SeriesLoss& m);
[[nodiscard]] std::vector<std::string> scenarios_of(const SeriesLoss& m);
[[nodiscard]] Measured measured(const SeriesLoss& m, const Records& records);

/// Share of a change that has come by a time [%]: (s(at) - s(from))/(s(end) - s(from)).
struct ShareOfChange {
    std::string scenario, series;
    Level level = Level::L4_L5;
    double from = 0.0, at = 0.0, end = 0.0;  ///< [s]
};
void describe(engine::FieldVisitor& v, ShareOfChange& m);
[[nodiscard]] std::vector<std::string> scenarios_of(const ShareOfChange& m);
[[nodiscard]] Measured measured(const ShareOfChange& m, const Records& records);

/// Slope of compression over shortening between two forces while the load grows from one time to another [N/mm].
struct CompressiveStiffness {
    std::string scenario;
    double from = 0.0, at = 0.0;           ///< [s]
    double least = 0.0, largest = 1000.0;  ///< compression [N]
};
void describe(engine::FieldVisitor& v, CompressiveStiffness& m);
[[nodiscard]] std::vector<std::string> scenarios_of(const CompressiveStiffness& m);
[[nodiscard]] Measured measured(const CompressiveStiffness& m, const Records& records);

/// k = P A/F: pressure over the mean compression of the disc's section [1]; F: axial and follower load. With `from` the one k of P = k F/A over the
/// loads between the two times, by least squares: A int P F dF / int F^2 dF.
struct PressureOverCompression {
    std::string scenario;
    Level level = Level::L4_L5;
    double at = 0.0;             ///< [s]
    std::optional<double> from;  ///< [s]; none: at that one time
};
void describe(engine::FieldVisitor& v, PressureOverCompression& m);
[[nodiscard]] std::vector<std::string> scenarios_of(const PressureOverCompression& m);
[[nodiscard]] Measured measured(const PressureOverCompression& m, const Records& records);

/// Share of the slow part in the shortening under a constant load [%]: what comes after `loaded` of what comes after `start`.
struct CreepShare {
    std::string scenario;
    double start = 0.0, loaded = 0.0, end = 0.0;  ///< [s]
};
void describe(engine::FieldVisitor& v, CreepShare& m);
[[nodiscard]] std::vector<std::string> scenarios_of(const CreepShare& m);
[[nodiscard]] Measured measured(const CreepShare& m, const Records& records);

/// Time in which half of the recovery is done over that in which half of the creep is done [1].
struct RecoverySlowness {
    std::string scenario;
    double loaded = 0.0, end = 0.0;          ///< of the creep [s]
    double unloaded = 0.0, recovered = 0.0;  ///< of the recovery [s]
};
void describe(engine::FieldVisitor& v, RecoverySlowness& m);
[[nodiscard]] std::vector<std::string> scenarios_of(const RecoverySlowness& m);
[[nodiscard]] Measured measured(const RecoverySlowness& m, const Records& records);

/// Mean over the six diagonal terms of a specimen's stiffness at the end of its test, each over that of another test [1].
struct Stiffening {
    std::string scenario, unloaded;
};
void describe(engine::FieldVisitor& v, Stiffening& m);
[[nodiscard]] std::vector<std::string> scenarios_of(const Stiffening& m);
[[nodiscard]] Measured measured(const Stiffening& m, const Records& records);

}  // namespace foramen::io
