#include <algorithm>
#include <cmath>

#include "engine/core/units.hpp"
#include "models/observables.hpp"

namespace foramen::models {

void SpineObserver::list_body() {
    const auto add = [&](auto... text) { add_scalar(text...); };
    add("device_force", "N", "force that the device applies", "");
    add("pull_angle", "degree", "angle of the rope above the table", "");
    add("harness_loss", "N", "device force taken by the pelvic harness", "");
    add("pelvis_pull", "N", "pull on the pelvis along the table: device and gravity less table friction", "caudal positive");
    add("gravity_pull", "N", "part of the pulled weight along a tilted table", "caudal positive");
    add("table_friction_lower", "N", "friction of the table on the pelvis", "cranial positive: against the pull");
    add("table_friction_upper", "N", "friction of the table on the thorax", "cranial positive");
    add("thoracic_harness_force", "N", "force of the thoracic harness on the thorax", "cranial positive");
    add("lordosis", "degree", "lordosis L1-S1", "");
    add("elongation", "mm", "change of the distance from T12 to S1 since the start", "");
    list_levels();
    list_muscle_moments();
}

void read_body(const SpineModel& m, double rest_length, std::vector<double>& out) {
    const engine::System& s = m.system;
    const double lower = s.sticks[m.support.friction_lower].force(s.poses), upper = s.sticks[m.support.friction_upper].force(s.poses);
    const double along = m.pull.at_pelvis * std::cos(m.pull.angle);
    std::array<engine::Pose, body_count> poses;
    std::copy_n(s.poses.begin(), body_count, poses.begin());
    out.insert(out.end(), {m.pull.device, m.pull.angle / degree, m.pull.device - m.pull.at_pelvis,
                           along + m.pull.gravity - lower, m.pull.gravity, lower, upper, s.sticks[m.support.thoracic_harness].force(s.poses), lordosis(m.geometry, poses) / degree,
                           (poses.front().origin - poses.back().origin).norm() - rest_length});
}

}  // namespace foramen::models
