#include "models/vertebra_surface.hpp"

#include <algorithm>
#include <cmath>

#include "engine/core/contract.hpp"
#include "models/solid_parts.hpp"

namespace foramen::models {
namespace {

using Eigen::Vector3d;

/// The vertebral body: a kidney-shaped column with a waist between two dished end-plates.
struct BodySolid {
    VertebraRow row;
    VertebraSurfaceOptions options;

    [[nodiscard]] double distance(const Vector3d& p) const {
        const double depth = 0.5 * (row.endplate_depth_upper + row.endplate_depth_lower);
        const double height = row.height_posterior + (row.height_anterior - row.height_posterior) * (p.x() / depth + 0.5);
        const double level = std::clamp(2.0 * p.z() / height, -1.0, 1.0);  // -1 lower, 1 upper end-plate
        const double upper_share = 0.5 * (1.0 + level);
        const double waist = (1.0 - level * level) * (1.0 - 0.35 * level * level);
        // The front and the sides are hollowed by a tenth of the half-width, the back less.
        const double a = 0.5 * (upper_share * row.endplate_depth_upper + (1.0 - upper_share) * row.endplate_depth_lower) -
                         waist * (p.x() > 0.0 ? 2.2 : 1.0);
        const double b = 0.5 * (upper_share * row.endplate_width_upper + (1.0 - upper_share) * row.endplate_width_lower) - waist * 3.2;
        const double x = kidney_x(p, a, b);
        const double side = superellipse_distance(x, p.y(), a, b, 2.35);
        const double rim = std::clamp(1.0 + side / (0.5 * a), 0.0, 1.0);  // 0 over the inner half, 1 at the edge
        const double dish = 1.0 - rim * rim * (3.0 - 2.0 * rim);
        const double top = p.z() - 0.5 * height + options.endplate_concavity_upper * dish;
        const double bottom = -p.z() - 0.5 * height + options.endplate_concavity_lower * dish;
        return smooth_intersection(side, std::max(top, bottom), 3.2);
    }

private:
    /// Moves the posterior hollow out: the outline in the returned x is a plain superellipse.
    [[nodiscard]] double kidney_x(const Vector3d& p, double a, double b) const {
        const double across = p.y() / (0.45 * b), behind = std::clamp(-p.x() / a, 0.0, 1.0);
        return p.x() - options.posterior_concavity * std::exp(-across * across) * behind * behind;
    }
};

FacetRow default_superior_facet(const VertebraRow& row) {
    return {row.pedicle_x - 11.5, row.pedicle_y - 1.5, row.pedicle_z + 0.5 * row.pedicle_height + 4.0, 12.0, 13.0, 0.45, 0.1};
}

FacetRow default_inferior_facet(const VertebraRow& row) {
    return {row.pedicle_x - 13.0, row.pedicle_y - 1.0, -0.5 * row.height_posterior - 10.0, 13.0, 15.0, 0.7, 0.15};
}

/// The left half of everything behind the body. All distances are taken at (x, |y|, z).
class PosteriorSolid {
public:
    PosteriorSolid(const VertebraRow& row, const VertebraSurfaceOptions& options)
        : row_(row),
          back_(-0.25 * (row.endplate_depth_upper + row.endplate_depth_lower)),
          pillar_(row.pedicle_x - 7.0, row.pedicle_y + 1.0, row.pedicle_z - 1.0) {
        add_pedicle();
        add_superior_process(options.superior_facet.value_or(default_superior_facet(row)), options.joint_space);
        add_inferior_process(options.inferior_facet.value_or(default_inferior_facet(row)), options.joint_space);
        add_lamina();
        add_spinous_process();
        add_transverse_process();
    }

    [[nodiscard]] double distance(const Vector3d& p) const {
        double d = tubes_.front().distance(p);
        for (std::size_t t = 1; t < tubes_.size(); ++t) d = smooth_union(d, tubes_[t].distance(p), 3.0);
        for (const Pad& pad : pads_)
            if (pad.least_distance(p) < d + 2.0) d = smooth_union(d, pad.distance(p), 2.0);
        for (const Pad& pad : joint_spaces_)
            if (pad.least_distance(p) < 1.0 - d) d = smooth_intersection(d, -pad.distance(p), 1.0);
        return smooth_intersection(d, -canal_distance(p), 1.5);
    }

private:
    void add_pedicle() {
        const double w = 0.5 * row_.pedicle_width, h = 0.5 * row_.pedicle_height;
        const Vector3d isthmus(row_.pedicle_x, row_.pedicle_y, row_.pedicle_z);
        const Vector3d root(back_ + 5.0, std::min(row_.pedicle_y - 0.5, 0.5 * row_.endplate_width_upper - 7.0), row_.pedicle_z);
        tubes_.emplace_back(std::vector<TubeStation>{{root, 1.15 * w, 1.05 * h},
                                                     {isthmus, w, h},
                                                     {pillar_, std::min(1.05 * w, 8.0), 0.85 * h}}, Vector3d::UnitZ());
    }

    void add_superior_process(const FacetRow& facet, double joint_space) {
        const Vector3d centre(facet.centre_x, facet.centre_y, facet.centre_z), normal = facet_normal(facet);
        const Vector3d across = normal.cross(Vector3d::UnitZ()).normalized();
        const Vector3d middle = centre + (3.3 + 0.5 * joint_space) * normal;
        tubes_.emplace_back(std::vector<TubeStation>{{pillar_ + Vector3d(-1.0, 0.0, -2.0), 6.0, 5.0}, {middle + 1.0 * normal, 0.38 * facet.width, 2.6}}, normal);
        pads_.push_back({middle, normal, across, 3.3, 0.5 * facet.width + 1.0, 0.5 * facet.height + 1.0, 3.0});
        joint_spaces_.push_back(joint_space_pad(facet, joint_space, normal));
        // mamillary process: on the posterior edge of the superior process
        const Vector3d posterior = across.x() < 0.0 ? across : Vector3d(-across);
        const Vector3d knob = middle + 0.42 * facet.width * posterior + 2.0 * normal - 1.0 * Vector3d::UnitZ();
        tubes_.emplace_back(std::vector<TubeStation>{{middle + 1.0 * normal, 3.0, 3.5}, {knob, 3.0, 4.0}}, Vector3d::UnitZ());
    }

    void add_inferior_process(const FacetRow& facet, double joint_space) {
        const Vector3d centre(facet.centre_x, facet.centre_y, facet.centre_z), normal = facet_normal(facet);
        const Vector3d across = normal.cross(Vector3d::UnitZ()).normalized();
        const Vector3d middle = centre - (3.1 + 0.5 * joint_space) * normal;
        const Vector3d isthmus(row_.pedicle_x - 9.5, 0.5 * (pillar_.y() + middle.y()) + 0.8, row_.pedicle_z - 11.0);
        tubes_.emplace_back(std::vector<TubeStation>{{pillar_ + Vector3d(-1.5, 0.0, 0.0), 5.5, 4.5},
                                                     {isthmus, 4.6, 3.6},
                                                     {middle - 1.0 * normal, 0.40 * facet.width, 2.5}}, Vector3d::UnitX());
        joint_spaces_.push_back(joint_space_pad(facet, joint_space, -normal));
        pads_.push_back({middle, normal, across, 3.1, 0.5 * facet.width + 0.5, 0.5 * facet.height + 0.5, 3.0});
    }

    /// What a process leaves free for its partner: from half a joint space on its own side (`towards` it) to 3 mm beyond.
    [[nodiscard]] static Pad joint_space_pad(const FacetRow& facet, double joint_space, const Vector3d& towards) {
        const Vector3d centre(facet.centre_x, facet.centre_y, facet.centre_z);
        const double half = 0.5 * (3.0 + 0.5 * joint_space);
        return {centre + (0.5 * joint_space - half) * towards, towards, towards.cross(Vector3d::UnitZ()).normalized(), half,
                0.5 * facet.width + 1.0, 0.5 * facet.height + 1.0, 1.0};
    }

    void add_lamina() {
        const double roof = back_ - row_.canal_depth;  // where the canal ends behind
        const double z = row_.pedicle_z - 11.0;
        const double height = 0.36 * row_.height_posterior;
        tubes_.emplace_back(std::vector<TubeStation>{{Vector3d(row_.pedicle_x - 9.0, pillar_.y() - 1.0, z + 1.0), 3.2, height},
                                                     {Vector3d(0.55 * roof + 0.45 * (row_.pedicle_x - 9.0) - 2.0, 0.5 * pillar_.y(), z - 0.5), 3.0, 1.05 * height},
                                                     {Vector3d(roof - 3.0, 0.0, z - 2.0), 3.4, 1.1 * height}},
                            Vector3d(0.35, 0.0, 1.0));
    }

    void add_spinous_process() {
        const double roof = back_ - row_.canal_depth, z = row_.pedicle_z - 12.0;
        const double end = 3.6;  // rounding of the tip
        const Vector3d base(roof - 3.0, 0.0, z - 1.0), tip(row_.spinous_tip_x + end, 0.0, row_.spinous_tip_z - 1.5);
        const Vector3d middle = 0.45 * base + 0.55 * tip + Vector3d(0.0, 0.0, -0.3);
        const double height = 0.40 * row_.height_posterior;
        tubes_.emplace_back(std::vector<TubeStation>{{base, 3.8, 0.95 * height}, {middle, 2.6, 0.92 * height}, {tip, end, 1.05 * height}},
                            Vector3d::UnitZ());
    }

    void add_transverse_process() {
        const double stout = std::clamp(row_.pedicle_width / 10.0, 0.9, 1.5);  // L5: a cone that springs from the pedicle
        const double end = 2.4;
        const Vector3d tip(row_.transverse_tip_x, row_.transverse_tip_y - end, row_.transverse_tip_z);
        const Vector3d base(row_.pedicle_x - 4.5, row_.pedicle_y + 0.30 * row_.pedicle_width, row_.pedicle_z - 1.5);
        const Vector3d middle = 0.45 * base + 0.55 * tip + Vector3d(-1.2, 0.0, 0.5);
        tubes_.emplace_back(std::vector<TubeStation>{{base, 4.6 * stout, 6.2 * stout}, {middle, 2.7 * stout, 4.4 * stout}, {tip, end, 4.6}},
                            Vector3d::UnitZ());
    }

    /// Rounded triangular canal, open up and down, widest in front.
    [[nodiscard]] double canal_distance(const Vector3d& p) const {
        const double half_depth = 0.5 * row_.canal_depth;
        const double x = p.x() - (back_ - half_depth);
        const double half_width = std::min(0.5 * row_.canal_width, row_.pedicle_y - 0.5 * row_.pedicle_width);
        const double narrowing = 1.0 + 0.28 * std::clamp(x / half_depth, -1.0, 0.3);
        return superellipse_distance(x, p.y(), half_depth, half_width * narrowing, 2.3);
    }

    VertebraRow row_;
    double back_;      // x of the body's posterior wall
    Vector3d pillar_;  // where pedicle, lamina and processes meet
    std::vector<Tube> tubes_;
    std::vector<Pad> pads_, joint_spaces_;
};

}  // namespace

Vector3d facet_normal(const FacetRow& facet) {
    const double flat = std::cos(facet.tilt);
    return {flat * std::sin(facet.transverse_angle), flat * std::cos(facet.transverse_angle), -std::sin(facet.tilt)};
}

FacetRow facet_in_frame(const FacetRow& facet, const Eigen::Isometry3d& to_frame) {
    const Vector3d centre = to_frame * Vector3d(facet.centre_x, facet.centre_y, facet.centre_z);
    const Vector3d normal = to_frame.linear() * facet_normal(facet);
    FacetRow turned = facet;
    turned.centre_x = centre.x();
    turned.centre_y = centre.y();
    turned.centre_z = centre.z();
    turned.transverse_angle = std::atan2(normal.x(), normal.y());
    turned.tilt = std::asin(std::clamp(-normal.z(), -1.0, 1.0));
    return turned;
}

TriangleSurface vertebra_surface(const VertebraRow& row, const VertebraSurfaceOptions& options) {
    FORAMEN_EXPECTS(row.height_anterior > 0.0 && row.height_posterior > 0.0, row.height_anterior, row.height_posterior);
    FORAMEN_EXPECTS(row.pedicle_width > 0.0 && row.pedicle_height > 0.0, row.pedicle_width, row.pedicle_height);
    FORAMEN_EXPECTS(row.canal_width > 0.0 && row.canal_depth > 0.0, row.canal_width, row.canal_depth);
    FORAMEN_EXPECTS(row.endplate_width_lower > 0.0 && row.endplate_depth_lower > 0.0, row.endplate_width_lower, row.endplate_depth_lower);
    const BodySolid body{row, options};
    const PosteriorSolid posterior(row, options);
    const ImplicitSolid solid = [&](const Vector3d& p) {
        const Vector3d left(p.x(), std::abs(p.y()), p.z());
        return smooth_union(body.distance(left), posterior.distance(left), 3.5);
    };
    const double reach_y = std::max({0.5 * row.endplate_width_upper, 0.5 * row.endplate_width_lower, row.transverse_tip_y});
    const double reach_x = 0.5 * std::max(row.endplate_depth_upper, row.endplate_depth_lower);
    const double reach_z = 0.5 * std::max(row.height_anterior, row.height_posterior);
    const SampledBox box{{row.spinous_tip_x - 6.0, -reach_y - 6.0, -reach_z - 35.0},
                         {reach_x + 6.0, reach_y + 6.0, reach_z + 30.0}, options.cell};
    return boundary_surface(solid, box);
}

}  // namespace foramen::models
