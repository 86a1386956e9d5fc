#include "models/vertebra_bone.hpp"

#include <algorithm>
#include <cmath>

#include "engine/core/contract.hpp"
#include "engine/mesh/o_grid.hpp"
#include "models/pedicle.hpp"

namespace foramen::models {

namespace {

// Layers of the body from its lower end-plate to its middle, over its height: thin where the load enters.
constexpr std::array<double, 4> half_layers{0.045, 0.085, 0.14, 0.23};

std::vector<double> planes() {
    std::vector<double> all{0.0};
    for (const double t : half_layers) all.push_back(all.back() + t);
    for (auto t = half_layers.rbegin(); t != half_layers.rend(); ++t) all.push_back(all.back() + *t);
    all.back() = 1.0;
    return all;
}

/// Nodes that a domain ties to one of its slots, in the order of the plan.
Eigen::Matrix3Xd tied_nodes(const Disc& disc, int slot) {
    Eigen::Matrix3Xd nodes(3, disc.mesh.plan_nodes);
    int next = 0;
    for (const engine::Tie& tie : disc.domain.ties)
        if (tie.slot == slot) nodes.col(next++) = tie.local;
    FORAMEN_EXPECTS(next == disc.mesh.plan_nodes, next, disc.mesh.plan_nodes);
    return nodes;
}

struct PlateSize {
    engine::Pose frame;
    double width, depth;
};

/// The plan of one end-plate on the other one, its hollow turned over.
Eigen::Matrix3Xd carried_over(const Eigen::Matrix3Xd& from, const PlateSize& a, const PlateSize& b) {
    Eigen::Matrix3Xd to(3, from.cols());
    for (Eigen::Index n = 0; n < from.cols(); ++n) {
        const Eigen::Vector3d x = a.frame.local(from.col(n));
        to.col(n) = b.frame.point({x.x() * b.depth / a.depth, x.y() * b.width / a.width, -x.z()});
    }
    return to;
}

struct Materials {
    engine::IsotropicElasticity cortex, cancellous, endplate;
};

engine::HexMesh body_mesh(const BonePlates& plates, const engine::OGrid& grid) {
    const std::vector<double> levels = planes();
    const auto plan = static_cast<int>(plates.lower.cols());
    engine::HexMesh mesh;
    mesh.nodes.resize(3, plan * static_cast<int>(levels.size()));
    for (std::size_t k = 0; k < levels.size(); ++k)
        for (int n = 0; n < plan; ++n)
            mesh.nodes.col(static_cast<int>(k) * plan + n) = (1.0 - levels[k]) * plates.lower.col(n) + levels[k] * plates.upper.col(n);
    mesh.elements = grid.extrude(static_cast<int>(levels.size()));
    return mesh;
}

/// Cortex around the body, then the lower and the upper bony end-plate.
std::vector<engine::ElasticBodySpec::Membrane> shell(const engine::OGrid& grid, int plane_count, const Materials& m, const BoneRow& row) {
    std::vector<engine::ElasticBodySpec::Membrane> all;
    const std::vector<int> outline = grid.outer_nodes();
    const int plan = grid.node_count();
    for (int k = 0; k + 1 < plane_count; ++k) {
        for (std::size_t i = 0; i < outline.size(); ++i) {
            const int a = k * plan + outline[i], b = k * plan + outline[(i + 1) % outline.size()];
            all.push_back({{a, b, b + plan, a + plan}, m.cortex, row.cortical_thickness});
        }
    }
    for (const int k : {0, plane_count - 1})
        for (const auto& q : grid.quads())
            all.push_back({{k * plan + q[0], k * plan + q[1], k * plan + q[2], k * plan + q[3]}, m.endplate, row.endplate_thickness});
    return all;
}

/// Nodes and areas of the loaded end-plates; the nodes of the others are held.
void split_plates(engine::ElasticBodySpec& spec, const BonePlates& plates, const engine::OGrid& grid, int plane_count) {
    const int plan = grid.node_count();
    for (const bool upper : {false, true}) {
        const int first = upper ? (plane_count - 1) * plan : 0;
        const bool loaded = upper ? plates.upper_loaded : plates.lower_loaded;
        std::vector<double> area(plan, 0.0);
        for (const auto& q : grid.quads()) {
            engine::Quad4Nodes X;
            for (int a = 0; a < 4; ++a) X.col(a) = spec.mesh.nodes.col(first + q[a]);
            for (const int n : q) area[n] += 0.25 * engine::quad_area(X);
        }
        for (int n = 0; n < plan; ++n) {
            (loaded ? spec.interface : spec.held).push_back(first + n);
            if (loaded) spec.areas.push_back(area[n]);
        }
    }
}

/// Mean move of a plate about a point, weighted by the nodes' areas, for each of a set of fields.
Eigen::MatrixXd plate_move(const engine::ElasticBodySpec& spec, const Eigen::MatrixXd& fields, int first, int plan, const Eigen::Vector3d& middle) {
    Eigen::MatrixXd fit = Eigen::MatrixXd::Zero(6, fields.cols());
    Eigen::Matrix<double, 6, 6> normal = Eigen::Matrix<double, 6, 6>::Zero();
    for (std::size_t i = 0; i < spec.interface.size(); ++i) {
        const int n = spec.interface[i];
        if (n < first || n >= first + plan) continue;
        Eigen::Matrix<double, 3, 6> map;
        map << Eigen::Matrix3d::Identity(), -engine::skew(spec.mesh.nodes.col(n) - middle);
        normal += spec.areas[i] * map.transpose() * map;
        fit += spec.areas[i] * map.transpose() * fields.middleRows<3>(3 * n);
    }
    if (normal(0, 0) == 0.0) return fit;  // held
    return normal.ldlt().solve(fit);
}

}  // namespace

BonePlates bone_plates(const SpineGeometry& g, Body body, const AdjacentDisc& below, const AdjacentDisc& above) {
    FORAMEN_EXPECTS(below.disc != nullptr || above.disc != nullptr, static_cast<int>(body));
    const VertebraRow& row = g.vertebra(body);
    const PlateSize lower{g.lower_plate(body), row.endplate_width_lower, row.endplate_depth_lower};
    const PlateSize upper{g.upper_plate(body), row.endplate_width_upper, row.endplate_depth_upper};
    BonePlates p{{}, {}, below.disc != nullptr, above.disc != nullptr, {}, {}};
    if (below.disc) p.lower = tied_nodes(*below.disc, 1);
    if (above.disc) p.upper = tied_nodes(*above.disc, 0);
    if (below.pull) p.lower_pull = below.pull->upper;
    if (above.pull) p.upper_pull = above.pull->lower;
    if (!below.disc) p.lower = carried_over(p.upper, upper, lower);
    if (!above.disc) p.upper = carried_over(p.lower, lower, upper);
    return p;
}

namespace {

constexpr double smallest_energy = 1e-7;

/// The bone under the patterns of the discs' pull and under that of the pedicles on their roots, and its softest shapes.
engine::StaticFields plate_shapes(const VertebraBone& bone, const Eigen::MatrixXd& root_loads, int softest) {
    const engine::ElasticBody& solid = *bone.solid;
    const int count = std::min(solid.floats() ? softest : softest / 2, solid.interface_freedoms());
    const engine::StaticFields soft = solid.modes(count);
    const bool all_there_are = count == solid.interface_freedoms();
    const Eigen::MatrixXd lower = all_there_are ? Eigen::MatrixXd(0, 0) : bone.plates.lower_pull, upper = all_there_are ? Eigen::MatrixXd(0, 0) : bone.plates.upper_pull;
    Eigen::MatrixXd loads = Eigen::MatrixXd::Zero(3 * solid.node_count(), lower.cols() + root_loads.cols() + upper.cols());
    loads.topLeftCorner(lower.rows(), lower.cols()) = lower;
    loads.middleCols(lower.cols(), root_loads.cols()) = root_loads;
    loads.bottomRightCorner(upper.rows(), upper.cols()) = upper;
    const engine::StaticFields pulled = solid.solve(std::move(loads));
    if (all_there_are && root_loads.cols() == 0) return soft;
    engine::StaticFields all{Eigen::MatrixXd(pulled.load.rows(), pulled.load.cols() + count), Eigen::MatrixXd(pulled.load.rows(), pulled.load.cols() + count)};
    all.displacement << pulled.displacement, soft.displacement;
    all.load << pulled.load, soft.load;
    return solid.independent(all, smallest_energy);
}

}  // namespace

VertebraBone build_bone(const SpineGeometry& g, const SpineSpec& spec, Body body, BonePlates plates, engine::FlexibleBody& flexible) {
    const BoneRow& row = g.tables.bone[static_cast<int>(*spec.bone)];
    const Materials m{{row.cortical_modulus, row.cortical_poisson}, {row.cancellous_modulus, row.cancellous_poisson}, {row.endplate_modulus, row.endplate_poisson}};
    const DiscDivisions d = disc_divisions(spec.resolution);
    const engine::OGrid grid(d.core, d.nucleus_rings + d.annulus_rings);
    engine::ElasticBodySpec solid;
    solid.mesh = body_mesh(plates, grid);
    solid.solids.assign(solid.mesh.element_count(), m.cancellous);
    const int plane_count = solid.mesh.node_count() / grid.node_count();
    solid.membranes = shell(grid, plane_count, m, row);
    split_plates(solid, plates, grid, plane_count);

    VertebraBone bone;
    bone.body = body;
    bone.plates = std::move(plates);
    bone.plan_nodes = grid.node_count();
    bone.outline = grid.outer_nodes();
    bone.cortex_count = static_cast<int>(bone.outline.size()) * (plane_count - 1);
    bone.solid = std::make_shared<const engine::ElasticBody>(std::move(solid));
    if (flexible.rider == engine::ground) {
        const engine::StaticFields fields = plate_shapes(bone, Eigen::MatrixXd(3 * bone.solid->node_count(), 0), spec.bone_modes);
        bone.shapes = fields.displacement;
        flexible.stiffness = fields.displacement.transpose() * fields.load;
        bone.root_loads = Eigen::MatrixXd::Zero(bone.shapes.rows(), 12);
        bone.root_pull = Eigen::MatrixXd::Zero(12, flexible.stiffness.cols());
    } else {
        const Pedicles pedicles(g.vertebra(body), g, row, *bone.solid, bone.cortex_count);
        const engine::StaticFields fields = plate_shapes(bone, pedicles.root_loads(), spec.bone_modes);
        flexible.arm = g.vertebra(body).endplate_depth_lower;
        bone.root_loads = pedicles.root_loads();
        pedicles.join(fields, flexible.arm, bone.root_pull, flexible.stiffness);
        bone.shapes = Eigen::MatrixXd::Zero(fields.displacement.rows(), flexible.stiffness.cols());
        bone.shapes.leftCols(fields.displacement.cols()) = fields.displacement;
    }
    flexible.stiffness = (0.5 * (flexible.stiffness + flexible.stiffness.transpose())).eval();
    flexible.amplitude = Eigen::VectorXd::Zero(flexible.stiffness.rows());
    const int top = (plane_count - 1) * bone.plan_nodes;
    bone.plate_moves = {plate_move(bone.solid->spec(), bone.shapes, 0, bone.plan_nodes, g.lower_plate(body).origin),
                        plate_move(bone.solid->spec(), bone.shapes, top, bone.plan_nodes, g.upper_plate(body).origin)};
    return bone;
}

Eigen::Matrix3Xd tie_shape(const VertebraBone& bone, bool upper, int plan_node) {
    return bone.shapes.middleRows<3>(3 * (upper ? (bone.plane_count() - 1) * bone.plan_nodes + plan_node : plan_node));
}

}  // namespace foramen::models
