#include "engine/kernels/tall_matrix.hpp"

#include "engine/core/contract.hpp"
#include "engine/kernels/kernels.hpp"

namespace foramen::engine {

TallMatrix::TallMatrix(const Eigen::MatrixXd& A)
    : rows_(static_cast<int>(A.rows())), padded_((rows_ + tall_block - 1) / tall_block * tall_block), columns_(static_cast<int>(A.cols())),
      values_(Eigen::VectorXf::Zero(static_cast<Eigen::Index>(padded_) * columns_)), rows_work_(Eigen::VectorXf::Zero(padded_)) {
    for (int c = 0; c < columns_; ++c) values_.segment(static_cast<Eigen::Index>(c) * padded_, rows_) = A.col(c).cast<float>();
}

Eigen::VectorBlock<const Eigen::VectorXf> TallMatrix::times(const Eigen::VectorXd& x) {
    FORAMEN_EXPECTS(x.size() == columns_, x.size(), columns_);
    columns_work_ = x.cast<float>();
    kernels().tall_product(values_.data(), padded_, columns_, columns_work_.data(), rows_work_.data());
    const Eigen::VectorXf& result = rows_work_;
    return result.head(rows_);
}

void TallMatrix::add_transposed_times(const Eigen::VectorXd& y, Eigen::VectorXd& out) {
    FORAMEN_EXPECTS(y.size() == rows_ && out.size() == columns_, y.size(), out.size());
    rows_work_.head(rows_) = y.cast<float>();
    rows_work_.tail(padded_ - rows_).setZero();
    kernels().tall_transposed_product(values_.data(), padded_, columns_, rows_work_.data(), out.data());
}

}  // namespace foramen::engine
