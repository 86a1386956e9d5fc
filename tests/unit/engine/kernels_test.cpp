// Vector functions against the library, and every instruction set against the baseline.
#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <map>

#include "engine/core/lane_functions.hpp"
#include "engine/kernels/kernels.hpp"
#include "engine/kernels/tall_matrix.hpp"
#include "engine/solve/symbolic_factor.hpp"
#include "tests/support/lattice_matrix.hpp"
#include "tests/support/tiny_models.hpp"

using namespace foramen;
using namespace foramen::engine;

namespace {

/// Distance from the exact value in units of its last place.
double units_off(double ours, long double exact) {
    const double nearest = static_cast<double>(exact);
    const double unit = std::nextafter(std::abs(nearest), std::numeric_limits<double>::infinity()) - std::abs(nearest);
    return static_cast<double>(std::abs(static_cast<long double>(ours) - exact) / unit);
}

/// Four values in the first lanes.
Pack four(double a, double b, double c, double d) {
    Pack out{};
    out[0] = a, out[1] = b, out[2] = c, out[3] = d;
    return out;
}

struct Sample {
    BiphasicDomain domain = testing::distorted_block(false);
    Sample() {
        testing::Uniform random(5);
        for (double& u : domain.u) u = 0.03 * random();
        for (double& p : domain.p) p = 0.1 * random();
    }
};

/// All numbers of a result of packs.
template <class Result>
Eigen::VectorXd numbers(const Result& result) {
    const auto* const first = reinterpret_cast<const double*>(&result);
    return Eigen::Map<const Eigen::VectorXd>(first, sizeof result / sizeof(double));
}

template <class Result>
void check_close(const Result& ours, const Result& baseline) {
    const Eigen::VectorXd a = numbers(ours), b = numbers(baseline);
    CHECK((a - b).cwiseAbs().maxCoeff() <= 1e-13 * b.cwiseAbs().cwiseMin(1e6).maxCoeff());
}

}  // namespace

TEST_SUITE_BEGIN("unit/engine");

TEST_CASE("exp and log1p of all lanes are those of the library, to two units of the last place") {
    double worst_exp = 0.0, worst_log = 0.0;
    const auto check_exp = [&](double x, double ours) { worst_exp = std::max(worst_exp, units_off(ours, std::exp(static_cast<long double>(x)))); };
    const auto check_log = [&](double x, double ours) { worst_log = std::max(worst_log, units_off(ours, std::log1p(static_cast<long double>(x)))); };
    for (int k = 0; k < 40000; ++k) {
        const std::array<double, 4> any{-700.0 + 0.035 * k, 1e-6 * (k - 20000), 1e-8 * (k - 20000), -5.0 + 0.001 * k};
        const std::array<double, 4> above{-0.9999 + 0.0005 * k, 1e-6 * (k - 20000), 1e-15 * (k - 20000), std::exp(0.01 * k)};
        const Pack e = exp_lanes(four(any[0], any[1], any[2], any[3])), l = log1p_lanes(four(above[0], above[1], above[2], above[3]));
        for (std::size_t lane = 0; lane < 4; ++lane) {
            check_exp(any[lane], e[lane]);
            check_log(above[lane], l[lane]);
        }
    }
    MESSAGE("exp " << worst_exp << ", log1p " << worst_log << " units of the last place");
    CHECK(worst_exp <= 2.0);
    CHECK(worst_log <= 2.0);
}

TEST_CASE("exp and log1p of all lanes at the ends of their ranges") {
    constexpr double infinity = std::numeric_limits<double>::infinity(), none = std::numeric_limits<double>::quiet_NaN();
    const Pack e = exp_lanes(four(infinity, 1e308, -infinity, none));
    CHECK(e[0] == infinity);
    CHECK(e[1] == infinity);
    CHECK(e[2] >= 0.0);
    CHECK(e[2] < 1e-300);
    CHECK(std::isnan(e[3]));
    const Pack zero = exp_lanes(four(0.0, -0.0, 0.0, 0.0));
    CHECK(zero[0] == 1.0);
    CHECK(zero[1] == 1.0);
    const Pack l = log1p_lanes(four(-1.0, -2.0, none, 0.0));
    CHECK(std::isnan(l[0]));
    CHECK(std::isnan(l[1]));
    CHECK(std::isnan(l[2]));
    CHECK(l[3] == 0.0);
}

TEST_CASE("curves of all lanes are read as one curve is, inside and outside of the table") {
    const Curve rising([](double x) { return CurveValue{x * x, 2.0 * x}; }, 0.5, 3.0, 40);
    const Curve level([](double x) { return CurveValue{std::sin(x), std::cos(x)}; }, 0.0, 2.0, 64, Curve::Outside::constant);
    CurveLanes lanes;
    for (int lane = 0; lane < lane_count; ++lane) lanes.set(lane, lane < 4 ? rising : level);
    for (const double x : {-5.0, 0.0, 0.5, 0.50001, 0.51, 1.0, 1.7, 1.99999, 2.0, 2.5, 2.99, 3.0, 3.1, 40.0}) {
        CAPTURE(x);
        for (int lane = 0; lane < lane_count; ++lane) {
            const CurvePack read = lanes.at(broadcast<Pack>(x), lane / register_lanes);
            const CurveValue one = (lane < 4 ? rising : level).at(x);
            CHECK(read.value[lane % register_lanes] == doctest::Approx(one.value).epsilon(1e-13));
            CHECK(read.slope[lane % register_lanes] == doctest::Approx(one.slope).epsilon(1e-12));
        }
    }
    CHECK(std::isnan(lanes.at(broadcast<Pack>(std::numeric_limits<double>::quiet_NaN()), 0).value[0]));
}

TEST_CASE("the kernels of every instruction set agree with the baseline to rounding") {
    const Sample sample;
    const Kernels& baseline = kernels(InstructionSet::baseline);
    for (const InstructionSet set : available_instruction_sets()) {
        CAPTURE(word(set));
        const Kernels& kernel = kernels(set);
        CHECK((set == InstructionSet::baseline) == (kernel.evaluate_residual == baseline.evaluate_residual));
        for (const BiphasicBatch& batch : sample.domain.batches()) {
            const BatchUnknowns x = sample.domain.gather(batch);
            std::array<BatchResidual, 2> residual;
            std::array<BatchTangent, 2> tangent;
            std::array<BatchFluxStrainTangent, 2> flux;
            std::array<BatchPoint, 2> point;
            for (std::size_t k = 0; k < 2; ++k) {
                const Kernels& one = k == 0 ? kernel : baseline;
                one.evaluate_residual(batch, x, residual[k]);
                one.evaluate_tangent(batch, x, 2.0, true, tangent[k]);
                one.evaluate_flux_strain_tangent(batch, x, flux[k]);
                one.evaluate_point(batch, x, 3, point[k]);
            }
            check_close(residual[0], residual[1]);
            check_close(tangent[0], tangent[1]);
            check_close(flux[0], flux[1]);
            check_close(point[0], point[1]);
        }
    }
}

TEST_CASE("the factor of every instruction set solves what the baseline solves") {
    const testing::SymmetricMatrix matrix = testing::lattice_matrix(5, 4, 4);
    const auto symbolic = analyze(matrix.pattern);
    const std::vector<double> ones(static_cast<std::size_t>(matrix.pattern.n), 1.0);
    std::vector<double> expected = ones;
    const auto reference = kernels(InstructionSet::baseline).make_supernodal_f64(symbolic);
    REQUIRE(reference->factor(matrix.values).ok);
    reference->solve(expected, 1);
    for (const InstructionSet set : available_instruction_sets()) {
        CAPTURE(word(set));
        for (const bool single : {false, true}) {
            const auto solver = single ? kernels(set).make_supernodal_f32(symbolic) : kernels(set).make_supernodal_f64(symbolic);
            const FactorReport report = solver->factor(matrix.values);
            REQUIRE(report.ok);
            CHECK(report.negative_pivots == matrix.pressure_count);
            std::vector<double> x = ones;
            solver->solve(x, 1);
            double worst = 0.0, largest = 0.0;
            for (std::size_t i = 0; i < x.size(); ++i) {
                worst = std::max(worst, std::abs(x[i] - expected[i]));
                largest = std::max(largest, std::abs(expected[i]));
            }
            CHECK(worst <= (single ? 1e-4 : 1e-11) * largest);
        }
    }
}

namespace {

/// Two dense blocks that a third one parts: fronts with all of the columns of one and the rows of the third.
testing::SymmetricMatrix two_dense_blocks(int nodes_of_block, int nodes_between) {
    const int nodes = 2 * nodes_of_block + nodes_between, n = 4 * nodes;
    testing::Uniform random(23);
    std::vector<int> node_of;
    std::vector<std::map<int, double>> columns(static_cast<std::size_t>(n));
    const auto block = [&](int i) { return std::min(i / 4 / nodes_of_block, 2); };
    for (int j = 0; j < n; ++j) {
        node_of.push_back(j / 4);
        const Eigen::VectorXd values = random.vector(n);
        for (int i = j + 1; i < n; ++i)
            if (block(i) == block(j) || block(i) == 2) columns[j][i] = values[i];
        columns[j][j] = j % 4 == 3 ? -0.5 * n : 0.5 * n;  // far from singular
    }
    testing::SymmetricMatrix matrix = testing::from_entries(n, std::move(node_of), columns);
    matrix.pressure_count = nodes;
    return matrix;
}

/// What a single-precision factor of a set leaves of a right-hand side.
double left_by_factor(InstructionSet set, const testing::SymmetricMatrix& matrix, const std::shared_ptr<const SymbolicFactor>& symbolic) {
    testing::Uniform random(17);
    const Eigen::VectorXd b = random.vector(matrix.pattern.n);
    const auto solver = kernels(set).make_supernodal_f32(symbolic);
    const FactorReport report = solver->factor(matrix.values);
    REQUIRE(report.ok);
    CHECK(report.negative_pivots == matrix.pressure_count);
    Eigen::VectorXd x = b, product(b.size());
    solver->solve({x.data(), static_cast<std::size_t>(x.size())}, 1);
    symmetric_product(matrix.pattern, matrix.values, {x.data(), static_cast<std::size_t>(x.size())}, {product.data(), static_cast<std::size_t>(product.size())});
    return (b - product).norm() / b.norm();
}

}  // namespace

TEST_CASE("a factor whose fronts take several blocks is one of single precision in every instruction set") {
    const testing::SymmetricMatrix lattice = testing::lattice_matrix(13, 11, 9), blocks = two_dense_blocks(140, 11);
    const auto of_lattice = analyze(lattice.pattern), of_blocks = analyze(blocks.pattern);
    int widest = 0, rows_below = 0, widest_with_rows = 0;
    for (int s = 0; s < of_lattice->supernode_count(); ++s) {
        widest = std::max(widest, of_lattice->width(s));
        if (of_lattice->width(s) > 64) rows_below = std::max(rows_below, of_lattice->below(s));
    }
    for (int s = 0; s < of_blocks->supernode_count(); ++s)
        if (of_blocks->below(s) > 32) widest_with_rows = std::max(widest_with_rows, of_blocks->width(s));
    CHECK(widest > 256);            // products of several blocks within a front
    CHECK(rows_below > 256);        // and of several below it
    CHECK(widest_with_rows > 512);  // deeper than one pass of a product in tiles
    for (const InstructionSet set : available_instruction_sets()) {
        CAPTURE(word(set));
        // 2^-24 of a number, in tiles 2^-16 (bfloat16 alone: 2^-8), and what the factor makes of it
        CHECK(left_by_factor(set, lattice, of_lattice) < (set == InstructionSet::x86_64_v4_amx ? 3e-5 : 3e-6));
        CHECK(left_by_factor(set, blocks, of_blocks) < (set == InstructionSet::x86_64_v4_amx ? 3e-5 : 3e-6));
        MESSAGE(word(set) << " leaves " << left_by_factor(set, lattice, of_lattice) << ", " << left_by_factor(set, blocks, of_blocks));
    }
    if (available_instruction_sets().back() != InstructionSet::x86_64_v4_amx) MESSAGE("no matrix tiles here: their products were not tried");
}

TEST_CASE("a compact factor in every instruction set leaves less than a hundredth of a right-hand side") {
    bool parted = false;
    for (const int columns : {4, 7}) {  // fronts of several sizes, strips that are not full
        const testing::SymmetricMatrix matrix = testing::lattice_matrix(columns, 5, 6);
        const auto symbolic = analyze(matrix.pattern);
        parted = parted || symbolic->middle > 0;
        testing::Uniform random(13);
        const Eigen::VectorXd b = random.vector(matrix.pattern.n);
        const auto solution = [&](const LinearSolver& solver) {
            Eigen::VectorXd x = b;
            solver.solve({x.data(), static_cast<std::size_t>(x.size())}, 1);
            return x;
        };
        const auto left = [&](const Eigen::VectorXd& x) {
            Eigen::VectorXd product(x.size());
            symmetric_product(matrix.pattern, matrix.values, {x.data(), static_cast<std::size_t>(x.size())}, {product.data(), static_cast<std::size_t>(x.size())});
            return (b - product).norm() / b.norm();
        };
        for (const InstructionSet set : available_instruction_sets()) {
            CAPTURE(word(set));
            const auto solver = kernels(set).make_supernodal_f32(symbolic);
            REQUIRE(solver->factor(matrix.values).ok);
            const Eigen::VectorXd full = solution(*solver);
            solver->keep_compact();
            const Eigen::VectorXd compact = solution(*solver);
            CHECK(left(compact) < 1e-2);
            Eigen::VectorXd in_team;
#pragma omp parallel num_threads(2)
#pragma omp single
            in_team = solution(*solver);
            CHECK(in_team == compact);
            if (set != InstructionSet::baseline) CHECK(left(compact) > 10.0 * left(full));  // a set with an instruction for halves: another factor
            Eigen::MatrixXd two(b.size(), 2);
            two << 2.0 * b, b;
            solver->solve({two.data(), static_cast<std::size_t>(two.size())}, 2);
            CHECK((two.col(1) - compact).norm() <= 1e-4 * compact.norm());
            CHECK((two.col(0) - 2.0 * compact).norm() <= 1e-4 * compact.norm());
            REQUIRE(solver->factor(matrix.values).ok);
            CHECK(solution(*solver) == full);
        }
    }
    CHECK(parted);  // in two halves, for two threads
}

TEST_CASE("products of tall matrices in every instruction set are those of double, to single precision") {
    testing::Uniform random(11);
    for (const int columns : {1, 4, 7}) {
        constexpr int rows = 2 * tall_block;
        const Eigen::VectorXf A = random.vector(rows * columns).cast<float>(), x = random.vector(columns).cast<float>(), y = random.vector(rows).cast<float>();
        const Eigen::MatrixXd exact = A.cast<double>().reshaped(rows, columns);
        const Eigen::VectorXd across = exact * x.cast<double>(), down = exact.transpose() * y.cast<double>();
        for (const InstructionSet set : available_instruction_sets()) {
            CAPTURE(word(set));
            Eigen::VectorXf product(rows);
            kernels(set).tall_product(A.data(), rows, columns, x.data(), product.data());
            CHECK((product.cast<double>() - across).cwiseAbs().maxCoeff() < 1e-6 * columns);
            Eigen::VectorXd transposed = Eigen::VectorXd::Ones(columns);  // is added to
            kernels(set).tall_transposed_product(A.data(), rows, columns, y.data(), transposed.data());
            CHECK((transposed - Eigen::VectorXd::Ones(columns) - down).cwiseAbs().maxCoeff() < 1e-5);
        }
    }
}

TEST_CASE("a tall matrix of any size multiplies as in double, to single precision") {
    testing::Uniform random(12);
    for (const int rows : {1, 63, 64, 201}) {
        const Eigen::MatrixXd A = random.vector(5 * rows).reshaped(rows, 5);
        TallMatrix tall(A);
        for (int again = 0; again < 2; ++again) {
            const Eigen::VectorXd x = random.vector(5), y = random.vector(rows);
            CHECK((tall.times(x).cast<double>() - A * x).cwiseAbs().maxCoeff() < 5e-6);
            Eigen::VectorXd out = Eigen::VectorXd::Zero(5);
            tall.add_transposed_times(y, out);
            CHECK((out - A.transpose() * y).cwiseAbs().maxCoeff() < 5e-5);
        }
    }
}

TEST_CASE("instruction sets go by their words") {
    CHECK(instruction_set_from("x86-64-v3") == InstructionSet::x86_64_v3);
    CHECK(word(InstructionSet::baseline) == "baseline");
    CHECK_FALSE(instruction_set_from("avx").has_value());
    CHECK(available_instruction_sets().front() == InstructionSet::baseline);
}

TEST_SUITE_END();
