#!/usr/bin/env python3
"""A study on a real Slurm of four nodes on this machine: a node is lost in the middle, a task is requeued, a task is killed; then the same
command again. The tables must be those of a local run, byte by byte; no run lost, none there twice.

    sudo tests/bench/slurm_study.py build/release/foramen scenarios/studies/segment-population.yaml

Needs munge, slurmctld, slurmd, slurm-client. Ends with 1 if anything differs. Python's standard library only.
"""
import argparse
import collections
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

from local_slurm import LocalSlurm
from study_kill import TABLES, finished_runs


def queue(slurm):
    """(task, node, state) of what is left of all jobs."""
    return [line.split() for line in slurm.output("squeue", "-h", "-r", "-o", "%K %N %t").splitlines()]


def running(slurm):
    return [row for row in queue(slurm) if row[-1] == "R" and len(row) == 3 and row[0] != "N/A"]


def submit(slurm, arguments, folder):
    command = [arguments.program, "batch", arguments.study, "--output", str(folder), "--slurm", "--shards", str(arguments.shards)]
    done = subprocess.run(command, env=slurm.environment, capture_output=True, text=True)
    print(done.stdout, done.stderr, sep="", end="")
    if done.returncode != 0:
        sys.exit(f"submission ended with {done.returncode}")


def wait_for_runs(slurm, folder, share, total):
    slurm.wait_until(lambda: len(finished_runs(folder)) >= share * total and running(slurm), 600, f"{share:.0%} of the runs")


def disturb(slurm, folder, total):
    """@return what was done, for the report"""
    events = []
    wait_for_runs(slurm, folder, 0.15, total)
    task, node, _ = running(slurm)[0]
    slurm.kill_node(node)
    events.append(f"node {node} lost with task {task} at {len(finished_runs(folder))} runs")
    wait_for_runs(slurm, folder, 0.35, total)
    job = slurm.output("squeue", "-h", "-r", "-t", "R", "-o", "%A %K").split("\n")[0].split()
    slurm.output("scontrol", "requeue", job[0])
    events.append(f"task {job[1]} requeued at {len(finished_runs(folder))} runs")
    wait_for_runs(slurm, folder, 0.5, total)
    job = slurm.output("squeue", "-h", "-r", "-t", "R", "-o", "%A %K").split("\n")[0].split()
    slurm.output("scancel", "--signal=KILL", job[0])
    events.append(f"task {job[1]} killed at {len(finished_runs(folder))} runs")
    slurm.start_node(node)
    return events


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("study")
    parser.add_argument("--shards", type=int, default=8)
    parser.add_argument("--keep", help="folder for Slurm and both studies; else a temporary one")
    arguments = parser.parse_args()
    arguments.program, arguments.study = (str(pathlib.Path(p).resolve()) for p in (arguments.program, arguments.study))
    place = pathlib.Path(arguments.keep or tempfile.mkdtemp(prefix="slurm-study-")).resolve()
    shutil.rmtree(place / "on-slurm", ignore_errors=True)

    alone = subprocess.run([arguments.program, "batch", arguments.study, "--output", place / "alone", "--quiet"])
    total = len(finished_runs(place / "alone"))
    if alone.returncode not in (0, 4):
        sys.exit("the local study did not end")

    slurm = LocalSlurm(place / "slurm")
    slurm.start()
    begin = time.monotonic()
    try:
        submit(slurm, arguments, place / "on-slurm")
        events = disturb(slurm, place / "on-slurm", total)
        slurm.wait_until(lambda: not queue(slurm), 900, "the queue to empty")
        first = len(set(finished_runs(place / "on-slurm")))
        submit(slurm, arguments, place / "on-slurm")  # the recovery: the same command
        slurm.wait_until(lambda: not queue(slurm), 900, "the queue to empty")
    finally:
        slurm.stop()

    keys = collections.Counter(finished_runs(place / "on-slurm"))
    different = [name for name in TABLES if (place / "on-slurm" / name).read_bytes() != (place / "alone" / name).read_bytes()]
    report = {"runs": len(keys), "asked for": total, "events": events, "there when the first array had ended": first,
              "computed twice": [key for key, times in keys.items() if times > 1], "missing": total - len(keys),
              "tables that differ from the local ones": different, "seconds on Slurm": round(time.monotonic() - begin, 1)}
    print(json.dumps(report, indent=2))
    return 1 if different or report["computed twice"] or report["missing"] else 0


if __name__ == "__main__":
    sys.exit(main())
