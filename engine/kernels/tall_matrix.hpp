#pragma once

#include <Eigen/Dense>

namespace foramen::engine {

/// A matrix of many rows and few columns in single precision: half the memory of double, by which the time of its products is bound. Sums are
/// in single precision too, so that products are good to some 1e-6 of the size of their terms.
class TallMatrix {
public:
    explicit TallMatrix(const Eigen::MatrixXd& A);

    /// A x. What is returned holds until the next call.
    [[nodiscard]] Eigen::VectorBlock<const Eigen::VectorXf> times(const Eigen::VectorXd& x);
    /// out += A^T y
    void add_transposed_times(const Eigen::VectorXd& y, Eigen::VectorXd& out);

private:
    int rows_, padded_, columns_;
    Eigen::VectorXf values_;  // column by column, rows padded by zeros to whole blocks
    Eigen::VectorXf rows_work_, columns_work_;
};

}  // namespace foramen::engine
