"""Every observable of a manual's page with its curve, one picture a section.

    python3 every_observable.py OBSERVABLES.md FOLDER RESULT.h5 ...

Of each series the first result that has it is drawn; what no result has is named at the end.
"""
import pathlib
import re
import sys

import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
import xarray

COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9"]  # of the levels, told apart by the colour-blind


def sections(page):
    """Names of the series of each section: [(title, [name, ...])]."""
    found = []
    for part in re.split(r"^## ", page, flags=re.M)[1:]:
        title = part.splitlines()[0]
        names = [name for row in re.findall(r"^\| (`[^|]+) \|", part, flags=re.M) for name in re.findall(r"`([a-z0-9_]+)`", row)]
        if title != "Fields" and names:
            found.append((title, names))
    return found


def draw(axes, series):
    """One line a label; of left and right the right one is dotted."""
    values = series.values.reshape(len(series), -1)
    columns = values.shape[1]
    for column in range(min(columns, 10)):
        pairs = columns == 10
        axes.plot(series.time / 60, values[:, column], color="black" if columns == 1 else COLOURS[(column // 2 if pairs else column) % 5],
                  linewidth=0.9, linestyle=":" if pairs and column % 2 else "-")
    axes.set_title(series.name, fontsize=7)
    axes.set_ylabel(series.attrs.get("units", ""), fontsize=6)
    axes.tick_params(labelsize=5)


def main(page, folder, *results):
    histories = [xarray.open_dataset(result, group="history", engine="h5netcdf") for result in results]
    missing = []
    for title, names in sections(pathlib.Path(page).read_text()):
        found = [(name, next((h for h in histories if name in h), None)) for name in names]
        missing += [name for name, history in found if history is None]
        found = [(name, history) for name, history in found if history is not None]
        if not found:
            continue
        rows = -(-len(found) // 4)
        figure, panels = plt.subplots(rows, 4, figsize=(11, 1.7 * rows), layout="constrained", squeeze=False)
        for axes, (name, history) in zip(panels.flat, found):
            draw(axes, history[name])
        for axes in panels.flat[len(found):]:
            axes.axis("off")
        figure.suptitle("levels L1-L2 blue, L2-L3 red, L3-L4 green, L4-L5 pink, L5-S1 light blue; left solid, right dotted; time in min", fontsize=6)
        path = pathlib.Path(folder) / f"observables-{title.split()[-1].lower()}.png"
        figure.savefig(path, dpi=110)
        print(f"{path}: {len(found)} series")
    print("in none of these results:", ", ".join(missing) or "nothing")


main(*sys.argv[1:])
