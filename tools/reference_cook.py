#!/usr/bin/env python3
"""Cook's membrane with quadrilaterals of high order: mixed (Taylor-Hood) for the incompressible limit, plain otherwise.

An independent program, to have a value where published ones differ in modulus, load and number of digits. It prints for three
meshes the deflection of the right edge's middle x E x thickness/force. Usage: tools/reference_cook.py
"""
import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.linalg import spsolve


def lagrange(order, x):
    """Values and slopes of the Lagrange polynomials on Gauss-Lobatto points (order + 1 of them) at x."""
    inner = np.polynomial.legendre.Legendre.basis(order).deriv().roots() if order > 1 else []
    nodes = np.concatenate([[-1.0], np.sort(np.real(inner)), [1.0]])
    polynomials = [np.poly1d(np.poly(np.delete(nodes, i)) / np.prod(nodes[i] - np.delete(nodes, i))) for i in range(order + 1)]
    return np.array([q(x) for q in polynomials]).T, np.array([q.deriv()(x) for q in polynomials]).T


def numbering(n, order):
    """Node numbers of each element of an n x n grid of the given order, and nodes along a side."""
    side = n * order + 1
    local = [i + side * j for j in range(order + 1) for i in range(order + 1)]
    return np.array([[i * order + side * j * order + l for l in local] for j in range(n) for i in range(n)]), side


def deflection(n, order, E=1.0, nu=None, plane="strain"):
    """Deflection of (48, 52) under a unit force per thickness. nu None: incompressible, pressure one order lower.
    n even, so that (48, 52) is a node."""
    mixed = nu is None
    mu = E / 3 if mixed else E / (2 * (1 + nu))
    lam = 0.0 if mixed else (E * nu / ((1 + nu) * (1 - 2 * nu)) if plane == "strain" else E * nu / (1 - nu * nu))
    g, w = np.polynomial.legendre.leggauss(order + 2)
    N, dN = lagrange(order, g)
    M, _ = lagrange(order - 1, g) if mixed else (np.ones((len(g), 1)), None)
    elements, side = numbering(n, order)
    pressures, p_side = numbering(n, order - 1) if mixed else (None, 0)
    # graded towards the clamp's two singular corners
    s1 = np.linspace(0, 1, n + 1) ** 4
    t1 = np.array([0.5 * (2 * x) ** 4 if x < 0.5 else 1 - 0.5 * (2 - 2 * x) ** 4 for x in np.linspace(0, 1, n + 1)])
    rows, cols, vals = [], [], []
    nu_dof, total = 2 * side * side, 2 * side * side + (p_side * p_side if mixed else 0)
    for e in range(n * n):
        i, j = e % n, e // n
        K = np.zeros((2 * (order + 1) ** 2, 2 * (order + 1) ** 2))
        G = np.zeros((2 * (order + 1) ** 2, M.shape[1] ** 2))
        for a in range(len(g)):
            for b in range(len(g)):
                hs, ht = s1[i + 1] - s1[i], t1[j + 1] - t1[j]
                s, t = s1[i] + hs * (1 + g[a]) / 2, t1[j] + ht * (1 + g[b]) / 2
                jac = np.array([[48.0, 0.0], [44.0 - 28.0 * t, 44.0 - 28.0 * s]]) * np.array([hs / 2, ht / 2])
                weight = w[a] * w[b] * np.linalg.det(jac)
                ref = np.array([np.outer(N[b], dN[a]).ravel(), np.outer(dN[b], N[a]).ravel()])
                grad = np.linalg.solve(jac.T, ref)
                B = np.zeros((3, K.shape[0]))
                B[0, 0::2], B[1, 1::2], B[2, 0::2], B[2, 1::2] = grad[0], grad[1], grad[1], grad[0]
                D = np.array([[2 * mu + lam, lam, 0], [lam, 2 * mu + lam, 0], [0, 0, mu]])
                K += weight * B.T @ D @ B
                G -= weight * np.outer(B[0] + B[1], np.outer(M[b], M[a]).ravel())
        u = np.stack([2 * elements[e], 2 * elements[e] + 1], axis=1).ravel()
        rows.append(np.repeat(u, len(u))), cols.append(np.tile(u, len(u))), vals.append(K.ravel())
        if mixed:
            p = nu_dof + pressures[e]
            rows += [np.repeat(u, len(p)), np.tile(p, len(u))]
            cols += [np.tile(p, len(u)), np.repeat(u, len(p))]
            vals += [G.ravel(), G.ravel()]
    A = coo_matrix((np.concatenate(vals), (np.concatenate(rows), np.concatenate(cols))), shape=(total, total)).tocsc()
    f = np.zeros(total)
    for j in range(n):  # traction 1/16 along the edge x = 48
        nodes = [side - 1 + side * (j * order + k) for k in range(order + 1)]
        for b in range(len(g)):
            f[2 * np.array(nodes) + 1] += N[b] * w[b] * (t1[j + 1] - t1[j]) / 2
    clamped = np.concatenate([2 * side * np.arange(side), 2 * side * np.arange(side) + 1])
    free = np.setdiff1d(np.arange(total), clamped)
    x = np.zeros(total)
    x[free] = spsolve(A[free][:, free], f[free])
    middle = side - 1 + side * (n // 2 * order)
    return x[2 * middle + 1]


if __name__ == "__main__":
    print("plane stress, nu 1/3 (Cook: 23.96)  ", *(f"{deflection(n, o, nu=1 / 3, plane='stress'):.5f}" for n, o in ((12, 4), (16, 4), (20, 5))))
    print("plane strain, nu 0.4999             ", *(f"{deflection(n, o, nu=0.4999):.5f}" for n, o in ((12, 4), (16, 4), (20, 5))))
    print("plane strain, incompressible (mixed)", *(f"{deflection(n, o):.5f}" for n, o in ((12, 4), (16, 4), (20, 5))))
