#include "io/data_tables.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <filesystem>
#include <map>
#include <set>

#include "engine/core/units.hpp"

namespace fs = std::filesystem;
using namespace foramen;
using models::AnatomyTables;

namespace {

const fs::path shipped = fs::path(FORAMEN_SOURCE_DIR) / "data";

const AnatomyTables& tables() {
    static const AnatomyTables read = io::read_anatomy_tables(shipped);
    return read;
}

}  // namespace

TEST_SUITE("unit/io") {
    TEST_CASE("vertebrae grow wider caudally, and L5 is the wedge") {
        const auto& v = tables().vertebrae;
        for (std::size_t i = 0; i < 5; ++i) {
            CAPTURE(models::body_names[i + 1]);
            CHECK(v[i].endplate_width_lower > v[i].endplate_width_upper);
            if (i > 0) CHECK(v[i].endplate_width_upper > v[i - 1].endplate_width_upper);
            CHECK(v[i].endplate_width_upper > 1.15 * v[i].endplate_depth_upper);
            const double depth = (v[i].endplate_depth_upper + v[i].endplate_depth_lower) / 2;
            const double wedge = std::atan((v[i].height_anterior - v[i].height_posterior) / depth) / degree;
            const std::array<double, 5> expected{-1.8, 2.5, 2.5, 2.0, 12.0};
            CHECK(std::abs(wedge - expected[i]) < 0.15);
            CHECK(v[i].pedicle_x < -depth / 2 + 2.0);  // behind the body
            CHECK(v[i].pedicle_y - v[i].pedicle_width / 2 == doctest::Approx(v[i].canal_width / 2).epsilon(0.01));
            CHECK(v[i].pedicle_z + v[i].pedicle_height / 2 < v[i].height_posterior / 2 + 1.0);
            CHECK(v[i].spinous_tip_x < v[i].pedicle_x - v[i].canal_depth);
            CHECK(v[i].transverse_tip_y > v[i].endplate_width_upper / 2 + 10);
        }
        CHECK(v[5].endplate_depth_upper > 25);
        CHECK(v[5].height_posterior == 0);
    }

    TEST_CASE("angles arrive in radians") {
        CHECK(tables().discs[3].lordotic_wedge == doctest::Approx(9.0 * degree));
        CHECK(tables().facets[0].transverse_angle == doctest::Approx(25.0 * degree));
        CHECK(tables().fibres.angle_posterior_outer == doctest::Approx(29.75 * degree));
        CHECK(tables().fascicles.front().pennation == doctest::Approx(10.7 * degree).epsilon(1e-3));
        CHECK(tables().thorax.tilt == doctest::Approx(0.7 * degree));
    }

    TEST_CASE("each column lands in its own member") {
        const auto& facet = tables().facets[0];
        CHECK(facet.width == 10.6);
        CHECK(facet.height == 11.3);
        const auto& disc = tables().discs[4];
        CHECK(disc.height_mid == 10.5);
        CHECK(disc.posterior_concavity == 0.5);
        CHECK(disc.endplate_concavity_cranial == 1.5);
        CHECK(disc.endplate_concavity_caudal == 0.7);
        const auto& all = tables().ligaments.front();
        CHECK(all.name == "ALL");
        CHECK(all.strands == 9);
        CHECK(std::array{all.upper_x, all.upper_y, all.upper_z} == std::array{15.4, 14.2, -11.4});
        CHECK(std::array{all.lower_x, all.lower_y, all.lower_z} == std::array{14.9, 14.7, 12.9});
        CHECK(std::array{all.reference_strain, all.transition_strain, all.stiffness, all.failure_strain} ==
              std::array{-0.03, 0.07, 412.0, 0.44});
        const auto& capsule = tables().ligaments_bilinear[3];
        CHECK(std::array{capsule.e1, capsule.transition_strain, capsule.e2, capsule.area} == std::array{7.5, 0.25, 32.9, 30.0});
        const auto& psoas = tables().fascicles.front();
        CHECK(std::array{psoas.max_force, psoas.optimal_fibre_length, psoas.tendon_slack_length} ==
              std::array{97.0, 184.1, 64.7});
        CHECK(psoas.path.front().body == models::Body::L1);
        CHECK(psoas.path.back().body == models::Body::S1);
        const auto& v = tables().vertebrae[4];
        CHECK(std::array{v.canal_width, v.canal_depth, v.pedicle_width, v.pedicle_height} == std::array{27.1, 19.7, 18.0, 14.0});
        CHECK(std::array{v.ganglion_width, v.ganglion_length} == std::array{5.82, 10.83});
        const auto& t = tables().grades[2].nucleus;
        CHECK(std::array{t.fixed_charge, t.collagen_fraction, t.permeability, t.permeability_m} ==
              std::array{0.1625, 0.285, 0.0007, 10.0});
        CHECK(tables().solutes[2].diffusivity == 1.39e-3);
        const auto &bone = tables().endplate_supply, &surface = tables().annulus_supply;
        CHECK(std::array{bone.oxygen, bone.glucose, bone.lactate, surface.oxygen} == std::array{5.1, 4.0, 0.8, 5.8});
        CHECK(tables().cells[2].density == 13500.0);
    }

    TEST_CASE("the discs and wedges make about fifty degrees of lordosis") {
        double lordosis = 0.0;
        for (const auto& disc : tables().discs) lordosis += disc.lordotic_wedge;
        for (std::size_t i = 0; i < 5; ++i) {
            const auto& v = tables().vertebrae[i];
            lordosis +=
                std::atan(2 * (v.height_anterior - v.height_posterior) / (v.endplate_depth_upper + v.endplate_depth_lower));
        }
        CHECK(lordosis / degree == doctest::Approx(50.7).epsilon(0.02));
    }

    TEST_CASE("facets lie behind the canal and below the upper vertebra's pedicle") {
        for (std::size_t i = 0; i < 5; ++i) {
            CHECK(tables().facets[i].centre_x < tables().vertebrae[i].pedicle_x);
            CHECK(tables().facets[i].centre_z < tables().vertebrae[i].pedicle_z - tables().vertebrae[i].pedicle_height / 2);
            if (i > 0) CHECK(tables().facets[i].centre_y > tables().facets[i - 1].centre_y);  // wider apart caudally
        }
    }

    TEST_CASE("every ligament has one row a disc and a law that makes sense") {
        std::map<std::string, std::set<int>> discs;
        for (const auto& row : tables().ligaments) {
            INFO(row.name << " " << row.disc);
            CHECK(discs[row.name].insert(row.disc).second);
            CHECK(row.stiffness > 0);
            if (row.layout == models::LigamentLayout::pair) {
                CHECK(row.upper_y > 5);
                CHECK(row.strands % 2 == 0);
            }
            if (row.layout == models::LigamentLayout::midline) CHECK(row.upper_y == 0);
            CHECK(std::isnan(row.failure_strain) == (row.name == "CL"));
        }
        CHECK(discs.size() == 7);
        for (const auto& [name, found] : discs) CHECK(found.size() == 5);
        CHECK(tables().ligaments_bilinear.size() == 7);
        for (const auto& row : tables().ligaments_bilinear) CHECK(row.e2 > row.e1);
    }

    TEST_CASE("fascicles are on the left, name known bodies and add up to the published forces") {
        std::map<std::string, double> force;
        for (const auto& row : tables().fascicles) {
            CAPTURE(row.name);
            force[row.muscle] += row.max_force;
            CHECK(row.path.size() >= 2);
            for (const auto& point : row.path) {
                if (row.muscle != "rectus_abdominis") CHECK(point.y > -1.0);
                CHECK(std::hypot(point.x, point.y, point.z) < 320);
            }
        }
        const std::map<std::string, double> published{
            {"psoas", 673}, {"multifidus", 489}, {"quadratus_lumborum", 200}, {"rectus_abdominis", 263}};
        for (const auto& [muscle, total] : published) {
            CAPTURE(muscle);
            CHECK(force[muscle] == doctest::Approx(total).epsilon(0.005));
        }
        CHECK(force.size() == 8);
        CHECK(tables().fascicles.size() == 98);
    }

    TEST_CASE("multifidus leaves spinous processes and quadratus lumborum transverse ones") {
        for (const auto& row : tables().fascicles) {
            for (const auto& end : {row.path.front(), row.path.back()}) {
                const auto level = static_cast<std::size_t>(end.body);
                if (level < 1 || level > 5) continue;
                CAPTURE(row.name);
                const auto& v = tables().vertebrae[level - 1];
                if (row.muscle == "multifidus" && end.y < 6)
                    CHECK(std::hypot(end.x - v.spinous_tip_x, end.z - v.spinous_tip_z) < 20);
                if (row.muscle == "quadratus_lumborum") {
                    CHECK(std::hypot(end.x - v.transverse_tip_x, end.y - v.transverse_tip_y, end.z - v.transverse_tip_z) < 12);
                }
            }
        }
    }

    TEST_CASE("degeneration dries and flattens the disc, softens its nucleus and stiffens its annulus") {
        const auto& g = tables().grades;
        CHECK(g[0].height_factor == 1);
        for (std::size_t i = 1; i < g.size(); ++i) {
            CHECK(g[i].height_factor < g[i - 1].height_factor);
            CHECK(g[i].nucleus_area_factor < g[i - 1].nucleus_area_factor);
            CHECK(g[i].nucleus.fixed_charge < g[i - 1].nucleus.fixed_charge);
            CHECK(g[i].nucleus.water_fraction < g[i - 1].nucleus.water_fraction);
            CHECK(g[i].nucleus.shear_modulus < g[i - 1].nucleus.shear_modulus);
            CHECK(g[i].annulus.shear_modulus > g[i - 1].annulus.shear_modulus);
        }
        for (const auto& grade : g) {
            for (const auto& t : {grade.nucleus, grade.annulus, grade.endplate}) {
                constexpr double solid_density = 1.4338;  // relative to water
                const double mass = t.water_mass_fraction;
                CHECK(t.water_fraction ==
                      doctest::Approx(mass * solid_density / (1 - mass + solid_density * mass)).epsilon(1e-3));
                const double poisson = t.lame_lambda / (2 * (t.lame_lambda + t.shear_modulus));
                CHECK(poisson > 0.05);
                CHECK(poisson < 0.42);                                                        // drained: far from incompressible
                CHECK(t.permeability_holmes_mow_m == doctest::Approx(t.permeability_m - 2));  // same slope at J = 1
            }
        }
        for (const std::size_t i : {0, 3})  // Poisson's ratio of the poroelastic nucleus: C10 0.12, D 2.475
            CHECK(g[i].nucleus.lame_lambda / g[i].nucleus.shear_modulus == doctest::Approx(2 / 2.475 / 0.24 - 2.0 / 3.0).epsilon(5e-3));
        CHECK(g[0].endplate.permeability == doctest::Approx(0.007));  // 7e-15 m4/(N s)
    }

    TEST_CASE("annulus fibres soften inwards and backwards") {
        const auto& f = tables().fibres;
        CHECK(f.k1[0][0] == 1.03);
        CHECK(f.k1[0][4] == 0.268);
        CHECK(f.k2[0][4] == 113.3);
        CHECK(f.k2[4][4] == 71.42);
        for (std::size_t l = 0; l < 5; ++l) {
            for (std::size_t r = 0; r < 5; ++r) {
                if (l > 0) CHECK(f.k1[l][r] < f.k1[l - 1][r]);
                if (r > 0) CHECK(f.k2[l][r] < f.k2[l][r - 1]);
            }
        }
    }

    TEST_CASE("body halves add up") {
        CHECK(tables().female.pulled + tables().female.upper == doctest::Approx(1));
        CHECK(tables().male.pulled == doctest::Approx(0.509));
    }

}  // TEST_SUITE
