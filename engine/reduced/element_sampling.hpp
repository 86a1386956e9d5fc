#pragma once

#include <Eigen/Dense>
#include <span>
#include <vector>

#include "engine/reduced/reduced_basis.hpp"

namespace foramen::engine {

/// Weights x >= 0 for which few columns of A add up to b: Lawson and Hanson's method of non-negative least squares, stopped as soon as
/// |A x - b| <= tolerance |b| or `most` columns are in use.
/// Source: Lawson & Hanson (1974) Solving Least Squares Problems, Prentice-Hall, chapter 23.
[[nodiscard]] Eigen::VectorXd sparse_nonnegative(const Eigen::MatrixXd& A, const Eigen::VectorXd& b, double tolerance, int most);

/// Elements of all domains that stand for the rest, and how much each counts.
struct ElementSample {
    struct OfDomain {
        std::vector<int> elements;    ///< ascending
        std::vector<double> weights;
        std::vector<int> nodes;       ///< of those elements in the full mesh, ascending
    };
    std::vector<OfDomain> domains;
    double error = 0.0;               ///< |A x - b|/|b| that was reached

    [[nodiscard]] int count() const;
};

struct SamplingOptions {
    double tolerance = 4e-4;
    int most_elements = 600;
};

/// Energy-conserving sampling and weighting: elements and weights >= 0 with which the reduced forces, volumes and outflows of all states
/// differ from those of the reference as they do with all elements. What is compared is what a residual does to the coordinates:
/// tangent^-1 (force, -volume) and tangent^-1 (0, outflow), each in the norms of the decomposition.
/// Source: Farhat, Avery, Chapman & Cortial (2014) Int J Numer Meth Eng 98:625.
/// @param tangent  of the coordinates at the reference for the step's length
[[nodiscard]] ElementSample sample_elements(System& system, const ReducedBasis& basis, std::span<const Eigen::VectorXd> states, const Eigen::MatrixXd& tangent,
                                            const SamplingOptions& options);

/// The same domain of these elements alone, at the same state. Its curves are those of the full one, which must outlive it.
[[nodiscard]] BiphasicDomain sampled_domain(const BiphasicDomain& full, const ElementSample::OfDomain& sample);

/// The basis on the nodes of the sample.
[[nodiscard]] ReducedBasis restricted(const ReducedBasis& full, const ElementSample& sample);

}  // namespace foramen::engine
