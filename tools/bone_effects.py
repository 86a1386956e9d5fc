#!/usr/bin/env python3
"""Runs the laboratory battery with rigid, normal and osteoporotic bone and prints what each validated quantity becomes, as Markdown.

    tools/bone_effects.py [--foramen PROGRAM] [--results FOLDER] [--only-print] [SCENARIO ...]

Scenarios: scenarios/battery/*.yaml, changed in `model.vertebrae` and `patient.t_score` only. Results that are there already are
kept. docs/deformable-vertebrae.md holds what this prints.
"""
import argparse
import pathlib
import subprocess

import laboratory_battery as battery

STATES = {"rigid": None, "normal": 0.0, "osteoporotic": -3.0}


def write_scenario(source, t_score, target):
    text = source.read_text()
    if t_score is not None:
        for before, after in [("patient: reference-woman", f"patient: {{extends: reference-woman, t_score: {t_score:g}}}"),
                              ("model: {", "model: {vertebrae: deformable, ")]:
            if text.count(before) != 1:
                raise SystemExit(f"{source.name}: expected one line with {before}")
            text = text.replace(before, after)
    target.write_text(text)


def histories_of(state, options, names):
    folder = pathlib.Path(options.results) / state
    folder.mkdir(parents=True, exist_ok=True)
    histories = {}
    for source in sorted((battery.ROOT / "scenarios" / "battery").glob("*.yaml")):
        if names and source.stem not in names:
            continue
        scenario, result, history = (folder / (source.stem + ending) for ending in (".yaml", ".h5", ".csv"))
        if not result.exists() and not options.only_print:
            write_scenario(source, STATES[state], scenario)
            subprocess.run([options.foramen, "run", "--quiet", str(scenario), "-o", str(result)], check=True, stdout=subprocess.DEVNULL)
        if result.exists():
            subprocess.run([options.foramen, "export", str(result), "-o", str(history)], check=True, stdout=subprocess.DEVNULL)
            histories[source.stem] = battery.History(history)
    return histories


def motion(h):
    peak = {"level_flexion": [15.0, 45.0], "level_left_bending": [75.0], "level_left_rotation": [105.0]}
    for title, series, factor in [("flexion and extension", "level_flexion", 1), ("both bendings", "level_left_bending", 2), ("both rotations", "level_left_rotation", 2)]:
        yield f"L1-L5, 7.5 Nm: {title} [deg]", factor * sum(abs(h.at(f"{series}[{level}]", t)) for t in peak[series] for level in battery.LUMBAR)


def segments(h):
    for level in battery.LEVELS:
        yield f"{level}, 10 Nm: flexion [deg]", h.at(f"level_flexion[{level}]", 140.0)
        yield f"{level}, 10 Nm: extension [deg]", -h.at(f"level_flexion[{level}]", 300.0)


def disc_moments(h):
    for title, series, begin, sign in [("flexion", "flexion", 0.0, 1), ("extension", "flexion", 16.0, -1), ("bending", "left_bending", 32.0, 1), ("rotation", "left_rotation", 48.0, 1)]:
        name = f"level_{series}[L4-L5]"
        yield f"disc L4-L5: {title} at 2 Nm [deg]", sign * (h.at(name, begin + 2) - h.at(name, begin))
        yield f"disc L4-L5: {title} at 8 Nm [deg]", sign * (h.at(name, begin + 8) - h.at(name, begin))
        yield f"disc L4-L5: rise of pressure at 7.5 Nm, {title} [MPa]", h.at("idp[L4-L5]", begin + 7.5) - h.at("idp[L4-L5]", begin)


def compression(h):
    for title, start, end in [("within 0.5 s", 0.0, 0.5), ("at 1 N/s", 3601.0, 4601.0)]:
        for low, high in [(0.0, 500.0), (500.0, 1000.0)]:
            yield f"disc L4-L5, {title}: stiffness {low:.0f} to {high:.0f} N [N/mm]", battery.stiffness(h, start, end, low, high)
        yield f"disc L4-L5, {title}: pressure at 1000 N [MPa]", h.at("idp[L4-L5]", end)


def segment_compression(h):
    yield "segment L4-L5: pressure at 1000 N of follower load [MPa]", h.at("idp[L4-L5]", 100.0)


def creep(h):
    start, loaded, unloaded = 3610.0, 3611.0, 3611.0 + 4 * 3600.0
    d = lambda time: h.at("axial_displacement", time)
    quick, total = d(start) - d(loaded), d(start) - d(unloaded)
    yield "creep under 1000 N: shortening in the first second [mm]", quick
    yield "creep under 1000 N: shortening after 4 h [mm]", total
    yield "creep under 1000 N: share of the creep [%]", 100 * (1 - quick / total)


def bone(name, time):
    def rows(h):
        for series, unit in [("endplate_bulge[L5 upper]", "mm"), ("cortex_stress[L5]", "MPa"), ("cancellous_compression[L5]", "1"), ("bone_yield_fraction[L5]", "1"), ("bone_reduction_error[L5]", "1")]:
            if series in h.columns:
                yield f"{name}: {series} [{unit}]", h.at(series, time)
    return rows


QUANTITIES = [("rom-7.5", motion), ("rom-10", segments), ("disc-moments", disc_moments), ("disc-compression", compression), ("segment-compression", segment_compression), ("creep", creep),
              ("disc-compression", bone("disc alone, 1000 N within 0.5 s", 0.5)), ("segment-compression", bone("segment, 1000 N", 100.0)), ("rom-10", bone("L1-S1, 10 Nm of flexion", 140.0))]


def stiffness(options, states):
    """Of a segment under a preload, one move at a time, over that without."""
    files = {(state, load): pathlib.Path(options.results) / state / f"preload-{load}.h5" for state in states for load in (0, 250, 500)}
    values = {key: battery.end_stiffness(options.foramen, file) for key, file in files.items() if file.exists()}
    names = ["forwards [N/mm]", "sideways [N/mm]", "axial [N/mm]", "flexion [Nm/deg]", "bending [Nm/deg]", "rotation [Nm/deg]"]
    for i, name in enumerate(names):
        yield f"segment L4-L5, no preload: {name}", {state: values[state, 0][i] for state in states if (state, 0) in values}
    for load in (250, 500):
        yield f"segment L4-L5: mean stiffness at {load} N over that without", {
            state: sum(a / b for a, b in zip(values[state, load], values[state, 0])) / 6 for state in states if (state, 0) in values and (state, load) in values}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--foramen", default=str(battery.ROOT / "build" / "release" / "foramen"))
    parser.add_argument("--results", default=str(battery.ROOT / "results" / "bone"))
    parser.add_argument("--only-print", action="store_true", help="run nothing")
    parser.add_argument("scenario", nargs="*", help="of scenarios/battery; all if none is named")
    options = parser.parse_args()
    histories = {state: histories_of(state, options, options.scenario) for state in STATES}
    rows = {}
    for scenario, quantities in QUANTITIES:
        for state in STATES:
            if scenario in histories[state]:
                for name, value in quantities(histories[state][scenario]):
                    rows.setdefault(name, {})[state] = value
    rows.update(stiffness(options, STATES))
    print("| quantity | " + " | ".join(STATES) + " | normal to rigid | osteoporotic to rigid |\n|" + "---|" * (len(STATES) + 3))
    for name, values in rows.items():
        shown = [f"{values[state]:.4g}" if state in values else "-" for state in STATES]
        change = [f"{100 * (values[state] / values['rigid'] - 1):+.1f} %" if state in values and values.get("rigid") else "-" for state in ("normal", "osteoporotic")]
        print(f"| {name} | " + " | ".join(shown + change) + " |")


if __name__ == "__main__":
    main()
