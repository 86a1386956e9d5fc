#include "scenarios/traction_rules.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/pull.hpp"

namespace foramen::scenarios {

namespace {
using engine::Dimension;
using engine::display;
using enum TractionMode;

bool holds(TractionMode mode) { return mode != sinusoidal && mode != measured; }
bool rests(TractionMode mode) { return mode == intermittent || mode == progressive || mode == manual; }
bool cycles(TractionMode mode) { return mode == intermittent || mode == manual; }
bool is_timed(TractionMode mode) { return mode != progressive && mode != measured; }

class TractionRules {
public:
    TractionRules(std::string path, const Traction& traction, const Device& device)
        : path_(std::move(path)), t_(traction), device_(device) {}

    std::vector<Problem> run() {
        forces();
        wave();
        length();
        record();
        if (found_.empty()) {
            ramps();
            limits();
        }
        return std::move(found_);
    }

private:
    void add(const std::string& field, const std::string& reason, const std::string& hint, std::vector<std::string> involves = {},
             bool warning = false) {
        for (auto& other : involves) other = path_ + "." + other;
        found_.push_back({warning, path_ + "." + field, reason, hint, std::move(involves)});
    }

    void forces() {
        if (!holds(t_.mode)) return;
        if (!t_.hold.force) {
            add("hold.force", "the hold force is missing", "for example force: 300 N, or 45 %BW");
            return;
        }
        const double hold = *t_.hold.force;
        if (rests(t_.mode) && t_.rest.force >= hold) {
            add("rest.force",
                "the rest force, " + display(t_.rest.force, Dimension::force) + ", is not below the hold force, " +
                    display(hold, Dimension::force),
                "exchange them, or use mode: static", {"hold.force"});
        }
        if (t_.pretension >= hold) {
            add("pretension",
                "the pretension, " + display(t_.pretension, Dimension::force) + ", is not below the hold force, " +
                    display(hold, Dimension::force),
                "a pretension only takes up the slack; 15 N is usual", {"hold.force"});
        }
    }

    void wave() {
        if (t_.mode != sinusoidal) return;
        if (!t_.wave.mean) add("wave.mean", "the mean force is missing", "for example mean: 200 N");
        if (!t_.wave.amplitude) add("wave.amplitude", "the amplitude is missing", "for example amplitude: 100 N");
        if (t_.wave.mean && t_.wave.amplitude && *t_.wave.amplitude > *t_.wave.mean) {
            add("wave.amplitude",
                "the amplitude, " + display(*t_.wave.amplitude, Dimension::force) + ", is above the mean, " +
                    display(*t_.wave.mean, Dimension::force),
                "a rope cannot push", {"wave.mean"});
        }
    }

    void length() {
        if (!is_timed(t_.mode)) return;
        if (t_.duration && t_.cycles && cycles(t_.mode)) {
            add("cycles", "duration and cycles are both given", "remove one of them; each follows from the other", {"duration"});
        } else if (!t_.duration && !(cycles(t_.mode) && t_.cycles)) {
            add("duration", "how long the traction lasts is missing",
                cycles(t_.mode) ? "for example duration: 25 min, or cycles: 15" : "for example duration: 15 min", {"cycles"});
        }
    }

    void record() {
        if (t_.mode != measured) return;
        const auto& points = t_.measured.points;
        if (points.x.size() < 2) {
            add("measured", "a measured pull needs a file or at least two points", "for example file: pull.csv",
                {"measured.file", "measured.points"});
            return;
        }
        if (points.x.front() != 0.0) {
            add("measured.points", "the first time is not 0 s", "times count from the start of the activity", {"measured.file"});
        }
        for (std::size_t i = 0; i < points.x.size(); ++i) {
            if (i > 0 && points.x[i] <= points.x[i - 1]) {
                add("measured.points", "the times do not grow at point " + std::to_string(i + 1), "sort them; remove doubles",
                    {"measured.file"});
                return;
            }
            if (points.y[i] < 0.0) {
                add("measured.points", "the force is negative at point " + std::to_string(i + 1),
                    "a rope cannot push; zero the cell", {"measured.file"});
                return;
            }
        }
    }

    void ramps() {
        if (t_.mode == measured) return;
        const double shortest = shortest_duration(t_);
        if (t_.duration && *t_.duration < shortest) {
            add("duration",
                "the ramps alone take " + display(shortest, Dimension::time) + ", the traction lasts " +
                    display(*t_.duration, Dimension::time),
                "pull longer, less, or with faster ramps", {"ramp.up", "ramp.down", "hold.force", "pretension"});
        }
        if (!cycles(t_.mode)) return;
        const double low = std::max(t_.rest.force, t_.pretension);
        const double up = ramp_time(t_.ramp.up, *t_.hold.force - low);
        if (up > t_.hold.time) {
            add("ramp.up",
                "the ramp to full force takes " + display(up, Dimension::time) + ", longer than the hold, " +
                    display(t_.hold.time, Dimension::time),
                "hold.time counts from the end of the ramp", {"hold.time", "rest.force"}, true);
        }
    }

    void limits() {
        const double peak = peak_force(t_);
        const std::string device = "the device (" + device_.name + ")";
        if (peak > device_.max_force) {
            const char* const field = t_.mode == sinusoidal ? "wave.amplitude" : t_.mode == measured ? "measured" : "hold.force";
            add(field,
                "the pull reaches " + display(peak, Dimension::force) + "; " + device + " stops at " +
                    display(device_.max_force, Dimension::force),
                "pull less, or name a device that can", {"irregularity.force", "wave.mean"});
        }
        if (t_.angle > device_.max_angle) {
            add("angle",
                display(t_.angle, Dimension::angle) + " is steeper than " + device + " can pull, " +
                    display(device_.max_angle, Dimension::angle),
                "use a smaller angle, or name a device that can");
        }
        if (t_.mode == measured) return;
        edge("ramp.up", t_.ramp.up, device);
        edge("ramp.down", t_.ramp.down, device);
    }

    void edge(const std::string& field, const engine::Measure& edge, const std::string& device) {
        const double swing = holds(t_.mode) ? *t_.hold.force - (rests(t_.mode) ? t_.rest.force : 0.0) : *t_.wave.mean;
        const double rate = edge.dimension == Dimension::force_rate ? edge.value : swing / edge.value;
        if (rate <= device_.max_ramp) return;
        add(field,
            "a ramp of " + display(rate, Dimension::force_rate) + " is faster than " + device + " can pull, " +
                display(device_.max_ramp, Dimension::force_rate),
            "ramp slower, or name a device that can", {"hold.force", "rest.force"});
    }

    std::string path_;
    const Traction& t_;
    const Device& device_;
    std::vector<Problem> found_;
};
}  // namespace

double peak_force(const Traction& traction) {
    if (traction.mode == measured) {
        const auto& forces = traction.measured.points.y;
        return forces.empty() ? 0.0 : *std::max_element(forces.begin(), forces.end());
    }
    if (traction.mode == sinusoidal) return traction.wave.mean.value_or(0.0) + traction.wave.amplitude.value_or(0.0);
    const double hold = traction.hold.force.value_or(0.0);
    return traction.mode == manual ? hold * (1.0 + traction.irregularity.force) : hold;
}

std::vector<Problem> traction_problems(const std::string& path, const Traction& traction, const Device& device) {
    return TractionRules(path, traction, device).run();
}

}  // namespace foramen::scenarios
