#include <algorithm>
#include <cmath>

#include "engine/core/contract.hpp"
#include "models/solid_parts.hpp"
#include "models/vertebra_surface.hpp"

namespace foramen::models {
namespace {

using Eigen::Vector3d;

// Proportions of an ordinary sacrum in the frame of its end-plate, for an end-plate 50 mm wide and 33 mm deep: the axis of
// the five fused segments starts perpendicular to the end-plate and bends forwards by about 50 degrees. Scaled by width
// (y) and depth (x, z). For pictures only: the joint, the end-plate and the crest follow the row.
class SacrumSolid {
public:
    SacrumSolid(const VertebraRow& row, const VertebraSurfaceOptions& options)
        : row_(row),
          options_(options),
          scale_(row.endplate_depth_upper / 33.0, row.endplate_width_upper / 50.0, row.endplate_depth_upper / 33.0),
          bodies_(tube({{{-0.5, 0, 3}, 24.5, 16.5}, {{-1, 0, -13}, 22, 14.5}, {{-1.5, 0, -27}, 19, 11.5}, {{2, 0, -50}, 15, 8.5},
                        {{9, 0, -70}, 12, 6.5}, {{18, 0, -86}, 10, 5}, {{27, 0, -98}, 8, 4}}, Vector3d::UnitX())),
          canal_(tube({{{-26, 0, 40}, 14, 8.5}, {{-26, 0, -5}, 14, 8.5}, {{-24, 0, -24}, 11, 6}, {{-17, 0, -46}, 8, 4.5}, {{-7, 0, -67}, 6, 3.2},
                       {{5, 0, -84}, 4, 2.5}}, Vector3d::UnitX())) {
        add_wings();
        add_back();
        add_superior_process();
        foramina_ = {tube({{{40, 17, -27}, 4.4, 4.4}, {{-60, 15, -31}, 3.2, 3.2}}, Vector3d::UnitZ()),
                     tube({{{40, 15, -46}, 4.0, 4.0}, {{-55, 13, -52}, 2.9, 2.9}}, Vector3d::UnitZ()),
                     tube({{{40, 13.5, -60}, 3.6, 3.6}, {{-45, 11.5, -76}, 2.6, 2.6}}, Vector3d::UnitZ()),
                     tube({{{45, 12, -71}, 3.2, 3.2}, {{-30, 10, -95}, 2.3, 2.3}}, Vector3d::UnitZ())};
    }

    /// At (x, |y|, z).
    [[nodiscard]] double distance(const Vector3d& p) const {
        double d = smooth_union(bodies_.distance(p), parts_.front().distance(p), 6.0);
        for (std::size_t t = 1; t < parts_.size(); ++t) d = smooth_union(d, parts_[t].distance(p), 5.0);
        d = smooth_intersection(d, end_plate_distance(p), 3.5);
        d = smooth_union(d, smooth_union(superior_process_.front().distance(p), superior_pad_.front().distance(p), 3.0), 4.0);
        d = smooth_intersection(d, -canal_.distance(p), 2.0);
        for (const Tube& foramen : foramina_) d = smooth_intersection(d, -foramen.distance(p), 2.0);
        return d;
    }

private:
    [[nodiscard]] Tube tube(std::vector<TubeStation> stations, const Vector3d& up) const {
        for (TubeStation& station : stations) station.centre = station.centre.cwiseProduct(scale_);
        return Tube(std::move(stations), up);
    }

    /// Alae, and the lateral masses that end the row of foramina.
    void add_wings() {
        const Vector3d up = Vector3d::UnitZ(), forward = Vector3d::UnitX();
        parts_ = {tube({{{-4, 15, -12}, 12, 10}, {{-10, 30, -15}, 12, 11}, {{-16, 44, -22}, 12, 12}}, up),
                  tube({{{-16, 45, -21}, 8, 14}, {{-15, 39, -40}, 8, 13}, {{-8, 27, -60}, 6.5, 10}, {{6, 17, -80}, 5, 7}, {{20, 10, -93}, 4, 4.5}}, forward),
                  tube({{{-3, 10, -38}, 8, 6.5}, {{-10, 34, -38}, 10, 7.5}}, up),
                  tube({{{4, 8, -59}, 6, 5}, {{-3, 26, -57}, 8, 5.5}}, up),
                  tube({{{12, 6, -77}, 5, 4.5}, {{9, 16, -74}, 6, 4.5}}, up)};
    }

    /// Fused laminae behind the canal, the median crest with its tubercles, and the floor between canal and lateral mass.
    void add_back() {
        const Vector3d crest(std::min(row_.spinous_tip_x, -42.0 * scale_.x()) + 3.5, 0.0, std::min(row_.spinous_tip_z, -15.0));
        const Vector3d back(-1.0, 0.0, 0.3);
        parts_.push_back(tube({{{-36, 0, -24}, 20, 4}, {{-29, 0, -47}, 17, 4}, {{-17, 0, -69}, 13, 3.5}, {{-3, 0, -88}, 8, 3}}, back));
        parts_.push_back(tube({{{-22, 21, -20}, 5.5, 9}, {{-36, 3, -24}, 3.5, 8}}, Vector3d::UnitZ()));
        parts_.push_back(tube({{{-27, 25, -22}, 9, 9}, {{-24, 23, -46}, 8, 8}, {{-13, 17, -68}, 6, 6.5}, {{0, 11, -85}, 5, 5}}, Vector3d::UnitX()));
        parts_.push_back(Tube({{crest, 3.5, 6.5}, {crest + Vector3d(14.0, 0.0, 4.0), 3.5, 9.0}}, Vector3d::UnitZ()));
        parts_.push_back(tube({{{-43, 0, -51}, 3.2, 6}, {{-28, 0, -47}, 3.5, 9}}, Vector3d::UnitZ()));
        parts_.push_back(tube({{{-29, 0, -73}, 3, 5}, {{-16, 0, -68}, 3.2, 8}}, Vector3d::UnitZ()));
    }

    void add_superior_process() {
        const FacetRow ordinary{-28.0, 22.0, 8.0, 15.0, 17.0, 0.9, 0.25};
        const FacetRow facet = options_.superior_facet.value_or(ordinary);
        const Vector3d normal = facet_normal(facet);
        const Vector3d across = normal.cross(Vector3d::UnitZ()).normalized();
        const Vector3d middle = Vector3d(facet.centre_x, facet.centre_y, facet.centre_z) + (3.4 + 0.5 * options_.joint_space) * normal;
        const Vector3d root(middle.x() + 3.0, middle.y() + 3.0, std::min(-12.0, middle.z() - 8.0));
        superior_process_.push_back(Tube({{root, 7.0, 7.0}, {middle + 1.0 * normal, 0.42 * facet.width, 2.7}}, normal));
        superior_pad_.push_back({middle, normal, across, 3.4, 0.5 * facet.width + 1.0, 0.5 * facet.height + 1.0, 3.0});
    }

    /// The dished plane of the end-plate; the alae slope away from it.
    [[nodiscard]] double end_plate_distance(const Vector3d& p) const {
        const double a = 0.5 * row_.endplate_depth_upper, b = 0.5 * row_.endplate_width_upper;
        const double rim = std::clamp(1.0 + superellipse_distance(p.x(), p.y(), a, b, 2.3) / (0.5 * a), 0.0, 1.0);
        return p.z() + options_.endplate_concavity_upper * (1.0 - rim * rim * (3.0 - 2.0 * rim));
    }

    VertebraRow row_;
    VertebraSurfaceOptions options_;
    Vector3d scale_;
    Tube bodies_, canal_;
    std::vector<Tube> parts_, superior_process_, foramina_;
    std::vector<Pad> superior_pad_;
};

}  // namespace

TriangleSurface sacrum_surface(const VertebraRow& row, const VertebraSurfaceOptions& options) {
    FORAMEN_EXPECTS(row.endplate_width_upper > 0.0 && row.endplate_depth_upper > 0.0, row.endplate_width_upper, row.endplate_depth_upper);
    const SacrumSolid sacrum(row, options);
    const ImplicitSolid solid = [&](const Vector3d& p) { return sacrum.distance({p.x(), std::abs(p.y()), p.z()}); };
    const double wide = row.endplate_width_upper / 50.0, deep = row.endplate_depth_upper / 33.0;
    const SampledBox box{{std::min(row.spinous_tip_x, -52.0 * deep) - 8.0, -68.0 * wide, -112.0 * deep},
                         {45.0 * deep, 68.0 * wide, 34.0}, 1.3 * options.cell};
    return boundary_surface(solid, box);
}

}  // namespace foramen::models
