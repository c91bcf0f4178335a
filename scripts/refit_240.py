"""Computes the catalogue's `refit-240`: Chinchilla's law fitted to 240 of its runs, converged.

    python scripts/refit_240.py [chinchilla_points.csv]

The runs are those with kept240 = 1 of the table named, by default of the one in ISOFLOP_DATA or
../shared/data. SciPy's L-BFGS-B with the gradient written out starts from the 4500 points of Hoffmann et
al. (2022), appendix D.2; damped Newton steps in 40 digits then take its lowest end to the minimum for
these float64 inputs. Prints the constants and the objective, and fails where src/laws/chinchilla.rs or
tests/fit_oracles.rs hold others. Needs the packages of scripts/requirements.txt.
"""

import csv
import os
import re
import sys
from pathlib import Path

import mpmath
import numpy as np
from mpmath import mpf

from scipy_grid import DELTA, lowest, objective

ROOT = Path(__file__).resolve().parent.parent
NAMES = ("E", "A", "alpha", "B", "beta")
mpmath.mp.dps = 40


def read(path):
    """The columns N, D and L of the kept runs."""
    with open(path, newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["kept240"] == "1"]
    return [[float(row[name]) for row in rows] for name in ("params", "tokens", "loss")]


class Exact:
    """The objective in 40 digits, at (a, b, e, alpha, beta)."""

    def __init__(self, columns):
        self.rows = [[mpmath.log(mpf(x)) for x in row] for row in zip(*columns)]

    def terms(self, theta):
        """For each run the three terms of the law and the log residual."""
        a, b, e, alpha, beta = theta
        constant = mpmath.exp(e)
        for x, y, t in self.rows:
            p, q = mpmath.exp(a - alpha * x), mpmath.exp(b - beta * y)
            yield x, y, p, q, constant, mpmath.log(p + q + constant) - t

    def value(self, theta):
        huber = lambda r: r * r / 2 if abs(r) <= DELTA else DELTA * (abs(r) - mpf(DELTA) / 2)
        return mpmath.fsum(huber(r) for *_, r in self.terms(theta))

    def derivatives(self, theta):
        """Gradient and Hessian; runs beyond the threshold have no curvature of their own."""
        gradient, hessian = mpmath.matrix(5, 1), mpmath.matrix(5, 5)
        for x, y, p, q, constant, r in self.terms(theta):
            s = p + q + constant
            c = min(max(r, -mpf(DELTA)), mpf(DELTA))
            j = [p / s, q / s, constant / s, -x * p / s, -y * q / s]
            # The law is a sum of exponentials: a share of the loss, and how its logarithm moves.
            parts = [(p / s, [1, 0, 0, -x, 0]), (q / s, [0, 1, 0, 0, -y]), (constant / s, [0, 0, 1, 0, 0])]
            for k in range(5):
                gradient[k] += c * j[k]
                for l in range(5):
                    second = sum(share * t[k] * t[l] for share, t in parts) - j[k] * j[l]
                    hessian[k, l] += c * second + (j[k] * j[l] if abs(r) <= DELTA else 0)
        return gradient, hessian


def newton(exact, theta):
    """Newton steps, halved until the objective falls, until the gradient has vanished."""
    theta, value = mpmath.matrix([mpf(float(x)) for x in theta]), None
    for _ in range(50):
        gradient, hessian = exact.derivatives(theta)
        if max(abs(g) for g in gradient) < mpf(10) ** -32:
            return theta
        step = -mpmath.lu_solve(hessian, gradient)
        value = exact.value(theta)
        while exact.value(theta + step) > value and mpmath.norm(step) > mpf(10) ** -30:
            step /= 2
        theta += step
    raise SystemExit("refit-240: Newton's steps did not converge")


def catalogue():
    """The constants of `refit-240` as the catalogue holds them, by name."""
    text = (ROOT / "src/laws/chinchilla.rs").read_text(encoding="utf-8")
    values = re.search(r'id: "refit-240",.*?values: &\[(.*?)\]', text, re.DOTALL).group(1)
    return dict(zip(NAMES, (float(x) for x in values.split(","))))


def oracle():
    """The objective that tests/fit_oracles.rs holds for these runs."""
    text = (ROOT / "tests/fit_oracles.rs").read_text(encoding="utf-8")
    return float(re.search(r"KEPT_240: Oracle = Oracle \{\s*objective: ([\d.e-]+)", text).group(1))


def main():
    data = Path(os.environ.get("ISOFLOP_DATA", ROOT / "../shared/data"))
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else data / "chinchilla_points.csv"
    columns = read(path)
    best, evaluations = lowest(objective(*(np.log(np.array(column)) for column in columns)))
    exact = Exact(columns)
    theta = newton(exact, best.x)
    a, b, e, alpha, beta = theta
    found = dict(zip(NAMES, (mpmath.exp(e), mpmath.exp(a), alpha, mpmath.exp(b), beta)))
    value = exact.value(theta)

    print(f"{len(columns[0])} runs of {path.name}; L-BFGS-B: {evaluations} evaluations")
    print(f"objective {mpmath.nstr(value, 20)}, L-BFGS-B {float(best.fun / value - 1):.1e} above it")
    held, wrong = catalogue(), []
    for name, x in found.items():
        print(f"{name:>9} {mpmath.nstr(x, 20)}   as a double {float(x)!r}, in the catalogue {held[name]!r}")
        # The catalogue may hold fewer digits than a double, but no other ones.
        digits = len(re.sub(r"[^\d]", "", repr(held[name]).lstrip("0.")))
        if float(mpmath.nstr(x, digits)) != held[name]:
            wrong.append(name)
    if abs(float(value) / oracle() - 1) > 1e-14:
        wrong.append(f"the objective, {oracle()!r} in tests/fit_oracles.rs")
    if wrong:
        raise SystemExit(f"refit-240: not as computed: {', '.join(wrong)}")
    print("as in src/laws/chinchilla.rs and tests/fit_oracles.rs")


if __name__ == "__main__":
    main()
