#!/usr/bin/env python3
"""Power laws through the printed tables of Hoffmann et al. (2022), arXiv:2203.15556.

The paper prints no coefficients for approaches 1 and 2, only exponents of two digits and, in Tables 3
and A3, the compute C and tokens D at which nine model sizes N are optimal; for approach 3 the constants
that it prints do not give its table. This computes ordinary least squares of log10 N and log10 D on
log10 C over those nine rows, in 50-digit decimals, and prints each coefficient and exponent as the
shortest text that reads back as the nearest double.

    python3 scripts/hoffmann_presets.py

src/laws/hoffmann_approaches.rs and src/laws/hoffmann_table.rs hold what it prints,
scripts/oracles/core.py the tables. Needs nothing but Python 3.
"""

from decimal import Decimal, getcontext

getcontext().prec = 50

SIZES = ["400e6", "1e9", "10e9", "67e9", "175e9", "280e9", "520e9", "1e12", "10e12"]

# C in FLOPs and D in tokens, as printed, in the order of SIZES.
TABLES = {
    "approach 1, Table 3": (
        ["1.92e19", "1.21e20", "1.23e22", "5.76e23", "3.85e24", "9.90e24", "3.43e25", "1.27e26", "1.30e28"],
        ["8.0e9", "20.2e9", "205.1e9", "1.5e12", "3.7e12", "5.9e12", "11.0e12", "21.2e12", "216.2e12"],
    ),
    "approach 2, Table A3": (
        ["1.84e19", "1.20e20", "1.32e22", "6.88e23", "4.54e24", "1.18e25", "4.19e25", "1.59e26", "1.75e28"],
        ["7.7e9", "20.0e9", "219.5e9", "1.7e12", "4.3e12", "7.1e12", "13.4e12", "26.5e12", "292.0e12"],
    ),
    # Printed as 1.26e24 for 175 B, which 6 N D contradicts.
    "approach 3, Table A3": (
        ["2.21e19", "1.62e20", "2.46e22", "1.71e24", "1.26e25", "3.52e25", "1.36e26", "5.65e26", "8.55e28"],
        ["9.2e9", "27.1e9", "410.1e9", "4.1e12", "12.0e12", "20.1e12", "43.5e12", "94.1e12", "1425.5e12"],
    ),
}


def logs(column):
    return [Decimal(text).log10() for text in column]


def power_law(x, y):
    """Least squares of log10 y on log10 x: the coefficient and the exponent of y = k x^p."""
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    products = sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y))
    exponent = products / sum((a - mean_x) ** 2 for a in x)
    return Decimal(10) ** (mean_y - exponent * mean_x), exponent


def worst(x, y, coefficient, exponent):
    """The largest relative difference between a row and the power law."""
    fitted = [coefficient.log10() + exponent * a for a in x]
    return max(abs(Decimal(10) ** (f - b) - 1) for f, b in zip(fitted, y))


for name, (compute, tokens) in TABLES.items():
    print(name)
    x = logs(compute)
    for symbol, column in (("N", SIZES), ("D", tokens)):
        y = logs(column)
        k, p = power_law(x, y)
        print(f"  {symbol} = {float(k)!r} * C^{float(p)!r}, worst row {float(100 * worst(x, y, k, p)):.1f} %")
