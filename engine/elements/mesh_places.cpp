#include "engine/elements/mesh_places.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/core/contract.hpp"
#include "engine/elements/hex8_reference.hpp"

namespace foramen::engine {

namespace {

using Corners = Eigen::Matrix<double, 3, 8>;

constexpr double box_margin = 0.25;  // of an element's box, on each side: chords of curved surfaces
constexpr int nearest_tried = 8;     // where no box holds the point
constexpr int most_corrections = 20;
constexpr double farthest = 4.0;     // of the element's coordinates, which are within 1 inside

Eigen::Matrix<double, 8, 1> shape(const Eigen::Vector3d& xi) {
    Eigen::Matrix<double, 8, 1> N;
    for (int a = 0; a < 8; ++a) {
        N[a] = 0.125;
        for (int i = 0; i < 3; ++i) N[a] *= 1.0 + hex8_corner[a][i] * xi[i];
    }
    return N;
}

Eigen::Matrix<double, 8, 3> shape_slopes(const Eigen::Vector3d& xi) {
    Eigen::Matrix<double, 8, 3> dN;
    for (int a = 0; a < 8; ++a)
        for (int i = 0; i < 3; ++i) {
            dN(a, i) = 0.125 * hex8_corner[a][i];
            for (int j = 0; j < 3; ++j)
                if (j != i) dN(a, i) *= 1.0 + hex8_corner[a][j] * xi[j];
        }
    return dN;
}

/// The element's coordinates of a point by Newton's method; far outside of the cube, where the map need not be invertible, it stops.
Eigen::Vector3d inside(const Corners& x, const Eigen::Vector3d& point) {
    Eigen::Vector3d xi = Eigen::Vector3d::Zero();
    for (int k = 0; k < most_corrections; ++k) {
        const Eigen::Vector3d step = (x * shape_slopes(xi)).fullPivLu().solve(point - x * shape(xi));
        if (!step.allFinite()) break;
        xi = (xi + step).cwiseMax(-farthest).cwiseMin(farthest);
        if (step.cwiseAbs().maxCoeff() < 1e-10) break;
    }
    return xi;
}

struct Box {
    Eigen::Vector3d low, high, middle;
};

}  // namespace

std::vector<MeshPlace> places_in(const HexMesh& mesh, const Eigen::Matrix3Xd& points) {
    FORAMEN_EXPECTS(mesh.element_count() > 0, mesh.element_count());
    std::vector<Corners> corners(mesh.elements.size());
    std::vector<Box> boxes(mesh.elements.size());
    for (std::size_t e = 0; e < mesh.elements.size(); ++e) {
        for (int a = 0; a < 8; ++a) corners[e].col(a) = mesh.nodes.col(mesh.elements[e][a]);
        const Eigen::Vector3d low = corners[e].rowwise().minCoeff(), high = corners[e].rowwise().maxCoeff();
        boxes[e] = {low - box_margin * (high - low), high + box_margin * (high - low), corners[e].rowwise().mean()};
    }
    std::vector<MeshPlace> places(static_cast<std::size_t>(points.cols()));
#pragma omp parallel for schedule(static)
    for (int n = 0; n < static_cast<int>(places.size()); ++n) {
        const Eigen::Vector3d point = points.col(n);
        std::vector<int> candidates;
        for (int e = 0; e < mesh.element_count(); ++e)
            if ((point.array() >= boxes[e].low.array()).all() && (point.array() <= boxes[e].high.array()).all()) candidates.push_back(e);
        if (candidates.empty()) {
            candidates.resize(mesh.elements.size());
            for (int e = 0; e < mesh.element_count(); ++e) candidates[e] = e;
            const auto nearer = [&](int a, int b) { return (boxes[a].middle - point).squaredNorm() < (boxes[b].middle - point).squaredNorm(); };
            const auto tried = std::min<std::size_t>(nearest_tried, candidates.size());
            std::partial_sort(candidates.begin(), candidates.begin() + static_cast<std::ptrdiff_t>(tried), candidates.end(), nearer);
            candidates.resize(tried);
        }
        double least_outside = std::numeric_limits<double>::infinity();
        for (const int e : candidates) {
            const Eigen::Vector3d xi = inside(corners[e], point), held = xi.cwiseMax(-1.0).cwiseMin(1.0);
            const double outside = (corners[e] * shape(held) - point).norm();
            if (outside >= least_outside) continue;
            least_outside = outside;
            places[n].element = e;
            Eigen::Map<Eigen::Matrix<double, 8, 1>>(places[n].weight.data()) = shape(held);
        }
    }
    return places;
}

}  // namespace foramen::engine
