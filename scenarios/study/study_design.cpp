#include "scenarios/study/study_design.hpp"

namespace foramen::scenarios {

namespace {

std::vector<std::string> names(const Study& s) {
    std::vector<std::string> all;
    for (const Varied& v : s.vary) all.push_back(v.field);
    return all;
}

const std::vector<Choice>& choices(const Study& s, Eigen::Index j) { return s.vary[static_cast<std::size_t>(j)].distribution.choices; }

UnitPoints points_of(const Study& s) {
    const int count = s.design.size.value_or(0), inputs = static_cast<int>(s.vary.size());
    const auto seed = static_cast<std::uint64_t>(s.seed);
    switch (s.design.kind) {
        case DesignKind::population: return random_points(count, names(s), seed);
        case DesignKind::latin_hypercube: return latin_hypercube(count, names(s), seed);
        case DesignKind::sobol_sequence: return sobol_points(count, inputs, seed);
        case DesignKind::morris: return morris_points(count, inputs, s.design.levels, seed);
        case DesignKind::sobol_indices: return saltelli_points(count, inputs, seed);
        default: return {};
    }
}

/// Rows of listed values: every combination (the last field changes fastest), side by side, or one at a time.
Eigen::MatrixXd listed(const Study& s) {
    const auto rows = static_cast<Eigen::Index>(expected_runs(s)), inputs = static_cast<Eigen::Index>(s.vary.size());
    Eigen::MatrixXd values(rows, inputs);
    Eigen::Index next = 0;
    for (Eigen::Index j = 0; j < inputs; ++j) {
        const std::vector<Choice>& own = choices(s, j);
        const auto count = static_cast<Eigen::Index>(own.size());
        Eigen::Index period = 1;
        for (Eigen::Index k = j + 1; k < inputs; ++k) period *= static_cast<Eigen::Index>(choices(s, k).size());
        for (Eigen::Index i = 0; i < rows; ++i) {
            Eigen::Index which = s.design.kind == DesignKind::grid ? i / period % count : i;
            if (s.design.kind == DesignKind::list) which = i >= next && i < next + count ? i - next : 0;
            values(i, j) = own[static_cast<std::size_t>(which)].value;
        }
        next += count;
    }
    return values;
}

}  // namespace

bool needs_size(DesignKind kind) { return kind != DesignKind::grid && kind != DesignKind::zip && kind != DesignKind::list; }

double expected_runs(const Study& s) {
    const double size = s.design.size.value_or(0);
    const auto inputs = static_cast<double>(s.vary.size());
    double product = 1.0, sum = 0.0;
    for (const Varied& v : s.vary) {
        product *= static_cast<double>(v.distribution.choices.size());
        sum += static_cast<double>(v.distribution.choices.size());
    }
    switch (s.design.kind) {
        case DesignKind::morris: return size * (inputs + 1.0);
        case DesignKind::sobol_indices: return size * (inputs + 2.0);
        case DesignKind::grid: return product;
        case DesignKind::zip: return s.vary.empty() ? 0.0 : static_cast<double>(s.vary.front().distribution.choices.size());
        case DesignKind::list: return sum;
        default: return size;
    }
}

Eigen::MatrixXd correlation_matrix(const Study& s) {
    const auto inputs = static_cast<Eigen::Index>(s.vary.size());
    Eigen::MatrixXd matrix = Eigen::MatrixXd::Identity(inputs, inputs);
    const auto place = [&](const std::string& field) {
        Eigen::Index j = 0;
        while (j < inputs && s.vary[static_cast<std::size_t>(j)].field != field) ++j;
        return j;
    };
    for (const Correlation& c : s.correlations)
        matrix(place(c.first), place(c.second)) = matrix(place(c.second), place(c.first)) = c.coefficient;
    return matrix;
}

DesignTable design_table(const Study& s) {
    DesignTable table;
    table.points = points_of(s);
    if (!s.correlations.empty())
        s.design.kind == DesignKind::latin_hypercube ? correlate_by_rank(table.points, correlation_matrix(s)) : correlate(table.points, correlation_matrix(s));
    if (!needs_size(s.design.kind)) {
        table.values = listed(s);
    } else {
        table.values.resize(table.points.rows(), table.points.cols());
        for (Eigen::Index j = 0; j < table.points.cols(); ++j)
            for (Eigen::Index i = 0; i < table.points.rows(); ++i)
                table.values(i, j) = s.vary[static_cast<std::size_t>(j)].distribution.quantile(table.points(i, j));
    }
    const Eigen::Index inputs = table.values.cols();
    for (Eigen::Index i = 0; i < table.values.rows(); ++i) {
        const Eigen::Index part = i % (inputs + 2);
        const bool saltelli = s.design.kind == DesignKind::sobol_indices;
        table.blocks.push_back(!saltelli ? "" : part == 0 ? "A" : part == 1 ? "B" : "AB " + std::to_string(part - 1));
    }
    return table;
}

}  // namespace foramen::scenarios
