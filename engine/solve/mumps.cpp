#include "engine/solve/reference_solvers.hpp"

#ifdef FORAMEN_WITH_MUMPS
#include <dmumps_c.h>

#include <cmath>

#include "engine/core/contract.hpp"
#include "engine/solve/symbolic_factor.hpp"
#endif

namespace foramen::engine {

#ifdef FORAMEN_WITH_MUMPS

namespace {

// Values of MUMPS's control arrays, from its users' guide.
constexpr int initialize_job = -1, terminate_job = -2, analyse_and_factor_job = 4, solve_job = 3;
constexpr int general_symmetric = 2;
constexpr int use_comm_world = -987654;

class Mumps final : public LinearSolver {
public:
    explicit Mumps(std::shared_ptr<const SymbolicFactor> symbolic) : symbolic_(std::move(symbolic)) {
        const SymmetricPattern& pattern = symbolic_->pattern;
        for (int j = 0; j < pattern.n; ++j)
            for (int k = pattern.column_start[j]; k < pattern.column_start[j + 1]; ++k) {
                row_.push_back(pattern.row[k] + 1);
                column_.push_back(j + 1);
            }
        instance_.par = 1;
        instance_.sym = general_symmetric;
        instance_.comm_fortran = use_comm_world;
        run(initialize_job);
        for (int message_stream = 0; message_stream < 4; ++message_stream) instance_.icntl[message_stream] = 0;
        instance_.icntl[9] = 2;  // steps of iterative refinement, fixed
        instance_.n = pattern.n;
        instance_.nnz = pattern.entry_count();
        instance_.irn = row_.data();
        instance_.jcn = column_.data();
    }
    ~Mumps() override { run(terminate_job); }
    Mumps(const Mumps&) = delete;
    Mumps& operator=(const Mumps&) = delete;

    FactorReport factor(std::span<const double> values) override {
        FORAMEN_EXPECTS(values.size() == row_.size(), values.size(), row_.size());
        FactorReport report;
        factored_ = false;
        for (const double value : values) report.not_finite = report.not_finite || !std::isfinite(value);
        if (report.not_finite) return report;
        values_.assign(values.begin(), values.end());
        instance_.a = values_.data();
        run(analyse_and_factor_job);
        report.negative_pivots = instance_.infog[11];
        report.ok = factored_ = instance_.infog[0] >= 0;
        return report;
    }

    void solve(std::span<double> x, int count) const override {
        const int n = symbolic_->pattern.n;
        FORAMEN_EXPECTS(factored_);
        FORAMEN_EXPECTS(x.size() == static_cast<std::size_t>(n) * count, x.size(), n, count);
        for (int side = 0; side < count; ++side) {
            instance_.rhs = x.data() + static_cast<std::size_t>(side) * n;
            run(solve_job);
            FORAMEN_EXPECTS(instance_.infog[0] >= 0, instance_.infog[0]);
        }
    }

    std::string_view name() const override { return "MUMPS"; }

private:
    void run(int job) const {
        instance_.job = job;
        dmumps_c(&instance_);
    }

    std::shared_ptr<const SymbolicFactor> symbolic_;
    std::vector<int> row_, column_;
    std::vector<double> values_;
    mutable DMUMPS_STRUC_C instance_{};  // MUMPS writes to it in every call
    bool factored_ = false;
};

}  // namespace

bool offer_mumps() {
    set_mumps([](std::shared_ptr<const SymbolicFactor> symbolic) -> std::unique_ptr<LinearSolver> { return std::make_unique<Mumps>(std::move(symbolic)); });
    return true;
}

#else

bool offer_mumps() { return false; }

#endif

}  // namespace foramen::engine
