"""Writes tests/oracles/derivatives.tsv: formulas of the law language, differentiated in 50 digits.

A row is the formula, the point, and the value with every first and second derivative there, by
differences of 50-digit arithmetic: neither the rules nor the arithmetic of the crate. Each formula stands
here twice, in the language and in Python, so that the reader of the language is tested too.

    $(scripts/python.sh) scripts/derivatives_table.py
"""

import pathlib

from mpmath import mp, mpf

# Differences of half the digits keep 50.
mp.dps = 150


def chinchilla(E, A, N, alpha, B, D, beta):
    return E + A / N**alpha + B / D**beta


FUNCTIONS = [
    ("E + A / N^alpha + B / D^beta", chinchilla,
     {"E": "1.7", "A": "480", "N": "7e9", "alpha": "0.35", "B": "2100", "D": "1.4e12", "beta": "0.37"}),
    ("x^3 * y - x / y", lambda x, y: x**3 * y - x / y, {"x": "0.7", "y": "1.3"}),
    ("x^y + y^-0.7", lambda x, y: x**y + y ** mpf("-0.7"), {"x": "0.7", "y": "1.3"}),
    ("exp(x - y) * ln(x + y)", lambda x, y: mp.exp(x - y) * mp.log(x + y), {"x": "1.1", "y": "0.4"}),
    ("sqrt(x * y) + log10(x) * log2(y + 1)",
     lambda x, y: mp.sqrt(x * y) + mp.log10(x) * mp.log(y + 1, 2), {"x": "0.7", "y": "1.3"}),
    ("abs(x - 10) / abs(y + 1)", lambda x, y: (10 - x) / (y + 1), {"x": "0.7", "y": "1.3"}),
    ("expm1(-x * y) + log1p(x / y)", lambda x, y: mp.expm1(-x * y) + mp.log1p(x / y), {"x": "0.7", "y": "1.3"}),
    ("min(x, y + 5) * max(x * 2 + y, y)", lambda x, y: x * (x * 2 + y), {"x": "0.7", "y": "1.3"}),
    ("cos(pi * x) * exp(-y * x)", lambda x, y: mp.cos(mp.pi * x) * mp.exp(-y * x), {"x": "0.7", "y": "1.3"}),
    ("cos(x)^2 + floor(2.5) * y + round(3.5) * ceil(0.2) * x",
     lambda x, y: mp.cos(x) ** 2 + 2 * y + 4 * x, {"x": "0.7", "y": "1.3"}),
]

CHOICES = [
    ("if(x < y, x^2 * y, ln(x - y))", lambda x, y: x**2 * y, {"x": "0.7", "y": "1.3"}),
    ("if(x < y, x^2 * y, ln(x - y))", lambda x, y: mp.log(x - y), {"x": "1.7", "y": "1.3"}),
    ("U = if(D <= U_D, D, U_D + R * (1 - exp(-(D - U_D) / R))); E + B / U^beta",
     lambda D, U_D, R, E, B, beta: E + B / (U_D + R * (1 - mp.exp(-(D - U_D) / R))) ** beta,
     {"D": "9", "U_D": "4", "R": "15.4", "E": "1.7", "B": "3.1", "beta": "0.37"}),
]

MIXTURE = {"E": "1.4", "C[arxiv]": "0.8", "C[c4]": "2.3", "h[arxiv]": "0.1", "h[c4]": "0.9", "g[arxiv]": "0.4",
           "g[c4]": "0.7"}
SUMS = [
    # The additive law of mixtures: E + 1 / sum C_i h_i^gamma_i.
    ("E + 1 / sum(i: C[i] * h[i]^g[i])",
     lambda E, C0, C1, h0, h1, g0, g1: E + 1 / (C0 * h0**g0 + C1 * h1**g1), MIXTURE),
    ("c + K * exp(sum(j: t[1, j] * r[j])) + prod(j: 1 + r[j])",
     lambda c, K, t0, t1, r0, r1: c + K * mp.exp(t0 * r0 + t1 * r1) + (1 + r0) * (1 + r1),
     {"c": "1.2", "K": "0.7", "t[1,a]": "-0.5", "t[1,b]": "0.3", "r[a]": "0.2", "r[b]": "0.8"}),
    ("sum(k in 0..3: a[k] * x^k) / prod(k in 1..2: x + k)",
     lambda a0, a1, a2, a3, x: (a0 + a1 * x + a2 * x**2 + a3 * x**3) / ((x + 1) * (x + 2)),
     {"a[0]": "1.5", "a[1]": "-0.5", "a[2]": "0.25", "a[3]": "2", "x": "0.7"}),
    ("sum(i, j: t[i, j] * h[i] * h[j])",
     lambda h0, h1, a, b, c, d: a * h0 * h0 + b * h0 * h1 + c * h1 * h0 + d * h1 * h1,
     {"h[a]": "0.3", "h[b]": "0.7", "t[a,a]": "1.1", "t[a,b]": "-0.4", "t[b,a]": "0.6", "t[b,b]": "2.2"}),
]



def time_and_batch(N, S, B, N_c, a_N, S_c, a_S, B_c, a_B):
    """The loss after S steps with batches of B tokens, of Kaplan et al. (2020), section 5, with (5.3) in it."""
    def equation(L):
        return (N_c / N) ** a_N + (S_c / S) ** a_S * (1 + B_c / (B * L ** (1 / a_B))) ** a_S - L
    return mp.findroot(equation, mpf("2.5"))


IMPLICIT = [
    ("solve(w in 0..9: w * exp(w) = x)", lambda x: mp.lambertw(x).real, {"x": "0.7"}),
    ("solve(u in 0..1: u^2 = x * y) + 1 / solve(v in 0..9: v^3 = y)",
     lambda x, y: mp.sqrt(x * y) + y ** -(mpf(1) / 3), {"x": "0.3", "y": "1.3"}),
    ("r = solve(u in 0..9: u + u^3 * x = y); solve(v in 0..9: v^2 + v * x = r * y)",
     lambda x, y: nested(x, y), {"x": "0.3", "y": "1.3"}),
    ("solve(L in 1..10: (N_c / N)^a_N + (S_c / S)^a_S * (1 + B_c / (B * L^(1 / a_B)))^a_S = L)",
     time_and_batch,
     {"N": "1e9", "S": "1e5", "B": "1e6", "N_c": "6.5e13", "a_N": "0.077", "S_c": "2100", "a_S": "0.67",
      "B_c": "2.1e8", "a_B": "0.21"}),
    ("sum(i: solve(x in 0..9: x + c[i] * x^3 = d))",
     lambda c0, c1, d: cubic(c0, d) + cubic(c1, d), {"c[a]": "0.4", "c[b]": "2.5", "d": "1.7"}),
]


def cubic(c, d):
    return mp.findroot(lambda x: x + c * x**3 - d, mpf(1))


def nested(x, y):
    r = cubic(x, y)
    return (-x + mp.sqrt(x**2 + 4 * r * y)) / 2


FORMULAS = FUNCTIONS + CHOICES + SUMS + IMPLICIT


def partial(function, point, orders):
    """The derivative of these orders in each of the variables."""
    return mp.diff(function, tuple(point), tuple(orders)) if any(orders) else function(*point)


def rows():
    for text, function, leaves in FORMULAS:
        point = [mpf(value) for value in leaves.values()]
        at = " ".join(f"{name}={value}" for name, value in leaves.items())
        names = list(leaves)
        for derivative in [[], *([k] for k in range(len(names))),
                           *([k, l] for k in range(len(names)) for l in range(k, len(names)))]:
            orders = [derivative.count(k) for k in range(len(names))]
            by = " ".join(names[k] for k in derivative)
            yield [text, at, by, mp.nstr(partial(function, point, orders), 50)]


if __name__ == "__main__":
    path = pathlib.Path(__file__).parent.parent / "tests" / "oracles" / "derivatives.tsv"
    lines = ["formula\tat\tby\tresult", *("\t".join(row) for row in rows())]
    path.write_text("\n".join(lines) + "\n")
