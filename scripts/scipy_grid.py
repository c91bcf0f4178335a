"""The published way to fit approach 3, as fast as SciPy does it: L-BFGS-B from the 4500 starts of
Hoffmann et al. (2022), appendix D.2, with the gradient written out.

    python scripts/scipy_grid.py runs.json

`runs.json` holds the columns N, D and L. Prints one JSON object: versions, evaluations, CPU seconds, the
lowest objective, and the parameters there. scripts/bench.mjs sets it beside our own fit, and
scripts/refit_240.py starts from it.
"""

import json
import os
import platform
import sys
import time
from itertools import product

# One thread, as our fit has; read when numpy is loaded.
for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np  # noqa: E402
import scipy  # noqa: E402
from scipy.optimize import minimize  # noqa: E402

DELTA = 1e-3

# (a, b, e, alpha, beta), with the coefficients by their logarithms.
EXPONENTS, COEFFICIENTS, CONSTANTS = np.arange(0, 2.5, 0.5), np.arange(0, 30, 5), np.arange(-1, 1.5, 0.5)
GRID = list(product(COEFFICIENTS, COEFFICIENTS, CONSTANTS, EXPONENTS, EXPONENTS))


def objective(log_n, log_d, log_loss):
    """The sum of Huber terms of the log residuals, with its gradient."""

    def value_and_gradient(theta):
        a, b, e, alpha, beta = theta
        p = np.exp(a - alpha * log_n)
        q = np.exp(b - beta * log_d)
        constant = np.exp(e)
        s = constant + p + q
        r = np.log(s) - log_loss
        c = np.clip(r, -DELTA, DELTA)
        size = np.abs(c)
        value = np.sum(size * (np.abs(r) - 0.5 * size))
        c /= s
        cp, cq = c * p, c * q
        gradient = np.array([cp.sum(), cq.sum(), constant * c.sum(), -(cp @ log_n), -(cq @ log_d)])
        return value, gradient

    return value_and_gradient


def lowest(value_and_gradient, starts=GRID):
    """The lowest end of all starts, and the evaluations that they took.

    With SciPy's own tolerances: they stop a relative 1e-10 above the optimum, and tighter ones take up to
    twice as long.
    """
    best, evaluations = None, 0
    with np.errstate(all="ignore"):
        for start in starts:
            found = minimize(value_and_gradient, start, jac=True, method="L-BFGS-B")
            evaluations += found.nfev
            if np.isfinite(found.fun) and (best is None or found.fun < best.fun):
                best = found
    return best, evaluations


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        runs = json.load(file)
    columns = [np.log(np.array(runs[name])) for name in ("N", "D", "L")]
    wall, cpu = time.perf_counter(), time.process_time()
    best, evaluations = lowest(objective(*columns))
    answer = {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "scipy": scipy.__version__,
        "starts": len(GRID),
        "evaluations": evaluations,
        "cpu_s": time.process_time() - cpu,
        "wall_s": time.perf_counter() - wall,
        "objective": best.fun,
        "theta": list(best.x),
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
