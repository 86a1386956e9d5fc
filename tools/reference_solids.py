"""Reference curves of solids, cables and contact for tools/reference_curves.py: closed forms and quadrature.

Parameters are those of the cases in data/verification that name the curve.
"""
import numpy as np
from scipy.integrate import quad
from scipy.optimize import brentq

from reference_write import lame, write


def tube_lame():
    """Plane strain: u = A r + B/r, sigma_rr(b) = 0, u(a) given."""
    a, b, E, nu, d = 1.0, 2.0, 1.0, 0.3, 1e-6
    mu, lam = lame(E, nu)
    ratio = mu / ((lam + mu) * b * b)  # A = ratio B
    B = d / (ratio * a + 1 / a)
    A = ratio * B
    r = np.linspace(a, b, 401)
    write("tube-lame", """
        Lame's thick tube in plane strain, inner surface moved outwards by 1e-6 mm, outer surface free: u = A r + B/r
        hoop = 2 (lambda + mu) A + 2 mu B/r^2; radial = 2 (lambda + mu) A - 2 mu B/r^2; a 1 mm, b 2 mm, E 1 MPa, nu 0.3
        Source: Timoshenko & Goodier (1970), Theory of Elasticity, section 28
        """, ["radius [mm]", "hoop_stress [MPa]", "radial_stress [MPa]", "displacement [mm]"],
        [r, 2 * (lam + mu) * A + 2 * mu * B / r**2, 2 * (lam + mu) * A - 2 * mu * B / r**2, A * r + B / r])
    p = 2 * mu * B / a**2 - 2 * (lam + mu) * A
    write("tube-lame-pressure", """
        Lame's thick tube (tube-lame): pressure and outer displacement over inner displacement; linear
        p = 2 mu B/a^2 - 2 (lambda + mu) A
        Source: Timoshenko & Goodier (1970), Theory of Elasticity, section 28
        """, ["inner_displacement [mm]", "pressure [MPa]", "outer_displacement [mm]"], [[0, d], [0, p], [0, A * b + B / b]])


def tube_inflation():
    """Incompressible neo-Hookean tube in plane strain: r^2 = R^2 + c, sigma_tt - sigma_rr = mu (s^2 - s^-2), s = r/R."""
    a, b, mu = 1.0, 2.0, 1.0 / (2 * 1.2)

    def difference(R, c):
        s2 = (R * R + c) / (R * R)
        return mu * (s2 - 1 / s2)

    def pressure(R, c):
        """-sigma_rr at R: integral of the difference dr/r outwards."""
        return quad(lambda x: difference(x, c) * x / (x * x + c), R, b, epsabs=1e-13, epsrel=1e-12)[0]

    d = np.linspace(0.0, 0.6, 241)
    c = (a + d) ** 2 - a * a
    write("tube-inflation", """
        Pressure that inflates an incompressible neo-Hookean tube in plane strain, outer surface free
        r^2 = R^2 + c, sigma_tt - sigma_rr = mu (r^2/R^2 - R^2/r^2), p = integral of it dr/r from inside to outside
        radii at rest 1 mm and 2 mm, mu = 1/2.4 MPa (E 1 MPa and nu 0.2 when drained); by adaptive quadrature
        Source: Rivlin (1949) Philos Trans R Soc A 242:173; Ogden (1984), Non-linear Elastic Deformations, section 5.3
        """, ["inner_displacement [mm]", "pressure [MPa]", "outer_displacement [mm]"],
        [d, [pressure(a, x) for x in c], np.sqrt(b * b + c) - b])
    R = np.linspace(a, b, 401)
    write("tube-inflation-hoop", """
        Hoop stress over the radius at rest in the tube of tube-inflation when its inner radius has grown from 1 mm to 1.6 mm
        Source: Rivlin (1949) Philos Trans R Soc A 242:173
        """, ["radius [mm]", "hoop_stress [MPa]"], [R, [difference(x, c[-1]) - pressure(x, c[-1]) for x in R]])


def torsion_stress(r, tau, mu, families, k1=0.5, k2=2.0, angle=0.6):
    """Cauchy stress but for -p I at radius r of pure torsion: tt, zz, tz; rr is 0. F = I + tau r e_t (x) e_z in the cylinder's frame."""
    g = tau * r
    tt, zz, tz = mu * g * g, 0.0, mu * g  # mu (b - I)
    for sign in (1.0, -1.0)[:families]:
        at, az = sign * np.sin(angle), np.cos(angle)
        mt, mz = at + g * az, az
        E = mt * mt + mz * mz - 1
        if E > 0:
            w = 2 * k1 * E * np.exp(k2 * E * E)
            tt, zz, tz = tt + w * mt * mt, zz + w * mz * mz, tz + w * mt * mz
    return tt, zz, tz


def fibre_torsion():
    a, b, mu = 1.0, 2.0, lame(1.0, 0.2)[0]
    twist = np.linspace(-0.3, 0.3, 241)
    columns = []
    options = dict(epsabs=1e-12, epsrel=1e-11, limit=200)

    def pressure(r, tau, n):
        """p with sigma_rr = -p, p(b) = 0 and d(sigma_rr)/dr = (sigma_tt - sigma_rr)/r."""
        return quad(lambda x: torsion_stress(x, tau, mu, n)[0] / x, r, b, **options)[0]

    for n in (1, 2):
        columns.append([2 * np.pi * quad(lambda r: torsion_stress(r, x, mu, n)[2] * r * r, a, b, **options)[0] for x in twist])
        columns.append([2 * np.pi * quad(lambda r: (torsion_stress(r, x, mu, n)[1] - pressure(r, x, n)) * r, a, b, **options)[0]
                        for x in twist])
    about = """
        Pure torsion of an incompressible neo-Hookean tube with helical fibres: r = R, theta = Theta + tau Z, z = Z
        sigma = -p I + mu (b - I) + 2 W' m (x) m a family, W' = k1 E exp(k2 E^2), m = F a, E = |m|^2 - 1 > 0
        d(sigma_rr)/dr = (sigma_tt - sigma_rr)/r, sigma_rr = 0 outside; torque = int sigma_tz r dA, force = int sigma_zz dA
        radii 1 mm and 2 mm, mu = 1/2.4 MPa, k1 0.5 MPa, k2 2, families at +0.6 (one) and +-0.6 rad (two) to the axis
        Source: Rivlin (1949) Philos Trans R Soc A 242:173; Spencer (1972), Deformations of Fibre-reinforced Materials
        """
    write("fibre-torsion", about, ["twist [rad/mm]", "torque_one [N mm]", "force_one [N]", "torque_two [N mm]", "force_two [N]"],
          [twist] + columns)
    r = np.linspace(a, b, 201)
    write("fibre-torsion-pressure", about + "\nhere: p over the radius at a twist of 0.3 rad/mm", ["radius [mm]", "one [MPa]", "two [MPa]"],
          [r] + [[pressure(x, 0.3, n) for x in r] for n in (1, 2)])


def foundation_force(approach, shape, law, radius=20.0, width=4.0):
    """Force of an elastic foundation: its pressure, a function of the overclosure at the same point, over the patch."""
    gap = (lambda x: x * x / (2 * radius) - approach)
    line = (lambda x: 4 * width) if shape == "cylinder" else (lambda x: 2 * np.pi * x)  # both halves x the square's side; a ring
    ends = np.sort(np.clip(np.sqrt(2 * radius * np.maximum([approach, approach + 0.1], 0)), 0, width))  # kinks of both laws
    pieces = np.unique(np.concatenate([[0.0], ends, [width]]))
    return sum(quad(lambda x: law(-gap(x)) * line(x), lo, hi, epsabs=1e-12, epsrel=1e-12)[0] for lo, hi in zip(pieces, pieces[1:]))


def exponential(h, p0=0.1, c0=0.1):
    """p0/(e - 1) (1 + h/c0) (exp(1 + h/c0) - 1), continued along its slope above h = 3 c0."""
    x = 1 + h / c0
    if x <= 0:
        return 0.0
    y = min(x, 4.0)
    slope = np.expm1(y) + y * np.exp(y)
    return p0 / (np.e - 1) * (y * np.expm1(y) + slope * (x - y))


def facet_approach():
    force = np.linspace(0.5, 100.0, 400)
    laws = {"linear": lambda h: 10.0 * max(h, 0.0), "exponential": exponential}
    columns, header = [], ["force [N]"]
    for shape in ("cylinder", "paraboloid"):
        for word, law in laws.items():
            header.append(f"{shape}_{word} [mm]")
            columns.append([brentq(lambda d: foundation_force(d, shape, law) - f, -0.0999, 2.0, xtol=1e-13) for f in force])
    hertz = (force / (4 / 3 * np.sqrt(20.0))) ** (2 / 3)
    write("facet-approach", """
        Approach of two facets over the force that presses them: elastic foundation (Winkler), pressure p(h) of the overclosure h
        h = approach - x^2/(2 R); cylinder: F = side int p(h(x)) dx over the square; paraboloid: F = int p(h(r)) 2 pi r dr
        linear law p = k h while the contact lies within the patch: cylinder F = 4/3 k side approach sqrt(2 R approach),
        paraboloid F = pi k R approach^2. R 20 mm, half width (radius of the disc) 4 mm, k 10 MPa/mm, p0 0.1 MPa, c0 0.1 mm
        hertz: what a sphere of that radius on an elastic half-space would do, F = 4/3 E* sqrt(R) approach^1.5 with E* = 1 MPa
        Source: Johnson (1985), Contact Mechanics, sections 4.2 and 4.3
        """, header + ["hertz [mm]"], [force] + columns + [hertz])


def cable_over_via_point():
    l0, toe, k, first, arm, F = 60.0, 0.05, 2000.0, 25.0, 10.0, 120.0
    strain = F / k + toe / 2 if F > k * toe / 2 else np.sqrt(2 * toe * F / k)
    distance = l0 * (1 + strain) - first + arm  # via point to the free body's centre, along the force
    angle = np.linspace(0.0, 1.5, 601)
    write("cable-over-via-point", """
        A strand without friction over a via point (origin) holds a body that a force F pulls in the direction n, at an angle to -z
        one tension F in both strands; strain F/k + eps_t/2; strand's end and body's centre lie along n; the body turns by the angle
        via point: F |n + e| with e = -x towards the held end, that is 2 F cos(half the angle between the strands)
        slack length 60 mm, eps_t 0.05, k 2000 N, held end 25 mm away along -x, arm 10 mm, F 120 N
        Source: statics; strand law of Remus et al. (2021) PLoS ONE 16:e0250456
        """, ["angle [rad]", "centre_x [mm]", "centre_z [mm]", "rotation [rad]", "held_force [N]", "via_force [N]"],
        [angle, distance * np.sin(angle), -distance * np.cos(angle), angle, np.full_like(angle, F),
         F * np.hypot(np.sin(angle) - 1, np.cos(angle))])


CURVES = {f.__name__.replace("_", "-"): f for f in (tube_lame, tube_inflation, fibre_torsion, facet_approach, cable_over_via_point)}
