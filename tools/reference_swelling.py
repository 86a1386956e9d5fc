#!/usr/bin/env python3
"""Prints the equilibria of a swelling cube: values that the cases swelling-*.yaml of data/verification quote.

The laws are written anew from their publications (ideal: Lai, Hou & Mow 1991; intrafibrillar: Wilson et al. 2007, constants of
Munoz-Moya et al. 2024) and solved by bracketing; nothing comes from the engine. Needs SciPy.

Example: tools/reference_swelling.py
"""
import math

from scipy.optimize import brentq

R, T, SALT = 8.3145e-3, 310.0, 0.15  # kPa l/mol -> MPa, K, mol/l
CHARGE, WATER, COLLAGEN = 0.25, 0.8, 0.15  # mEq/ml, by volume (ideal) or by mass, of the dry mass
C10, C01, LAMBDA = 0.06, 0.02, 0.15  # MPa
DENSITY = 1.4338  # of dry matter over water: Basser et al. 1998


def ideal(J):
    c = CHARGE * WATER / (WATER - 1 + J)
    return R * T * (math.hypot(c, 2 * SALT) - 2 * SALT)


def activity(c):
    return 0.3507 * math.exp(-(c**0.506)) ** 3.1211 + 0.6447


def extrafibrillar_pressure(c_fixed):
    """Osmotic pressure of a charge in the water outside the fibrils."""
    outside = activity(CHARGE)

    def total(c):
        ratio = outside / (activity(c / 2) * math.exp(-0.495 * c_fixed / (c_fixed + c)))
        return c - math.hypot(c_fixed, 2 * ratio * SALT)

    c = brentq(total, 1e-6, 10, xtol=1e-15, rtol=1e-15)
    return R * T * (0.93 * (1 - 0.495 * c_fixed / (c_fixed + c)) * c - 2 * 0.93 * SALT)


def intrafibrillar(J):
    by_mass = WATER
    n0 = by_mass / (by_mass + (1 - by_mass) / DENSITY)  # by volume
    n = (n0 - 1 + J) / J
    density = n + (1 - n) * DENSITY
    c_fixed = CHARGE * n0 / (n0 - 1 + J)

    def balance(dpi):
        inside = (0.4794 * math.exp(-3.218 * dpi) + 0.7410) * COLLAGEN * (1 - n / density)
        return extrafibrillar_pressure(c_fixed * n / ((n / density - inside) * density)) - dpi

    return brentq(balance, -0.1, 5, xtol=1e-15, rtol=1e-14)


def kirchhoff(s0, s1):
    """tau_0 = s_0 dW/ds_0, W = C10 (I1-3) + C01 (I2-3) - (2 C10 + 4 C01) ln J + lambda/2 (ln J)^2, stretches s0, s1, s1."""
    return 2 * C10 * (s0**2 - 1) + 4 * C01 * (s0**2 * s1**2 - 1) + LAMBDA * math.log(s0 * s1**2)


for name, law in (("ideal", ideal), ("intrafibrillar", intrafibrillar)):
    free = brentq(lambda J: law(J) - kirchhoff(J ** (1 / 3), J ** (1 / 3)) / J, 1, 2.9, xtol=1e-13)
    sideways = brentq(lambda J: law(J) - kirchhoff(J, 1) / J, 1, 2.9, xtol=1e-13)
    print(f"{name}: free volume {free:.10f}, held sideways {sideways:.10f}, pressure at J = 1 {law(1):.12f} MPa")
