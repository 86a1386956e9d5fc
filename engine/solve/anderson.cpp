#include "engine/solve/anderson.hpp"

namespace foramen::engine {

Eigen::VectorXd AndersonAccelerator::step(const Eigen::VectorXd& d) {
    if (has_last_ && depth_ > 0) {
        dx_.push_back(last_step_);
        dd_.push_back(d - last_d_);
        if (static_cast<int>(dx_.size()) > depth_) {
            dx_.pop_front();
            dd_.pop_front();
            products_ = products_.bottomRightCorner(depth_ - 1, depth_ - 1).eval();
        }
        const auto m = static_cast<Eigen::Index>(dd_.size());
        products_.conservativeResize(m, m);
        for (Eigen::Index j = 0; j < m; ++j) products_(m - 1, j) = products_(j, m - 1) = dd_.back().dot(dd_[static_cast<std::size_t>(j)]);
    }
    last_d_ = d;
    has_last_ = true;
    Eigen::VectorXd s = d;
    const int m = static_cast<int>(dd_.size());
    if (m > 0) {
        Eigen::MatrixXd normal = products_;
        Eigen::VectorXd rhs(m);
        for (int i = 0; i < m; ++i) rhs[i] = dd_[i].dot(d);
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
