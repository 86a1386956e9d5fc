#include "tests/viz/synthetic_result.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>

#include "engine/core/units.hpp"
#include "io/result_file.hpp"
#include "tests/viz/synthetic_anatomy.hpp"

namespace foramen::testing {
namespace {

using Eigen::Isometry3d;
using Eigen::Vector3d;
using io::BlockSpec;
using io::CellType;
using io::FieldSpec;

/// 60 s / 20 s between 300 N and 120 N after two minutes of rest, ramps of 10 s. [N]
double device_force(double t, double session) {
    if (t < 120.0 || t > session - 120.0) return 0.0;
    const double phase = std::fmod(t - 120.0, 90.0);
    const double high = std::clamp(phase / 10.0, 0.0, 1.0) - std::clamp((phase - 70.0) / 10.0, 0.0, 1.0);
    const double base = std::min(120.0, 12.0 * (t - 120.0));
    return base + 180.0 * high;
}

/// Slow part of the answer: 0 at the start, 1 after long pulling.
double creep(double t) { return t < 120.0 ? 0.0 : 1.0 - std::exp(-(t - 120.0) / 500.0); }

/// A block with, for each of its points, the body that carries it: between disc `body` (0: cranial) and body + 1 by `share`.
struct Part {
    BlockSpec spec;
    std::vector<int> body;
    std::vector<double> share;
    std::vector<Vector3d> points;
    std::vector<double> rise;  ///< 0 at the rim of a disc, 1 at its middle

    int add(const Vector3d& p, int b, double s, double r = 0.0) {
        points.push_back(p);
        body.push_back(b);
        share.push_back(s);
        rise.push_back(r);
        for (int d = 0; d < 3; ++d) spec.points.push_back(static_cast<float>(p[d]));
        return static_cast<int>(points.size()) - 1;
    }
};

const FieldSpec displacement{"displacement", "mm", "displacement", 3, ""};

Part disc_part(const SyntheticSpine& spine, int disc, const SyntheticOptions& options) {
    Part part;
    part.spec = {std::string(models::disc_names[disc]), "discs", CellType::hexahedron, {}, {}, {displacement, {"pressure", "MPa", "pressure", 1, "positive in compression"}}, {}, {}};
    const int n = options.across, m = options.layers;
    const Isometry3d top = spine.place[disc] * endplate_frame(spine.rows[disc], false);
    const Isometry3d bottom = spine.place[disc + 1] * endplate_frame(spine.rows[disc + 1], true);
    const auto place = [&](const Isometry3d& frame, double depth, double width, double x, double y, double dome) {
        return Vector3d(frame * Vector3d(0.5 * depth * x, 0.5 * width * y, dome));
    };
    for (int k = 0; k <= m; ++k) {
        for (int j = 0; j <= n; ++j) {
            for (int i = 0; i <= n; ++i) {
                const double u = 2.0 * i / n - 1.0, v = 2.0 * j / n - 1.0, share = 1.0 - static_cast<double>(k) / m;
                const double x = u * std::sqrt(1.0 - 0.5 * v * v), y = v * std::sqrt(1.0 - 0.5 * u * u);  // square to circle
                const double rise = std::max(0.0, 1.0 - x * x - y * y), bulge = 1.0 + 0.07 * share * (1.0 - share) * 4.0 * (1.0 - rise);
                const auto& up = spine.rows[disc];
                const auto& low = spine.rows[disc + 1];
                const Vector3d a = place(top, up.endplate_depth_lower * bulge, up.endplate_width_lower * bulge, x, y, 1.5 * rise);
                const Vector3d b = place(bottom, low.endplate_depth_upper * bulge, low.endplate_width_upper * bulge, x, y, -0.7 * rise);
                part.add((1.0 - share) * b + share * a, disc, 1.0 - share, rise);
            }
        }
    }
    const auto node = [&](int i, int j, int k) { return std::int64_t(i + (n + 1) * (j + (n + 1) * k)); };
    std::vector<float> tissue;
    for (int k = 0; k < m; ++k) {
        for (int j = 0; j < n; ++j) {
            for (int i = 0; i < n; ++i) {
                for (const auto& c : {node(i, j, k + 1), node(i + 1, j, k + 1), node(i + 1, j + 1, k + 1), node(i, j + 1, k + 1), node(i, j, k),
                                      node(i + 1, j, k), node(i + 1, j + 1, k), node(i, j + 1, k)}) {
                    part.spec.connectivity.push_back(c);
                }
                const double x = (2.0 * i + 1.0) / n - 1.0, y = (2.0 * j + 1.0) / n - 1.0;
                tissue.push_back(std::max(std::abs(x), std::abs(y)) < 0.62 ? 1.0F : 2.0F);
            }
        }
    }
    part.spec.static_cell_fields = {{{"tissue", "1", "tissue", 1, ""}, std::move(tissue)}};
    return part;
}

Part bone_part(const SyntheticSpine& spine, int body, double cell) {
    Part part;
    part.spec = {std::string(models::body_names[body + 1]), "vertebrae", CellType::triangle, {}, {}, {displacement}, {}, {}};
    models::VertebraSurfaceOptions shape;
    shape.cell = cell;
    shape.endplate_concavity_upper = 0.7;
    shape.endplate_concavity_lower = 1.5;
    shape.posterior_concavity = 2.0;
    if (body > 0) shape.superior_facet = models::facet_in_frame(spine.facets[body - 1], spine.place[body].inverse() * spine.place[body - 1]);
    if (body < 5) shape.inferior_facet = spine.facets[body];
    const auto surface = body < 5 ? models::vertebra_surface(spine.rows[body], shape) : models::sacrum_surface(spine.rows[body], shape);
    for (const Vector3d& p : surface.points) part.add(spine.place[body] * p, body, 0.0);
    for (const auto& triangle : surface.triangles) part.spec.connectivity.insert(part.spec.connectivity.end(), triangle.begin(), triangle.end());
    return part;
}

/// One ligament over all discs: attachments in the frames of the upper and the lower bone.
Part ligament_part(const SyntheticSpine& spine, const std::string& name, const std::function<std::pair<Vector3d, Vector3d>(int disc)>& ends,
                   std::initializer_list<double> offsets) {
    Part part;
    part.spec = {name, "ligaments", CellType::line, {}, {}, {displacement}, {{"force", "N", "force", 1, "tension positive"}, {"strain", "1", "strain", 1, "tension positive"}}, {}};
    for (int disc = 0; disc < 5; ++disc) {
        const auto [upper, lower] = ends(disc);
        for (const double y : offsets) {
            const Vector3d side(0.0, y, 0.0);
            part.spec.connectivity.push_back(part.add(spine.place[disc] * (upper + side), disc, 0.0));
            part.spec.connectivity.push_back(part.add(spine.place[disc + 1] * (lower + side), disc + 1, 0.0));
        }
    }
    return part;
}

std::vector<Part> ligament_parts(const SyntheticSpine& spine) {
    const auto half = [&](int body) { return 0.25 * (spine.rows[body].height_anterior + spine.rows[body].height_posterior); };
    const auto body_ends = [&](double side) {
        return [&spine, half, side](int d) {
            const double a = side * 0.5 * spine.rows[d].endplate_depth_lower, b = side * 0.5 * spine.rows[d + 1].endplate_depth_upper;
            return std::pair{Vector3d(a, 0.0, -0.5 * half(d)), Vector3d(b, 0.0, 0.5 * half(d + 1) - (d == 4 ? 6.0 : 0.0))};
        };
    };
    const auto spinous = [&spine](double share) {
        return [&spine, share](int d) {
            const auto& a = spine.rows[d];
            const auto& b = spine.rows[d + 1];
            return std::pair{Vector3d(share * a.spinous_tip_x, 0.0, a.spinous_tip_z - 9.0), Vector3d(share * b.spinous_tip_x, 0.0, b.spinous_tip_z + 8.0)};
        };
    };
    const auto flavum = [&spine](int d) {
        const auto back = [&](int b) { return -0.5 * spine.rows[b].endplate_depth_upper - spine.rows[b].canal_depth; };
        return std::pair{Vector3d(back(d) - 1.0, 0.0, -16.0), Vector3d(back(d + 1) - 2.0, 0.0, d == 4 ? -16.0 : -1.0)};
    };
    return {ligament_part(spine, "ALL", body_ends(1.03), {-8.0, -4.0, 0.0, 4.0, 8.0}), ligament_part(spine, "PLL", body_ends(-1.03), {-3.0, 0.0, 3.0}),
            ligament_part(spine, "LF", flavum, {-7.0, -3.5, 0.0, 3.5, 7.0}), ligament_part(spine, "ISL", spinous(0.85), {0.0}),
            ligament_part(spine, "SSL", spinous(0.98), {0.0})};
}

/// Facet patches (quads) and foramina (a fan of triangles), both sides.
std::pair<Part, Part> joint_parts(const SyntheticSpine& spine) {
    Part facets, foramina;
    facets.spec = {"facets", "facets", CellType::quad, {}, {}, {displacement}, {}, {}};
    foramina.spec = {"foramina", "foramina", CellType::triangle, {}, {}, {displacement}, {{"area", "mm2", "area", 1, ""}}, {}};
    for (int d = 0; d < 5; ++d) {
        for (const double side : {1.0, -1.0}) {
            const auto& f = spine.facets[d];
            const Vector3d n = models::facet_normal(f), across = n.cross(Vector3d::UnitZ()).normalized(), up = n.cross(across);
            const Vector3d mirror(1.0, side, 1.0), c(f.centre_x, f.centre_y, f.centre_z);
            for (const auto& [a, b] : {std::pair{-1, -1}, {1, -1}, {1, 1}, {-1, 1}}) {
                facets.spec.connectivity.push_back(facets.add(spine.place[d] * (c + 0.4 * a * f.width * across + 0.4 * b * f.height * up).cwiseProduct(mirror), d, 0.0));
            }
            const auto& row = spine.rows[d];
            const Vector3d middle(row.pedicle_x - 1.5, side * row.pedicle_y, row.pedicle_z - 0.5 * row.pedicle_height - 8.0);
            const int hub = foramina.add(spine.place[d] * middle, d, 0.5), count = 24;
            for (int a = 0; a < count; ++a) {
                const double angle = 2.0 * std::numbers::pi * a / count, narrow = 4.6 + 1.2 * std::sin(angle);
                foramina.add(spine.place[d] * (middle + Vector3d(narrow * std::cos(angle), 0.0, 8.0 * std::sin(angle))), d, 0.5);
            }
            for (int a = 0; a < count; ++a) {
                for (const int p : {hub, hub + 1 + a, hub + 1 + (a + 1) % count}) foramina.spec.connectivity.push_back(p);
            }
        }
    }
    return {facets, foramina};
}

/// Displacement of body b: discs open from the sacrum up (the thorax is held), a little flatter. [mm]
Vector3d body_displacement(const SyntheticSpine& spine, int b, const Vector3d& p, double pull) {
    double opened = 0.0;
    for (int d = 0; d < b; ++d) opened += 0.9 + 0.25 * d;
    const double turn = -0.004 * pull * b;
    const Vector3d arm = p - spine.place[b].translation();
    return Vector3d(0.2 * b * pull, 0.0, -opened * pull) + Vector3d(turn * arm.z(), 0.0, -turn * arm.x());
}

io::BlockFields fields_of(const Part& part, const SyntheticSpine& spine, double pull, double time) {
    io::BlockFields fields;
    std::vector<float> u, pressure;
    for (std::size_t i = 0; i < part.points.size(); ++i) {
        const int b = part.body[i], next = std::min(b + 1, 5);
        const Vector3d move = (1.0 - part.share[i]) * body_displacement(spine, b, part.points[i], pull) + part.share[i] * body_displacement(spine, next, part.points[i], pull);
        for (int d = 0; d < 3; ++d) u.push_back(static_cast<float>(move[d]));
        const double resting = 0.09 + 0.012 * b;
        pressure.push_back(static_cast<float>((resting - (0.085 + 0.006 * b) * pull + 0.01 * creep(time)) * std::pow(part.rise[i], 0.6)));
    }
    fields.point_fields.push_back(std::move(u));
    if (part.spec.group == "discs") fields.point_fields.push_back(std::move(pressure));
    for (std::size_t f = 0; f < part.spec.cell_fields.size(); ++f) {
        const std::size_t cells = part.spec.connectivity.size() / (part.spec.cell_type == CellType::line ? 2 : 3);
        const bool slack = part.spec.name == "SSL" || part.spec.name == "ISL";
        const bool strain = part.spec.cell_fields[f].name == "strain";
        const double pulled = strain ? 0.02 + 0.1 * pull : 2.0 + 20.0 * pull;
        fields.cell_fields.emplace_back(cells, part.spec.group == "foramina" ? 130.0F : slack ? 0.0F : static_cast<float>(pulled));
    }
    return fields;
}

std::vector<io::SeriesSpec> series_specs() {
    std::vector<std::string> discs(models::disc_names.begin(), models::disc_names.end()), foramina;
    for (const std::string& disc : discs) {
        for (const auto side : models::side_names) foramina.push_back(disc + " " + std::string(side));
    }
    return {{"device_force", "N", "force of the device", "", "", {}}, {"pelvis_pull", "N", "force on the pelvis", "", "", {}},
            {"pull_angle", "degree", "pull angle", "", "", {}},       {"elongation", "mm", "elongation", "", "", {}},
            {"idp", "MPa", "intradiscal pressure", "positive in compression", "disc", discs}, {"disc_height_mid", "mm", "disc height", "", "disc", discs},
            {"foramen_area", "mm2", "foraminal area", "", "foramen", foramina}};
}

std::vector<double> history_row(const SyntheticSpine& spine, double t, double session) {
    const double force = device_force(t, session), pull = (0.75 + 0.25 * creep(t)) * force / 300.0, slow = creep(t);
    std::vector<double> row{force, std::max(0.0, force - 22.0), 18.0, 7.0 * pull};
    for (int d = 0; d < 5; ++d) row.push_back(0.09 + 0.012 * d - (0.085 + 0.006 * d) * pull + 0.01 * slow);
    for (int d = 0; d < 5; ++d) row.push_back(spine.disc_height[d] + (0.9 + 0.25 * d) * pull + 0.15 * slow);
    for (int d = 0; d < 5; ++d) {
        for (int side = 0; side < 2; ++side) row.push_back(160.0 - 9.0 * d - 3.0 * side + (14.0 + 2.0 * d) * pull);
    }
    return row;
}

}  // namespace

void write_synthetic_result(const std::string& path, const SyntheticOptions& options) {
    const SyntheticSpine spine = synthetic_spine();
    std::vector<Part> parts;
    for (int d = 0; d < 5; ++d) parts.push_back(disc_part(spine, d, options));
    for (int b = 0; b < 6; ++b) parts.push_back(bone_part(spine, b, options.bone_cell));
    for (Part& ligament : ligament_parts(spine)) parts.push_back(std::move(ligament));
    auto [facets, foramina] = joint_parts(spine);
    parts.push_back(std::move(facets));
    parts.push_back(std::move(foramina));
    std::vector<BlockSpec> blocks;
    for (const Part& part : parts) blocks.push_back(part.spec);

    io::ResultWriter writer(path, blocks, series_specs(), {{"title", "Synthetic session, supine, 300/120 N, 60/20 s, 18\xC2\xB0", "title"}},
                            {"Synthetic session", "", 64, 16, 5.0});
    const int rows = static_cast<int>(options.session / options.history_step);
    int outputs = 0;
    for (int r = 0; r <= rows; ++r) {
        const double t = options.history_step * r;
        writer.append_history(t, history_row(spine, t, options.session));
        if (outputs >= options.field_outputs || r < rows * outputs / (options.field_outputs - 1)) continue;
        const double pull = (0.75 + 0.25 * creep(t)) * device_force(t, options.session) / 300.0;
        std::vector<io::BlockFields> fields;
        for (const Part& part : parts) fields.push_back(fields_of(part, spine, pull, t));
        writer.append_fields(t, fields);
        ++outputs;
    }
    writer.finish(io::RunStatus::complete, {});
}

}  // namespace foramen::testing
