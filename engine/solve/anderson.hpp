#pragma once

#include <Eigen/Dense>
#include <deque>

namespace foramen::engine {

/// Anderson acceleration of a fixed-point iteration x <- x + d(x), here of Newton's method with a stale factor.
///
///     step = d - sum_j gamma_j (dx_j + dd_j),   gamma = argmin |d - sum_j gamma_j dd_j|
/// with dx_j, dd_j the differences of the last iterates and corrections.
/// Source: Walker & Ni (2011) SIAM J Numer Anal 49:1715 (type II, mixing 1).
class AndersonAccelerator {
public:
    explicit AndersonAccelerator(int depth) : depth_(depth) {}

    void reset() {
        dx_.clear();
        dd_.clear();
        products_.resize(0, 0);
        has_last_ = false;
    }

    /// @param d        correction at the present iterate
    /// @return step to take from it
    [[nodiscard]] Eigen::VectorXd step(const Eigen::VectorXd& d);
    /// Tells what was really moved (differs from step() after a line search).
    void moved(const Eigen::VectorXd& step) { last_step_ = step; }

private:
    int depth_;
    std::deque<Eigen::VectorXd> dx_, dd_;
    Eigen::MatrixXd products_;  // dd_i . dd_j
    Eigen::VectorXd last_d_, last_step_;
    bool has_last_ = false;
};

}  // namespace foramen::engine
