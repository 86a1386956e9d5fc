#!/usr/bin/env python3
"""Sobol indices of a study from few runs: a sparse polynomial chaos (OpenTURNS) on its points, first order and total.

    foramen batch scenarios/studies/session-box.yaml
    tools/chaos_indices.py scenarios/studies/session-box.study/study.h5          needs python3-openturns, python3-h5py

For designs of independent inputs (latin_hypercube, sobol_sequence). Q2 is the share of the variance that the expansion predicts at points
that were left out (tenfold): an index is not better than that. Intervals: 95 % over refits on resampled runs. --check does Ishigami's
function, whose indices are known, and ends with 1 where they are off by more than 0.02.
"""
import argparse
import sys

import h5py
import numpy as np
import openturns as ot

ot.Log.Show(ot.Log.NONE)


def expansion(points, values, degree):
    """@return first order and total indices, and the expansion."""
    inputs = points.shape[1]
    distribution = ot.ComposedDistribution([ot.Uniform(0.0, 1.0)] * inputs)
    enumerate_terms = ot.LinearEnumerateFunction(inputs)
    basis = ot.OrthogonalProductPolynomialFactory([ot.LegendreFactory()] * inputs, enumerate_terms)
    terms = enumerate_terms.getStrataCumulatedCardinal(degree)
    selection = ot.LeastSquaresMetaModelSelectionFactory(ot.LARS(), ot.CorrectedLeaveOneOut())
    algorithm = ot.FunctionalChaosAlgorithm(ot.Sample(points.tolist()), ot.Sample(values[:, None].tolist()), distribution,
                                            ot.FixedStrategy(basis, terms), ot.LeastSquaresStrategy(selection))
    algorithm.run()
    result = algorithm.getResult()
    sobol = ot.FunctionalChaosSobolIndices(result)
    first = np.array([sobol.getSobolIndex(j) for j in range(inputs)])
    total = np.array([sobol.getSobolTotalIndex(j) for j in range(inputs)])
    return first, total, result


def left_out(points, values, degree, folds=10):
    """Q2: 1 - mean squared error at points that the fit has not seen / variance; ten folds."""
    order = np.arange(len(values)) % folds
    error = 0.0
    for fold in range(folds):
        model = expansion(points[order != fold], values[order != fold], degree)[2].getMetaModel()
        error += ((np.array(model(ot.Sample(points[order == fold].tolist())))[:, 0] - values[order == fold]) ** 2).sum()
    return 1.0 - error / len(values) / values.var()


def indices(points, values, degree, resamples):
    first, total, _ = expansion(points, values, degree)
    random = np.random.default_rng(1)
    again = []
    for _ in range(resamples):
        chosen = np.unique(random.integers(0, len(values), len(values)))
        again.append(expansion(points[chosen], values[chosen], degree)[:2])
    spread = np.percentile(np.array(again), [2.5, 97.5], axis=0) if again else None
    return first, total, spread, left_out(points, values, degree)


def table(name, inputs, found):
    first, total, spread, q2 = found
    lines = [f"{name}: Q2 {q2:.3f}", "", "| input | first order | total |", "|---|---|---|"]
    for j, label in enumerate(inputs):
        cell = lambda v, k: f"{v[j]:.3f}" + ("" if spread is None else f" ({spread[0][k][j]:.3f} to {spread[1][k][j]:.3f})")
        lines.append(f"| {label} | {cell(first, 0)} | {cell(total, 1)} |")
    return "\n".join(lines) + "\n"


def ishigami(runs, degree):
    ot.RandomGenerator.SetSeed(1)
    points = np.array(ot.LHSExperiment(ot.ComposedDistribution([ot.Uniform(0.0, 1.0)] * 3), runs).generate())
    x = (2.0 * points - 1.0) * np.pi
    values = np.sin(x[:, 0]) + 7.0 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])
    found = indices(points, values, degree, 0)
    print(table(f"Ishigami, {runs} runs", ["x1", "x2", "x3"], found))
    exact_first, exact_total = np.array([0.3139, 0.4424, 0.0]), np.array([0.5576, 0.4424, 0.2437])
    return max(np.abs(found[0] - exact_first).max(), np.abs(found[1] - exact_total).max())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("study", nargs="?")
    parser.add_argument("--degree", type=int, default=3)
    parser.add_argument("--resamples", type=int, default=100)
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    if arguments.check or not arguments.study:
        worst = ishigami(300, 9)
        print(f"largest difference to the exact indices: {worst:.4f}\n")
        if worst > 0.02:
            return 1
    if arguments.study:
        with h5py.File(arguments.study) as file:
            names = list(file["unit"])
            points = np.stack([file["unit"][n][:] for n in names], axis=-1)
            for name in file["outputs"]:
                values = file["outputs"][name][:]
                there = np.isfinite(values)
                print(table(f"{name}, {there.sum()} runs", names, indices(points[there], values[there], arguments.degree, arguments.resamples)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
