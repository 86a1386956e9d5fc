"""How tools/reference_curves.py writes a curve."""
import pathlib

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "data" / "verification" / "curves"


def write(name, about, header, columns):
    """One CSV: comment lines, header with units, rows."""
    with open(FOLDER / f"{name}.csv", "w", encoding="utf-8") as out:
        for line in about.strip().splitlines():
            out.write(f"# {line.strip()}\n")
        out.write("# Written by tools/reference_curves.py\n")
        out.write(",".join(header) + "\n")
        for row in zip(*columns):
            out.write(",".join(f"{x:.9g}" for x in row) + "\n")


def lame(E, nu):
    """Shear modulus and first Lame parameter."""
    return E / (2 * (1 + nu)), E * nu / ((1 + nu) * (1 - 2 * nu))
