#!/usr/bin/env python3
"""Writes data/muscles/fascicles.csv from the fascicles of a published lumbar model.

Usage: tools/convert_fascicles.py ChristophyMuscle.txt          writes the table, prints the checks of the README
       (the file is geometry/ChristophyMuscle.txt of amir-abdi/artisynth-rl, MIT licence; data of Christophy 2012)

Source axes: x anterior, y cranial, z right; metres; right side. Ours: x anterior, y left, z cranial; mm; the right side's
y is mirrored onto the left. Every point goes into a frame of models/anatomy.hpp at the size of data/anatomy:

  L1..L5   the source's vertebra meshes give its body centre and its mean end-plate direction; then a diagonal scale:
           x by the spinous process (tip behind body centre), y by the transverse process (half span), z by body height.
  S1       (pelvis and sacrum) origin at the middle of the source's sacral end-plate, turned by its slope; size kept, but
           what lies behind the end-plate's middle is stretched backwards by the ratio of end-plate depths.
  thorax   origin at the source's T12 body centre, turned by T12's mean end-plate direction; size kept.
"""
import csv
import math
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
LEVELS = ["L1", "L2", "L3", "L4", "L5"]

# Measured on the source's meshes (lumbar*.obj and thoracic12_s.obj at its display scale 0.87, sacrum.obj at 1), in the
# source's body frames, mm (x anterior, z cranial): end-plate corners upper posterior, upper anterior, lower posterior,
# lower anterior; spinous tip; transverse tip (x, y, z).
MESH = {
    "L1": ((-21.4, 25.1), (5.0, 35.9), (-13.5, 0.0), (13.2, 12.7), (-48.0, -8.8), (-28.7, 31.5, 14.9)),
    "L2": ((-21.3, 23.0), (4.8, 34.6), (-13.1, 1.4), (12.0, 7.8), (-47.0, -11.6), (-28.3, 31.5, 12.6)),
    "L3": ((-19.0, 29.7), (9.4, 37.0), (-14.1, 6.3), (12.5, 8.4), (-50.6, -1.0), (-27.7, 32.4, 20.4)),
    "L4": ((-10.6, 32.5), (17.6, 32.9), (-10.6, 8.5), (16.7, 4.4), (-48.1, 9.9), (-21.1, 32.5, 25.4)),
    "L5": ((0.8, 32.3), (28.5, 26.8), (-2.9, 10.5), (20.1, 0.6), (-36.1, 18.3), (-10.9, 32.5, 27.6)),
    "thorax": ((-35.2, 140.1), (-8.9, 150.7), (-23.7, 117.0), (-0.6, 128.8)),
}
SACRAL_ENDPLATE = ((-112.0, 74.3), (-92.0, 60.0))  # posterior and anterior edge, in the pelvis frame
# Origins of the source's body frames in its global frame, neutral posture, mm (x, z). Pelvis and sacrum share one.
ORIGIN = {"L1": (-106.5, 1130.2), "L2": (-95.1, 1101.4), "L3": (-88.4, 1066.3), "L4": (-89.0, 1033.1),
          "L5": (-98.0, 1001.0), "S1": (0.0, 930.0), "thorax": (-104.0, 1041.2)}
BODY = {"lumbar1": "L1", "lumbar2": "L2", "lumbar3": "L3", "lumbar4": "L4", "lumbar5": "L5", "pelvis": "S1",
        "sacrum": "S1", "torso": "thorax"}
GROUPS = [("Ps_", "psoas"), ("rect_abd", "rectus_abdominis"), ("IL_", "iliocostalis"), ("LTp", "longissimus"),
          ("QL_", "quadratus_lumborum"), ("MF_", "multifidus"), ("EO", "external_oblique"), ("IO", "internal_oblique")]


def read_source(path):
    """Right-side fascicles as published: dicts with name, points [(body, x, y, z) mm in our axes], numbers."""
    fascicles, current = [], None
    for line in pathlib.Path(path).read_text().splitlines():
        words = line.split()
        if not words:
            continue
        if words[0] == "beginmuscle":
            current = {"name": words[1], "points": []}
        elif words[0] == "endmuscle":
            fascicles.append(current)
        elif "segment" in words:
            x, up, right = (1000.0 * float(w) for w in words[:3])
            current["points"].append((words[4], x, right, up))  # right side mirrored: y = +z
        elif words[0] in ("max_force", "optimal_fiber_length", "tendon_slack_length", "pennation_angle"):
            current[words[0]] = float(words[1])
    return [f for f in fascicles if f["name"].endswith("_r")]


def read_table(name):
    with open(ROOT / "data" / name, encoding="utf-8") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    return [{k.split(" [")[0]: v for k, v in row.items()} for row in rows]


def mean(*values):
    return sum(values) / len(values)


def turn(angle, x, z):
    """Components of (x, z) along axes turned by `angle`, anterior up positive."""
    c, s = math.cos(angle), math.sin(angle)
    return c * x + s * z, -s * x + c * z


def body_frame(corners):
    """Centre, mean end-plate direction, mid height of a vertebral body from its four mid-sagittal corners."""
    up_post, up_ant, low_post, low_ant = corners
    centre = (mean(*(p[0] for p in corners)), mean(*(p[1] for p in corners)))
    tilt = mean(*(math.atan2(a[1] - p[1], a[0] - p[0]) for p, a in ((up_post, up_ant), (low_post, low_ant))))
    upper = (mean(up_post[0], up_ant[0]), mean(up_post[1], up_ant[1]))
    lower = (mean(low_post[0], low_ant[0]), mean(low_post[1], low_ant[1]))
    return centre, tilt, math.dist(upper, lower)


def build_maps(vertebrae):
    """One function a body: point in the source's body frame to ours, mm; and the scale factors for the README."""
    maps, scales = {}, {}
    for level in LEVELS:
        row = vertebrae[level]
        centre, tilt, height = body_frame(MESH[level][:4])
        tip = turn(tilt, MESH[level][4][0] - centre[0], MESH[level][4][1] - centre[1])
        sx = float(row["spinous_tip_x"]) / tip[0]
        sy = float(row["transverse_tip_y"]) / MESH[level][5][1]
        sz = mean(float(row["height_anterior"]), float(row["height_posterior"])) / height

        def to_level(x, y, z, c=centre, t=tilt, s=(sx, sy, sz)):
            px, pz = turn(t, x - c[0], z - c[1])
            return s[0] * px, s[1] * y, s[2] * pz

        maps[level], scales[level] = to_level, (sx, sy, sz)

    posterior, anterior = SACRAL_ENDPLATE
    middle = (mean(posterior[0], anterior[0]), mean(posterior[1], anterior[1]))
    slope = math.atan2(anterior[1] - posterior[1], anterior[0] - posterior[0])
    stretch = float(vertebrae["S1"]["endplate_depth_upper"]) / math.dist(posterior, anterior)

    def to_sacrum(x, y, z):
        behind = x - middle[0]
        px, pz = turn(slope, behind * (stretch if behind < 0.0 else 1.0), z - middle[1])
        return px, y, pz

    centre, tilt, _ = body_frame(MESH["thorax"])

    def to_thorax(x, y, z):
        px, pz = turn(tilt, x - centre[0], z - centre[1])
        return px, y, pz

    maps["S1"], maps["thorax"] = to_sacrum, to_thorax
    scales["S1"], scales["thorax"] = (stretch, 1.0, 1.0), (1.0, 1.0, 1.0)
    return maps, scales


def stack(vertebrae, discs, thorax):
    """Neutral pose (x, z, tilt anterior down) of every body frame in that of L1: the default adult's own stack."""
    def half(level):
        return mean(float(vertebrae[level]["height_anterior"]), float(vertebrae[level]["height_posterior"])) / 2

    def wedge(level):
        row = vertebrae[level]
        depth = mean(float(row["endplate_depth_upper"]), float(row["endplate_depth_lower"]))
        return math.atan((float(row["height_anterior"]) - float(row["height_posterior"])) / depth)

    def step(pose, turn_by, down):
        x, z, a = pose[0], pose[1], pose[2] + turn_by
        return x - math.sin(a) * down, z - math.cos(a) * down, a

    pose = (0.0, 0.0, 0.0)
    poses = {"L1": pose, "thorax": (float(thorax["x"]), float(thorax["z"]), -math.radians(float(thorax["tilt"])))}
    for upper, lower, disc in zip(LEVELS, LEVELS[1:] + ["S1"], discs):
        pose = step(pose, 0.0, half(upper))
        pose = step(pose, (wedge(upper) + math.radians(float(disc["lordotic_wedge"]))) / 2, float(disc["height_mid"]))
        lower_wedge = wedge(lower) if lower != "S1" else 0.0
        pose = step(pose, (math.radians(float(disc["lordotic_wedge"])) + lower_wedge) / 2, half(lower) if lower != "S1" else 0.0)
        poses[lower] = pose
    return poses


def path_length(points, place):
    placed = [place(*p) for p in points]
    return sum(math.dist(a, b) for a, b in zip(placed, placed[1:]))


def convert(source, maps):
    kept, left_out = [], []
    for fascicle in source:
        name = fascicle["name"][:-2]
        group = next((g for prefix, g in GROUPS if name.startswith(prefix)), None)
        if group is None or any(p[0] not in BODY for p in fascicle["points"]):
            left_out.append(name)
            continue
        ours = [(BODY[b], *maps[BODY[b]](x, y, z)) for b, x, y, z in fascicle["points"]]
        # -0.0 and signs of rounding would make the file depend on the machine
        ours = [(b, *(round(v, 1) + 0.0 for v in p)) for b, *p in ours]
        kept.append((name, group, fascicle, ours))
    return kept, left_out


def write(kept):
    lines = ["# One row a fascicle, left side (the right is its mirror image). Written by tools/convert_fascicles.py.",
             "# path: first, via points, last; each as body x y z [mm] in the frames of models/anatomy.hpp, default adult.",
             "# Forces and lengths FOUND [CHR]; points FOUND [CHR], COMPUTED into our frames; see README.md.",
             "name,muscle,max_force [N],optimal_fibre_length [mm],tendon_slack_length [mm],pennation [deg],path,status,source"]
    for name, group, fascicle, points in kept:
        path = "; ".join(f"{b} {x:.1f} {y:.1f} {z:.1f}" for b, x, y, z in points)
        lines.append(f"{name},{group},{fascicle['max_force']:.2f},{1000 * fascicle['optimal_fiber_length']:.1f},"
                     f"{1000 * fascicle['tendon_slack_length']:.1f},{fascicle['pennation_angle']:.1f},{path},FOUND+COMPUTED,CHR")
    (ROOT / "data" / "muscles" / "fascicles.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def report(kept, left_out, scales, vertebrae, poses):
    print("| body | scale x | scale y | scale z |\n|---|---|---|---|")
    for body, s in scales.items():
        print(f"| {body} | {s[0]:.2f} | {s[1]:.2f} | {s[2]:.2f} |")

    ends = {}
    for name, group, _, points in kept:
        for point in (points[0], points[-1]):
            ends.setdefault((group, point[0]), []).append(point[1:])
    print("\n| level | spinous tip (x, z) | multifidus on it, mean (x, z) | distance mean, max | transverse tip (x, y, z) "
          "| QL and iliocostalis on it, mean | distance |\n|---|---|---|---|---|---|---|")
    for level in LEVELS:
        row = vertebrae[level]
        tip = (float(row["spinous_tip_x"]), float(row["spinous_tip_z"]))
        spinous = [(x, z) for g, b in ends for x, y, z in ends[g, b] if g == "multifidus" and b == level and abs(y) < 6]
        distances = [math.dist(p, tip) for p in spinous]
        side = tuple(float(row[f"transverse_tip_{a}"]) for a in "xyz")
        lateral = ends.get(("quadratus_lumborum", level), []) + ends.get(("iliocostalis", level), [])
        text = "| - | - |"
        if lateral:
            centre = tuple(mean(*(p[i] for p in lateral)) for i in range(3))
            text = f"| {centre[0]:.1f}, {centre[1]:.1f}, {centre[2]:.1f} | {math.dist(centre, side):.1f} |"
        print(f"| {level} | {tip[0]:.1f}, {tip[1]:.1f} | {mean(*(p[0] for p in spinous)):.1f}, {mean(*(p[1] for p in spinous)):.1f} "
              f"| {mean(*distances):.1f}, {max(distances):.1f} | {side[0]:.1f}, {side[1]:.1f}, {side[2]:.1f} {text}")

    def ours(body, x, y, z):
        px, pz, a = poses[body]
        return px + math.cos(a) * x + math.sin(a) * z, y, pz - math.sin(a) * x + math.cos(a) * z

    def theirs(body, x, y, z):
        origin = ORIGIN[BODY[body]]
        return origin[0] + x, y, origin[1] + z

    print("\n| muscle | fascicles | points | sum of F_max, N | length here / source, mean (min to max) "
          "| (L_opt + L_slack) / length here, mean |\n|---|---|---|---|---|---|")
    for group in [g for _, g in GROUPS]:
        rows = [(f, p) for _, g, f, p in kept if g == group]
        here = [path_length(p, ours) for _, p in rows]
        ratio = [h / path_length(f["points"], theirs) for (f, _), h in zip(rows, here)]
        slack = [1000 * (f["optimal_fiber_length"] * math.cos(math.radians(f["pennation_angle"])) + f["tendon_slack_length"]) / h
                 for (f, _), h in zip(rows, here)]
        print(f"| {group} | {len(rows)} | {sum(len(p) for _, p in rows)} | {sum(f['max_force'] for f, _ in rows):.0f} "
              f"| {mean(*ratio):.2f} ({min(ratio):.2f} to {max(ratio):.2f}) | {mean(*slack):.2f} |")
    print(f"\nLeft out ({len(left_out)}): {', '.join(left_out)}")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    vertebrae = {row["level"]: row for row in read_table("anatomy/vertebrae.csv")}
    maps, scales = build_maps(vertebrae)
    kept, left_out = convert(read_source(sys.argv[1]), maps)
    write(kept)
    poses = stack(vertebrae, read_table("anatomy/discs.csv"), read_table("anatomy/thorax.csv")[0])
    report(kept, left_out, scales, vertebrae, poses)


if __name__ == "__main__":
    main()
