#!/usr/bin/env python3
"""Kills a study by SIGKILL again and again, lets it end, and compares every byte of its tables with an undisturbed one.

    tests/bench/study_kill.py build/release/foramen scenarios/studies/clinic-population.yaml --size 120 --kills 5

Ends with 1 if a byte differs, a run is missing or was computed twice. Python's standard library only.
"""
import argparse
import json
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time

TABLES = ["design.csv", "study.csv", "study.h5"]


def start(arguments, folder):
    command = [arguments.program, "batch", arguments.study, "--output", str(folder), "--threads", str(arguments.threads)]
    if arguments.size:
        command += ["--size", str(arguments.size)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def finish(process):
    text = process.communicate()[0]
    if process.returncode not in (0, 4):  # 4: some runs failed, which the table says
        sys.exit(f"the study ended with {process.returncode}:\n{text}")
    return text


def finished_runs(folder):
    """Keys of the whole lines of all logs, one an entry."""
    keys = []
    for log in sorted((folder / "logs").glob("*.log")):
        keys += [line.split()[2] for line in log.read_text().splitlines() if len(line.split()) > 3]
    return keys


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("study")
    parser.add_argument("--size", type=int, help="in place of the design's size")
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", help="folder for both studies; else a temporary one")
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    place = pathlib.Path(arguments.keep or tempfile.mkdtemp(prefix="study-kill-"))
    place.mkdir(parents=True, exist_ok=True)

    begin = time.monotonic()
    text = finish(start(arguments, place / "undisturbed"))
    alone = time.monotonic() - begin
    print(text, end="")

    kills, at = 0, []
    while kills < arguments.kills:
        process = start(arguments, place / "killed")
        time.sleep(alone / (arguments.kills + 1) * chance.uniform(0.5, 1.1))
        if process.poll() is not None:
            break
        process.send_signal(signal.SIGKILL)
        process.wait()
        kills += 1
        at.append(len(finished_runs(place / "killed")))
    finish(start(arguments, place / "killed"))

    keys = finished_runs(place / "killed")
    different = [name for name in TABLES if (place / "killed" / name).read_bytes() != (place / "undisturbed" / name).read_bytes()]
    report = {"runs": len(set(keys)), "kills": kills, "finished at the kills": at, "computed twice": len(keys) - len(set(keys)),
              "missing": len(set(finished_runs(place / "undisturbed")) - set(keys)), "tables that differ": different,
              "undisturbed [s]": round(alone, 1)}
    print(json.dumps(report, indent=2))
    return 1 if different or report["computed twice"] or report["missing"] or kills < arguments.kills else 0


if __name__ == "__main__":
    sys.exit(main())
