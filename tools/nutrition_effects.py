#!/usr/bin/env python3
"""Runs the default session with solutes for several end-plates and protocols and prints what the discs live on, as Markdown.

    tools/nutrition_effects.py [--foramen PROGRAM] [--results FOLDER] [--only-print] [--only PART]

Scenarios differ from scenarios/library/default.yaml in what their name says, in `model.transport` and, but for one, in the coarse mesh.
docs/nutrition.md says what came out.
"""
import argparse
import pathlib
import subprocess

from histories import LEVELS, ROOT, History

STATIC = "session:\n  - rest: 5 min\n  - traction: {mode: static, hold: {force: 39 %BW}, ramp: {up: 15 N/s, down: 20 N/s}, angle: 18 deg, duration: 25 min}\n  - rest: 10 min\n"
LYING = "session:\n  - rest: 40 min\n"
MOMENT = "session:\n  - rest: 1 s\n"  # only the steady state at rest is read


def every_disc(condition):
    return "patient: {extends: reference-woman, discs: {" + ", ".join(f"{level}: {{{condition}}}" for level in LEVELS) + "}}\n"


ENDPLATES = {"healthy": "", "calcification 50 %": every_disc("calcification: 50 %"), "calcification 79 %": every_disc("calcification: 79 %"),
             "sclerosed": every_disc("endplates: sclerosed"), "blocked": every_disc("endplates: blocked"), "grade 3": every_disc("grade: 3")}
PROTOCOLS = {"intermittent 45/20 %": "", "static 39 %": STATIC, "lying only": LYING}
MESHES = ["coarse", "reference", "fine"]


def scenario(name, changes, resolution="coarse", more=""):
    model = f"model: {{transport: solutes, resolution: {resolution}{more}}}\noutput: {{fields: every 600 s}}\n"
    return f"extends: default\nname: {name}\n{changes}{model}"


def history(name, text, options):
    stem = options.results / name.replace(" ", "-").replace("/", "-").replace("%", "pc")
    source, result, table = (stem.parent / f"{stem.name}.{ending}" for ending in ("yaml", "h5", "csv"))
    if not options.only_print:
        source.write_text(text)
        subprocess.run([options.foramen, "run", "--quiet", "--force", str(source), "-o", str(result)], check=True, stdout=subprocess.DEVNULL)
        subprocess.run([options.foramen, "export", str(result), "-o", str(table)], check=True, stdout=subprocess.DEVNULL)
    return History(table)


def of(h, series, index, level="L4-L5"):
    return h.column(f"{series}[{level}]")[index]


def change(h, series, suffix=""):
    return 100 * (of(h, series + suffix, -1) / of(h, series, 0) - 1)


def addition(h, series):
    """What advection adds to diffusion, in percent, where it is farthest from 0."""
    pairs = zip(h.column(f"{series}[L4-L5]"), h.column(f"{series}_without_advection[L4-L5]"))
    return max((100 * (a / b - 1) for a, b in pairs), key=abs)


def row(*cells):
    print("| " + " | ".join(cells) + " |")


def head(*cells):
    row(*cells)
    print("|---" * len(cells) + "|")


def rest(options):
    head("L4-L5 at rest", "lowest O2 [kPa]", "lowest glucose [mmol/l]", "lowest pH", "mean O2 in the nucleus [kPa]", "mean glucose", "nucleus starved [%]", "nucleus too acid [%]")
    for name, changes in ENDPLATES.items():
        h = history(f"rest {name}", scenario(name, changes + MOMENT), options)
        row(name, *(f"{of(h, s, 0):.3f}" for s in ("oxygen_lowest", "glucose_lowest", "ph_lowest", "oxygen_nucleus", "glucose_nucleus")),
            *(f"{100 * of(h, s, 0):.0f}" for s in ("starved_share", "acid_share")))
    print()


def session(options):
    head("L4-L5 over the session", "O2 in the nucleus, change at the end [%]", "by diffusion alone", "most that advection adds", "glucose, change", "by diffusion alone", "most that advection adds",
         "lowest O2, change", "lowest glucose, change")
    cases = [(f"{plate}, intermittent 45/20 %", ENDPLATES[plate]) for plate in ENDPLATES] + [(f"healthy, {p}", PROTOCOLS[p]) for p in PROTOCOLS if PROTOCOLS[p]]
    for name, changes in cases:
        h = history(f"session {name}", scenario(name, changes), options)
        cells = []
        for series in ("oxygen_nucleus", "glucose_nucleus"):
            cells += [change(h, series), change(h, series, "_without_advection"), addition(h, series)]
        row(name, *(f"{c:+.2f}" for c in cells), *(f"{change(h, s):+.2f}" for s in ("oxygen_lowest", "glucose_lowest")))
    print()


def numerics(options):
    head("healthy L4-L5, at rest", "lowest O2 [kPa]", "lowest glucose [mmol/l]", "mean O2 in the nucleus [kPa]", "mean glucose [mmol/l]")
    for mesh in MESHES:
        h = history(f"rest {mesh}", scenario(mesh, MOMENT, mesh), options)
        row(mesh, *(f"{of(h, s, 0):.4f}" for s in ("oxygen_lowest", "glucose_lowest", "oxygen_nucleus", "glucose_nucleus")))
    print()
    head("healthy L4-L5, default session", "O2 in the nucleus, change at the end [%]", "most that advection adds [%]", "glucose, change", "most that advection adds")
    for name, mesh, more in (("coarse", "coarse", ""), ("coarse, steps of at most 5 s", "coarse", ", max_step: 5 s"), ("reference", "reference", "")):
        h = history(f"numerics {name}", scenario(name, "", mesh, more), options)
        row(name, *(f"{f(h, s):+.3f}" for s in ("oxygen_nucleus", "glucose_nucleus") for f in (change, addition)))
    print()


PARTS = {"rest": rest, "session": session, "numerics": numerics}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--foramen", default=str(ROOT / "build" / "release" / "foramen"))
    parser.add_argument("--results", default=str(ROOT / "results" / "nutrition"))
    parser.add_argument("--only-print", action="store_true", help="run nothing")
    parser.add_argument("--only", choices=list(PARTS), help="one table")
    options = parser.parse_args()
    options.results = pathlib.Path(options.results).resolve()
    options.results.mkdir(parents=True, exist_ok=True)
    for name, part in PARTS.items():
        if options.only in (None, name):
            part(options)


if __name__ == "__main__":
    main()
