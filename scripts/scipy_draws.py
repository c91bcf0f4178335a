"""Refits of resampled runs as SciPy does them: BFGS from the optimum of all runs, with the gradient written out,
until its largest component is 1e-9.

    python scripts/scipy_draws.py runs.json

`runs.json` holds the columns N, D and L. Prints one JSON object: draws, evaluations, CPU seconds, and how many draws came
as far as that: the others lost it to rounding. scripts/bench.mjs sets it beside our own draws.
"""

import json
import sys
import time

# First of all: it keeps numpy to one thread.
import scipy_grid

import numpy as np
from scipy.optimize import minimize

DRAWS = 100
SEED = 42
GRADIENT = 1e-9

# Those of Hoffmann et al. (2022): near the optimum of all runs.
START = [np.log(406.4), np.log(410.7), np.log(1.69), 0.34, 0.28]


def bfgs(columns, start):
    """The optimum of some runs."""
    return minimize(
        scipy_grid.objective(*columns), start, jac=True, method="BFGS", options={"gtol": GRADIENT, "maxiter": 1000}
    )


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        runs = json.load(file)
    columns = np.log(np.array([runs[name] for name in ("N", "D", "L")]))
    start = bfgs(columns, START).x
    size = columns.shape[1]
    draws = np.random.default_rng(SEED).integers(size, size=(DRAWS, size))
    cpu = time.process_time()
    found = [bfgs(columns[:, rows], start) for rows in draws]
    answer = {
        "draws": DRAWS,
        "cpu_s": time.process_time() - cpu,
        "evaluations": sum(draw.nfev for draw in found),
        "converged": sum(bool(np.max(np.abs(draw.jac)) <= GRADIENT) for draw in found),
        "gradient": float(np.median([np.max(np.abs(draw.jac)) for draw in found])),
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
