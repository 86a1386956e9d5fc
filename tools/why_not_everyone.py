#!/usr/bin/env python3
"""Runs the sessions of docs/why-not-everyone.md, and writes its tables (between its markers) and pictures.

    tools/why_not_everyone.py [--foramen PROGRAM] [--results FOLDER] [--only-print] [--threads N]

Scenarios: scenarios/library and scenarios/why, all at `coarse`; a name with @reference is run at `reference`. A result that is there already is kept; --only-print runs nothing.
"""
import argparse
import csv
import pathlib
import subprocess

from histories import ROOT

PAGE = ROOT / "docs" / "why-not-everyone.md"
PICTURES = ROOT / "docs" / "pictures"
BEGIN, END = "<!-- tables:begin -->", "<!-- tables:end -->"

FORCES = ["level_force", "disc_force", "muscle_force"]
DISC = ["idp_before", "idp_lowest", "idp_hold", "height_hold", "height_after", "water_after"]
OPENING = ["area_before", "area_hold", "area_after"]
ROOT_MEASURES = ["root_before", "root_hold", "root_lasts", "root_free", "recess_before", "recess_hold"]
GANGLION = ["ganglion_before", "ganglion_hold", "ganglion_free"]
PROTRUSION = ["protrusion_before", "protrusion_hold", "protrusion_after"]
CLINIC = "clinic-split-supine"
HEALTHY = "healthy-young"

# title, level, picture's name, scenarios, measures
GROUPS = [
    ("Herniated disc", "L4-L5", "herniation", [HEALTHY, CLINIC, "herniation-l4-l5", "young-herniation", "central-herniation"],
     ["idp_lowest", "height_hold"] + PROTRUSION + ["root_before", "root_hold", "root_lasts", "root_free", "canal_hold"]),
    ("Degenerative disc disease", "L4-L5", "degeneration", ["healthy-young", "default", "middle-aged-grade-3", "old-grade-4"],
     FORCES[:2] + DISC + OPENING),
    ("Sciatica", "L4-L5", "sciatica", [HEALTHY, CLINIC, "sciatica", "herniation-l4-l5"], ROOT_MEASURES + PROTRUSION),
    ("Foraminal stenosis", "L5-S1", "stenosis", [HEALTHY, CLINIC, "stenosis-l5-s1"], OPENING + GANGLION + ["level_flexion"]),
    ("Facet dysfunction", "L4-L5", "facets", [HEALTHY, CLINIC, "facet-dysfunction"],
     FORCES[:2] + ["facet_force", "height_hold", "level_flexion"] + OPENING[1:] + ["recess_before", "recess_hold"]),
    ("Tightness and guarding", "L4-L5", "muscles", [HEALTHY, "muscles-off", CLINIC, "tight-muscles", "guarding-patient", "spasm"],
     FORCES + ["idp_before", "idp_lowest", "height_hold", "area_hold"]),
    ("Osteoporosis", "L4-L5", "osteoporosis", [HEALTHY, CLINIC, "osteoporosis-study"], FORCES[:2] + DISC[:4] + OPENING[1:2]),
    ("Instability", "L4-L5", "instability", [HEALTHY, CLINIC, "instability-study", "spondylolisthesis-study"],
     FORCES + ["height_hold", "height_after", "level_flexion", "peak_fibre_strain"] + OPENING + ["canal_hold"]),
    ("Intermittent against continuous", "L4-L5", "continuous", [CLINIC, "static-same-peak", "static-same-mean", "sinusoidal"],
     DISC + OPENING[1:] + ["dose_low_pressure"]),
    ("Weight", "L4-L5", "weight", ["weight-25", CLINIC, "weight-60"], FORCES + DISC[1:] + OPENING[1:]),
    ("Angle of pull", "L5-S1", "angle", ["angle-0", CLINIC, "angle-30"], FORCES[:2] + ["height_hold", "level_flexion"] + OPENING[1:]),
    ("Duration", "L4-L5", "duration", ["duration-10", CLINIC, "duration-45"], DISC[2:] + OPENING[1:]),
    ("Posture", "L5-S1", "posture", [CLINIC, "fowler", "prone"], FORCES[:2] + ["idp_before", "idp_lowest", "height_hold", "level_flexion"] + OPENING),
    ("Table", "L4-L5", "table", [CLINIC, "solid-table", "gravity-table"], ["largest_force"] + FORCES[:2] + ["height_hold"] + OPENING[1:]),
    ("Home, hands and clinic", "L4-L5", "home", [CLINIC, "home-pneumatic", "manual", "decompression-15x60-30", "weight-bath"],
     ["largest_force"] + FORCES[:2] + DISC[1:] + OPENING[1:]),
    ("A day with and without a session", "L4-L5", "day", ["single-after-standing", "same-day-without"], ["height_before", "height_hold", "height_end"]),
    ("What the mesh does", "L4-L5", "mesh",
     [CLINIC, CLINIC + "@reference", "herniation-l4-l5", "herniation-l4-l5@reference", "sciatica", "sciatica@reference"],
     DISC[:2] + ["height_hold", "height_after", "area_hold", "protrusion_hold"] + ROOT_MEASURES[:4]),
]
PULL_BY_PULL = ["sciatica", "central-herniation"]
COURSE = "course-10-sessions"


def scenario(name):
    for folder in ("why", "library"):
        path = ROOT / "scenarios" / folder / f"{name}.yaml"
        if path.exists():
            return path
    raise SystemExit(f"no scenario {name}")


def run(program, results, name, threads):
    """The result of a scenario; computed unless it is there."""
    result = results / f"{name}.h5"
    if result.exists():
        return
    base, _, resolution = name.partition("@")
    rarely = "60 min" if base in (COURSE, "single-after-standing", "same-day-without") else "5 min"
    text = f"foramen: 1\nextends: {scenario(base)}\nmodel: {{resolution: {resolution or 'coarse'}}}\noutput: {{fields: every {rarely}}}\n"
    (results / f"{name}.yaml").write_text(text)
    subprocess.run([program, "run", results / f"{name}.yaml", "-o", result, "--quiet", "--threads", str(threads)], check=True, stdout=subprocess.DEVNULL)


def number(text, digits=3):
    if text == "":
        return "–"
    value = float(text)
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.{digits - 1}f}" if abs(value) >= 10 else f"{value:.{digits}f}"


def compared(program, results, names, level, picture):
    """Rows of `foramen compare`, and its picture."""
    table = results / "compared.csv"
    command = [program, "compare", *[results / f"{n}.h5" for n in names], "--level", level, "--csv", table]
    if picture:
        command += ["--plot", PICTURES / f"why-{picture}.svg"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    with open(table, newline="") as stream:
        rows = list(csv.DictReader(stream))
    return [{k.split(" [")[0]: (v, k.partition("[")[2].rstrip("]")) for k, v in row.items()} for row in rows]


def section(program, results, group):
    title, level, picture, names, measures = group
    rows = compared(program, results, names, level, picture)
    lines = [f"### {title}", "", f"{level}, left. Picture: [why-{picture}.svg](pictures/why-{picture}.svg).", ""]
    lines.append("| measure | unit | " + " | ".join(f"`{n}`" for n in names) + " |")
    lines.append("|---" * (len(names) + 2) + "|")
    for m in measures:
        lines.append(f"| {TITLES[m]} | {rows[0][m][1]} | " + " | ".join(number(r[m][0]) for r in rows) + " |")
    return "\n".join(lines) + "\n"


TITLES = {
    "largest_force": "largest device force", "level_force": "force through the level, last pull", "disc_force": "carried by the disc",
    "muscle_force": "carried by muscles, more than before", "idp_before": "disc pressure before", "idp_lowest": "lowest",
    "idp_hold": "end of the last pull", "height_before": "disc height before", "height_hold": "height gained, last pull",
    "height_end": "disc height at the end", "height_after": "height kept at the end", "water_after": "water gained at the end", "area_before": "foraminal area before",
    "area_hold": "opened, last pull", "area_after": "opening kept at the end", "canal_hold": "canal deeper, last pull",
    "protrusion_before": "protrusion before", "protrusion_hold": "its change, last pull", "protrusion_after": "change kept at the end",
    "root_before": "disc to root before", "root_hold": "gained, last pull", "root_lasts": "of that lasts", "root_free": "root free per pull",
    "recess_before": "room for the root before", "recess_hold": "gained, last pull", "ganglion_before": "room around the ganglion before",
    "ganglion_hold": "gained, last pull", "ganglion_free": "ganglion free per pull", "facet_force": "largest facet force",
    "level_flexion": "flexion of the level, last pull", "peak_fibre_strain": "largest fibre strain", "dose_low_pressure": "pressure below rest, over time",
}


def pull_section(program, results):
    """How long a root is free in each pull."""
    table = results / "pulls.csv"
    command = [program, "compare", *[results / f"{n}.h5" for n in PULL_BY_PULL], "--pulls-csv", table]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    with open(table, newline="") as stream:
        rows = list(csv.DictReader(stream))
    lines = ["### Pull by pull", "", "L4-L5, left (`foramen compare --per-pull`). A cycle lasts from the end of the pull before to the end of its own.", "",
             "| session | pull | height gained [mm] | foramen opened [%] | disc to root at its end [mm] | root free in the cycle [s] |", "|---|---|---|---|---|---|"]
    for r in rows:
        if int(r["pull"]) in (1, 2, 5, 10, 15):
            name = pathlib.Path(r["session"]).stem
            lines.append(f"| `{name}` | {r['pull']} | {number(r['height_gained [mm]'])} | {number(r['area_opened [%]'])} | "
                         f"{number(r['root_clearance [mm]'])} | {number(r['root_free [s]'])} |")
    return "\n".join(lines) + "\n"


def course_sessions(program, results, name):
    """Of each session of a course: height before and at the end of its last pull [mm], water before [mm3], opening of the foramen [%]."""
    table = results / "course.csv"
    subprocess.run([program, "export", results / f"{name}.h5", "-o", table], check=True, stdout=subprocess.DEVNULL)
    with open(table, newline="") as stream:
        rows = list(csv.reader(stream))
    column = {head.rsplit(" [", 1)[0]: i for i, head in enumerate(rows[0])}
    data = [[float(x) for x in row] for row in rows[1:]]
    force = [r[column["device_force"]] for r in data]
    peak = max(force)
    height, water, area = (column[n] for n in ("disc_height_mid[L4-L5]", "fluid_content[L4-L5]", "foramen_area[L4-L5 left]"))
    sessions, i = [], 0
    while i < len(data):
        if force[i] <= 1.0 or (i > 0 and force[i - 1] > 1.0):
            i += 1
            continue
        before, end = data[i - 1], i
        while end + 1 < len(data) and force[end + 1] > 1.0:
            end += 1
        hold = max(k for k in range(i, end + 1) if force[k] >= peak * (1 - 1e-9))
        sessions.append((before[height], data[hold][height], before[water], 100 * (data[hold][area] / before[area] - 1)))
        i = end + 1
    return sessions


def course_section(program, results):
    """Height and water before each session and at the end of its last pull."""
    compared(program, results, [COURSE], "L4-L5", "course")
    coarse, reference = (course_sessions(program, results, name) for name in (COURSE, COURSE + "@reference"))
    lines = ["### A course of ten sessions", "", "L4-L5. Picture: [why-course.svg](pictures/why-course.svg). Heights at `coarse` and at `reference`.", "",
             "| session | height before [mm] | at `reference` | end of its last pull [mm] | at `reference` | water before, less that of the first [mm3] | opening of the left foramen, last pull [%] |",
             "|---|---|---|---|---|---|---|"]
    for number_of_session, (c, r) in enumerate(zip(coarse, reference), start=1):
        lines.append(f"| {number_of_session} | {c[0]:.3f} | {r[0]:.3f} | {c[1]:.3f} | {r[1]:.3f} | {c[2] - coarse[0][2]:.1f} | {c[3]:.2f} |")
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--foramen", default=str(ROOT / "build/release/foramen"))
    parser.add_argument("--results", default=str(ROOT / "results/why"))
    parser.add_argument("--threads", default=2)
    parser.add_argument("--only-print", action="store_true")
    arguments = parser.parse_args()
    results = pathlib.Path(arguments.results)
    results.mkdir(parents=True, exist_ok=True)
    names = sorted({n for g in GROUPS for n in g[3]} | {COURSE, COURSE + "@reference"})
    for n in names:
        if not arguments.only_print:
            print(n, flush=True)
            run(arguments.foramen, results, n, arguments.threads)
    text = "\n".join([section(arguments.foramen, results, g) for g in GROUPS]
                     + [pull_section(arguments.foramen, results), course_section(arguments.foramen, results)])
    page = PAGE.read_text()
    head, rest = page.split(BEGIN)
    PAGE.write_text(head + BEGIN + "\n\n" + text + "\n" + END + rest.split(END)[1])


if __name__ == "__main__":
    main()
