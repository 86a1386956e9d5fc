#!/usr/bin/env python3
"""Runs the published tests with rigid, normal and osteoporotic bone and prints what each quantity becomes, as Markdown.

    tools/bone_effects.py [--foramen PROGRAM] [--results FOLDER] [--only-print] [--only NAMES]

The tests are those of `foramen verify --validation` on scenarios/battery, changed in `model.vertebrae` and `patient.t_score` only.
What the bone bears comes from three scenarios of the battery. docs/deformable-vertebrae.md says what came out.
"""
import argparse
import csv
import os
import pathlib
import subprocess

from histories import ROOT, History

STATES = {"rigid": None, "normal": 0.0, "osteoporotic": -3.0}
BONE_SERIES = [("endplate_bulge[L5 upper]", "mm"), ("cortex_stress[L5]", "MPa"), ("cancellous_compression[L5]", "1"), ("bone_yield_fraction[L5]", "1"), ("bone_reduction_error[L5]", "1")]
BONE_TESTS = [("disc-compression", "disc alone, 1000 N within 0.5 s", 0.5), ("segment-compression", "segment, 1000 N", 100.0), ("rom-10", "L1-S1, 10 Nm of flexion", 140.0)]


def with_bone(source, t_score):
    """The text of a scenario of the battery, with bone of that density."""
    text = source.read_text()
    if text.count("model: {") != 1:
        raise SystemExit(f"{source.name}: expected one line with model: {{")
    text = text.replace("model: {", "model: {vertebrae: deformable, ")
    named = "patient: reference-woman"
    if text.count(named) == 1:
        return text.replace(named, f"patient: {{extends: reference-woman, t_score: {t_score:g}}}")
    own = "patient: {extends: reference-woman, "
    if text.count(own) == 1:
        return text.replace(own, f"{own}t_score: {t_score:g}, ")
    if "\nextends: " in text and "patient:" not in text:
        return text + f"patient: {{t_score: {t_score:g}}}\n"
    raise SystemExit(f"{source.name}: expected {named}, or a scenario that extends another one")


def write_library(folder, t_score):
    """A folder like scenarios/, its battery with bone of that density. @return  its library"""
    scenarios = ROOT / "scenarios"
    if t_score is None:
        return scenarios / "library"
    battery, library = folder / "battery", folder / "library"
    battery.mkdir(parents=True, exist_ok=True)
    library.unlink(missing_ok=True)
    library.symlink_to(scenarios / "library")
    for source in sorted((scenarios / "battery").glob("*.yaml")):
        (battery / source.name).write_text(with_bone(source, t_score))
    return library


def verdicts(state, library, options):
    """(test, quantity, unit) to (value, verdict)."""
    table = options.results / f"{state}.csv"
    if not options.only_print:
        command = [options.foramen, "verify", "--validation", "--csv", str(table)] + (["--only", options.only] if options.only else [])
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=os.environ | {"FORAMEN_LIBRARY": str(library)})
    with open(table, newline="") as stream:
        return {(row["test"], row["quantity"], row["unit"]): (float(row["ours"]), row["verdict"]) for row in csv.DictReader(stream) if row["ours"]}


def bone_values(library, options):
    """What the bone bears: (scenario, series, unit) to the value."""
    values = {}
    for scenario, title, time in BONE_TESTS:
        source = library.parent / "battery" / f"{scenario}.yaml"
        result, history = source.with_suffix(".h5"), source.with_suffix(".csv")
        if not options.only_print:
            subprocess.run([options.foramen, "run", "--quiet", "--force", str(source), "-o", str(result)], check=True, stdout=subprocess.DEVNULL)
            subprocess.run([options.foramen, "export", str(result), "-o", str(history)], check=True, stdout=subprocess.DEVNULL)
        h = History(history)
        values |= {(title, series, unit): h.at(series, time) for series, unit in BONE_SERIES}
    return values


def change(values, state):
    if state not in values or not values.get("rigid"):
        return "-"
    return f"{100 * (values[state] / values['rigid'] - 1):+.1f} %"


def print_effects(all_verdicts):
    head = ["test", "quantity", "unit", *STATES, "normal to rigid", "osteoporotic to rigid"]
    print("| " + " | ".join(head) + " |\n" + "|---" * len(head) + "|")
    for test, quantity, unit in all_verdicts["rigid"]:
        key = (test, quantity, unit)
        found = {state: all_verdicts[state][key] for state in STATES if key in all_verdicts[state]}
        if len({value for value, _ in found.values()}) == 1:
            continue  # no bone in it
        values = {state: value for state, (value, _) in found.items()}
        cells = [f"{found[state][0]:.4g}, {found[state][1]}" if state in found else "-" for state in STATES]
        print("| " + " | ".join([test, quantity, unit if unit != "1" else "", *cells, change(values, "normal"), change(values, "osteoporotic")]) + " |")


def print_bone(all_values):
    print("\n| test | what the bone bears | unit | normal | osteoporotic |\n" + "|---" * 5 + "|")
    for title, series, unit in all_values["normal"]:
        cells = [f"{all_values[state][title, series, unit]:.4g}" for state in ("normal", "osteoporotic")]
        print("| " + " | ".join([title, series, unit if unit != "1" else "", *cells]) + " |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--foramen", default=str(ROOT / "build" / "release" / "foramen"))
    parser.add_argument("--results", default=str(ROOT / "results" / "bone"))
    parser.add_argument("--only-print", action="store_true", help="run nothing")
    parser.add_argument("--only", default="", help="names of published tests, as of foramen verify --validation --only")
    options = parser.parse_args()
    options.results = pathlib.Path(options.results).resolve()
    options.results.mkdir(parents=True, exist_ok=True)
    all_verdicts, all_values = {}, {}
    for state, t_score in STATES.items():
        library = write_library(options.results / state, t_score)
        all_verdicts[state] = verdicts(state, library, options)
        if t_score is not None:
            all_values[state] = bone_values(library, options)
    print_effects(all_verdicts)
    print_bone(all_values)


if __name__ == "__main__":
    main()
