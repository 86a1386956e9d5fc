#pragma once

#include <string>
#include <vector>

#include "models/observables.hpp"

namespace foramen::models {

/// What a session adds up to so far: sums over the accepted steps, straight between them. "Rest" is the start of the session.
///
///     low pressure: time in which idp < rest, and the integral of rest - idp there        [s], [MPa s]
///     opening: time in which foramen_area > rest, and the integral of area - rest there   [s], [mm2 s]
///     root free, ganglion free: time in which root_clearance, ganglion_gap > 0            [s]
///     fluid exchanged: sum of |change of fluid_content|                                   [mm3]
///     cycles: falls of idp by a tenth of rest from its last peak, each followed by a rise of a tenth of rest from its last
///     trough
///
/// A tenth of rest is an assumption: no measurement says what a cycle must reach to count.
class Dose {
public:
    /// @param observer  whose rows will be added
    explicit Dose(const SpineObserver& observer);

    [[nodiscard]] const std::vector<Observable>& observables() const { return observables_; }
    /// Adds the step that ends at `time`, the first one being rest. @return all doses up to now, in the order of observables()
    /// @param row  of the observer
    [[nodiscard]] std::vector<double> add(double time, const std::vector<double>& row);

private:
    struct Series {
        std::size_t first = 0, size = 0;  ///< of the row
        std::vector<double> rest, last;
    };
    struct Swing {
        double extreme;  ///< since the last turn: peak while rising, trough while falling
        bool falling;
        int cycles;
    };
    [[nodiscard]] static Series series(const SpineObserver& observer, const std::string& name);
    void add_step(const Series& series, const std::vector<double>& before, double step);
    void count_cycles(std::size_t disc, double pressure);

    std::vector<Observable> observables_;
    Series pressure_, area_, water_, root_, ganglion_;
    std::vector<double> low_time_, low_integral_, open_time_, open_integral_, exchanged_, root_time_, ganglion_time_;
    std::vector<Swing> swings_;
    double last_time_ = 0.0;
    bool started_ = false;
};

/// Of a straight line from `a` to `b` over `time`: how long it is above 0, and the integral of what is above.
struct Above {
    double time, integral;
};
[[nodiscard]] Above above_zero(double a, double b, double time);

}  // namespace foramen::models
