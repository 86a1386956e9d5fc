#!/usr/bin/env python3
"""Writes data/anatomy/*.csv and data/ligaments/strands.csv from published tables.

The landmarks of one complete spine [VHM] (male, tall) are carried onto the mean vertebra [PAN92] by one affine map a
level, in the vertebra's own frame (origin: body centre, x anterior, y left, z cranial):

    x' = fx x,  fx = mean end-plate depth [PAN92] / mean end-plate depth [VHM]
    y' = fy y,  fy = mean end-plate width [PAN92] / mean end-plate width [VHM]
    z' = fz z,  fz = mid-body height here / mid-body height [VHM]

S1 has no row in [PAN92]: its fx and fy are those of L5, its fz is the mean of the two. Points on a transverse process
take their y from the transverse-process span instead of fy. Usage: tools/scale_anatomy.py (no arguments).
"""
import math
import pathlib

ROOT = pathlib.Path(__file__).resolve().parent.parent
LEVELS = ["L1", "L2", "L3", "L4", "L5"]
DISCS = ["L1-L2", "L2-L3", "L3-L4", "L4-L5", "L5-S1"]

# [PAN92], mm: end-plate width upper, lower; depth upper, lower; posterior height; canal width, depth; process span.
PANJABI = {
    "L1": (41.2, 43.3, 34.1, 35.3, 23.8, 23.7, 19.0, 71.2),
    "L2": (42.6, 45.5, 34.6, 34.9, 24.3, 23.8, 18.2, 76.1),
    "L3": (44.1, 48.0, 35.2, 34.8, 23.8, 24.3, 17.5, 85.7),
    "L4": (46.6, 49.5, 35.5, 33.9, 24.1, 25.4, 18.6, 79.4),
    "L5": (47.3, 49.4, 34.7, 33.2, 22.9, 27.1, 19.7, 92.5),
}
# [VHM], mm and deg: end-plate width upper, lower; depth upper, lower; height anterior, posterior; lordotic wedge.
VHM = {
    "L1": (46.6, 48.4, 36.7, 37.9, 28.4, 29.5, -1.8),
    "L2": (48.4, 47.4, 38.7, 38.5, 30.1, 28.4, 2.5),
    "L3": (47.6, 49.1, 38.6, 38.3, 30.4, 28.7, 2.5),
    "L4": (48.5, 52.2, 38.8, 37.6, 29.7, 28.4, 2.0),
    "L5": (53.5, 53.7, 37.1, 34.0, 31.5, 24.1, 12.0),
}
VHM_S1_WIDTH, VHM_S1_DEPTH = 56.3, 31.2
# [ZIN87], mm: pedicle width, height. S1: proposed.
PEDICLE = {"L1": (8.7, 15.4), "L2": (8.9, 15.0), "L3": (10.3, 14.9), "L4": (12.9, 14.8), "L5": (18.0, 14.0)}
# [SSM], mm: mean end-plate depth, mid of anterior and posterior height, pedicle centre x, z.
SSM_PEDICLE = {
    "L2": (35.0, 28.35, -22.0, 4.4), "L3": (36.0, 28.55, -21.0, 3.5),
    "L4": (36.0, 27.45, -20.0, 2.4), "L5": (33.8, 26.5, -17.5, None),
}
PEDICLE_X_L1, PEDICLE_Z_L1, PEDICLE_Z_L5 = -22.5, 4.5, 3.5  # proposed
# [VHM], mm: spinous tip x, z; transverse tip x, y.
SPINOUS = {"L1": (-66.2, -14.6), "L2": (-68.7, -17.2), "L3": (-72.4, -19.8), "L4": (-68.7, -14.7),
           "L5": (-64.8, -13.8), "S1": (-52.6, -29.0)}
TRANSVERSE = {"L1": (-36.0, 36.8), "L2": (-37.0, 43.2), "L3": (-31.0, 47.3), "L4": (-27.0, 46.9),
              "L5": (-27.0, 48.8)}
GANGLION = {"L1": (4.36, 5.39), "L2": (4.56, 5.83), "L3": (4.99, 7.24), "L4": (5.22, 7.97), "L5": (5.82, 10.83),
            "S1": (6.2, 12.0)}
# [VHM] facet pads, mm: centre in the upper vertebra. [PATEL], mm: width, height. [AMMR], deg: transverse, tilt; the tilts of
# L2-L3, L3-L4 and L5-S1 (means 14.5, 16.5, 29.5) calibrated between the joint's two facets or between [VHM] and [AMMR].
FACETS = [
    ((-35.9, 12.9, -24.1), (10.6, 11.3), (25.0, 12.0)), ((-36.9, 13.8, -24.3), (11.6, 12.5), (30.0, 16.5)),
    ((-34.9, 16.5, -24.2), (12.3, 12.8), (40.0, 22.5)), ((-31.7, 19.2, -20.6), (13.0, 12.8), (48.0, 18.0)),
    ((-32.6, 22.2, -22.9), (13.6, 13.1), (53.0, 23.5)),
]
# [VHM] strands, mm: layout, count, eps_r, eps_t by disc, k by disc, (upper x y z) by disc, (lower x y z) by disc. k of the ITL, of the
# CL (0.53 of [VHM], 0.40 at L5-S1) and of the ALL at L3-L4 (582 there): calibrated, docs/validation.md.
STRANDS = {
    "ALL": ("spread", 9, -0.03, (0.07, 0.07, 0.07, 0.08, 0.08), (412, 509, 1300, 485, 291),
            ((16.6, 16, -14.2), (17.8, 16, -15.0), (17.0, 16, -15.1), (18.2, 16, -14.8), (15.7, 16, -15.5)),
            ((16.6, 16, 15.0), (17.0, 16, 15.1), (16.4, 16, 14.8), (16.9, 16, 15.6), (14.9, 16, 0.0))),
    "PLL": ("spread", 5, 0.12, (0.23,) * 5, (191, 412, 119, 290, 246),
            ((-19.1, 6, -14.8), (-18.5, 6, -14.2), (-19.2, 6, -14.4), (-17.9, 6, -14.2), (-17.0, 6, -12.1)),
            ((-20.4, 6, 14.2), (-19.5, 6, 14.3), (-20.3, 6, 14.2), (-18.5, 6, 11.9), (-15.6, 6, 0.0))),
    "LF": ("spread", 11, -0.03, (0.09,) * 5, (25.5, 27.6, 38.1, 30.0, 22.2),
           ((-31.6, 14, -10.2), (-30.0, 14, -9.6), (-30.0, 14, -12.9), (-31.1, 14, -12.3), (-31.0, 14, -10.7)),
           ((-35.9, 14, 3.2), (-34.6, 14, 6.2), (-35.1, 14, 3.6), (-35.6, 14, 3.3), (-31.9, 14, -16.2))),
    "CL": ("pair", 20, 0.55, (0.95,) * 5, (29.6, 23.7, 22.6, 21.3, 10.0),
           ((-38.7, 10.7, -24.2), (-36.9, 10.7, -23.3), (-35.0, 13.1, -24.4), (-33.8, 17.4, -19.3), (-35.3, 20.4, -19.7)),
           ((-39.5, 12.0, 11.8), (-37.0, 12.3, 12.4), (-35.3, 14.1, 10.4), (-35.9, 18.9, 11.2), (-31.7, 21.7, -3.7))),
    "ITL": ("pair", 4, 0.02, (0.10,) * 5, (525, 525, 525, 525, 269),
            ((-34.6, 33.3, -0.1), (-36.6, 39.3, 1.5), (-30.4, 42.8, -0.6), (-25.5, 42.6, 2.2), (-26.2, 44.9, -2.2)),
            ((-36.4, 38.7, 8.1), (-30.7, 42.7, 7.8), (-25.2, 41.8, 8.5), (-26.5, 43.9, 7.3), (-28.2, 40.0, 1.7))),
    "ISL": ("midline", 8, -0.02, (0.05,) * 5, (2.88, 2.75, 3.50, 2.50, 2.58),
            ((-57.8, 0, -20.4), (-60.5, 0, -25.0), (-62.8, 0, -24.9), (-60.1, 0, -23.4), (-53.9, 0, -23.0)),
            ((-53.6, 0, -0.9), (-54.8, 0, -1.2), (-58.0, 0, -2.3), (-53.7, 0, -4.2), (-43.1, 0, -21.4))),
    "SSL": ("midline", 1, -0.08, (0.20,) * 5, (35.8, 38.6, 36.4, 28.0, 19.9),
            ((-66.1, 0, -16.6), (-68.6, 0, -16.5), (-72.3, 0, -18.5), (-68.2, 0, -18.7), (-63.4, 0, -18.5)),
            ((-68.3, 0, -13.6), (-70.9, 0, -13.8), (-68.6, 0, -14.8), (-64.5, 0, -16.2), (-52.4, 0, -29.5))),
}
# [PIN92] through [AMMR]: failure strain by disc; ITL after Chazal 1985. CL: no level means.
FAILURE = {"ALL": (0.44, 0.49, 0.328, 0.447, 0.281), "PLL": (0.157, 0.113, 0.158, 0.127, 0.15),
           "LF": (0.786, 0.288, 0.706, 1.02, 0.831), "CL": (None,) * 5, "ITL": (0.16,) * 5,
           "ISL": (1.197, 0.515, 0.965, 0.874, 0.529), "SSL": (0.834, 0.706, 1.094, 1.063, 1.151)}


def mean(*values):
    return sum(values) / len(values)


def scale_factors():
    factors = {}
    for level in LEVELS:
        p, v = PANJABI[level], VHM[level]
        fx = mean(p[2], p[3]) / mean(v[2], v[3])
        fy = mean(p[0], p[1]) / mean(v[0], v[1])
        fz = mean(p[4], height_anterior(level)) / mean(v[4], v[5])
        factors[level] = (fx, fy, fz)
    fx, fy, _ = factors["L5"]
    factors["S1"] = (fx, fy, mean(fx, fy))
    return factors


def height_anterior(level):
    p = PANJABI[level]
    return p[4] + mean(p[2], p[3]) * math.tan(math.radians(VHM[level][6]))


def transverse_factor(level, factors):
    """y of points on a transverse process; S1 has none and takes fy."""
    return factors["S1"][1] if level == "S1" else PANJABI[level][7] / 2 / TRANSVERSE[level][1]


def pedicle_centre(level, factors):
    y = mean(PANJABI[level][5], PEDICLE[level][0])  # medial wall on the canal's lateral wall
    depth = mean(PANJABI[level][2], PANJABI[level][3])
    if level == "L1":
        return PEDICLE_X_L1, y, PEDICLE_Z_L1
    ssm_depth, ssm_height, x, z = SSM_PEDICLE[level]
    fz = mean(PANJABI[level][4], height_anterior(level)) / ssm_height
    return x * depth / ssm_depth, y, PEDICLE_Z_L5 if z is None else z * fz


def transverse_tip(level, factors):
    """x from [VHM]; y half the span [PAN92]; z midway between the intertransverse attachments on the process."""
    fx, _, fz = factors[level]
    i = LEVELS.index(level)
    z_below = STRANDS["ITL"][5][i][2]
    z_above = STRANDS["ITL"][6][i - 1][2] if i > 0 else z_below + 8.0
    return TRANSVERSE[level][0] * fx, PANJABI[level][7] / 2, mean(z_above, z_below) * fz


def text(value):
    return "" if value is None else f"{value:.4g}" if isinstance(value, float) and abs(value) < 10 else (
        f"{value:.1f}" if isinstance(value, float) else str(value))


def write(path, comments, header, rows):
    lines = [f"# {c}" for c in comments] + [",".join(header)] + [",".join(text(v) for v in r) for r in rows]
    (ROOT / "data" / path).write_text("\n".join(lines) + "\n")


def mm(v):
    return f"{v:.1f}"


def vertebrae(factors):
    rows = []
    for level in LEVELS:
        p = PANJABI[level]
        fx, _, fz = factors[level]
        rows.append([level, *map(mm, p[:4]), mm(height_anterior(level)), mm(p[4]), mm(p[5]), mm(p[6]),
                     *map(mm, PEDICLE[level]), *map(mm, pedicle_centre(level, factors)),
                     mm(SPINOUS[level][0] * fx), mm(SPINOUS[level][1] * fz),
                     *map(mm, transverse_tip(level, factors)), *map("{:.2f}".format, GANGLION[level]),
                     "RECALLED+COMPUTED", "PAN92 ZIN87 VHM SSM SILAV16"])
    fx, fy, fz = factors["S1"]
    rows.append(["S1", mm(VHM_S1_WIDTH * fy), 0, mm(VHM_S1_DEPTH * fx), 0, 0, 0, 30.0, 17.0, 20.0, 20.0, -20.0, 25.0, -11.5,
                 mm(SPINOUS["S1"][0] * fx), mm(SPINOUS["S1"][1] * fz),
                 mm(-28.2 * fx), mm(40.0 * fy), mm(1.7 * fz), *map("{:.2f}".format, GANGLION["S1"]),
                 "COMPUTED+PROPOSED", "VHM"])
    write("anatomy/vertebrae.csv",
          ["One row a vertebra: the default adult (mixed sex, stature 175 cm). Written by tools/scale_anatomy.py.",
           "Frame of L1..L5: origin at the body's centre, x anterior, y left, z cranial. S1: middle of its end-plate, x along it.",
           "Status and source of every column: README.md. S1: pedicle_* is the top of ala and pedicle below the L5-S1 foramen."],
          ["level", "endplate_width_upper [mm]", "endplate_width_lower [mm]", "endplate_depth_upper [mm]",
           "endplate_depth_lower [mm]", "height_anterior [mm]", "height_posterior [mm]", "canal_width [mm]",
           "canal_depth [mm]", "pedicle_width [mm]", "pedicle_height [mm]", "pedicle_x [mm]", "pedicle_y [mm]",
           "pedicle_z [mm]", "spinous_tip_x [mm]", "spinous_tip_z [mm]", "transverse_tip_x [mm]", "transverse_tip_y [mm]",
           "transverse_tip_z [mm]", "ganglion_width [mm]", "ganglion_length [mm]", "status", "source"], rows)


def discs():
    heights, wedges = (8.5, 10.0, 11.0, 11.5, 10.5), (4.2, 3.8, 6.5, 9.0, 10.0)
    hollows = (2.0, 2.0, 2.0, 2.0, 0.5)
    rows = [[d, mm(heights[i]), mm(wedges[i]), mm(hollows[i]), 1.5, 0.7, "PROPOSED+COMPUTED+FOUND", "VHM WANG12"]
            for i, d in enumerate(DISCS)]
    write("anatomy/discs.csv",
          ["One row a disc, healthy, supine. Written by tools/scale_anatomy.py. Status by column:",
           "height_mid PROPOSED (between the MRI and CT means), lordotic_wedge COMPUTED [VHM] (anterior open positive),",
           "posterior_concavity PROPOSED, endplate_concavity_* FOUND [WANG12] (cranial: of the end-plate above the disc)."],
          ["disc", "height_mid [mm]", "lordotic_wedge [deg]", "posterior_concavity [mm]", "endplate_concavity_cranial [mm]",
           "endplate_concavity_caudal [mm]", "status", "source"], rows)


def facets(factors):
    rows = []
    for i, (centre, size, angles) in enumerate(FACETS):
        point = [mm(c * f) for c, f in zip(centre, factors[LEVELS[i]])]
        calibrated = "+CALIBRATED" if DISCS[i] in ("L2-L3", "L3-L4", "L5-S1") else ""
        rows.append([DISCS[i], *point, *map(mm, size), *map(mm, angles), "COMPUTED+FOUND" + calibrated, "VHM PATEL AMMR"])
    write("anatomy/facets.csv",
          ["One row a facet pair: the left joint, in the frame of the upper vertebra. Written by tools/scale_anatomy.py. centre_* COMPUTED [VHM], scaled;",
           "width, height FOUND [PATEL] (that study's own); angles FOUND [AMMR], means of both sides of the joint, three tilts CALIBRATED within the sides'",
           "or the sources' (README.md). Outward normal of the left inferior facet: (sin a cos b, cos a cos b, -sin b), a = transverse_angle, b = tilt."],
          ["disc", "centre_x [mm]", "centre_y [mm]", "centre_z [mm]", "width [mm]", "height [mm]", "transverse_angle [deg]",
           "tilt [deg]", "status", "source"], rows)


def thorax(factors):
    l1 = mean(PANJABI["L1"][4], height_anterior("L1"))
    t12_height = 22.7 - 33.1 * math.tan(math.radians(3.5)) / 2  # [PAN91] posterior height, wedge of [MAS10]
    write("anatomy/thorax.csv",
          ["The thorax frame (T12: origin at its body's centre, x along its end-plates) in the frame of L1, neutral.",
           "z PROPOSED: half of L1 + a T12-L1 disc of 7 mm + half of T12; x and tilt (anterior up positive) COMPUTED from [CHR]."],
          ["body", "x [mm]", "z [mm]", "tilt [deg]", "status", "source"],
          [["thorax", 1.3, mm(l1 / 2 + 7.0 + t12_height / 2), 0.7, "PROPOSED+COMPUTED", "PAN91 MAS10 CHR"]])


def ligaments(factors):
    rows = []
    for name, (layout, count, eps_r, eps_t, k, upper, lower) in STRANDS.items():
        for i, disc in enumerate(DISCS):
            points = []
            for level, point in zip((LEVELS + ["S1"])[i:i + 2], (upper[i], lower[i])):
                fx, fy, fz = factors[level]
                y = transverse_factor(level, factors) if name == "ITL" else fy
                points += [mm(point[0] * fx), mm(point[1] * y), mm(point[2] * fz)]
            rows.append([name, disc, layout, count, *points, eps_r, eps_t[i], k[i], FAILURE[name][i],
                         "FOUND+COMPUTED+CALIBRATED" if name in ("ITL", "CL") or (name, disc) == ("ALL", "L3-L4") else "FOUND+COMPUTED", "VHM AMMR" if FAILURE[name][i] else "VHM"])
    write("ligaments/strands.csv",
          ["One row a ligament and disc. Written by tools/scale_anatomy.py. Law: slack length l0 = l (1 + reference_strain),",
           "eps = (l - l0)/l0, F = k eps^2/(2 eps_t) for 0 < eps < eps_t, F = k (eps - eps_t/2) above; k for each strand.",
           "layout: spread = strands from -y to +y, pair = half of the strands at +y and half at -y, midline = at y = 0.",
           "Law FOUND [VHM]; points COMPUTED [VHM], scaled; failure_strain FOUND [AMMR] after Pintar 1992 and Chazal 1985, empty: none."],
          ["ligament", "disc", "layout", "strands [1]", "upper_x [mm]", "upper_y [mm]", "upper_z [mm]", "lower_x [mm]",
           "lower_y [mm]", "lower_z [mm]", "reference_strain [1]", "transition_strain [1]", "stiffness [N]",
           "failure_strain [1]", "status", "source"], rows)


def main():
    factors = scale_factors()
    vertebrae(factors)
    discs()
    facets(factors)
    thorax(factors)
    ligaments(factors)
    for level, f in factors.items():
        print(level, *(f"{v:.3f}" for v in f))


if __name__ == "__main__":
    main()
