#pragma once

#include <cmath>
#include <numbers>
#include <vector>

#include "engine/materials/osmotic.hpp"
#include "engine/materials/permeability.hpp"
#include "engine/system/system.hpp"
#include "engine/time/time_stepper.hpp"

namespace foramen::testing {

/// A column 1 x 1 x h that may move along z only; base fixed and sealed, top drained and loaded. Node 0.. of the base first.
struct Column {
    double height = 1.0;
    int elements = 40;
    double growth = 1.0;  ///< of the layers away from the drained top
    engine::MooneyRivlin<double> ground;
    std::vector<engine::Curve> curves;  ///< permeability, osmotic pressure
    bool stabilised = true;
};

[[nodiscard]] inline engine::System column_system(Column c) {
    using namespace engine;
    DomainSpec spec;
    std::vector<double> depth = graded_planes(c.height, c.elements, c.growth), z;
    for (auto d = depth.rbegin(); d != depth.rend(); ++d) z.push_back(c.height - *d);
    spec.mesh = box_mesh({std::vector<double>{0.0, 1.0}, {0.0, 1.0}, z});
    spec.curves = std::move(c.curves);
    for (int e = 0; e < spec.mesh.element_count(); ++e) {
        ElementTissue t;
        t.ground = c.ground;
        t.permeability = &spec.curves[0];
        t.osmotic_pressure = &spec.curves[1];
        spec.tissues.push_back(t);
    }
    for (int n = 0; n < spec.mesh.node_count(); ++n) {
        spec.fixed.push_back({n, 0});
        spec.fixed.push_back({n, 1});
    }
    for (const int n : spec.mesh.node_set("z0")) spec.fixed.push_back({n, 2});
    spec.drained = spec.mesh.node_set("z1");
    spec.stabilised = c.stabilised;
    System system;
    system.add_domain(BiphasicDomain(std::move(spec), SolverKind::supernodal_f64), {});
    return system;
}

/// Total force along z, shared by the four top nodes.
inline void load_top(engine::System& system, double force) {
    for (const int n : system.domains[0].mesh().node_set("z1")) system.domains[0].traction[3 * n + 2] = 0.25 * force;
}

/// Scales for a column of unit area under a traction.
[[nodiscard]] inline engine::NewtonOptions column_newton(double traction, double modulus) {
    engine::NewtonOptions o;
    o.force_scale = traction;
    o.pressure_scale = traction;
    o.displacement_scale = traction / modulus;
    o.volume_tolerance = 1e-6 * traction / modulus;
    return o;
}

/// Collects (time, value) at every accepted step.
class Probe : public engine::Observer {
public:
    explicit Probe(std::function<double(const engine::System&)> read) : read_(std::move(read)) {}
    void on_step(const engine::StepView& v) override {
        time.push_back(v.time);
        value.push_back(read_(v.system));
    }
    /// Value at a time that was hit exactly.
    [[nodiscard]] double at(double t) const {
        for (std::size_t i = 0; i < time.size(); ++i)
            if (std::abs(time[i] - t) < 1e-9 * (1.0 + t)) return value[i];
        return std::nan("");
    }
    std::vector<double> time, value;

private:
    std::function<double(const engine::System&)> read_;
};

}  // namespace foramen::testing
