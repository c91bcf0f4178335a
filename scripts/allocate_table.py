"""Writes tests/oracles/allocate.csv: optima under a serving demand, to high precision.

The loss is E + A/N^alpha + B/D^beta and the cost 6*N*D + 2*N*demand, as in Sardana et al. (2024,
arXiv:2401.00448), equation 3. Two questions for each fit, demand and budget:

- least loss for the cost: one unknown, ln D, with N = cost / (6 D + 2 demand);
- least cost for that loss: one unknown, ln N, with D from the loss.

Each is solved by halving a bracket of the first-order condition

    alpha A N^-alpha / (beta B D^-beta) = 1 + demand / (3 D)

in 50-digit arithmetic: neither the formulation nor the arithmetic of the crate.

    $(scripts/python.sh) scripts/allocate_table.py
"""

import pathlib

from mpmath import mp, mpf

mp.dps = 50

FITS = {
    # Besiroglu et al. (2024), refitted to the 240 points (tests/oracles/fits.csv).
    "refit": ("1.81721809901008", "477.825868233905", "0.3473104988817546", "2143.41736336046", "0.3671724326277622"),
    # Hoffmann et al. (2022), from the TeX source.
    "tex": ("1.6933736809989528", "406.4010175194737", "0.33917084", "410.7228269450398", "0.2849083"),
    # Sardana et al. (2024), appendix A.
    "sardana": ("1.69", "406.4", "0.336", "410.7", "0.283"),
    # No floor, and exponents far apart.
    "steep": ("0", "1e6", "1.2", "0.5", "0.05"),
}


def halve(low, high, rises):
    """The point between low and high where the rising function changes its sign."""
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (low, middle) if rises(middle) > 0 else (middle, high)
    return (low + high) / 2


def loss(fit, n, d):
    e, a, alpha, b, beta = fit
    return e + a * n**-alpha + b * d**-beta


def wedge(fit, demand, n, d):
    """Positive where D is too large for its N."""
    _, a, alpha, b, beta = fit
    return mp.log(alpha * a * n**-alpha / (beta * b * d**-beta)) - mp.log(1 + demand / (3 * d))


def least_loss(fit, demand, cost):
    n = lambda d: cost / (6 * d + 2 * demand)
    v = halve(mpf(-200), mpf(200), lambda v: wedge(fit, demand, n(mp.exp(v)), mp.exp(v)))
    d = mp.exp(v)
    return n(d), d


def least_cost(fit, demand, target):
    e, a, alpha, b, beta = fit
    floor = mp.log(a / (target - e)) / alpha
    d = lambda n: (b / (target - e - a * n**-alpha)) ** (1 / beta)
    share = lambda t: mp.exp(floor + mp.exp(t))  # ln N lies above the floor
    t = halve(mpf(-60), mpf(6), lambda t: -wedge(fit, demand, share(t), d(share(t))))
    return share(t), d(share(t))


def rows():
    for name, texts in FITS.items():
        fit = [mpf(text) for text in texts]
        for demand in ["0", "1e9", "2e12", "1e15"]:
            for cost in ["1e18", "5.76e23", "1e27"]:
                n, d = least_loss(fit, mpf(demand), mpf(cost))
                value = loss(fit, n, d)
                again = least_cost(fit, mpf(demand), value)
                assert abs(again[0] / n - 1) < mpf("1e-25") and abs(again[1] / d - 1) < mpf("1e-25"), (name, again)
                yield [name, *texts, demand, cost, *(mp.nstr(x, 20) for x in (n, d, value))]


if __name__ == "__main__":
    path = pathlib.Path(__file__).parent.parent / "tests" / "oracles" / "allocate.csv"
    lines = ["fit,E,A,alpha,B,beta,demand,cost,N,D,loss", *(",".join(row) for row in rows())]
    path.write_text("\n".join(lines) + "\n")
