#!/usr/bin/env python3
"""Writes the reference curves of data/verification/curves from closed forms, series and small solvers of its own.

Nothing here calls the engine. Needs numpy and scipy. Units: mm, N, MPa, s.
Usage: tools/reference_curves.py [name ...] (no name: all of them), for example tools/reference_curves.py mandel
"""
import sys

import numpy as np
from scipy.integrate import solve_ivp
from scipy.optimize import brentq
from scipy.special import j0, j1

import reference_solids
import reference_solutes
from reference_write import FOLDER, lame, write

def creep_times(first, end, count):
    """0 and logarithmic points: linear interpolation of sqrt(t) errs by (dt/t)^2/32."""
    return np.concatenate([[0.0], np.geomspace(first, end, count)])


# --- one-dimensional consolidation ------------------------------------------------------------------------------------

LAYER = dict(h=1.0, E=1.0, nu=0.2, k=1e-3, traction=1e-4)


def layer_rate():
    """H k/h^2 of the layer, and H = lambda + 2 mu."""
    mu, lam = lame(LAYER["E"], LAYER["nu"])
    H = lam + 2 * mu
    return H * LAYER["k"] / LAYER["h"] ** 2, H


def confined_creep():
    rate, H = layer_rate()
    b = (np.arange(20000) + 0.5) * np.pi
    t = creep_times(0.05, 2000.0, 600)
    settlement, base = np.empty_like(t), np.empty_like(t)
    for i, ti in enumerate(t):
        e = np.exp(-b * b * rate * ti)
        settlement[i] = LAYER["traction"] * LAYER["h"] / H * (1 - 2 * np.sum(e / b**2)) if ti > 0 else 0.0
        base[i] = LAYER["traction"] * (2 * np.sum(np.sin(b) / b * e) if ti > 0 else 1.0)
    write("confined-creep", """
        Confined compression creep of a layer (also: Terzaghi's consolidation), small strain, b_n = (n + 1/2) pi, 20000 terms
        settlement = s h/H (1 - 2 sum exp(-b_n^2 H k t/h^2)/b_n^2), pressure at the base = 2 s sum sin(b_n)/b_n exp(...)
        h 1 mm, E 1 MPa, nu 0.2, H = lambda + 2 mu, k 1e-3 mm4/(N s), traction s 1e-4 MPa
        Source: Mow et al. (1980) J Biomech Eng 102:73; Terzaghi (1925), Erdbaumechanik
        """, ["time [s]", "settlement [mm]", "base_pressure [MPa]"], [t, settlement, base])


def terzaghi_isochrones():
    rate, _ = layer_rate()
    b = (np.arange(2000) + 0.5) * np.pi
    depth = np.linspace(0.0, 1.0, 401)
    times = [20, 50, 100, 200, 500, 1000]
    columns = [2 * LAYER["traction"] * np.sin(np.outer(depth, b)) @ (np.exp(-b * b * rate * t) / b) for t in times]
    write("terzaghi-isochrones", """
        Pressure over depth below the drained surface of Terzaghi's column, b_n = (n + 1/2) pi, 2000 terms
        p = 2 s sum sin(b_n z/h)/b_n exp(-b_n^2 H k t/h^2)
        h 1 mm, E 1 MPa, nu 0.2, H = lambda + 2 mu, k 1e-3 mm4/(N s), traction s 1e-4 MPa
        Source: Terzaghi (1925), Erdbaumechanik; Verruijt (2013), Theory and Problems of Poroelasticity
        """, ["depth [mm]"] + [f"at_{t}_s [MPa]" for t in times], [depth] + columns)


def finite_creep(cells, permeability, times, traction=0.3, E=1.0, nu=0.2):
    """Settlement of a layer at finite strain: s is the stretch, P = (mu (s^2 - 1) + lambda ln s)/s, p = P + traction,
    ds/dt = d/dX (k(s)/s dP/dX), P(s) = -traction at the drained top, no flux at the base. Finite volumes that get thinner
    towards the top as the square of their index; times by an implicit Runge-Kutta method with error control."""
    mu, lam = lame(E, nu)
    faces = np.linspace(0.0, 1.0, cells + 1) ** 2  # depth below the top
    width = np.diff(faces)
    centre = 0.5 * (faces[1:] + faces[:-1])
    gaps = np.concatenate([[centre[0]], np.diff(centre)])
    stress = lambda s: (mu * (s * s - 1) + lam * np.log(s)) / s
    top = brentq(lambda s: stress(s) + traction, 0.1, 1.0, xtol=1e-15)

    def rate(_, s):
        both = np.concatenate([[top], s])
        middle = 0.5 * (both[1:] + both[:-1])
        flux = permeability(middle) / middle * np.diff(stress(both)) / gaps  # of stretch, along the depth
        return np.diff(np.concatenate([flux, [0.0]])) / width

    bands = np.abs(np.subtract.outer(np.arange(cells), np.arange(cells))) < 2
    run = solve_ivp(rate, (0.0, times[-1]), np.ones(cells), method="Radau", t_eval=times, rtol=1e-8, atol=1e-10,
                    jac_sparsity=bands, first_step=1e-7)
    return (1.0 - run.y).T @ width


def confined_creep_finite():
    t = creep_times(0.05, 2000.0, 600)
    laws = [lambda s: 1e-3 + 0 * s, lambda s: 1e-3 * ((s - 0.2) / 0.8) ** 2 * np.exp(2.0 * (s * s - 1))]
    columns = []
    for law in laws:
        coarse, fine = finite_creep(400, law, t), finite_creep(800, law, t)
        print(f"confined-creep-finite: 400 to 800 cells {np.max(np.abs(fine - coarse)):.1e} mm")
        columns.append(fine + (fine - coarse) / 3)
    write("confined-creep-finite", """
        Settlement of a confined layer at finite strain under a step of traction of 0.3 MPa; s stretch, X reference depth
        ds/dt = d/dX (k(s)/s dP/dX), P = (mu (s^2 - 1) + lambda ln s)/s, P = -0.3 MPa at the top, no flux at the base
        h 1 mm, E 1 MPa, nu 0.2; constant: k = 1e-3 mm4/(N s); holmes_mow: k = 1e-3 ((s - 0.2)/0.8)^2 exp(4 (s^2 - 1)/2)
        Own finite volumes, 400 and 800 cells extrapolated, Radau IIA in time with error control
        Source of the equations: Holmes & Mow (1990) J Biomech 23:1145; Bonet & Wood (2008) for P
        """, ["time [s]", "constant [mm]", "holmes_mow [mm]"], [t] + columns)


# --- two dimensions ---------------------------------------------------------------------------------------------------

def unconfined_relaxation():
    a, E, nu, k, ramp, strain = 3.0, 1.0, 0.1, 1e-3, 500.0, 1e-6
    ratio, H = (1 - nu) / (1 - 2 * nu), E * (1 - nu) / ((1 + nu) * (1 - 2 * nu))
    f = lambda x: j1(x) - ratio * x * j0(x)
    grid = np.arange(0.5, 6000.0, 0.1)
    sign = np.nonzero(f(grid[:-1]) * f(grid[1:]) < 0)[0]
    x = np.array([brentq(f, grid[i], grid[i + 1], xtol=1e-13) for i in sign])
    weight = (1 - nu) * (1 - 2 * nu) / ((1 - nu) ** 2 * x**2 - (1 - 2 * nu))
    T = a * a / (x * x * H * k)
    t = np.unique(np.concatenate([[0.0], np.geomspace(0.5, 50.0, 60), np.arange(50.0, 500.0, 2.5), 500.0 + np.geomspace(0.01, 50.0, 150),
                                  np.arange(552.0, 2001.0, 4.0)]))
    ramped = np.minimum(t, ramp)
    memory = np.array([np.sum(weight * T / ramp * (np.exp(-(ti - ri) / T) - np.exp(-ti / T))) for ti, ri in zip(t, ramped)])
    write("unconfined-relaxation", f"""
        Unconfined compression of a linear biphasic cylinder between smooth impermeable plates; strain 1e-6 within 500 s, held
        step response, x_n roots of J1(x) = (1-nu)/(1-2nu) x J0(x), T_n = a^2/(x_n^2 H k), {len(x)} terms
        stress/(E strain) = 1 + (1-nu)(1-2nu)/(1+nu) sum exp(-t/T_n)/((1-nu)^2 x_n^2 - (1-2nu)); bulge: u_r(a)
        u_r(a)/(a strain) = nu + (1-nu)(1-2nu) sum exp(-t/T_n)/((1-nu)^2 x_n^2 - (1-2nu)); integrated over the ramp
        a 3 mm, E 1 MPa, nu 0.1, k 1e-3 mm4/(N s); stress positive in compression
        Source: Armstrong, Lai & Mow (1984) J Biomech Eng 106:165
        """, ["time [s]", "stress [MPa]", "bulge [mm]"],
        [t, strain * E * (ramped / ramp + memory / (1 + nu)), strain * a * (nu * ramped / ramp + memory)])


def mandel():
    nu = 0.2
    ratio = (1 - nu) / (0.5 - nu)
    g = lambda x: np.sin(x) - ratio * x * np.cos(x)
    x = np.array([brentq(g, n * np.pi + (1e-6 if n == 0 else 0), (n + 0.5) * np.pi, xtol=1e-13) for n in range(20000)])
    D = x - np.sin(x) * np.cos(x)
    T = np.concatenate([[0.0], np.geomspace(1e-8, 3.0, 900)])
    rows = [[], [], []]
    for Ti in T:
        e = np.exp(-x * x * Ti) / D
        rows[0].append(np.sum(np.sin(x) * (1 - np.cos(x)) * e) if Ti > 0 else 0.5)
        rows[1].append(np.sum(np.sin(x) * (np.cos(0.5 * x) - np.cos(x)) * e) if Ti > 0 else 0.5)
        rows[2].append(-(1 - nu - np.sum(np.sin(x) * np.cos(x) * e)) if Ti > 0 else -0.5)
    write("mandel", """
        Mandel's problem: a plane-strain slab of half width a and height h between smooth rigid plates, pressed with 2F, drained
        at both sides; solid and fluid incompressible; x_n roots of tan x/x = (1-nu)/(1/2-nu), D = x - sin x cos x
        p/(F/a) = sum sin x_n/D_n (cos(x_n x/a) - cos x_n) exp(-x_n^2 T), T = (lambda + 2 mu) k t/a^2: centre, half-way (x = a/2)
        plate's displacement/(F/a h/(2G)) = -(1 - nu - sum sin x_n cos x_n/D_n exp(-x_n^2 T)), negative: down; 20000 terms
        nu 0.2. Source: Mandel (1953) Geotechnique 3:287; Cheng & Detournay (1988) Int J Numer Anal Methods Geomech 12:551
        """, ["dimensionless_time [1]", "centre [1]", "halfway [1]", "plate [1]"], [T] + rows)


CURVES = {f.__name__.replace("_", "-"): f
          for f in (confined_creep, terzaghi_isochrones, confined_creep_finite, unconfined_relaxation, mandel)} | reference_solids.CURVES | reference_solutes.CURVES

if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for chosen in sys.argv[1:] or CURVES:
        CURVES[chosen]()
