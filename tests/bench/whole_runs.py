#!/usr/bin/env python3
"""Whole runs of Foramen: processor time, wall time, memory, and the error beside them; peers in the same run where there are any.

    tests/bench/whole_runs.py build/release/foramen                     about ten minutes on two quiet cores
    tests/bench/whole_runs.py build/release/foramen --only session-reference,session-coarse
    tests/bench/whole_runs.py build/release/foramen --full              fine and finest mesh, 25,344 hexahedra, tight solutions of the reference mesh: hours
    tests/bench/whole_runs.py build/release/foramen --list

Each case is run --repeats times (3; long ones once); the median counts. Appends one record to --history (a JSON list) and prints a
table with the targets. Ends with 1 if an asked figure is missed or an error is too large. Python's standard library only.
"""
import argparse
import csv
import datetime
import json
import math
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
IDP_LIMIT = 0.01  # of the value at the start
HEIGHT_LIMIT = 0.01  # mm
PEER_MESH = "peer-cases/disc-2k/disc-2k.inp"

TIGHT = {"force_tolerance": "1e-6", "time_tolerance": "0.0005 mm"}


def measured(command, threads, folder, data=None):
    """Wall and processor seconds and the largest resident memory [MiB] of one process."""
    environment = {**os.environ, "OMP_NUM_THREADS": str(threads)}
    if data:
        environment["FORAMEN_DATA"] = str(data)
    with open(folder / "output.txt", "w") as output:
        begin = time.monotonic()
        child = subprocess.Popen(command, cwd=folder, env=environment, stdout=output, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.monotonic() - begin
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 1):  # 1: a check of verify failed, which the error shows
        sys.exit(f"{' '.join(command)}\nended with {child.returncode}:\n{(folder / 'output.txt').read_text()[-2000:]}")
    return {"wall": wall, "cpu": usage.ru_utime + usage.ru_stime, "memory": usage.ru_maxrss / 1024.0}


def scenario_text(resolution, model=None, extends="default", output="every 10 s", extra=""):
    fields = {"resolution": resolution, **(model or {})}
    inside = ", ".join(f"{key}: {value}" for key, value in fields.items())
    return f"extends: {extends}\nname: benchmark\nmodel: {{{inside}}}\noutput: {{fields: {output}}}\n{extra}"


def histories(program, result, folder):
    subprocess.run([program, "export", result, "-o", "run.csv"], cwd=folder, check=True, capture_output=True)
    with open(folder / "run.csv") as file:
        rows = list(csv.reader(line for line in file if not line.startswith("#")))
    (folder / "run.csv").unlink()
    names = rows[0]
    return {round(float(row[0]), 6): dict(zip(names, map(float, row))) for row in rows[1:] if row[0].replace(".", "").isdigit()}


def differences(ours, tight):
    """Largest difference at the times that both have (corners at least): IDP over that disc's at the start (under a pull it passes
    through zero), changes of the mid-heights in mm."""
    common = sorted(set(ours) & set(tight))
    idp = height = 0.0
    for t in common:
        for name, value in tight[t].items():
            if name.startswith("idp["):
                idp = max(idp, abs(ours[t][name] - value) / abs(tight[common[0]][name]))
            elif name.startswith("disc_height_mid["):
                height = max(height, abs(ours[t][name] - ours[common[0]][name] - value + tight[common[0]][name]))
    return {"times": len(common), "idp": idp, "height_mm": height}


class Bench:
    def __init__(self, program, folder, repeats, full):
        self.program, self.folder, self.repeats, self.full = program, folder, repeats, full
        self.tight = {}

    def run(self, command, threads, repeats, data=None):
        every = [measured(command, threads, self.folder, data) for _ in range(repeats)]
        return {key: statistics.median(one[key] for one in every) for key in every[0]} | {"repeats": repeats}

    def session(self, text, threads=2, repeats=None, name="session"):
        (self.folder / f"{name}.yaml").write_text(text)
        command = [self.program, "run", f"{name}.yaml", "-o", f"{name}.h5", "--force", "--quiet"]
        return self.run(command, threads, repeats or self.repeats)

    def compared(self, resolution, measured_values, extends="default"):
        """Error of the last session against the tight-tolerance solution of the same mesh, solved once."""
        key = (resolution, extends)
        if key not in self.tight:
            self.session(scenario_text(resolution, TIGHT, extends), 2, 1, "tight")
            self.tight[key] = histories(self.program, "tight.h5", self.folder)
        ours = histories(self.program, "session.h5", self.folder)
        return measured_values | {"error": differences(ours, self.tight[key])}

    def data(self):
        """A data folder of our own, for cases that are not in the tree."""
        data = self.folder / "data"
        if not data.exists():
            shutil.copytree(ROOT / "data", data)
        return data

    def disc(self, inputs, mesh=None):
        """A case of the problem peer_disc."""
        data = self.data()
        lines = [f"  {key}: {value}" for key, value in inputs.items()]
        text = "title: benchmark\nabout: benchmark\nproblem: peer_disc\n" + ("needs: peer-cases/disc-2k\n" if mesh else "")
        text += "input:\n" + "\n".join(lines + ([f"  mesh: {mesh}"] if mesh else [])) + "\n"
        text += "expect:\n  - {what: steps, trace: steps, at_least: 1, source: none, why: none}\n"
        (data / "verification" / "benchmark.yaml").write_text(text)
        return self.run([self.program, "verify", "--only", "benchmark"], 1, 1, data)


def disc_2k(bench, tolerance="0.001"):
    """The peer's mesh, element and steps; its curves were solved with tight tolerances. 0.001 is what a session of ours has by default."""
    name = f"febio-{tolerance}"
    case = (ROOT / "data" / "verification" / "peer-disc-febio.yaml").read_text().replace("input:\n", f"input:\n  force_tolerance: {tolerance}\n", 1)
    (bench.data() / "verification" / f"{name}.yaml").write_text(case)
    command = [bench.program, "verify", "--only", name, "--json", "disc.json"]
    result = bench.run(command, 1, bench.repeats, bench.data())
    rows = [row for row in json.loads((bench.folder / "disc.json").read_text())["rows"]]
    worst = max((row.get("difference") or 0.0) for row in rows) if rows else None
    return result | {"error": {"largest_difference_from_curves": worst}}


def kernels(bench):
    """Element kernels of foramen_bench beside the program, if it was built."""
    program = pathlib.Path(bench.program).parent / "foramen_bench"
    if not program.exists():
        return {"skipped": "build the target foramen_bench"}
    command = [str(program), "--benchmark_format=json", "--benchmark_filter=^(residual|tangent)$", "--benchmark_min_time=0.5"]
    rows = [json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)["benchmarks"] for _ in range(bench.repeats)]
    return {name: statistics.median(r["per_element"] * 1e6 for one in rows for r in one if r["name"] == name) for name in ("residual", "tangent")}


def calculix(bench):
    script = pathlib.Path(__file__).with_name("calculix.py")
    done = subprocess.run([sys.executable, str(script), bench.program, "--json", str(bench.folder / "ccx.json")], capture_output=True, text=True)
    if done.returncode == 77:
        return {"skipped": done.stdout.strip()}
    return {row["case"]: row for row in json.loads((bench.folder / "ccx.json").read_text())}


def scaling(bench):
    """Processor time and memory of two cycles over elements a disc, with --full to four times fine; the exponent by least squares."""
    rows = {}
    for resolution, hexahedra in (("coarse", 810), ("reference", 2250), ("fine", 7952), ("finest", 31746))[: 4 if bench.full else 3]:
        rows[resolution] = {"hexahedra": hexahedra} | bench.session(scenario_text(resolution, extends="quick"), 2, 1)
    size, cpu = ([math.log(row[key]) for row in rows.values()] for key in ("hexahedra", "cpu"))
    return rows | {"exponent": statistics.linear_regression(size, cpu).slope}


def threads(bench):
    rows = {str(n): bench.session(scenario_text("reference", extends="quick"), n, bench.repeats) for n in (1, 2)}
    return rows | {"speed_up": rows["1"]["wall"] / rows["2"]["wall"]}


def phase_seconds(text, names):
    """Seconds of the phases whose names begin so, from what --profile prints."""
    rows = (line.rsplit(" s ", 1)[0].rsplit(None, 1) for line in text.splitlines() if line.endswith("%") and " s " in line)
    return sum(float(row[1]) for row in rows if len(row) == 2 and row[0].strip().startswith(names))


def fields_cost(bench):
    """Two cycles with fields every 10 s and once at the end, in turn. Of runs of 20 s the processor's own moods are 5 %, so what counts is
    what the phases that measure, compress and write take more; the difference of whole runs stands beside it."""
    runs = {"often": [], "seldom": []}
    for _ in range(bench.repeats):
        for name, output in (("seldom", "every 60 min"), ("often", "every 10 s")):
            (bench.folder / "session.yaml").write_text(scenario_text("reference", extends="quick", output=output))
            command = [bench.program, "run", "session.yaml", "-o", "session.h5", "--force", "--quiet", "--profile"]
            one = measured(command, 1, bench.folder)
            one["writing"] = phase_seconds((bench.folder / "output.txt").read_text(), ("measures and fields", "compression and file"))
            runs[name].append(one)
    middle = {name: {key: statistics.median(one[key] for one in every) for key in every[0]} for name, every in runs.items()}
    return middle | {
        "share": (middle["often"]["writing"] - middle["seldom"]["writing"]) / middle["often"]["cpu"],
        "whole_runs": middle["often"]["cpu"] / middle["seldom"]["cpu"] - 1.0,
    }


def session_length(bench):
    """Coarse mesh: rest and 2, 5, 10 cycles."""
    rows = {}
    for cycles in (2, 5, 10):
        extra = f"session:\n  - rest: 60 s\n  - traction: {{extends: intermittent-60-20, duration: ~, cycles: {cycles}}}\n  - rest: 60 s\n"
        rows[str(cycles)] = bench.session(scenario_text("coarse", extra=extra), 2, 1)
    return rows


def patients(bench):
    """Several patients, one process after the other and two side by side of one thread each."""
    (bench.folder / "a.yaml").write_text(scenario_text("coarse", extends="quick"))
    (bench.folder / "b.yaml").write_text(scenario_text("coarse", extends="quick", extra="patient: {extends: reference-woman, stature: 175 cm}\n"))
    both = [bench.program, "run", "a.yaml", "b.yaml", "--force", "--quiet"]
    return {"1": bench.run(both[:3] + ["--force", "--quiet"], 2, 1), "2": bench.run(both, 2, 1)}


def quick_reference_error(bench):
    return bench.compared("reference", bench.session(scenario_text("reference", extends="quick"), 2, 1), extends="quick")


def session_reference(bench):
    return bench.session(scenario_text("reference"), 2, 1)


CASES = {  # name: what it runs, and whether only --full does
    "kernels": (kernels, False),
    "calculix": (calculix, False),
    "disc-2k": (disc_2k, False),
    "disc-2k-tight": (lambda b: disc_2k(b, "0.00001"), False),
    "disc-2k-adaptive": (lambda b: b.disc({"scheme": "sdirk2", "tolerance": "0.005 mm", "stabilised": "off", "force_tolerance": "0.001"}, PEER_MESH), False),
    "disc-8k": (lambda b: b.disc({"refinement": "8k", "scheme": "backward_euler", "step": "5 s", "force_tolerance": "0.001"}), False),
    "disc-25k": (lambda b: b.disc({"refinement": "25k", "scheme": "backward_euler", "step": "5 s", "force_tolerance": "0.001"}), True),
    "session-coarse": (lambda b: b.compared("coarse", b.session(scenario_text("coarse"))), False),
    "session-reference": (session_reference, False),
    "session-reference-error": (quick_reference_error, False),
    "session-fine": (lambda b: b.session(scenario_text("fine"), 2, 1), True),
    "threads": (threads, False),
    "fields": (fields_cost, False),
    "scaling": (scaling, False),
    "session-length": (session_length, False),
    "patients": (patients, False),
}

TARGETS = [  # case, path in its result, limit, unit; at least where the limit is negative
    ("kernels", ("residual",), 0.4, "us"),
    ("kernels", ("tangent",), 2.0, "us"),
    ("calculix", ("elastic-disc-drained", "ratio"), -5.0, "times less CPU"),
    ("calculix", ("elastic-disc-drained-cut", "ratio"), -5.0, "times less CPU"),
    ("calculix", ("elastic-disc-undrained", "ratio"), -5.0, "times less CPU"),
    ("disc-2k", ("cpu",), 6.0, "s CPU"),
    ("disc-2k", ("error", "largest_difference_from_curves"), 0.01, "of the curve's range"),
    ("disc-2k-adaptive", ("cpu",), 3.0, "s CPU (hoped)"),
    ("disc-8k", ("cpu",), 60.0, "s CPU"),
    ("disc-25k", ("cpu",), 400.0, "s CPU"),
    ("session-coarse", ("wall",), 10.0, "s wall"),
    ("session-coarse", ("cpu",), 16.0, "s CPU"),
    ("session-coarse", ("error", "idp"), IDP_LIMIT, "of the IDP at the start"),
    ("session-coarse", ("error", "height_mm"), HEIGHT_LIMIT, "mm"),
    ("session-reference", ("wall",), 60.0, "s wall"),
    ("session-reference", ("cpu",), 100.0, "s CPU"),
    ("session-reference", ("memory",), 600.0, "MiB"),
    ("session-reference-error", ("error", "idp"), IDP_LIMIT, "of the IDP at the start"),
    ("session-reference-error", ("error", "height_mm"), HEIGHT_LIMIT, "mm"),
    ("session-fine", ("wall",), 1200.0, "s wall"),
    ("threads", ("speed_up",), -1.6, "times faster with two threads"),
    ("fields", ("share",), 0.05, "of the run"),
    ("scaling", ("exponent",), 1.6, "exponent of CPU over elements"),
]


def picked(result, path):
    for key in path:
        result = result.get(key) if isinstance(result, dict) else None
    return result


def verdicts(results):
    missed = 0
    print(f"\n{'case':26}{'measured':>12}{'asked':>12}  unit")
    for case, path, limit, unit in TARGETS:
        value = picked(results.get(case, {}), path)
        if value is None:
            continue
        good = value >= -limit if limit < 0 else value <= limit
        missed += not good
        print(f"{case:26}{value:12.4g}{('>= ' if limit < 0 else '<= ') + format(abs(limit), 'g'):>12}  {unit}{'' if good else '   MISSED'}")
    return missed


def machine(program):
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.splitlines()
    processor = next((line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.processor())
    return {"date": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"), "processor": processor, "cores": os.cpu_count(),
            "load_before": os.getloadavg()[0], "version": version[:2]}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--only", default="", help="names, separated by commas")
    parser.add_argument("--full", action="store_true", help="also the long cases")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--history", type=pathlib.Path, default=ROOT / "results" / "bench-history.json")
    arguments = parser.parse_args()
    names = [n for n in arguments.only.split(",") if n] or [n for n, (_, long) in CASES.items() if arguments.full or not long]
    if arguments.list or not set(names) <= set(CASES):
        print("\n".join(CASES))
        sys.exit(0 if arguments.list else 2)
    program = str(pathlib.Path(arguments.program).resolve())
    record = machine(program) | {"results": {}}
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(program, pathlib.Path(folder), arguments.repeats, arguments.full)
        for name in names:
            record["results"][name] = CASES[name][0](bench)
            print(name, json.dumps(record["results"][name]), flush=True)
    past = json.loads(arguments.history.read_text()) if arguments.history.exists() else []
    arguments.history.parent.mkdir(parents=True, exist_ok=True)
    arguments.history.write_text(json.dumps(past + [record], indent=1) + "\n")
    sys.exit(1 if verdicts(record["results"]) else 0)


main()
