#include "io/study/output_recorder.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "engine/core/contract.hpp"
#include "io/progress.hpp"
#include "io/recorder.hpp"

namespace foramen::io {

using scenarios::Across;
using scenarios::During;
using scenarios::Reduction;

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

double across(const std::vector<double>& values, Across how) {
    switch (how) {
        case Across::largest: return *std::max_element(values.begin(), values.end());
        case Across::smallest: return *std::min_element(values.begin(), values.end());
        case Across::sum: return std::accumulate(values.begin(), values.end(), 0.0);
        case Across::mean: break;
    }
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// Whether a moment of the session counts.
bool counts(double t, During during, const scenarios::LoadProgram* program) {
    if (during == During::session || !program) return true;
    if (during == During::hold) return program->phase(t).kind == scenarios::PhaseKind::hold;
    const auto& phases = program->phases();
    const auto last = std::find_if(phases.rbegin(), phases.rend(), [](const scenarios::Phase& p) { return p.kind != scenarios::PhaseKind::rest; });
    return last == phases.rend() || t > last->end;
}

/// Whether a moment belongs to a pull; without a program every one does.
bool pulls(double t, const scenarios::LoadProgram* program) {
    using scenarios::PhaseKind;
    if (!program) return true;
    const PhaseKind kind = program->phase(t).kind;
    return kind == PhaseKind::pretension || kind == PhaseKind::ramp_up || kind == PhaseKind::hold;
}

/// What the reductions are made of.
struct Sums {
    double largest = -std::numeric_limits<double>::infinity(), smallest = std::numeric_limits<double>::infinity();
    double first = nan, last = nan, time = 0.0, integral = 0.0, above = 0.0;
    double pull_first = nan, rise_in_pull = 0.0;
    void see_pull(bool pulling, double a, double b) {
        if (!pulling) {
            pull_first = nan;
            return;
        }
        if (std::isnan(pull_first)) pull_first = a;
        rise_in_pull = std::max({rise_in_pull, a - pull_first, b - pull_first});
    }
    void see(double value) {
        if (std::isnan(first)) first = value;
        last = value;
        largest = std::max(largest, value);
        smallest = std::min(smallest, value);
    }
};

}  // namespace

bool means(const std::string& wanted, const std::string& label) {
    if (wanted.ends_with('*')) return label.starts_with(wanted.substr(0, wanted.size() - 1));
    return wanted.empty() || wanted == label;
}

double reduced(const std::vector<double>& times, const std::vector<double>& values, const scenarios::Output& output,
               const scenarios::LoadProgram* program) {
    Sums sums;
    const double threshold = output.threshold.value_or(0.0);
    for (std::size_t k = 1; k < times.size(); ++k) {
        const double a = values[k - 1], b = values[k], dt = times[k] - times[k - 1];
        if (!counts(0.5 * (times[k - 1] + times[k]), output.during, program)) continue;
        sums.see(a);
        sums.see(b);
        sums.see_pull(pulls(0.5 * (times[k - 1] + times[k]), program), a, b);
        sums.time += dt;
        sums.integral += 0.5 * (a + b) * dt;
        sums.above += models::above_zero(a - threshold, b - threshold, dt).time;
    }
    if (sums.time == 0.0) return nan;
    switch (output.reduce) {
        case Reduction::largest: return sums.largest;
        case Reduction::smallest: return sums.smallest;
        case Reduction::end: return sums.last;
        case Reduction::start: return sums.first;
        case Reduction::change: return sums.last - sums.first;
        case Reduction::rise: return sums.largest - sums.first;
        case Reduction::rise_in_pull: return sums.rise_in_pull;
        case Reduction::mean: return sums.integral / sums.time;
        case Reduction::fraction_above: return sums.above / sums.time;
        case Reduction::fraction_below: break;
    }
    return 1.0 - sums.above / sums.time;
}

OutputRecorder::OutputRecorder(const models::SpineModel& model, const std::vector<scenarios::Output>& outputs)
    : model_(model),
      observer_(model),
      dose_(observer_),
      nutrition_(model.spec.solutes ? std::make_unique<models::SpineNutrition>(model) : nullptr),
      outputs_(outputs) {
    const std::vector<models::Observable> all = recorded(model, observer_, dose_);
    for (const scenarios::Output& output : outputs) {
        Columns columns;
        std::size_t first = 0;
        const auto found = std::find_if(all.begin(), all.end(), [&](const models::Observable& o) {
            if (o.name == output.series) return true;
            first += o.size();
            return false;
        });
        FORAMEN_EXPECTS(found != all.end(), output.series);
        for (std::size_t k = 0; k < found->size(); ++k) {
            if (!found->labels.empty() && !means(output.label, found->labels[k])) continue;
            columns.places.push_back(first + k);
            if (!found->labels.empty()) columns.labels.push_back(found->labels[k]);
        }
        FORAMEN_EXPECTS(!columns.places.empty(), output.label);
        columns.history.resize(columns.places.size());
        columns_.push_back(std::move(columns));
    }
}

void OutputRecorder::on_step(const engine::StepView& view) {
    std::vector<double> row = observer_.read(model_, view.newton);
    if (!model_.laboratory) {
        const std::vector<double> doses = dose_.add(view.time, row);
        row.insert(row.end(), doses.begin(), doses.end());
    }
    if (nutrition_) {
        if (view.step > 0.0) nutrition_->advance(model_, view.step);
        const std::vector<double> supply = nutrition_->read();
        row.insert(row.end(), supply.begin(), supply.end());
    }
    times_.push_back(view.time);
    for (Columns& c : columns_)
        for (std::size_t k = 0; k < c.places.size(); ++k) c.history[k].push_back(row[c.places[k]]);
}

bool OutputRecorder::wants_stop() { return stop_requested(); }

std::vector<double> OutputRecorder::values(const scenarios::LoadProgram* program) const {
    std::vector<double> all;
    for (std::size_t i = 0; i < outputs_.size(); ++i) {
        const Columns& c = columns_[i];
        std::vector<double> joined;
        for (std::size_t t = 0; t < times_.size(); ++t) {
            std::vector<double> now;
            for (const auto& column : c.history) now.push_back(column[t]);
            joined.push_back(across(now, outputs_[i].across));
        }
        all.push_back(reduced(times_, joined, outputs_[i], program));
    }
    return all;
}

std::string OutputRecorder::governing_label(std::size_t output, const scenarios::LoadProgram* program) const {
    const Columns& c = columns_[output];
    if (c.labels.empty()) return "";
    std::size_t best = 0;
    double reached = nan;
    for (std::size_t k = 0; k < c.places.size(); ++k) {
        const double value = reduced(times_, c.history[k], outputs_[output], program);
        const bool better = outputs_[output].across == Across::smallest ? value < reached : value > reached;
        if (std::isnan(reached) || better) {
            best = k;
            reached = value;
        }
    }
    return c.labels[best];
}

}  // namespace foramen::io
