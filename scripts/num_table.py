"""Writes tests/oracles/num.csv: the functions of `num` to high precision.

    $(scripts/python.sh) scripts/num_table.py

A row is `function,x,y,result,remainder`: the inputs (`y` for `pow` only) and the correctly rounded
result as the 16 hexadecimal digits of their bits, and what the rounding took away, (exact - result) in
units of the last place of the result. A result without remainder is a special value that must be met
to the bit; `nan` is any input's or answer's one NaN.
"""

import math
import random
import struct
from pathlib import Path

import mpmath

mpmath.mp.prec = 400
INF = math.inf
TINY = 5e-324
SMALL = 2.0**-1022
LARGE = math.nextafter(INF, 0)


def bits(x):
    return "nan" if math.isnan(x) else struct.pack(">d", x).hex()


def ulp(x):
    """The spacing of the numbers at x."""
    return mpmath.ldexp(1, max(math.frexp(x)[1] - 53, -1074) if x else -1074)


def rounded(exact):
    """The nearest double, ties to even; subnormals and overflow included."""
    if exact == 0:
        return 0.0
    exponent = max(int(mpmath.floor(mpmath.log(abs(exact), 2))) - 52, -1074)
    for e in (exponent, exponent + 1):  # the logarithm may be off by one at a power of two
        whole = int(mpmath.nint(mpmath.ldexp(exact, -e)))
        if abs(whole) <= 2**53:
            return INF if whole * 2**e >= 2**1024 else math.ldexp(whole, e)
    raise AssertionError(exact)


def around(*centres):
    return [y for x in centres for y in (math.nextafter(x, -INF), x, math.nextafter(x, INF))]


def uniform(rng, low, high, n):
    return [low + (high - low) * rng.random() for _ in range(n)]


def log_uniform(rng, low, high, n):
    """Powers of two with exponents from low to high, either sign left to the caller."""
    return [math.ldexp(0.5 + 0.5 * rng.random(), int(low + (high - low) * rng.random())) for _ in range(n)]


def exp_inputs(rng):
    halves = [(k + 0.5) * math.log(2) for k in range(-1074, 1024, 41)]
    edges = around(709.782712893384, -745.1332191019412, -708.3964185322641, 708.0, -708.0, 1.0, -1.0)
    edges += [-1e-320, TINY, 2.0**-54, -(2.0**-54), -745.13, -740.0, -709.0]
    return (edges + around(*halves) + uniform(rng, -745.1, 709.7, 300) + uniform(rng, -30, 30, 250)
            + uniform(rng, -0.7, 0.7, 150) + uniform(rng, -745, -708.4, 60))


def exp_m1_inputs(rng):
    halves = [(k + 0.5) * math.log(2) for k in range(-56, 60, 4)]
    small = log_uniform(rng, -60, 0, 150)
    edges = around(709.782712893384, -37.42994775023705, 0.25, -0.25, 1.0, -1.0)
    return (edges + [-1e-320, TINY, SMALL, -SMALL] + around(*halves) + small + [-x for x in small]
            + uniform(rng, -2, 2, 200) + uniform(rng, -40, 60, 150) + uniform(rng, 60, 709.7, 40))


def ln_inputs(rng):
    near = [1 + s * x for x in log_uniform(rng, -50, -1, 130) for s in (1, -1)]
    edges = around(1.0, math.sqrt(0.5), math.sqrt(2), 2.0, 0.5, 10.0, SMALL, 1e-300) + [TINY, 2 * TINY, LARGE]
    edges += [math.nextafter(LARGE, 0)] + [float(10**k) for k in range(1, 23)]
    return (edges + near + log_uniform(rng, -1022, 1024, 250) + log_uniform(rng, -1074, -1022, 60)
            + uniform(rng, 0.5, 2, 150) + log_uniform(rng, 0, 90, 150))


def ln_1p_inputs(rng):
    small = log_uniform(rng, -60, -1, 200)
    edges = [-1 + 2.0**-53, -1 + 2.0**-52, LARGE, TINY, -TINY, 1e-320, SMALL, 2.0**53, 2.0**54]
    edges += around(math.sqrt(2) - 1, math.sqrt(0.5) - 1, 1.0, -0.5, 0.5)
    return (edges + small + [-x for x in small] + uniform(rng, -1, 2, 200) + log_uniform(rng, 0, 1023, 150)
            + [-1 + x for x in log_uniform(rng, -50, -2, 60)])


def cos_inputs(rng):
    quarters = [k * math.pi / 2 for k in range(1, 20)]
    return quarters + uniform(rng, -4, 4, 100) + uniform(rng, -1e5, 1e5, 60) + log_uniform(rng, 0, 1023, 20)


def pow_inputs(rng):
    laws = [(math.exp(x), y) for x, y in zip(uniform(rng, 0, 65, 400), uniform(rng, -2, 2, 400))]
    wide = [(x, y) for x, y in zip(log_uniform(rng, -1022, 1024, 200), uniform(rng, -1, 1, 200))]
    near = [(x, y) for x, y in zip(uniform(rng, 0.5, 2, 200), uniform(rng, -1000, 1000, 200))]
    edges = [(TINY, 0.5), (TINY, -1.0), (LARGE, 1.0), (LARGE, -1.0), (2.0, -1074.0), (2.0, 1023.0), (10.0, 22.0)]
    return edges + laws + wide + near


NAN = math.nan
ONES = {
    "exp": (mpmath.exp, exp_inputs, [(0.0, 1.0), (-0.0, 1.0), (INF, INF), (-INF, 0.0), (NAN, NAN), (1e300, INF),
                                     (709.7827128933841, INF), (-745.1332191019412, 0.0), (-1e300, 0.0)]),
    "exp_m1": (mpmath.expm1, exp_m1_inputs, [(0.0, 0.0), (-0.0, -0.0), (INF, INF), (-INF, -1.0), (NAN, NAN),
                                             (-1e300, -1.0), (709.7827128933841, INF), (-50.0, -1.0)]),
    "ln": (mpmath.log, ln_inputs, [(1.0, 0.0), (0.0, -INF), (-0.0, -INF), (INF, INF), (-INF, NAN), (-1.0, NAN),
                                   (-TINY, NAN), (-LARGE, NAN), (NAN, NAN)]),
    "log2": (lambda x: mpmath.log(x) / mpmath.log(2), ln_inputs,
             [(2.0**k, float(k)) for k in range(-1022, 1024, 73)]
             + [(TINY, -1074.0), (0.0, -INF), (-0.0, -INF), (INF, INF), (-INF, NAN), (-1.0, NAN), (NAN, NAN)]),
    "log10": (mpmath.log10, ln_inputs,
              [(float(10**k), float(k)) for k in range(23)]
              + [(0.0, -INF), (-0.0, -INF), (INF, INF), (-INF, NAN), (-1.0, NAN), (NAN, NAN)]),
    "ln_1p": (mpmath.log1p, ln_1p_inputs, [(0.0, 0.0), (-0.0, -0.0), (-1.0, -INF), (INF, INF), (-INF, NAN), (NAN, NAN),
                                           (math.nextafter(-1, -2), NAN), (-LARGE, NAN)]),
    "cos": (mpmath.cos, cos_inputs, [(0.0, 1.0), (-0.0, 1.0), (INF, NAN), (-INF, NAN), (NAN, NAN)]),
}
POW_SPECIALS = [
    (0.0, 0.0, 1.0), (-0.0, 0.0, 1.0), (INF, 0.0, 1.0), (INF, -0.0, 1.0), (5.0, 0.0, 1.0), (1.0, INF, 1.0),
    (1.0, -INF, 1.0), (1.0, 1e300, 1.0), (0.0, 2.0, 0.0), (-0.0, 3.0, 0.0), (0.0, -0.5, INF), (-0.0, -1.0, INF),
    (0.0, INF, 0.0), (0.0, -INF, INF), (INF, 0.5, INF), (INF, -0.5, 0.0), (INF, INF, INF), (INF, -INF, 0.0),
    (2.0, INF, INF), (2.0, -INF, 0.0), (0.5, INF, 0.0), (0.5, -INF, INF), (2.0, 1025.0, INF), (2.0, -1080.0, 0.0),
    (-2.0, 2.0, NAN), (-2.0, 0.5, NAN), (-2.0, 0.0, NAN), (-INF, 1.0, NAN), (NAN, 1.0, NAN), (NAN, 0.0, NAN),
    (1.0, NAN, NAN), (0.0, NAN, NAN),
]


def measured(name, inputs, exact):
    result = rounded(exact)
    if math.isinf(result):
        remainder = ""
    else:
        remainder = mpmath.nstr((exact - mpmath.mpf(result)) / ulp(result), 4, min_fixed=-9)
    return ",".join([name, *inputs, bits(result), remainder])


def rows():
    rng = random.Random(3)
    for name, (function, inputs, specials) in ONES.items():
        for x, result in specials:
            yield ",".join([name, bits(x), "", bits(result), ""])
        known = {bits(x) for x, _ in specials}
        for x in dict.fromkeys(inputs(rng)):
            if bits(x) not in known:
                yield measured(name, (bits(x), ""), function(mpmath.mpf(x)))
    for x, y, result in POW_SPECIALS:
        yield ",".join(["pow", bits(x), bits(y), bits(result), ""])
    for x, y in dict.fromkeys(pow_inputs(rng)):
        yield measured("pow", (bits(x), bits(y)), mpmath.mpf(x) ** mpmath.mpf(y))


if __name__ == "__main__":
    table = Path(__file__).parent.parent / "tests" / "oracles" / "num.csv"
    table.write_text("\n".join(["function,x,y,result,remainder", *rows()]) + "\n")
