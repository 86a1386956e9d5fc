#include "engine/solve/anderson.hpp"

namespace foramen::engine {

Eigen::VectorXd AndersonAccelerator::step(const Eigen::VectorXd& d) {
    if (has_last_ && depth_ > 0) {
        dx_.push_back(last_step_);
        dd_.push_back(d - last_d_);
        if (static_cast<int>(dx_.size()) > depth_) {
            dx_.pop_front();
            dd_.pop_front();
        }
    }
    last_d_ = d;
    has_last_ = true;
    Eigen::VectorXd s = d;
    const int m = static_cast<int>(dd_.size());
    if (m > 0) {
        Eigen::MatrixXd normal(m, m);
        Eigen::VectorXd rhs(m);
        for (int i = 0; i < m; ++i) {
            rhs[i] = dd_[i].dot(d);
            for (int j = 0; j <= i; ++j) normal(i, j) = normal(j, i) = dd_[i].dot(dd_[j]);
        }
        // A hair of regularisation: nearly parallel differences otherwise give huge cancelling weights.
        normal.diagonal() *= 1.0 + 1e-12;
        const Eigen::VectorXd gamma = normal.completeOrthogonalDecomposition().solve(rhs);
        if (gamma.allFinite())
            for (int j = 0; j < m; ++j) s -= gamma[j] * (dx_[j] + dd_[j]);
    }
    last_step_ = s;
    return s;
}

}  // namespace foramen::engine
