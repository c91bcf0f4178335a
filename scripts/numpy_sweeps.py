"""The sweeps of benches/kernels/sweeps.rs as NumPy does them: whole arrays at once, one thread, the quickest of some calls.

    python scripts/numpy_sweeps.py

Prints one JSON object: seconds of each by the name of its kernel. scripts/bench.mjs sets them beside ours. Where a part depends
on one axis alone it is computed along that axis here too; plans under a serving demand are four steps of Newton's method.
"""

import json
import time

# First of all: it keeps numpy to one thread.
import scipy_grid  # noqa: F401

import numpy as np

E, A, ALPHA, B, BETA = 1.8172180990100768, np.exp(6.169246373723174), 0.3473104988817546, np.exp(7.670156733095417), 0.3671724326277622
SIDE, BUDGETS, DRAWS, BAND_SIDE, BAND_DRAWS = 1000, 512, 4000, 256, 200
SHARES = [0.05, 0.5, 0.95]


def separable(n, d):
    return E + (A / n**ALPHA)[:, None] + (B / d**BETA)[None, :]


def constrained(n, d, unique=25e9, r_d=15.387756, r_n=5.309743):
    """Muennighoff et al. (2023): what depends on the tokens alone once for each of them."""
    a, b, alpha = 520.8249516599187, 1487.716093782861, 0.3526596
    g = (a / b) ** (1 / (2 * alpha))
    u_d = np.minimum(unique, d)
    d_eff = u_d - u_d * r_d * np.expm1(-np.maximum(d / u_d - 1, 0) / r_d)
    u_n = np.minimum(n[:, None], (g * u_d * g)[None, :])
    n_eff = u_n - u_n * r_n * np.expm1(-np.maximum(n[:, None] / u_n - 1, 0) / r_n)
    return E + a / n_eff**alpha + (b / d_eff**alpha)[None, :]


def frontier(c, e, a, alpha, b, beta):
    """The closed form, with an exponential for each of the two outputs."""
    balance = np.log(alpha * a / (beta * b)) / (alpha + beta)
    size = beta / (alpha + beta)
    k, power = np.log(a * (1 + alpha / beta)) - alpha * balance, alpha * size
    log = np.log(c / 6)[:, None]
    return np.exp(balance + size * log), e + np.exp(k - power * log)


def serving(c, e, a, alpha, b, beta, demand=2e12):
    log, q = np.log(c / 6)[:, None], demand / 3
    balance = np.log(alpha * a / (beta * b))
    v = (alpha * log - balance) / (alpha + beta)
    for _ in range(4):
        s = np.log(np.exp(v) + q)
        h = balance - alpha * (log - s) + (beta + 1) * v - s
        v = v - h / (beta + 1 + (alpha - 1) * (1 - q * np.exp(-s)))
    s = np.log(np.exp(v) + q)
    n = np.exp(log - s)
    return n, e + a * np.exp(-alpha * (log - s)) + b * np.exp(-beta * v)


def surface_with_bands(n, d, n_c, alpha_n, d_c, alpha_d):
    """Kaplan et al. (2020), equation 1.5, a row of the surface at a time."""
    power = alpha_n / alpha_d
    tokens = d_c / d[:, None]
    for size in n:
        np.quantile(((n_c / size) ** power + tokens) ** alpha_d, SHARES, axis=1)


def draws(count, *values):
    shift = np.random.default_rng(1).uniform(-0.01, 0.01, (len(values), count))
    return [value * (1 + by) for value, by in zip(values, shift)]


def quickest(call, times):
    best = np.inf
    for _ in range(times):
        start = time.perf_counter()
        call()
        best = min(best, time.perf_counter() - start)
    return best


def main():
    n, d = np.exp(np.linspace(16, 28, SIDE)), np.exp(np.linspace(20, 32, SIDE))
    c = np.exp(np.linspace(41.5, 61, BUDGETS))
    fit = draws(DRAWS, E, A, ALPHA, B, BETA)
    cells = np.random.default_rng(2).uniform(size=(BUDGETS, DRAWS))
    band_n, band_d = np.exp(np.linspace(16, 28, BAND_SIDE)), np.exp(np.linspace(20, 32, BAND_SIDE))
    kaplan = draws(BAND_DRAWS, 6.4e13, 0.076, 1.8e13, 0.103)
    print(json.dumps({
        "sweep, separable": quickest(lambda: separable(n, d), 30),
        "sweep, data-constrained": quickest(lambda: constrained(n, d), 10),
        "sweep, frontier": quickest(lambda: frontier(c, *fit), 10),
        "sweep, frontier serving": quickest(lambda: serving(c, *fit), 5),
        "sweep, bands": quickest(lambda: np.quantile(cells, SHARES, axis=1), 5),
        "sweep, surface with bands": quickest(lambda: surface_with_bands(band_n, band_d, *kaplan), 2),
    }))


if __name__ == "__main__":
    main()
