#!/usr/bin/env python3
"""Runs the predictions under traction and writes their tables into docs/traction-predictions.md, between its markers.

    tools/traction_predictions.py [--foramen PROGRAM] [--results FOLDER] [--only-print]

Scenarios: scenarios/predictions/*.yaml. --only-print runs nothing, takes the results that are there and prints the tables.
"""
import argparse
import pathlib
import subprocess

from histories import LEVELS, ROOT, History

PAGE = ROOT / "docs" / "traction-predictions.md"
BEGIN, END = "<!-- predictions:begin -->", "<!-- predictions:end -->"
STEPS = range(0, 70, 10)  # % of body weight
PATIENTS = [("young", "Young man, grade 1"), ("middle-aged", "Middle-aged woman, grades 1 to 3"), ("old", "Old man, grades 3 and 4")]
GUARDING = ("guarding", "Guarding woman, grades 1 and 3")


def plateau_ends(h):
    """Of each step of the staircase: the last time at which the device pulled with that force [s]."""
    force = h.column("device_force")
    peak = max(force)
    ends = []
    for step in STEPS:
        wanted = peak * step / max(STEPS)
        risen = force.index(peak)
        same = [i for i, f in enumerate(force) if abs(f - wanted) <= 1e-6 * peak and (step == max(STEPS) or i < risen)]
        ends.append(h.time[same[-1]])
    return ends


class Run:
    """One result, read at the end of each step; changes count from the end of the rest before the pull."""

    def __init__(self, history):
        self.h, self.ends = history, plateau_ends(history)

    def values(self, series):
        return [self.h.at(series, t) for t in self.ends]

    def changes(self, series):
        values = self.values(series)
        return [v - values[0] for v in values]

    def percents(self, series):
        values = self.values(series)
        return [100.0 * (v / values[0] - 1.0) for v in values]


def cells(runs, read, digits):
    """Per step the value of every run, with the muscles first."""
    columns = [read(run) for run in runs]
    return [" / ".join(f"{column[i]:.{digits}f}" for column in columns) for i in range(len(STEPS))]


def table(title, head, columns):
    lines = [f"\n{title}\n", "| pull [% BW] | " + " | ".join(head) + " |", "|---" * (len(head) + 1) + "|"]
    for i, step in enumerate(STEPS):
        lines.append(f"| {step} | " + " | ".join(column[i] for column in columns) + " |")
    return lines


def patient_tables(title, runs):
    pairs = ": with / without muscles" if len(runs) == 2 else ""
    force = runs[0].values("device_force")
    lines = [f"\n### {title}"]
    head = ["device [N]", "elongation T12-S1 [mm]", "through L4-L5 [N]", "of it disc [N]", "ligaments [N]", "muscles [N]"]
    columns = [[f"{f:.0f}" for f in force], cells(runs, lambda r: r.changes("elongation"), 2)]
    columns += [cells(runs, lambda r, p=part: r.values(f"axial_force_{p}[L4-L5]"), 0) for part in ["total", "disc", "ligaments", "muscles"]]
    lines += table(f"Elongation, and forces at L4-L5 (tension positive){pairs}", head, columns)
    for name, series, read, digits in [
        ("Disc pressure [MPa]", "idp[{}]", Run.values, 3),
        ("Disc height gained in the middle [mm]", "disc_height_mid[{}]", Run.changes, 2),
        ("Foraminal area opened, left [%]", "foramen_area[{} left]", Run.percents, 1),
    ]:
        columns = [cells(runs, lambda r, s=series.format(level): read(r, s), digits) for level in LEVELS]
        lines += table(name + pairs, LEVELS, columns)
    return lines


def activation(run):
    """Mean of all fascicles at the end of each step [%]."""
    names = [name for name in run.h.columns if name.startswith("muscle_activation[")]
    return [100.0 * sum(run.h.at(name, t) for name in names) / len(names) for t in run.ends]


def activation_table(runs):
    order = [*[name for name, _ in PATIENTS], GUARDING[0]]
    columns = [[f"{a:.2f}" for a in activation(runs[name])] for name in order]
    return ["\n### Activation"] + table("Mean of all fascicles at the end of each step [% of the maximal voluntary one]", order, columns)


def rest_table(runs, rest):
    lines = ["\n### Lying at rest, before the session", "", "| scenario | before the session | pressure of L4-L5 after 5 min, before the pull [MPa] |", "|---|---|---|"]
    for name in runs:
        lines.append(f"| {name} | {rest[name]} | {runs[name].values('idp[L4-L5]')[0]:.3f} |")
    return lines


def resting_line(foramen, result):
    text = subprocess.run([foramen, "summarize", str(result)], check=True, capture_output=True, text=True).stdout
    return next(line for line in text.splitlines() if line.startswith("lying at rest ")).removeprefix("lying at rest ")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--foramen", default=str(ROOT / "build" / "release" / "foramen"))
    parser.add_argument("--results", default=str(ROOT / "results" / "predictions"))
    parser.add_argument("--only-print", action="store_true", help="run nothing, write nothing")
    options = parser.parse_args()
    results = pathlib.Path(options.results)
    results.mkdir(parents=True, exist_ok=True)
    runs, rest = {}, {}
    for scenario in sorted((ROOT / "scenarios" / "predictions").glob("*.yaml")):
        result, csv = results / (scenario.stem + ".h5"), results / (scenario.stem + ".csv")
        if not options.only_print:
            subprocess.run([options.foramen, "run", "--quiet", "--force", str(scenario), "-o", str(result)], check=True, stdout=subprocess.DEVNULL)
        subprocess.run([options.foramen, "export", str(result), "-o", str(csv)], check=True, stdout=subprocess.DEVNULL)
        runs[scenario.stem], rest[scenario.stem] = Run(History(csv)), resting_line(options.foramen, result)
    lines = rest_table(runs, rest)
    for name, title in PATIENTS:
        lines += patient_tables(title, [runs[name], runs[name + "-without-muscle"]])
    lines += patient_tables(GUARDING[1], [runs[GUARDING[0]]]) + activation_table(runs)
    text = "\n".join(lines) + "\n"
    if options.only_print:
        print(text)
        return
    before, rest_of_page = PAGE.read_text().split(BEGIN)
    PAGE.write_text(before + BEGIN + "\n" + text + END + rest_of_page.split(END)[1])


if __name__ == "__main__":
    main()
