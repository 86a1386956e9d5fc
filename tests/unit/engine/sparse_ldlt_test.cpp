#include <Eigen/Dense>
#include <limits>
#include <random>
#include <thread>

#include "engine/core/contract.hpp"
#include "engine/solve/linear_solver.hpp"
#include "engine/solve/ordering.hpp"
#include "engine/solve/reference_solvers.hpp"
#include "engine/solve/symbolic_factor.hpp"
#include "tests/support/close.hpp"
#include "tests/support/lattice_matrix.hpp"

using namespace foramen;
using engine::LinearSolver, engine::SolverKind, engine::make_linear_solver;
using testing::SymmetricMatrix;

namespace {

[[maybe_unused]] const bool with_mumps = engine::offer_mumps();
constexpr SolverKind own[] = {SolverKind::supernodal_f32, SolverKind::supernodal_f64};
constexpr SolverKind own_and_eigen[] = {own[0], own[1], SolverKind::eigen_simplicial};
constexpr SolverKind own_and_reference[] = {own[0], own[1], SolverKind::eigen_simplicial, SolverKind::mumps};

/// In [-1, 1), by our own mapping: the std distributions differ between libraries.
double uniform(std::mt19937_64& generator) { return static_cast<double>(generator() >> 11) * 0x1p-52 - 1.0; }

std::vector<double> random_numbers(std::size_t count) {
    std::mt19937_64 generator(20240229);
    std::vector<double> x(count);
    for (double& value : x) value = uniform(generator);
    return x;
}

/// Sparse, diagonally dominant by the given sign of each row, rows scaled over six decades. One node per unknown.
SymmetricMatrix random_matrix(int n, double density, const std::vector<int>& sign) {
    std::mt19937_64 generator(17);
    Eigen::MatrixXd A = Eigen::MatrixXd::Zero(n, n);
    for (int j = 0; j < n; ++j)
        for (int i = j + 1; i < n; ++i)
            if (std::abs(uniform(generator)) < density) A(i, j) = A(j, i) = uniform(generator);
    std::vector<std::map<int, double>> columns(n);
    std::vector<int> node_of;
    for (int j = 0; j < n; ++j) {
        const auto size = [](int i) { return std::pow(10.0, i % 7 - 3); };
        columns[j][j] = sign[j] * (0.1 + A.col(j).cwiseAbs().sum()) * size(j) * size(j);
        for (int i = j + 1; i < n; ++i)
            if (A(i, j) != 0.0) columns[j][i] = A(i, j) * size(i) * size(j);
        node_of.push_back(j);
    }
    SymmetricMatrix matrix = testing::from_entries(n, std::move(node_of), columns);
    for (const int s : sign) matrix.pressure_count += s < 0;
    return matrix;
}

std::vector<int> every_third_negative(int n) {
    std::vector<int> sign(n, 1);
    for (int i = 2; i < n; i += 3) sign[i] = -1;
    return sign;
}

/// max_i |b - A x|_i / (|A| |x| + |b|)_i, the componentwise backward error.
double backward_error(const SymmetricMatrix& matrix, const std::vector<double>& x, const std::vector<double>& b) {
    std::vector<double> product(x.size()), bound(x.size()), size = x, magnitude = matrix.values;
    for (double& value : size) value = std::abs(value);
    for (double& value : magnitude) value = std::abs(value);
    engine::symmetric_product(matrix.pattern, matrix.values, x, product);
    engine::symmetric_product(matrix.pattern, magnitude, size, bound);
    double worst = 0.0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        const double error = std::abs(b[i] - product[i]) / (bound[i] + std::abs(b[i]));
        if (!(error <= worst)) worst = error;  // keeps a NaN
    }
    return worst;
}

std::vector<double> solution(SolverKind kind, const SymmetricMatrix& matrix, const std::vector<double>& b) {
    const auto solver = make_linear_solver(kind, matrix.pattern);
    const engine::FactorReport report = solver->factor(matrix.values);
    CHECK(report.ok);
    CHECK(report.negative_pivots == matrix.pressure_count);
    std::vector<double> x = b;
    solver->solve(x, static_cast<int>(b.size()) / matrix.pattern.n);
    return x;
}

std::vector<double> refined_solution(const SymmetricMatrix& matrix, const std::vector<double>& b, int steps) {
    const auto solver = make_linear_solver(SolverKind::supernodal_f32, matrix.pattern);
    CHECK(solver->factor(matrix.values).ok);
    std::vector<double> x(b.size(), 0.0), correction = b;
    for (int step = 0; step <= steps; ++step) {
        solver->solve(correction, 1);
        for (std::size_t i = 0; i < x.size(); ++i) x[i] += correction[i];
        engine::symmetric_product(matrix.pattern, matrix.values, x, correction);
        for (std::size_t i = 0; i < x.size(); ++i) correction[i] = b[i] - correction[i];
    }
    return x;
}

double difference(const std::vector<double>& a, const std::vector<double>& b) {
    return testing::relative_difference(Eigen::Map<const Eigen::VectorXd>(a.data(), static_cast<int>(a.size())),
                                        Eigen::Map<const Eigen::VectorXd>(b.data(), static_cast<int>(b.size())));
}

void check_all_solvers(const SymmetricMatrix& matrix) {
    const std::vector<double> b = random_numbers(matrix.pattern.n);
    const std::vector<double> x = solution(SolverKind::supernodal_f64, matrix, b);
    CHECK(backward_error(matrix, x, b) < 1e-13);
    CHECK(backward_error(matrix, solution(SolverKind::supernodal_f32, matrix, b), b) < 1e-4);
    CHECK(backward_error(matrix, refined_solution(matrix, b, 2), b) < 1e-12);
    CHECK(difference(x, solution(SolverKind::eigen_simplicial, matrix, b)) < 1e-10);
    if (engine::solver_available(SolverKind::mumps))
        CHECK(difference(x, solution(SolverKind::mumps, matrix, b)) < 1e-10);
}

}  // namespace

TEST_SUITE("unit/solve") {
    TEST_CASE("a random quasi-definite matrix is solved to rounding by every solver") {
        check_all_solvers(random_matrix(150, 0.03, every_third_negative(150)));
    }

    TEST_CASE("a u-p lattice is solved to rounding by every solver") {
        check_all_solvers(testing::lattice_matrix(7, 6, 5));
    }

    TEST_CASE("a u-p lattice with units decades apart is solved as well as a scaled one") {
        SymmetricMatrix matrix = testing::lattice_matrix(5, 5, 5);
        std::vector<double> b = random_numbers(matrix.pattern.n);
        const auto unit = [](int i) { return std::pow(10.0, i % 4 * 14 - 21); };  // its square is no float
        for (int j = 0; j < matrix.pattern.n; ++j) {
            b[j] *= unit(j);
            for (int k = matrix.pattern.column_start[j]; k < matrix.pattern.column_start[j + 1]; ++k)
                matrix.values[k] *= unit(j) * unit(matrix.pattern.row[k]);
        }
        CHECK(backward_error(matrix, solution(SolverKind::supernodal_f64, matrix, b), b) < 1e-13);
        CHECK(backward_error(matrix, refined_solution(matrix, b, 2), b) < 1e-12);
    }

    TEST_CASE("a factor with an entry beyond half precision stays as it is") {
        SymmetricMatrix matrix = testing::from_entries(2, {0, 1}, {{{0, 1.0}, {1, 1e6}}, {{1, -1.0}}});
        const std::vector<double> b{1.0, 2.0};
        const auto solver = make_linear_solver(SolverKind::supernodal_f32, matrix.pattern);
        REQUIRE(solver->factor(matrix.values).ok);
        std::vector<double> full = b, kept = b;
        solver->solve(full, 1);
        solver->keep_compact();
        solver->solve(kept, 1);
        CHECK(kept == full);
        CHECK(std::abs(kept[0] - 2e-6) < 1e-9);
        REQUIRE(solver->factor_compact(matrix.values).ok);  // falls back on the whole factor
        kept = b;
        solver->solve(kept, 1);
        CHECK(kept == full);
    }

    TEST_CASE("a factor that is made compact is the one that was made and kept compact") {
        const SymmetricMatrix matrix = testing::lattice_matrix(7, 6, 5);
        const std::vector<double> b = random_numbers(matrix.pattern.n);
        for (const SolverKind kind : own_and_eigen) {
            const auto solver = make_linear_solver(kind, matrix.pattern);
            std::vector<double> kept = b, made = b, again = b;
            const engine::FactorReport first = solver->factor(matrix.values);
            REQUIRE(first.ok);
            solver->keep_compact();
            solver->solve(kept, 1);
            const engine::FactorReport second = solver->factor_compact(matrix.values);
            REQUIRE(second.ok);
            CHECK(second.negative_pivots == first.negative_pivots);
            solver->solve(made, 1);
            CHECK(made == kept);
            REQUIRE(solver->factor(matrix.values).ok);
            solver->keep_compact();
            solver->solve(again, 1);
            CHECK(again == kept);
        }
    }

    TEST_CASE("the columns of an update lie one after the other, each from its block's first row") {
        for (const std::int64_t size : {0, 1, 63, 64, 65, 128, 200, 511, 512, 700, 768}) {
            CAPTURE(size);
            const engine::UpdateLayout layout(size);
            std::int64_t next = 0;
            for (std::int64_t j = 0; j < size; ++j) {
                const std::int64_t block = size < 512 ? 64 : 256, first = j / block * block;
                CHECK(layout.column(j) + first == next);
                next += size - first;
            }
            CHECK(layout.storage() == next);
        }
    }

    TEST_CASE("an ordering for one factor solves as well, with a few more operations") {
        const SymmetricMatrix matrix = testing::lattice_matrix(13, 11, 9);
        const engine::NodeGraph graph = engine::node_graph(matrix.pattern);
        const auto careful = engine::analyze(matrix.pattern), quick = engine::analyze(matrix.pattern, graph, engine::OrderingCare::one_factor);
        CHECK(quick->unknown_at != careful->unknown_at);
        CHECK(quick->operations < 1.15 * careful->operations);
        const std::vector<double> b = random_numbers(matrix.pattern.n);
        std::vector<double> x = b;
        const auto solver = engine::make_linear_solver(SolverKind::supernodal_f64, quick);
        REQUIRE(solver->factor(matrix.values).ok);
        solver->solve(x, 1);
        CHECK(backward_error(matrix, x, b) < 1e-13);
    }

    TEST_CASE("one right-hand side and a block of them have the same solutions") {
        const SymmetricMatrix matrix = testing::lattice_matrix(5, 4, 4);
        const std::size_t n = matrix.pattern.n;
        for (const auto& [kind, tolerance] : {std::pair{SolverKind::supernodal_f32, 1e-4},
                                              std::pair{SolverKind::supernodal_f64, 1e-12},
                                              std::pair{SolverKind::eigen_simplicial, 1e-12}})
            for (const int count : {1, 2, 3, 4, 5, 8, 9, 12, 16, 17, 31}) {
                CAPTURE(count);
                const std::vector<double> b = random_numbers(n * count), x = solution(kind, matrix, b);
                for (int side = 0; side < count; ++side) {
                    const auto part = [&](const std::vector<double>& all) {
                        return std::vector<double>(all.begin() + side * n, all.begin() + (side + 1) * n);
                    };
                    const std::vector<double> alone = solution(kind, matrix, part(b));
                    CHECK(difference(part(x), alone) < tolerance);
                }
            }
    }

    TEST_CASE("the number of negative pivots gives away a matrix of the wrong inertia") {
        SymmetricMatrix matrix = testing::lattice_matrix(5, 5, 4);
        const int diagonal = matrix.pattern.column_start[40];
        matrix.values[diagonal] = -5.0 * matrix.values[diagonal];
        for (const SolverKind kind : own_and_reference) {
            if (!engine::solver_available(kind)) continue;
            const engine::FactorReport report = make_linear_solver(kind, matrix.pattern)->factor(matrix.values);
            CHECK(report.ok);
            CHECK(report.negative_pivots == matrix.pressure_count + 1);
        }
    }

    TEST_CASE("NaN and infinity anywhere in the values are reported, and so is a zero pivot") {
        SymmetricMatrix matrix = testing::lattice_matrix(3, 3, 3);
        for (const SolverKind kind : own_and_eigen) {
            const auto solver = make_linear_solver(kind, matrix.pattern);
            CHECK(solver->factor(matrix.values).ok);
            for (const std::size_t k : {std::size_t{0}, std::size_t{1}, matrix.values.size() - 1})
                for (const double bad : {std::nan(""), std::numeric_limits<double>::infinity()}) {
                    std::vector<double> values = matrix.values;
                    values[k] = bad;
                    const engine::FactorReport report = solver->factor(values);
                    CHECK_FALSE(report.ok);
                    CHECK(report.not_finite);
                }
            CHECK_FALSE(make_linear_solver(kind, {1, {0, 1}, {0}, {0}})->factor(std::vector<double>{0.0}).ok);
            CHECK_FALSE(solver->factor(std::vector<double>(matrix.values.size(), 0.0)).ok);
            std::vector<double> x(matrix.pattern.n, 1.0);
            CHECK_THROWS_AS(solver->solve(x, 1), ContractViolation);
            CHECK(solver->factor(matrix.values).ok);
        }
    }

    TEST_CASE("an overflow of the f32 factor is reported as not finite") {
        const SymmetricMatrix matrix = testing::from_entries(2, {0, 0}, {{{0, 1.0}, {1, 1e30}}, {{1, -1.0}}});
        CHECK(make_linear_solver(SolverKind::supernodal_f32, matrix.pattern)->factor(matrix.values).not_finite);
        CHECK(make_linear_solver(SolverKind::supernodal_f64, matrix.pattern)->factor(matrix.values).ok);
    }

    TEST_CASE("factoring again gives the same bits as a new object") {
        const SymmetricMatrix first = testing::lattice_matrix(6, 5, 5);
        const SymmetricMatrix second = testing::lattice_matrix(6, 5, 5, 0.3, 0.1);
        const std::vector<double> b = random_numbers(first.pattern.n);
        for (const SolverKind kind : own) {
            const auto solver = make_linear_solver(kind, first.pattern);
            CHECK(solver->factor(first.values).ok);
            CHECK(solver->factor(second.values).ok);
            std::vector<double> x = b;
            solver->solve(x, 1);
            CHECK(x == solution(kind, second, b));
        }
    }

    TEST_CASE("threads that factor and solve different objects at the same time give the same bits as one thread") {
        const SymmetricMatrix matrix = testing::lattice_matrix(6, 6, 6);
        const std::vector<double> b = random_numbers(3 * static_cast<std::size_t>(matrix.pattern.n));
        for (const SolverKind kind : own) {
            const std::vector<double> expected = solution(kind, matrix, b);
            const auto shared = engine::analyze(matrix.pattern);
            std::vector<std::vector<double>> x(6, b);
            std::vector<std::thread> threads;
            for (std::size_t t = 0; t < x.size(); ++t)
                threads.emplace_back([&, t] {
                    const auto symbolic = t % 2 ? shared : engine::analyze(matrix.pattern);
                    const auto solver = make_linear_solver(kind, symbolic);
                    if (!solver->factor(matrix.values).ok) return;
                    for (int repeat = 0; repeat < 200; ++repeat) {  // long enough that solves overlap in time
                        x[t] = b;
                        solver->solve(x[t], 3);
                    }
                });
            for (std::thread& thread : threads) thread.join();
            for (const std::vector<double>& result : x) CHECK(result == expected);
        }
    }

    TEST_CASE("threads that analyse at the same time find the order that one thread finds") {
        const SymmetricMatrix matrix = testing::lattice_matrix(6, 6, 6);
        const std::vector<int> expected = engine::analyze(matrix.pattern)->unknown_at;
        std::vector<int> different(4, 0);
        std::vector<std::thread> threads;
        for (int& count : different)
            threads.emplace_back([&] {
                for (int repeat = 0; repeat < 20; ++repeat) count += engine::analyze(matrix.pattern)->unknown_at != expected;
            });
        for (std::thread& thread : threads) thread.join();
        CHECK(different == std::vector<int>(4, 0));
    }

    TEST_CASE("the edge cases are solved: one unknown, diagonal, dense, disconnected, tree, one node") {
        const auto all_positive = [](int n) { return std::vector<int>(n, 1); };
        SUBCASE("one unknown") { check_all_solvers(random_matrix(1, 0.0, {-1})); }
        SUBCASE("two unknowns") { check_all_solvers(random_matrix(2, 1.0, {1, -1})); }
        SUBCASE("diagonal") { check_all_solvers(random_matrix(20, 0.0, every_third_negative(20))); }
        SUBCASE("positive definite") { check_all_solvers(random_matrix(60, 0.1, all_positive(60))); }
        SUBCASE("disconnected") { check_all_solvers(random_matrix(60, 0.01, every_third_negative(60))); }
        SUBCASE("one dense node") {
            SymmetricMatrix matrix = random_matrix(90, 1.0, every_third_negative(90));
            matrix.pattern.node_of.assign(90, 0);
            check_all_solvers(matrix);
        }
        SUBCASE("arrow, tip first") {
            std::vector<std::map<int, double>> columns(40);
            std::vector<int> node_of(40);
            for (int i = 0; i < 40; ++i) columns[0][i] = columns[i][i] = node_of[i] = i;
            columns[0][0] = 1000.0;
            check_all_solvers(testing::from_entries(40, node_of, columns));
        }
    }

    TEST_CASE("dense matrices of every width up to two blocks are solved to rounding") {
        for (int n = 1; n <= 140; ++n) {
            CAPTURE(n);
            const SymmetricMatrix matrix = random_matrix(n, 1.0, every_third_negative(n));
            const std::vector<double> b = random_numbers(n);
            CHECK(backward_error(matrix, solution(SolverKind::supernodal_f64, matrix, b), b) < 1e-13);
        }
    }

    TEST_CASE("patterns that are not what their docstring says are rejected") {
        using engine::SymmetricPattern;
        CHECK_THROWS_AS((void)engine::analyze(SymmetricPattern{}), ContractViolation);
        for (const SymmetricPattern& pattern : std::vector<SymmetricPattern>{
                 {2, {0, 1, 2}, {0, 0}, {0, 1}},                // no diagonal
                 {2, {0, 2, 2}, {0, 1}, {0, 1}},                // empty column
                 {2, {0, 2, 3}, {0, 2, 1}, {0, 1}},             // row out of range
                 {3, {0, 3, 4, 5}, {0, 2, 1, 1, 2}, {0, 1, 2}},  // rows descend
                 {2, {0, 1, 2}, {0, 1}, {0, 2}}})               // node 1 has no unknown
            CHECK_THROWS_AS((void)engine::analyze(pattern), ContractViolation);
    }
}
