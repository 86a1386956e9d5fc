#!/usr/bin/env python3
"""Sobol indices of Foramen's estimators beside OpenTURNS on the same design: Ishigami's function and the columns of a study.

    tests/bench/openturns_check.py STUDY.study/study.h5         needs python3-openturns, python3-h5py

For each output of a study of kind sobol_indices: first order and total by OpenTURNS (Saltelli, Jansen) from the runs in the file, and by
the formulas of scenarios/study/sensitivity.hpp in numpy. Ends with 1 if they differ by more than --tolerance on Ishigami's function; on
few base rows they differ, because OpenTURNS takes mean and variance of A alone.
"""
import argparse
import sys

import h5py
import numpy as np
import openturns as ot


def ours(f):
    """f: base rows x [A, B, AB_1 ...]."""
    mean = f[:, :2].mean()
    variance = ((f[:, :2] - mean) ** 2).mean()
    change = f[:, 2:] - f[:, :1]
    return ((f[:, 1:2] - mean) * change).mean(0) / variance, 0.5 * (change**2).mean(0) / variance


def theirs(points, f):
    """The same runs in OpenTURNS's order: all of A, all of B, all of AB_1 ..."""
    inputs = f.shape[1] - 2
    x = np.concatenate([points[:, k, :] for k in range(inputs + 2)])
    y = np.concatenate([f[:, k] for k in range(inputs + 2)])[:, None]
    sample, output = ot.Sample(x.tolist()), ot.Sample(y.tolist())
    first = ot.SaltelliSensitivityAlgorithm(sample, output, f.shape[0])
    total = ot.JansenSensitivityAlgorithm(sample, output, f.shape[0])
    return np.array(first.getFirstOrderIndices()), np.array(total.getTotalOrderIndices())


def compare(name, points, f):
    a, b = ours(f), theirs(points, f)
    worst = max(np.abs(a[0] - b[0]).max(), np.abs(a[1] - b[1]).max())
    print(f"{name}: {f.shape[0]} base rows, largest difference {worst:.2e}")
    for j in range(f.shape[1] - 2):
        print(f"  input {j + 1}: first {a[0][j]:.4f} {b[0][j]:.4f}   total {a[1][j]:.4f} {b[1][j]:.4f}")
    return worst


def ishigami(base):
    ot.RandomGenerator.SetSeed(1)
    both = np.array(ot.LowDiscrepancySequence(ot.SobolSequence(6)).generate(base))
    a, b = both[:, :3], both[:, 3:]
    points = np.stack([a, b] + [np.where(np.arange(3) == j, b, a) for j in range(3)], axis=1)
    x = (2.0 * points - 1.0) * np.pi
    return points, np.sin(x[..., 0]) + 7.0 * np.sin(x[..., 1]) ** 2 + 0.1 * x[..., 2] ** 4 * np.sin(x[..., 0])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("study", nargs="?")
    parser.add_argument("--tolerance", type=float, default=0.01, help="the estimators differ in how they take the mean off")
    arguments = parser.parse_args()
    worst = compare("Ishigami", *ishigami(4096))
    if arguments.study:
        with h5py.File(arguments.study) as file:
            names = list(file["unit"])
            count = len(names) + 2
            points = np.stack([file["unit"][n][:] for n in names], axis=-1).reshape(-1, count, len(names))
            for name in file["outputs"]:
                f = file["outputs"][name][:].reshape(-1, count)
                whole = np.isfinite(f).all(1)
                if whole.sum() > 1:
                    compare(name, points[whole], f[whole])
    return 0 if worst <= arguments.tolerance else 1


if __name__ == "__main__":
    sys.exit(main())
