#!/usr/bin/env python3
"""Solves the two elastic discs of data/verification with CalculiX and with Foramen, and compares reaction, moves and CPU time.

    tests/bench/calculix.py PATH/TO/foramen [--json FILE]

Needs ccx (Debian: apt-get install calculix-ccx) and the peer cases (FORAMEN_PEER_CASES, or shared/peer-cases beside the source);
without them it says so and ends with 77. Ends with 1 where the two differ by more than 0.5 %.

Units mm, N, MPa. Matrix: E 1, nu 0.17. Drained: that solid, element C3D8 (trilinear, 2x2x2 points: ours without pressure).
The drained problem also on the mesh cut in eight, where start-up counts for less.
Undrained: the same shear modulus G with nu 0.4999, E = 2 G (1 + nu), element C3D8I on the mesh cut in eight. Small strain.
"""
import itertools
import json
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile

HEIGHT = 11.0
STRAIN = 1e-3  # linear: any will do
CORNERS = [(0, 0, 0), (1, 0, 0), (1, 1, 0), (0, 1, 0), (0, 0, 1), (1, 0, 1), (1, 1, 1), (0, 1, 1)]
POISSON = 0.17
SHEAR = 1.0 / (2.0 * (1.0 + POISSON))
TOLERANCE = 0.005


def skip(why):
    print("skipped:", why)
    sys.exit(77)


def read_mesh(path):
    nodes, elements, keyword = {}, [], ""
    for line in path.read_text().splitlines():
        if line.startswith("*"):
            keyword = line.split(",")[0].strip().upper()
        elif keyword == "*NODE":
            number, *place = line.split(",")
            nodes[int(number)] = tuple(float(x) for x in place)
        elif keyword == "*ELEMENT":
            elements.append([int(x) for x in line.split(",")][1:])
    return nodes, elements


def cut_in_eight(nodes, elements):
    nodes, made = dict(nodes), {}

    def node(around):
        if len(around) == 1:
            return around[0]
        key = tuple(sorted(around))
        if key not in made:
            made[key] = len(nodes) + 1
            nodes[made[key]] = tuple(sum(nodes[n][i] for n in key) / len(key) for i in range(3))
        return made[key]

    fine = []
    for element in elements:
        grid = {}
        for place in itertools.product((0, 1, 2), repeat=3):
            grid[place] = node([n for n, c in zip(element, CORNERS) if all(x in (1, 2 * y) for x, y in zip(place, c))])
        for octant in CORNERS:
            fine.append([grid[tuple(o + c for o, c in zip(octant, corner))] for corner in CORNERS])
    return nodes, fine


def points(nodes):
    """Nodes at half of the height on the longer and on the shorter axis."""
    middle = [n for n, p in nodes.items() if abs(p[2] - HEIGHT / 2) < 1e-6]
    return max(middle, key=lambda n: nodes[n][0]), max(middle, key=lambda n: nodes[n][1])


def deck(nodes, elements, kind, modulus, poisson):
    lines = ["*NODE"] + [f"{n}, {x:.12g}, {y:.12g}, {z:.12g}" for n, (x, y, z) in nodes.items()]
    lines += [f"*ELEMENT, TYPE={kind}, ELSET=ALL"]
    lines += [", ".join(map(str, [e, *corners])) for e, corners in enumerate(elements, 1)]
    for name, z in (("BOTTOM", 0.0), ("TOP", HEIGHT)):
        lines += [f"*NSET, NSET={name}"] + [f"{n}," for n, p in nodes.items() if abs(p[2] - z) < 1e-6]
    lines += ["*NSET, NSET=POINTS"] + [f"{n}," for n in points(nodes)]
    lines += ["*MATERIAL, NAME=MATRIX", "*ELASTIC", f"{modulus:.12g}, {poisson:.12g}"]
    lines += ["*SOLID SECTION, ELSET=ALL, MATERIAL=MATRIX", "*BOUNDARY", "BOTTOM, 1, 3", "TOP, 1, 2", "*STEP", "*STATIC"]
    lines += ["*BOUNDARY", f"TOP, 3, 3, {-STRAIN * HEIGHT:.12g}", "*NODE PRINT, NSET=TOP, TOTALS=ONLY", "RF"]
    lines += ["*NODE PRINT, NSET=POINTS", "U", "*END STEP"]
    return "\n".join(lines) + "\n"


def seconds(command, **options):
    """Processor seconds of a command: the least of three runs where one is short."""
    least = float("inf")
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(command, capture_output=True, text=True, **options)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        least = min(least, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        if least > 2.0:
            break
    return done, least


def calculix(folder, nodes, elements, kind, modulus, poisson):
    (folder / "disc.inp").write_text(deck(nodes, elements, kind, modulus, poisson))
    done, cpu = seconds(["ccx", "disc"], cwd=folder, env={**os.environ, "OMP_NUM_THREADS": "1"})
    if done.returncode != 0:
        sys.exit(done.stdout[-2000:])
    rows = [line.split() for line in (folder / "disc.dat").read_text().splitlines()]
    force = next(rows[i + 2] for i, row in enumerate(rows) if row[:2] == ["total", "force"])
    moves = {int(row[0]): [float(x) for x in row[1:]] for row in rows if len(row) == 4 and row[0].isdigit()}
    side, front = points(nodes)
    over = STRAIN * HEIGHT
    return {"reaction": -float(force[2]) / STRAIN, "side": moves[side][0] / over, "front": moves[front][1] / over}, cpu


def data_folder(folder):
    """A copy of the tables with the drained case on the finer mesh beside the given one; its references do not hold there."""
    data = folder / "data"
    shutil.copytree(pathlib.Path(__file__).resolve().parents[2] / "data", data)
    given = (data / "verification" / "elastic-disc-drained.yaml").read_text()
    (data / "verification" / "elastic-disc-drained-cut.yaml").write_text(given.replace("  drainage:", "  splits: 1\n  drainage:"))
    return data


def foramen(program, folder, case):
    report = folder / "ours.json"
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "FORAMEN_DATA": str(data_folder(folder))}
    done, cpu = seconds([program, "verify", "--only", case, "--json", str(report)], env=environment)
    if not report.exists():
        sys.exit(done.stdout + done.stderr)
    rows = json.loads(report.read_text())["rows"]
    names = {"reaction": "reaction", "longer": "side", "shorter": "front"}
    return {name: row["ours"] for row in rows for word, name in names.items() if word in row["quantity"]}, cpu


def main():
    if len(sys.argv) not in (2, 4) or len(sys.argv) == 4 and sys.argv[2] != "--json":
        sys.exit(__doc__)
    if shutil.which("ccx") is None:
        skip("no ccx; Debian: apt-get install calculix-ccx")
    beside = pathlib.Path(__file__).resolve().parents[2].parent / "shared" / "peer-cases"
    mesh = pathlib.Path(os.environ.get("FORAMEN_PEER_CASES", beside)) / "disc-2k" / "disc-2k.inp"
    if not mesh.exists():
        skip("no peer cases; set FORAMEN_PEER_CASES to the folder that holds disc-2k")
    drained = read_mesh(mesh)
    cut = cut_in_eight(*drained)
    problems = {
        "elastic-disc-drained": (*drained, "C3D8", 1.0, POISSON),
        "elastic-disc-drained-cut": (*cut, "C3D8", 1.0, POISSON),
        "elastic-disc-undrained": (*cut, "C3D8I", 2.0 * SHEAR * 1.4999, 0.4999),
    }
    worst = 0.0
    rows = []
    for case, problem in problems.items():
        with tempfile.TemporaryDirectory() as folder:
            theirs, their_cpu = calculix(pathlib.Path(folder), *problem)
            ours, our_cpu = foramen(sys.argv[1], pathlib.Path(folder), case)
        for name, reference in theirs.items():
            difference = ours[name] / reference - 1.0
            worst = max(worst, abs(difference))
            print(f"{case:24} {name:9} ours {ours[name]:12.6g}  CalculiX {reference:12.6g}  {100 * difference:+8.4f} %")
        print(f"{case:24} CPU       ours {our_cpu:10.3f} s  CalculiX {their_cpu:10.3f} s  {their_cpu / our_cpu:.1f} times less")
        rows.append({"case": case, "ours": our_cpu, "theirs": their_cpu, "ratio": their_cpu / our_cpu, "largest_difference": worst})
    if len(sys.argv) == 4:
        pathlib.Path(sys.argv[3]).write_text(json.dumps(rows))
    sys.exit(1 if worst > TOLERANCE else 0)


if __name__ == "__main__":
    main()
