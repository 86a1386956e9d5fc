"""Solutes in a column: closed forms, and a boundary value problem by scipy. Used by tools/reference_curves.py.

Concentration c of the water, water content n, diffusivity D n-dependent by Mackie & Meares, deformed by a stretch s along the
axis: n' = 1 - (1 - n)/s, D' = D (n'/(2 - n'))^2, reactions per undeformed volume.
"""
import numpy as np
from scipy.integrate import solve_bvp
from scipy.special import erfc, erfcx

from reference_write import write

LENGTH, WATER, FREE = 5.0, 0.8, 1e-3  # mm, -, mm2/s


def effective(water, free=FREE):
    """n D': what the flux n D' dc/dz has [mm2/s]."""
    return water * free * (water / (2 - water)) ** 2


def steady_decay(rate, stretch=1.0):
    water = 1 - (1 - WATER) / stretch
    m = np.sqrt(rate / stretch / effective(water))
    length = stretch * LENGTH
    z = np.linspace(0, length, 401)
    return z, np.cosh(m * (length - z)) / np.cosh(m * length)


def solute_decay():
    z, c = steady_decay(1e-4)
    write("solute-decay", """
        Steady diffusion with decay k c in a column held at 1 at its base and closed at its end: cosh(m (L - z))/cosh(m L)
        m^2 = k/(n D'), D' = D (n/(2 - n))^2; L 5 mm, n 0.8, D 1e-3 mm2/s, k 1e-4 1/s per tissue volume
        Source: Thiele (1939) Ind Eng Chem 31:916; diffusivity of Mackie & Meares (1955)
        """, ["distance [mm]", "concentration [mmol/l]"], [z, c])


def solute_decay_stretched():
    columns = [steady_decay(1e-4, s) for s in (0.75, 1.3)]
    for name, stretch, (z, c) in zip(("compressed", "stretched"), (0.75, 1.3), columns):
        write(f"solute-decay-{name}", f"""
            The same with the column stretched by s = {stretch} along its axis, its solid keeping its volume; distance deformed
            n' = 1 - (1 - n)/s, m^2 = (k/s)/(n' D (n'/(2 - n'))^2), length s L
            Source: Thiele (1939) Ind Eng Chem 31:916; diffusivity of Mackie & Meares (1955)
            """, ["distance [mm]", "concentration [mmol/l]"], [z, c])


def solute_source():
    z = np.linspace(0, LENGTH, 401)
    write("solute-source", """
        Steady diffusion with a uniform source R: c = 1 + R/(n D') (L z - z^2/2); R 1e-4 mmol/(l s) per tissue volume
        L 5 mm, n 0.8, D' = D (n/(2 - n))^2, D 1e-3 mm2/s. Source: Crank (1975), The Mathematics of Diffusion, section 8.2
        """, ["distance [mm]", "concentration [mmol/l]"], [z, 1 + 1e-4 / effective(WATER) * (LENGTH * z - z * z / 2)])


def solute_diffusion():
    t, z = 2000.0, np.linspace(0, 20.0, 801)
    diffusivity = effective(WATER) / WATER
    write("solute-diffusion", """
        A half-space filled from its base: c = erfc(z/(2 sqrt(D' t))), D' = D (n/(2 - n))^2
        n 0.8, D 1e-3 mm2/s, t 2000 s. Source: Crank (1975), The Mathematics of Diffusion, eq. 2.45
        """, ["distance [mm]", "concentration [mmol/l]"], [z, erfc(z / (2 * np.sqrt(diffusivity * t)))])


def solute_front():
    t, z, w = 2000.0, np.linspace(0, 10.0, 1001), 1.6e-3
    diffusivity, v = effective(WATER) / WATER, w / WATER
    minus, plus = (z - v * t) / (2 * np.sqrt(diffusivity * t)), (z + v * t) / (2 * np.sqrt(diffusivity * t))
    # exp(v z/D') erfc(plus) without overflow
    second = erfcx(plus) * np.exp(v * z / diffusivity - plus**2)
    write("solute-front", """
        A front carried by a uniform flow w: c = 1/2 [erfc((z - v t)/(2 sqrt(D' t))) + exp(v z/D') erfc((z + v t)/(2 sqrt(D' t)))]
        v = w/n, D' = D (n/(2 - n))^2; w 1.6e-3 mm/s, n 0.8, D 1e-3 mm2/s, t 2000 s
        Source: Ogata & Banks (1961) USGS Professional Paper 411-A
        """, ["distance [mm]", "concentration [mmol/l]"], [z, 0.5 * (erfc(minus) + second)])


def turnover(oxygen, glucose, lactate):
    """Oxygen used, glucose used, lactate made [nmol per cell and second]: Bibby et al. (2005), written anew."""
    ph = 7.4 - lactate / 11.11
    used = 7.28 * oxygen * (ph - 4.95) / (1.46 + oxygen + 4.03 * (ph - 4.95))
    made = np.exp(-2.47 + 0.93 * ph + 0.16 * oxygen - 0.0058 * oxygen**2) * glucose / (glucose + 0.05)
    return used / 3.6e9, made / 2 / 3.6e9, made / 3.6e9


def solute_cells():
    cells, solubility = 3600.0, 0.010268
    free = np.array([3.0e-3, 9.16667e-4, 1.39e-3])
    conductance = np.array([effective(WATER, d) for d in free])

    def slopes(_, y):
        used, eaten, made = turnover(y[0], y[2], y[4])
        return np.vstack([y[1], cells * used / solubility / conductance[0], y[3], cells * eaten / conductance[1],
                          y[5], -cells * made / conductance[2]])

    ends = lambda a, b: np.array([a[0] - 5.1, a[2] - 4.0, a[4] - 0.8, b[1], b[3], b[5]])
    z = np.linspace(0, LENGTH, 201)
    guess = np.vstack([np.full_like(z, v) for v in (3.0, 0.0, 2.0, 0.0, 2.0, 0.0)])
    solution = solve_bvp(slopes, ends, z, guess, tol=1e-10, max_nodes=200000)
    assert solution.success, solution.message
    y = solution.sol(z)
    write("solute-cells", """
        Oxygen, glucose and lactate of disc cells in a column held at 5.1 kPa, 4.0 and 0.8 mmol/l at its base, closed at its end
        n D' c'' = rate per tissue volume; 3600 cells/mm3, L 5 mm, n 0.8, D 3.0e-3, 9.16667e-4 and 1.39e-3 mm2/s
        collocation of scipy (solve_bvp, tolerance 1e-10), kinetics written anew. Source: Bibby et al. (2005) Spine 30:487
        """, ["distance [mm]", "oxygen [kPa]", "glucose [mmol/l]", "lactate [mmol/l]"], [z, y[0], y[2], y[4]])


CURVES = {f.__name__.replace("_", "-"): f
          for f in (solute_decay, solute_decay_stretched, solute_source, solute_diffusion, solute_front, solute_cells)}
