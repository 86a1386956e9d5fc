#include "io/import/neighbours.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <limits>

#include "models/plate_fit.hpp"

namespace foramen::io {

namespace {

constexpr double farthest = 5.0;  // mm between an end-plate's nodes and the nearest vertex of the body

double distance_to(const models::TriangleSurface& body, const Eigen::Vector3d& x) {
    double nearest = std::numeric_limits<double>::infinity();
    for (const Eigen::Vector3d& p : body.points) nearest = std::min(nearest, (p - x).squaredNorm());
    return std::sqrt(nearest);
}

/// Mean distance of an end-plate from a body [mm].
double plate_distance(const models::ImportedDisc& disc, const std::string& set, const models::TriangleSurface& body) {
    double sum = 0.0;
    const std::vector<int>& nodes = disc.mesh.node_set(set);
    for (const int n : nodes) sum += distance_to(body, disc.mesh.nodes.col(n));
    return sum / static_cast<double>(nodes.size());
}

}  // namespace

void check_neighbours(const models::ImportedAnatomy& anatomy, ImportFiles& files) {
    double above = std::numeric_limits<double>::infinity();
    for (int d = 0; d < models::disc_count; ++d) {
        const auto& disc = anatomy.discs[static_cast<std::size_t>(d)];
        if (!disc) continue;
        const std::string name(models::disc_names[static_cast<std::size_t>(d)]);
        const double low = models::fit_plate(*disc, "lower").frame.origin.z(),
                     high = models::fit_plate(*disc, "upper").frame.origin.z();
        if (high <= low)
            files.report(fmt::format("{}: its upper end-plate lies below its lower one", name), "z must point to cranial");
        if (high >= above)
            files.report(fmt::format("{}: it does not lie below the disc above it", name), "z must point to cranial");
        above = low;
        for (const auto& [set, body] : {std::pair{"upper", models::upper_body(d)}, {"lower", models::lower_body(d)}}) {
            const models::TriangleSurface& surface = anatomy.vertebrae[static_cast<std::size_t>(body) - 1].body;
            if (surface.points.empty()) continue;
            const double gap = plate_distance(*disc, set, surface);
            if (gap > farthest)
                files.report(fmt::format("{}: its {} end-plate touches no vertebra: {} is {:.1f} mm away", name, set,
                                         models::body_names[static_cast<std::size_t>(body)], gap),
                             "disc and bone must be given in one frame and unit");
        }
    }
}

}  // namespace foramen::io
