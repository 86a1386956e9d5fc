#pragma once

#include <Eigen/Dense>
#include <limits>
#include <string>
#include <vector>

#include "engine/core/profile.hpp"
#include "engine/solve/anderson.hpp"
#include "engine/system/system.hpp"

namespace foramen::engine {

/// Tolerances are relative to scales that the model knows: the pull, the pressure that it makes, the displacement that it makes.
struct NewtonOptions {
    double force_scale = 100.0;        ///< the pull [N]
    double pressure_scale = 0.1;       ///< pull over the disc's area [MPa]
    double displacement_scale = 0.1;   ///< what the pull moves [mm]
    double arm_scale = 30.0;           ///< turns a moment into a force [mm]
    double body_tolerance = 1e-6;      ///< unbalanced force and moment of each body over the scale
    double force_tolerance = 1e-5;     ///< 2-norm of a domain's unbalanced nodal forces over the scale
    double volume_tolerance = 1e-7;    ///< sum of a domain's unbalanced fluid volumes over its volume
    double pressure_tolerance = 1e-4;  ///< last pressure correction over the scale
    double energy_tolerance = 1e-8;    ///< |correction . residual| over force scale x displacement scale
    int max_iterations = 40;           ///< at least: with dear factors three times as many as one of them costs
    int stale_iterations = 12;         ///< beyond this many expected iterations a cheap factor is renewed
    int anderson_depth = 4;
    int factors_kept = 3;              ///< of different tau: a session comes back to short steps at every corner
    bool full_newton = false;          ///< renew the factor in each iteration, exact tangent, no acceleration
    int max_backtracks = 6;
};

enum class NewtonStop { converged, useless_start, too_many_iterations, line_search_failed, element_inverted, not_finite, factor_failed };
[[nodiscard]] std::string describe(NewtonStop stop);

struct NewtonReport {
    NewtonStop stop = NewtonStop::converged;
    int iterations = 0;
    int refreshes = 0;
    int wrong_inertia = 0;  ///< factors whose negative pivots were not as many as the pressures: a bad state, an alarm
    int domain = -1;   ///< of the trouble, if any
    int element = -1;  ///< lowest inverted element, if any
    std::vector<double> merit;  ///< scaled residual norm before each iteration and at the end
    [[nodiscard]] bool converged() const { return stop == NewtonStop::converged; }
};

/// What a stage of a time step asks for: M + tau Q = target in every domain, and balance of all forces.
struct StageInput {
    std::vector<Eigen::VectorXd> target;  ///< per domain, one a node [mm3]
    double tau;                           ///< [s]
};

/// The residual at the present state.
struct Assessment {
    double merit = 0.0;                       ///< scaled norm
    NewtonStop stop = NewtonStop::converged;  ///< anything else: the state cannot be corrected
    int domain = -1, element = -1;            ///< of an inverted element
    [[nodiscard]] bool sound() const { return stop == NewtonStop::converged; }
};

/// Newton's method on the whole system: domains condensed onto their bodies, a small dense system for the bodies, the domains'
/// unknowns by back-substitution. Factors are kept over iterations and calls as long as they contract or, where a factor costs
/// more than 30 iterations, as long as what they still need costs less than a new one (Anderson-accelerated modified Newton). A line
/// search guards each step: the scaled residual may grow twofold in one step with a fresh factor and twentyfold with a stale one (good
/// stale steps first let it rise 8 to 25 times, then fall); beyond it, or when an element would invert, the step is halved.
class NewtonSolver {
public:
    NewtonSolver(System& system, NewtonOptions options);

    /// @param worst_start  merit of the present state beyond which nothing is tried: the state is a guess, and this one is useless
    [[nodiscard]] NewtonReport solve(const StageInput& stage, double worst_start = std::numeric_limits<double>::infinity());
    // For a bounded amount of work a step (RealTimeStepper), in place of solve():
    /// Evaluates at the present state.
    [[nodiscard]] Assessment assess(const StageInput& stage);
    /// Moves by one correction of what was evaluated last, with the factors in use. @return false, and nothing moved: they are of no use
    [[nodiscard]] bool correct();
    /// Goes back to a share of the last correction.
    void retreat(double share) { move(corrected_from_, correction_, share); }
    /// Makes the factors of all domains at the present state.
    [[nodiscard]] FactorReport factor_now(double tau);
    /// -K^-1 r for any residuals of the domains' unknowns and of the bodies, with the present factors; in the order of response_to_volumes.
    [[nodiscard]] Eigen::VectorXd response(const std::vector<Eigen::VectorXd>& r, const Eigen::VectorXd& gradient) const { return correction(r, gradient); }
    /// Adds such a response to the present state.
    void add_response(const Eigen::VectorXd& response) { move(save_state(system_), response, 1.0); }
    /// -K^-1 (0, volumes): how far an error in the fluid balance moves the unknowns, with the present factors. Bodies first
    /// (6 each), amplitudes of flexible bodies, then each domain's unknowns.
    [[nodiscard]] Eigen::VectorXd response_to_volumes(const std::vector<Eigen::VectorXd>& volumes) const;

    [[nodiscard]] const std::vector<DomainResidual>& residuals() const { return residuals_; }
    /// Of all moves: 6 a body, then the amplitudes; nothing on riders.
    [[nodiscard]] const Eigen::VectorXd& body_gradient() const { return body_gradient_; }
    /// Second derivative of the forces between bodies, at the last evaluation; the discs' part is not in it.
    [[nodiscard]] const Eigen::MatrixXd& body_hessian() const { return body_hessian_; }
    [[nodiscard]] const NewtonOptions& options() const { return options_; }
    void set_options(const NewtonOptions& options) { options_ = options; }
    /// Evaluates residuals at the present state.
    /// @param hessian  false: body_hessian() stays that of the last evaluation
    void evaluate(const StageInput& stage, bool hessian = true);
    void forget_factors() { factors_.clear(); }
    [[nodiscard]] int total_refreshes() const { return total_refreshes_; }
    [[nodiscard]] int total_iterations() const { return total_iterations_; }
    /// Where the time of all calls went.
    [[nodiscard]] const Profile& profile() const { return profile_; }

private:
    [[nodiscard]] NewtonReport iterate(const StageInput& stage, double worst_start);
    struct Norms {
        double body = 0.0, force = 0.0, volume = 0.0, merit = 0.0;
        int inverted_domain = -1, inverted_element = -1;
        bool finite = true;
    };
    [[nodiscard]] Norms norms() const;
    [[nodiscard]] bool small_enough(const Norms& n) const;
    /// Whether the present factor is to be renewed: a dear one where that costs less than the iterations it
    /// still needs, by the best residual of the last six against the best before them since it was made.
    [[nodiscard]] bool not_worth_it(const NewtonReport& report, const Norms& now, int since_refresh) const;
    [[nodiscard]] FactorReport refresh(double tau, NewtonReport& report);
    /// Takes the held factor that was made for the tau nearest to this one. @return whether it must be renewed
    [[nodiscard]] bool choose_factor(double tau);
    [[nodiscard]] Eigen::VectorXd correction(const std::vector<Eigen::VectorXd>& r, const Eigen::VectorXd& gradient) const;
    void move(const SystemState& from, const Eigen::VectorXd& step, double scale);
    [[nodiscard]] bool try_step(const StageInput& stage, const SystemState& from, Eigen::VectorXd& step, bool fresh, const Norms& before,
                                Norms& after, NewtonReport& report);
    [[nodiscard]] double largest_pressure(const Eigen::VectorXd& step) const;
    [[nodiscard]] double energy(const Eigen::VectorXd& step) const;

    System& system_;
    NewtonOptions options_;
    std::vector<int> free_moves_;   // indices of the bodies' free moves and of all amplitudes
    std::vector<std::vector<int>> domain_moves_;  // of each domain's slots
    std::vector<int> offset_;       // of each domain's unknowns in the long vector
    std::vector<double> volume_;    // reference volume of each domain
    std::vector<DomainResidual> residuals_;
    Eigen::VectorXd body_gradient_;
    Eigen::MatrixXd body_hessian_;
    struct HeldFactor {
        double tau = -1.0;  ///< < 0: not made, or failed
        long used = 0;      ///< when last, in solves
    };
    std::vector<HeldFactor> factors_;
    std::size_t in_use_ = 0;
    int patience_ = 0;  // iterations that a factor of all domains costs, 0: few
    SystemState corrected_from_;  // of correct(), for retreat()
    Eigen::VectorXd correction_;
    long solves_ = 0;
    int total_refreshes_ = 0, total_iterations_ = 0;
    mutable Profile profile_;
    mutable double parallel_wall_ = 0.0;  // time of the calling thread inside phases that are measured on their own
};

}  // namespace foramen::engine
