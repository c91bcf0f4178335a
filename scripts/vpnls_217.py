#!/usr/bin/env python3
"""Least squares on the raw loss of Chinchilla's digitised runs, as Czech et al. (2026), arXiv:2603.22339, fit it.

    python3 scripts/vpnls_217.py [chinchilla_points.csv]

Takes the runs with kept240 = 1 and less than 1e21 FLOPs of the table named, by default of the one in
ISOFLOP_DATA or ../shared/data. For exponents alpha and beta the best E, A and B are linear least squares; what
is left is searched over a grid of 32 by 32 and then by Nelder and Mead. Prints the constants, and fails where
src/laws/chinchilla.rs holds others. Needs the packages of scripts/requirements.txt.
"""

import csv
import os
import re
import sys
from pathlib import Path

import numpy as np
from scipy.optimize import minimize, nnls

ROOT = Path(__file__).resolve().parent.parent
NAMES = ("E", "A", "alpha", "B", "beta")
# The digits that doubles settle here.
DIGITS = 7


def read(path):
    """The columns N, D and L of the 217 runs."""
    with open(path, newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["kept240"] == "1" and float(row["flops"]) < 1e21]
    return [np.array([float(row[name]) for row in rows]) for name in ("params", "tokens", "loss")]


def main():
    data = Path(os.environ.get("ISOFLOP_DATA", ROOT / "../shared/data"))
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else data / "chinchilla_points.csv"
    n, d, loss = read(path)

    def linear(exponents):
        alpha, beta = exponents
        terms = np.column_stack([np.ones_like(n), (n / 1e6) ** -alpha, (d / 1e9) ** -beta])
        return nnls(terms, loss)

    squares = lambda exponents: linear(exponents)[1] ** 2
    grid = np.linspace(0.05, 0.95, 32)
    start = min(((a, b) for a in grid for b in grid), key=squares)
    options = {"xatol": 1e-12, "fatol": 1e-18, "maxiter": 10_000}
    best = minimize(squares, start, method="Nelder-Mead", options=options)
    (alpha, beta), (e, a, b) = best.x, linear(best.x)[0]
    print(f"{len(loss)} runs, sum of squares {best.fun:.9g}, with N in 1e6 and D in 1e9: A = {a:.9g}, B = {b:.9g}")

    found = dict(zip(NAMES, (e, a * 1e6**alpha, alpha, b * 1e9**beta, beta)))
    text = (ROOT / "src/laws/chinchilla.rs").read_text(encoding="utf-8")
    values = re.search(r'id: "vpnls-217",.*?values: &\[(.*?)\]', text, re.DOTALL)
    held = dict(zip(NAMES, (float(x) for x in values.group(1).split(",")))) if values else {}
    for name, x in found.items():
        print(f"{name:>9} {x:.{DIGITS}g}")
    wrong = [name for name, x in found.items() if held.get(name) != float(f"{x:.{DIGITS}g}")]
    if wrong:
        raise SystemExit(f"vpnls-217: not as computed: {', '.join(wrong)}")
    print("as in src/laws/chinchilla.rs")


if __name__ == "__main__":
    main()
