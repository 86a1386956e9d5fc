#include "io/validation/test_record.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "engine/core/contract.hpp"

namespace foramen::io {

void TestRecord::append(double time, std::vector<double> row) {
    times_.push_back(time);
    rows_.push_back(std::move(row));
}

TestRecord::Place TestRecord::place(const std::string& series, const std::string& label) const {
    std::size_t first = 0;
    for (const models::Observable& o : observables_) {
        if (o.name == series) {
            if (o.labels.empty() && label.empty()) return {&o, first};
            const auto found = std::find(o.labels.begin(), o.labels.end(), label);
            if (found != o.labels.end()) return {&o, first + static_cast<std::size_t>(found - o.labels.begin())};
            throw std::runtime_error(label.empty() ? fmt::format("{} has a value for each {}: say which", series, o.dimension)
                                                   : fmt::format("{} has no value for \"{}\"", series, label));
        }
        first += o.size();
    }
    throw std::runtime_error(fmt::format("the test has no series \"{}\"", series));
}

std::vector<double> TestRecord::column(const std::string& series, const std::string& label) const {
    const std::size_t at = place(series, label).column;
    std::vector<double> values;
    for (const std::vector<double>& row : rows_) values.push_back(row[at]);
    return values;
}

double TestRecord::at(const std::string& series, const std::string& label, double time) const {
    FORAMEN_EXPECTS(!times_.empty(), series);
    const std::size_t column = place(series, label).column;
    const auto after = static_cast<std::size_t>(std::lower_bound(times_.begin(), times_.end(), time) - times_.begin());
    if (after == 0) return rows_.front()[column];
    if (after == times_.size()) return rows_.back()[column];
    const double s = (time - times_[after - 1]) / (times_[after] - times_[after - 1]);
    return (1.0 - s) * rows_[after - 1][column] + s * rows_[after][column];
}

std::string TestRecord::unit(const std::string& series) const {
    const auto found =
        std::find_if(observables_.begin(), observables_.end(), [&](const models::Observable& o) { return o.name == series; });
    if (found == observables_.end()) throw std::runtime_error(fmt::format("the test has no series \"{}\"", series));
    return found->units == "degree" ? "deg" : found->units;
}

}  // namespace foramen::io
