"""The numbers of the sheet on serving, mixtures, few bits, vocabularies and costs.

    python3 scripts/oracles/inference.py [SHEET]

Writes tests/oracles/inference.csv. What rests on something recalled says so, and is a regression number (D) where
the sheet allows that, else never asserted (R).
"""

import math

from rows import Sheet, half_a_digit

s = Sheet("inference")


def typed(formula):
    """A typed law."""
    return {"formula": formula}


def ask(law, at, fit=None):
    """A nested prediction."""
    return {"predict": {"law": law, **({"fit": fit} if fit else {}), "at": at}}


# C1, and Z c1. The loss of the Chinchilla model of a size, and the plan of that loss by the solver.
QUALITY = typed("law(sardana; N, law(sardana-tokens; N))")


def serve(section, mark, size, demand, of, expected, tolerance):
    limits = [{"of": "loss", "at_most": ask(QUALITY, {"N": size})}, {"of": "D_inf", "equal": demand}]
    cost = "6*N*D + 2*N*D_inf"
    s.allocate(section, mark, "sardana", None, of, expected, tolerance, minimize="cost", cost=cost, limits=limits)


def plan(section, mark, size, demand, output, expected, tolerance):
    s.predict(section, mark, "sardana-plan", {"N": size, "D_inf": demand}, expected, tolerance, output=output)


s.constants("C1", "V2", "sardana", "sardana2024", {"A": "406.4", "B": "410.7", "E": "1.69", "alpha": "0.336", "beta": "0.283"})
s.constants("C1", "V2", "sardana-tokens", "sardana2024", {"A": "406.4", "B": "410.7", "alpha": "0.336", "beta": "0.283"})
s.constants("C1", "V2", "sardana-plan", "sardana2024", {"A": "406.4", "B": "410.7", "alpha": "0.336", "beta": "0.283"})
for fit, alpha, beta, a, b, e in [
    ("up-to-100", ".08", ".13", "7.199", "25.97", ".17"),
    ("up-to-250", ".13", ".16", "14.23", "39.54", ".98"),
    ("up-to-500", ".13", ".16", "17.07", "35.80", ".95"),
    ("all-runs", ".18", ".24", "33.66", "138.9", "1.45"),
]:
    s.constants("C1", "V2", "sardana", fit, {"alpha": alpha, "beta": beta, "A": a, "B": b, "E": e})
s.predict("C1", "V2", "sardana-tokens", {"N": 70e9}, "4.26e12", "rel 0.005")
s.predict("Z c1-a", "V2", "sardana-tokens", {"N": 70e9}, "4.26e12", "rel 0.005")
s.predict("C1", "D", "sardana-tokens", {"N": 70e9}, "4.255e12")
# Size, demand; published then ours: size, tokens, tokens over those of Chinchilla's model, saving.
TABLE = [
    (7e9, 1e11, ("6e9", None, "1.18", None), ("6.000e9", None, "1.176", None)),
    (13e9, 2e12, ("7e9", None, None, "0.17"), ("6.969e9", "1.248e12", None, "0.1745")),
    (30e9, 1e13, ("13.6e9", None, "2.84", "0.28"), ("13.61e9", None, "2.845", "0.2798")),
    (70e9, 1e13, ("41.6e9", "7.92e12", None, "0.12"), ("41.55e9", "7.923e12", None, "0.1195")),
    (70e9, 2e12, (None, None, None, None), ("57.92e9", "5.203e12", None, None)),
]
for size, demand, published, ours in TABLE:
    for mark, row in [("V2", published), ("D", ours)]:
        for output, of, value in zip(["N_opt", "D_opt", "more", "saving"], ["N", "D", None, None], row):
            if value:
                loose = "abs 0.005" if output == "saving" else "rel 0.005"
                tolerance = loose if mark == "V2" else None
                plan("C1", mark, size, demand, output, value, tolerance)
                if of:
                    serve("C1", mark, size, demand, of, value, tolerance)
for name, size, demand, output, value, tolerance in [
    ("b", 70e9, 1e13, "N_opt", "41.6e9", "rel 0.005"),
    ("c", 70e9, 1e13, "D_opt", "7.92e12", "rel 0.005"),
    ("d", 70e9, 1e13, "saving", "0.12", "abs 0.005"),
    ("e", 30e9, 1e13, "N_opt", "13.6e9", "rel 0.005"),
    ("f", 30e9, 1e13, "more", "2.84", "rel 0.005"),
    ("g", 30e9, 1e13, "saving", "0.28", "abs 0.005"),
    ("h", 7e9, 1e11, "N_opt", "6.0e9", "rel 0.01"),
    ("i", 7e9, 1e11, "more", "1.18", "rel 0.005"),
]:
    plan(f"Z c1-{name}", "V2", size, demand, output, value, tolerance)
# What is saved: the cost of Chinchilla's model less that of the plan.
SPENT = "6*N*law(sardana-tokens; N) + 2*N*D_inf"


def cheapest(size, demand):
    limits = [{"of": "loss", "at_most": ask(QUALITY, {"N": size})}, {"of": "D_inf", "equal": demand}]
    return {"allocate": {"law": "sardana", "minimize": "cost", "cost": "6*N*D + 2*N*D_inf", "limits": limits}}


for section in ("C1", "Z c1-j"):
    s.predict(section, "V2", typed(f"{SPENT} - least"), {"N": 13e9, "D_inf": 2e12, "least": cheapest(13e9, 2e12)}, "1.7e22", "rel 0.03")
s.predict("C1", "D", typed(f"{SPENT} - least"), {"N": 13e9, "D_inf": 2e12, "least": cheapest(13e9, 2e12)}, "1.69e22")
for section in ("C1", "Z c1-k"):
    s.predict(section, "V2", typed(f"({SPENT}) / least"), {"N": 70e9, "D_inf": 2e12, "least": cheapest(70e9, 2e12)}, "1.013", "abs 0.0006")
s.predict("C1", "D", typed(f"({SPENT}) / least"), {"N": 70e9, "D_inf": 2e12, "least": cheapest(70e9, 2e12)}, "1.0133")
# By how much the rounded exponents move the answers.
for size, demand, *_ in TABLE:
    at = {"N": size, "D_inf": demand}
    law = typed("law(sardana-plan; N, D_inf, alpha = 0.34, beta = 0.28) / law(sardana-plan; N, D_inf)")
    s.predict("C1", "D", law, at, "1.1", "within 1.055 1.175", what=f"best size by rounded exponents, {size:g} and {demand:g}")
    law = typed("law(sardana-tokens; N, alpha = 0.34, beta = 0.28) / law(sardana-tokens; N)")
    s.predict("C1", "D", law, {"N": size}, "1.7", "within 1.685 1.805", what=f"Chinchilla tokens by rounded exponents, {size:g}")
# Dollars: the demand weighted by the ratio of prices.
DEMAND = "ratio * 0.5 * requests * (70 / 0.5 + 215 / 0.01)"


def dollars(section, mark, size, requests, ratio, output, expected, tolerance=None):
    demand = ask(typed(DEMAND), {"ratio": ratio, "requests": requests})
    plan(section, mark, size, demand, output, expected, tolerance)


def dearer(section, mark, size, requests, ratio, expected, tolerance=None):
    demand = ask(typed(DEMAND), {"ratio": ratio, "requests": requests})
    limits = [{"of": "loss", "at_most": ask(QUALITY, {"N": size})}, {"of": "D_inf", "equal": demand}]
    least = {"allocate": {"law": "sardana", "minimize": "cost", "cost": "6*N*D + 2*N*D_inf", "limits": limits}}
    law = typed("(6*N*law(sardana-tokens; N) + 2*N*D_inf) / least")
    s.predict(section, mark, law, {"N": size, "D_inf": demand, "least": least}, expected, tolerance)


LITERAL, NEEDED = 1.10 / 624 / (1.50 / 312), 0.3275
for ratio, size, tokens, saving in [(LITERAL, "15.67e9", "3.51e12", "0.190"), (NEEDED, "16.15e9", "3.35e12", "0.172")]:
    dollars("C1", "D", 30e9, 1.5e9, ratio, "N_opt", size)
    dollars("C1", "D", 30e9, 1.5e9, ratio, "D_opt", tokens)
    dollars("C1", "D", 30e9, 1.5e9, ratio, "saving", saving)
for ratio, more in [(LITERAL, "1.395"), (NEEDED, "1.356")]:
    dearer("C1", "D", 70e9, 7.02e9, ratio, more)
for ratio, size, tokens, saving in [(LITERAL, "20.97e9", "29.2e12", "0.553"), (NEEDED, "21.53e9", "27.3e12", "0.537")]:
    dollars("C1", "D", 70e9, 35.1e9, ratio, "N_opt", size)
    dollars("C1", "D", 70e9, 35.1e9, ratio, "D_opt", tokens)
    dollars("C1", "D", 70e9, 35.1e9, ratio, "saving", saving)
dollars("C1", "V2", 30e9, 1.5e9, NEEDED, "D_opt", "3.35e12", "rel 0.005")
dollars("C1", "V2", 70e9, 35.1e9, NEEDED, "D_opt", "27e12", "rel 0.015")
dollars("C1", "V2", 70e9, 35.1e9, NEEDED, "saving", "0.54", "abs 0.005")
dollars("Z c1-l", "V2", 30e9, 1.5e9, NEEDED, "N_opt", "16e9", "rel 0.015")
dollars("Z c1-m", "V2", 30e9, 1.5e9, NEEDED, "saving", "0.17", "abs 0.005")
dearer("Z c1-n", "V2", 70e9, 7.02e9, NEEDED, "1.36", "abs 0.006")
dollars("Z c1-o", "V2", 70e9, 35.1e9, NEEDED, "N_opt", "21.5e9", "rel 0.005")
PRICES = {"N": 30e9, "D": 1e12, "D_prompt": 1.05e11, "D_written": 3.225e11, "price_train": 1.5, "peak_train": 312e12,
          "mfu_train": 0.5, "price_serve": 1.1, "peak_serve": 624e12, "mfu_prompt": 0.5, "mfu_written": 0.01}
s.predict("C1", "D", "sardana-dollars", PRICES, repr(LITERAL * 0.5 * (1.05e11 / 0.5 + 3.225e11 / 0.01)), "rel 1e-12", output="D_inf")
s.predict("C1", "D", typed("price_serve / peak_serve / (price_train / peak_train)"),
          {k: PRICES[k] for k in ("price_serve", "peak_serve", "price_train", "peak_train")}, "0.3667")
s.predict("C1", "D", typed("0.3275 / (1.10 / 624 / (1.50 / 312))"), {}, "0.893")


# The same with the prices themselves: what serving and training cost is a quantity of the plan.
def priced(size, requests, dollars, limits=None):
    quality = [{"of": "loss", "at_most": ask(QUALITY, {"N": size})}]
    hardware = {"peak": "312 TFLOP/s", "mfu": 0.5, "price": "$1.50/h"}
    serving = {"requests": requests, "prompt": 70, "output": 215, "prefill_mfu": 0.5, "decode_mfu": 0.01,
               "hardware": {"peak": "624 TFLOP/s", "price": dollars}}
    return {"allocate": {"law": "sardana", "minimize": "dollars", "limits": limits or quality, "hardware": hardware, "serving": serving}}


def of_plan(section, mark, size, requests, dollars, variable, expected, tolerance=None):
    what = f"dollars of {size:g} and {requests:g} requests at {dollars:g} an hour: {variable}"
    s.row(section, mark, what, priced(size, requests, dollars), f"/allocate/at/{variable}", expected, tolerance)


def over_plan(section, mark, size, requests, dollars, formula, expected, tolerance=None):
    at = [{"of": "N", "equal": size}, {"of": "D", "equal": ask("sardana-tokens", {"N": size})}]
    at = {"least": priced(size, requests, dollars), "chinchilla": priced(size, requests, dollars, at)}
    what = f"dollars of {size:g} and {requests:g} requests at {dollars:g} an hour: {formula}"
    s.predict(section, mark, typed(formula), at, expected, tolerance, what=what)


SAVED, MORE = "1 - least / chinchilla", "chinchilla / least"
NEEDED_PRICE = NEEDED * 1.50 * 624 / 312
for price, size, tokens, saving in [(1.10, "15.67e9", "3.51e12", "0.190"), (NEEDED_PRICE, "16.15e9", "3.35e12", "0.172")]:
    of_plan("C1", "D", 30e9, 1.5e9, price, "N", size)
    of_plan("C1", "D", 30e9, 1.5e9, price, "D", tokens)
    over_plan("C1", "D", 30e9, 1.5e9, price, SAVED, saving)
for price, more in [(1.10, "1.395"), (NEEDED_PRICE, "1.356")]:
    over_plan("C1", "D", 70e9, 7.02e9, price, MORE, more)
for price, size, tokens, saving in [(1.10, "20.97e9", "29.2e12", "0.553"), (NEEDED_PRICE, "21.53e9", "27.3e12", "0.537")]:
    of_plan("C1", "D", 70e9, 35.1e9, price, "N", size)
    of_plan("C1", "D", 70e9, 35.1e9, price, "D", tokens)
    over_plan("C1", "D", 70e9, 35.1e9, price, SAVED, saving)
of_plan("C1", "V2", 30e9, 1.5e9, NEEDED_PRICE, "D", "3.35e12", "rel 0.005")
of_plan("C1", "V2", 70e9, 35.1e9, NEEDED_PRICE, "D", "27e12", "rel 0.015")
over_plan("C1", "V2", 70e9, 35.1e9, NEEDED_PRICE, SAVED, "0.54", "abs 0.005")
of_plan("Z c1-l", "V2", 30e9, 1.5e9, NEEDED_PRICE, "N", "16e9", "rel 0.015")
over_plan("Z c1-m", "V2", 30e9, 1.5e9, NEEDED_PRICE, SAVED, "0.17", "abs 0.005")
over_plan("Z c1-n", "V2", 70e9, 7.02e9, NEEDED_PRICE, MORE, "1.36", "abs 0.006")
of_plan("Z c1-o", "V2", 70e9, 35.1e9, NEEDED_PRICE, "N", "21.5e9", "rel 0.005")

# De Vries.
s.constants("C1", "V", "de-vries-overhead", "devries2023", {"alpha": ".336", "beta": ".283"})
for share, more, overhead in [("0.5", "2.4156", "0.2078"), ("0.3", "6.852", "1.056"), ("0.75", "1.3713", "0.0285"), ("0.2", "26.44", "4.288")]:
    s.predict("C1", "D", "de-vries-overhead", {"k_N": float(share)}, more, output="k_D")
    s.predict("C1", "D", "de-vries-overhead", {"k_N": float(share)}, overhead, output="overhead")
s.predict("Z c1-p", "D", "de-vries-overhead", {"k_N": 0.5}, "2.4156", "rel 1e-4", output="k_D")
SMALLEST = typed("(1 + alpha / beta)^(-1 / alpha)")
EXPONENTS = {"parameters": {"alpha": 0.336, "beta": 0.283}}
s.predict("Z c1-q", "D", SMALLEST, {}, "0.09736", "rel 1e-4", fit=EXPONENTS)
s.predict("C1", "D", SMALLEST, {}, "0.0974", fit=EXPONENTS)
s.refused("C1", "D", "no tokens make up for a model below the smallest", {"predict": {"law": "de-vries-overhead", "at": {"k_N": 0.09}}}, "law.condition")

# C2, core 12e: what can be asked of it without constants.
s.predict("C2", "V", "yun-parameters", {"N": 1e9, "E": 8, "K": 2, "share": 1 / 3}, "1.3333e9", output="N_used")
s.predict("core 12e", "D", "yun-parameters", {"N": 1, "E": 32, "K": 2, "share": 1 / 3}, "11.3333", output="N_all")
s.predict("C2", "D", typed("8.01 / (8.01 + 6.34)"), {}, "0.558", what="erratum: the printed quotient")
s.predict("C2", "D", typed("8.01 / (8.01 + 4)"), {}, "0.667", what="erratum: the quotient that is meant")

# C3 and core 12b.
ABNAR = {"a": "16612.50", "b": "5455.67", "c": "0.4598", "d": "17.26", "e": "0.94", "alpha": "0.5962", "beta": "0.3954",
         "lambda": "-0.1666", "delta": "0.1603", "gamma": "0.1595"}
for section in ("C3", "core 12b"):
    s.constants(section, "V2", "abnar", "abnar2025", ABNAR)
s.constants("C3", "V2", "abnar-sparsity", "abnar2025", {k: ABNAR[k] for k in ("c", "d", "lambda", "delta", "gamma")})
for size, share, tolerance in [(1e10, "0.231", None), (1e11, "0.750", None), (5e9, "0", "abs 1e-9"), (1e9, "0", "abs 1e-9")]:
    s.predict("C3", "D", "abnar-sparsity", {"N": size}, share, tolerance)
s.predict("Z c3-b", "D", "abnar-sparsity", {"N": 1e11}, "0.7499", "abs 1e-4")
for section, at, expected in [
    ("C3", (1e9, 2e10, 0), "2.5657"), ("C3", (1e9, 2e10, 0.5), "2.5899"), ("C3", (1e10, 2e10, 0.9), "2.3669"),
    ("C3", (1.88e10, 1.102e11, 0.98), "2.1693"), ("core 12b", (18.8e9, 110.2e9, 0.98), "2.169335"),
    ("core 12b", (1e9, 20e9, 0), "2.565681"), ("core 12b", (1e10, 2e10, 0.9), "2.366932"), ("Z c3-a", (1e9, 2e10, 0.5), "2.5899"),
]:
    s.predict(section, "D", "abnar", dict(zip(("N", "D", "S"), at)), expected)


def sparse(section, budget, sparsity, of, expected, tolerance=None):
    """The best plan at a share of idle experts; a dense model has none, and zero is no bound."""
    if sparsity == 0:
        s.allocate(section, "D", typed("law(abnar; N, D, 0)"), budget, of, expected, tolerance)
    else:
        s.allocate(section, "D", "abnar", budget, of, expected, tolerance, limits=[{"of": "S", "equal": sparsity}])


def active(section, budget, sparsity, expected, tolerance=None):
    """The same in active parameters."""
    s.allocate(section, "D", typed(f"law(abnar; N / (1 - {sparsity}), D, {sparsity})"), budget, "N", expected, tolerance)


for sparsity, size, used, loss in [
    (0, "0.639e9", None, "2.5885"), (0.5, "1.066e9", ".533e9", "2.5054"), (0.8, "2.207e9", ".441e9", "2.4173"),
    (0.9, "3.97e9", ".397e9", "2.3638"), (0.95, "7.34e9", ".367e9", "2.3191"),
]:
    sparse("C3", 1e20, sparsity, "N", size)
    sparse("C3", 1e20, sparsity, "value", loss)
    if used:
        active("C3", 1e20, sparsity, used)
for budget, sparsity, size, tokens, used, loss in [
    (1e20, 0, "6.391e8", "2.608e10", None, "2.58851"), (1e20, 0.5, "1.066e9", None, "5.329e8", "2.50540"),
    (1e20, 0.9, "3.97e9", None, "3.97e8", "2.36378"), (1e20, 0.98, "1.707e10", None, "3.414e8", "2.27078"),
    (1e21, 0, "2.456e9", None, None, "2.27480"), (1e21, 0.98, "8.325e10", None, "1.665e9", "2.01426"),
]:
    sparse("core 12b", budget, sparsity, "N", size, "rel 0.001")
    sparse("core 12b", budget, sparsity, "value", loss)
    if tokens:
        sparse("core 12b", budget, sparsity, "D", tokens, "rel 0.001")
    if used:
        active("core 12b", budget, sparsity, used, "rel 0.001")

# C4.
TABLE_3 = {"a": "35.91", "alpha": "-0.1889", "delta": "-0.2285", "gamma": "0.0098", "b": "35.98", "beta": "-0.1775",
           "omega": "0.5529", "zeta": "-0.0259", "E_start": "2.0732", "E_max": "290.4521"}
s.constants("C4", "V", "ludziejewski", "table-3", {**TABLE_3, "c": "1.3637"})
s.constants("C4", "V", "ludziejewski-coefficients", "table-3", TABLE_3)
TABLE_4 = {
    1: ("30.3640", "-.1817", "53.9838", "-.1965"), 2: ("27.7982", "-.1780", "66.8401", "-.2065"),
    4: ("24.8462", "-.1731", "87.7022", "-.2192"), 8: ("21.8330", "-.1676", "119.9126", "-.2338"),
    16: ("19.0159", "-.1617", "167.5073", "-.2494"), 32: ("16.5424", "-.1557", "234.6726", "-.2652"),
}
for experts, (m, mu, n, nu) in TABLE_4.items():
    s.constants("C4", "V", "ludziejewski-reduced", f"experts-{experts}", {"m": m, "mu": mu, "n": n, "nu": nu, "c": "1.3637"})
    for output, value in zip(("m", "mu", "n", "nu"), (m, mu, n, nu)):
        tolerance = "rel 0.004" if output in "mn" else "abs 2e-4"
        s.predict("C4", "V", "ludziejewski-coefficients", {"E": experts}, value, tolerance, output=output)
TABLE_1 = {
    1e20: ["1.7e9/9.7e9", "1.5e9/11.4e9", "1.2e9/13.9e9", "990e6/17e9", "810e6/20.7e9", "669e6/24.9e9"],
    1e21: ["5.7e9/29.3e9", "5e9/33e9", "4.4e9/38e9", "3.8e9/44.3e9", "3.3e9/51.2e9", "2.85e9/58.4e9"],
    1e22: ["18.8e9/88.6e9", "17.4e9/96e9", "15.8e9/105.4e9", "14.4e9/115.8e9", "13.2e9/126.5e9", "12.2e9/136.9e9"],
}
for budget, cells in TABLE_1.items():
    for experts, cell in zip(TABLE_4, cells):
        size, tokens = cell.split("/")
        half = float(half_a_digit(size).split()[1]) / float(size)
        sizes, limit = f"rel {max(0.016, half):.8g}", [{"of": "E", "equal": experts}]
        s.allocate("C4", "V", "ludziejewski", budget, "N", size, sizes, limits=limit)
        s.allocate("C4", "V", "ludziejewski", budget, "D", tokens, "rel 0.013", limits=limit)
        s.allocate("C4", "V", "ludziejewski-reduced", budget, "N", size, sizes, fit=f"experts-{experts}")
        s.allocate("C4", "V", "ludziejewski-reduced", budget, "D", tokens, "rel 0.013", fit=f"experts-{experts}")
for name, budget, experts, of, value, tolerance in [
    ("a", 1e20, 1, "D", "9.7e9", "rel 0.013"), ("b", 1e21, 8, "N", "3.8e9", "rel 0.015"), ("c", 1e21, 32, "D", "58.4e9", "rel 0.013"),
    ("d", 1e22, 16, "N", "13.2e9", "rel 0.015"), ("e", 1e22, 32, "D", "136.9e9", "rel 0.013"),
]:
    s.allocate(f"Z c4-{name}", "V", "ludziejewski", budget, of, value, tolerance, limits=[{"of": "E", "equal": experts}])
s.predict("Z c4-f", "V", "ludziejewski-coefficients", {"E": 8}, "-0.2338", "abs 2e-4", output="nu")
SHAPES = [
    (1024, 16, 32, "321e6", "5.0e9", "3.21e8", "5.00e9"), (1280, 16, 8, "469e6", "2.1e9", "4.694e8", "2.121e9"),
    (1408, 22, 2, "709e6", "1.1e9", "7.085e8", "1.101e9"), (1664, 26, 1, "1.1e9", None, "1.103e9", None),
]
for width, blocks, experts, used, total, our_used, our_total in SHAPES:
    at = {"d": width, "n_blocks": blocks, "E": experts, "V": 50257}
    s.predict("C4", "V", "ludziejewski-parameters", at, used, output="N_used")
    s.predict("C4", "D", "ludziejewski-parameters", at, our_used, output="N_used")
    if total:
        s.predict("C4", "V", "ludziejewski-parameters", at, total, output="N_all")
        s.predict("C4", "D", "ludziejewski-parameters", at, our_total, output="N_all")
s.predict("Z c4-g", "V", "ludziejewski-parameters", {"d": 1024, "n_blocks": 16, "E": 32, "V": 50257}, "5.0e9", "rel 0.01", output="N_all")
s.predict("Z c4-h", "D", "ludziejewski", {"N": 1e9, "D": 20e9, "E": 8}, "2.5088", "abs 1e-4")
for at, expected in [((1.1e9, 8e9, 1), "2.6662"), ((709e6, 16e9, 2), "2.6261"), ((426e6, 32e9, 4), "2.5973")]:
    s.predict("C4", "D", "ludziejewski", dict(zip(("N", "D", "E"), at)), expected)
s.constants("C4", "V", "ludziejewski-learning-rate", "eq-8", {"k": "8.39", "p": "0.81", "q": "0.25"})
for size, experts, rate in [(1e8, 1, "1.4579e-3"), (1e9, 1, "2.2580e-4"), (1e9, 8, "1.3426e-4")]:
    s.predict("C4", "D", "ludziejewski-learning-rate", {"N": size, "E": experts}, rate)
s.predict("Z c4-i", "D", "ludziejewski-learning-rate", {"N": 1e9, "E": 8}, "1.3426e-4", "rel 1e-4")
# Table 2: the loss of the printed number of experts is within 0.007 of the best, under memory and compute.
USED = "(128*50257*x + 13*4096*x^3)"


def within_memory(memory, budget, experts):
    law = typed(f"law(ludziejewski; {USED}, D, {experts})")
    held = f"2*(128*50257*x + {4 + 9 * experts}*4096*x^3 + 2*16384*64*x^2)"
    limits = [{"of": held, "at_most": memory}]
    return {"allocate": {"law": law, "budget": budget, "cost": f"6*{USED}*D", "limits": limits}}


TABLE_2 = {24e9: (16, 4, 1, 1), 80e9: (32, 16, 8, 1), 640e9: (32, 32, 32, 16)}
NEIGHBOURS = {(24e9, 1e21): 32, (80e9, 1e23): 4, (640e9, 1e24): 8}
for memory, best in TABLE_2.items():
    for budget, experts in zip((1e21, 1e22, 1e23, 1e24), best):
        for other in (1, 2, 4, 8, 16, 32):
            if other != experts:
                ours = NEIGHBOURS.get((memory, budget), experts)
                at = {"printed": within_memory(memory, budget, experts), "other": within_memory(memory, budget, other)}
                what = f"Table 2, {memory:g} bytes, {budget:g} FLOPs: {experts} experts, less {other}"
                low = -0.007 if other == ours else -9
                s.predict("C4", "V", typed("printed - other"), at, "0", f"within {low} 0.007", what=what)

# C5.
s.constants("C5", "V", "krajewski", "krajewski2024", {"a": "18.1", "alpha": "0.115", "b": "30.8", "beta": "0.147", "g": "2.1", "gamma": "0.58", "c": "0.47"})
s.constants("C5", "V", "krajewski-dense", "krajewski2024", {"a": "16.3", "alpha": "0.126", "b": "26.7", "beta": "0.127", "c": "0.47"})
FLOPS = typed("x = (n / (12 * 64^2))^(1/3); law(krajewski-flops; 64*x, x, 64, G, D, 6, 14)")
TABLE_2 = [
    (1e8, 4.37e9, 8, "2.95e18", "3.133", "2.944e18", "3.1097"), (1e9, 28.94e9, 16, "1.93e20", "2.491", "1.934e20", "2.4714"),
    (3e9, 72.90e9, 16, "1.41e21", "2.245", "1.416e21", "2.2264"), (7e9, 137.60e9, 32, "6.46e21", "2.076", "6.468e21", "2.0596"),
    (70e9, 941.07e9, 32, "4.16e23", "1.694", "4.171e23", "1.6802"), (300e9, 2.96e12, 64, "5.69e24", "1.503", "5.691e24", "1.4903"),
    (1e12, 7.94e12, 64, "4.97e25", "1.367", "4.981e25", "1.3558"),
]
RECALLED = "with c_f = 6 and c_r = 14, which are recalled"
for active_size, tokens, granularity, flops, loss, our_flops, our_loss in TABLE_2:
    at = {"n": active_size, "D": tokens, "G": granularity}
    s.predict("C5", "D", FLOPS, at, flops, "rel 0.006", what=f"training FLOPs of {active_size:g} active, {RECALLED}")
    s.predict("C5", "D", FLOPS, at, our_flops, what=f"training FLOPs of {active_size:g} active, {RECALLED}")
    at = {"N": 43.0 * active_size, "D": tokens, "G": granularity}
    s.predict("C5", "V", "krajewski", at, loss, "abs 0.03")
    s.predict("C5", "D", "krajewski", at, our_loss)
s.predict("C5", "D", "krajewski", {"N": 64 * 1e8, "D": 4.37e9, "G": 8}, "3.044", what="the pitfall: 64 times the active parameters")
s.predict("Z c5-a", "D", FLOPS, {"n": 1e9, "D": 28.94e9, "G": 16}, "1.93e20", "rel 0.006", what=f"training FLOPs, {RECALLED}")
s.predict("Z c5-b", "D", FLOPS, {"n": 70e9, "D": 941.07e9, "G": 32}, "4.16e23", "rel 0.006", what=f"training FLOPs, {RECALLED}")
s.predict("Z c5-c", "V", "krajewski", {"N": 43e9, "D": 28.94e9, "G": 16}, "2.491", "abs 0.03")
s.predict("Z c5-d", "V", "krajewski", {"N": 43e12, "D": 7.94e12, "G": 64}, "1.367", "abs 0.03")
s.predict("C5", "V", typed("all / used"), {"all": ask("krajewski-parameters", {"d": 512, "n_blocks": 8, "E": 64}), "used": 12 * 512**2 * 8},
          "43.0", what="all parameters over the active ones")

# C6.
CLARK = {
    "s-base": ("-0.082", "-0.108", "0.009", "1.104", "1.847", "314.478"),
    "rl-r": ("-0.083", "-0.126", "0.012", "1.111", "1.880", "469.982"),
    "hash": ("-0.087", "-0.136", "0.012", "1.157", "4.175", "477.741"),
}
for fit, values in CLARK.items():
    names = dict(zip(("a", "b", "c", "d", "E_start", "E_max"), values))
    s.constants("C6", "V2", "clark", fit, names)
    s.constants("C6", "V2", "clark-equivalent", fit, names)
s.constants("C6", "V2", "clark-dense", "clark2022", {"N_c": "3.568e13", "alpha": "0.078"})
for fit, cutoff, ours in [("s-base", "937e9", "1.0e12"), ("rl-r", "85e9", "3.2e10"), ("hash", "83e9", "2.2e11")]:
    s.constants("C6", "V2", "clark-cutoff", fit, {"N_cutoff": cutoff})
    b, c = (float(CLARK[fit][k]) for k in (1, 2))
    s.predict("C6", "D", typed("10^(-b / c)"), {}, ours, fit={"parameters": {"b": b, "c": c}}, what=f"what the rounded constants of {fit} give")
for section in ("C6", "Z c6-a"):
    s.predict(section, "V2", "clark-equivalent", {"N": 5e6, "E": 128}, "55e6", "rel 0.10", fit="s-base")
s.predict("C6", "D", "clark-equivalent", {"N": 5e6, "E": 128}, "51.8e6", fit="s-base")
s.predict("C6", "D", "clark", {"N": 1e9, "E": 1}, "2.2846", fit="s-base")
s.predict("C6", "D", "clark", {"N": 1e9, "E": 64}, "2.0858", fit="s-base")

# C7 and core 12d: the rule, and that the ratio of compute tends to that of active parameters.
s.predict("C7", "V", "li-activation", {"N": 7e9}, "1.4e9", what="20 % of 7 B")
SHORT = {"alpha": 2.77, "mu": 22, "beta": 10 / 3, "gamma_d": 1e-9, "gamma_m": 1e-9}
s.predict("C7", "D", "li-compute-ratio", SHORT, "0.2", "rel 1e-6", output="R_c")
s.predict("C7", "D", "li-compute-ratio", SHORT, "0.2", "rel 1e-12", output="r_a")
s.predict("C7", "D", "li-compute-ratio", SHORT, "5", "rel 1e-6", output="tokens")

# C8 and core 12c.
s.constants("C8", "V", "hossain", "autotuner", {"e": "1.69", "a": "406.4", "b": "410.7", "c": "93.45", "alpha": "0.34", "beta": "0.28", "gamma": "0.001"})
s.constants("core 12c", "V2", "hossain", "autotuner", {"e": "1.69", "a": "406.4", "b": "410.7", "c": "93.45", "alpha": ".34", "beta": ".28", "gamma": ".001"})
for section, at, expected in [
    ("C8", (1e9, 2e10, 0), "2.5800"), ("C8", (18.8e9, 110.2e9, 0.98), "2.0798"), ("C8", (1e10, 1e11, 0.5), "2.1769"),
    ("core 12c", (1e9, 20e9, 0), "2.580048"), ("core 12c", (1e9, 20e9, 0.5), "2.545256"),
]:
    s.predict(section, "D", "hossain", dict(zip(("N", "D", "S"), at)), expected)
s.predict("core 12c", "D", typed("law(hossain; N, D, 0) - law(chinchilla/hoffmann2022-rounded; N, D)"), {"N": 3e9, "D": 5e10}, "0", "abs 1e-12",
          what="without sparsity it is Chinchilla's law, rounded")

# C9 and core 12a.
NAMES = ("a_S", "b_S", "c_S", "b_N", "a_D", "b_D", "c")
PRINTED = ("16.8", "0.722", "45.0", "0.245", "6.90e8", "0.203", "0.651")
for section in ("C9", "core 12a"):
    s.constants(section, "V" if section == "C9" else "V2", "frantar", "t5-rounded", dict(zip(NAMES, PRINTED)))
s.constants("C9", "V", "frantar-gain", "t5-rounded", dict(zip(NAMES[:4], PRINTED[:4])))
REPOSITORY = {
    ("frantar", "t5"): ("16.78705", ".72161276", "45.01845", ".24513173", "6.89991e8", ".20270772", ".65074219"),
    ("frantar-vit", "vit"): ("294.3896", ".82101251", "468.1574", ".39222675", "2.374129e8", ".88979104", "4.51669257"),
}
for (law, fit), values in REPOSITORY.items():
    for name, value in zip(NAMES, values):
        mark = "V" if name in ("b_S", "b_N", "b_D", "c") else "D"
        s.row("core 12a", mark, f"{law}/{fit} {name}", {"laws": {"only": [law]}}, f"/laws/laws/0/fits/{fit}/values/{name}", value)
        if name in NAMES[:4]:
            s.row("core 12a", mark, f"frantar-gain/{fit} {name}", {"laws": {"only": ["frantar-gain"]}}, f"/laws/laws/0/fits/{fit}/values/{name}", value)
# The notebook's own coefficients, from those of the catalogue.
for fit, law, coefficients, unit in [
    ("t5", "frantar", (".56778512", "1.52265016", ".63361517"), 65536e5), ("vit", "frantar-vit", ("1.30485411", "2.07506343", ".27818217"), 1e9),
]:
    b_n, b_d = (float(REPOSITORY[(law, fit)][k]) for k in (3, 5))
    text = f"(law({law}/{fit}; N = 1e6, D = 1e300, S = 0, c = 0, c_S = 0))"
    s.predict("core 12a", "V", typed(text), {}, coefficients[0], "rel 1e-6", what=f"{fit}: a of the notebook")
    text = f"(law({law}/{fit}; N = 1e6, D = 1e300, S = 0, c = 0, a_S = 0))"
    s.predict("core 12a", "V", typed(text), {}, coefficients[1], "rel 1e-6", what=f"{fit}: c of the notebook")
    text = f"(law({law}/{fit}; N = 1e30, D = {unit!r}, S = 0, c = 0, a_S = 0, c_S = 0))"
    s.predict("core 12a", "V", typed(text), {}, coefficients[2], "rel 1e-6", what=f"{fit}: e of the notebook")
for fit, gains in [("t5-rounded", ("1.587", "2.160", "2.635"))]:
    for sparsity, gain in zip((0.5, 0.75, 0.875), gains):
        s.predict("C9", "D", "frantar-gain", {"S": sparsity}, gain, fit=fit)
RECALLED_ROW = {"parameters": {"a_S": 2.94e2, "b_S": 0.821, "c_S": 4.68e2, "b_N": 0.392}}
for sparsity, gain in zip((0.5, 0.75, 0.875), ("1.596", "2.172", "2.633")):
    s.predict("C9", "D", "frantar-gain", {"S": sparsity}, gain, fit=RECALLED_ROW, what=f"gain of the ViT row of three digits at {sparsity}")
    s.predict("C9", "D", "frantar-gain", {"S": sparsity}, gain, "abs 0.0015", fit="vit")
LIMIT = typed("((a_S + c_S) / c_S)^(1 / b_N)")
s.predict("C9", "D", LIMIT, {}, "3.65", fit={"parameters": {"a_S": 16.8, "c_S": 45.0, "b_N": 0.245}})
s.predict("C9", "D", LIMIT, {}, "3.47", fit={"parameters": {"a_S": 294.3896, "c_S": 468.1574, "b_N": 0.39222675}})
for law, gains in [("t5", ("1.59", "2.16", "2.63")), ("vit", ("1.60", "2.17", "2.63"))]:
    for sparsity, gain in zip((0.5, 0.75, 0.875), gains):
        s.predict("C9", "R", "frantar-gain", {"S": sparsity}, gain, fit=law, what=f"published gain of {law}, recalled")
s.predict("Z c9-a", "D", "frantar-gain", {"S": 0.75}, "2.1598", "abs 1e-3", fit="t5-rounded")
for at, expected in [((0, 8.5e7, 6.5e10), "1.7536"), ((0.75, 8.5e7, 6.5e10), "1.6323")]:
    s.predict("C9", "D", "frantar", dict(zip(("S", "N", "D"), at)), expected, fit="t5-rounded")
HELD_OUT = 48 * 12 * 1024**2
for (sparsity, size, steps), repository, rounded in [
    ((0.75, HELD_OUT, 5e5), "1.46830", "1.46888"), ((0.875, 84934656, 1e6), "1.60319", "1.60405"), ((0, 1327104, 2.5e5), "3.12729", "3.13051"),
]:
    at = {"S": sparsity, "N": size, "D": steps * 65536}
    s.predict("core 12a", "D", "frantar", at, repository, fit="t5")
    s.predict("core 12a", "D", "frantar", at, rounded, fit="t5-rounded")
VIT = {"S": 0.75, "N": 4.2467e7, "D": 1.8e9}
s.predict("core 12a", "D", "frantar-vit", VIT, "5.25462", fit="vit")
ROUNDED_VIT = {"parameters": dict(zip(NAMES, (2.94e2, 0.821, 4.68e2, 0.392, 2.37e8, 0.890, 4.517)))}
s.predict("core 12a", "D", "frantar-vit", VIT, "5.25660", fit=ROUNDED_VIT)
# Measured runs, which the fit comes near.
s.predict("core 12a", "V", "frantar", {"S": 0.875, "N": 84934656, "D": 1e6 * 65536}, "1.602968", "rel 2e-4", fit="t5")
s.predict("core 12a", "V", "frantar", {"S": 0, "N": 1327104, "D": 2.5e5 * 65536}, "3.125640", "rel 6e-4", fit="t5")
for size, budget, sparsity in [(8.5e7, 1e19, ".6174"), (8.5e7, 1e20, ".7408"), (8.5e7, 1e21, ".8285"), (3.4e8, 1e21, ".7047")]:
    given = {"law": "frantar", "fit": "t5-rounded", "cost": "6*N*D*law(gradual-pruning-cost; S, 0.25, 0.5)", "budget": budget,
             "limits": [{"of": "N", "equal": size}, {"of": "S", "at_least": 0.3}]}
    s.row("core 12a", "D", f"best sparsity of {size:g} at {budget:g} FLOPs, by a recalled schedule", {"allocate": given}, "/allocate/at/S", sparsity)
for sparsity in (0.25, 0.5, 0.75):
    expected = repr((1 - 0.625 * sparsity) / (1 - sparsity))
    s.predict("core 12a", "D", "gradual-pruning-cost", {"S": sparsity, "dense": 0.25, "ramp": 0.5}, expected, "rel 1e-12",
              what=f"(1 - .625 S)/(1 - S) at {sparsity}, by a recalled schedule")

# C10.
KUMAR = {"A": "4.299e3", "alpha": "0.4965", "beta": "0.4965", "B": "1.806e4", "E": "2.7648", "gamma_w": "2.6745", "n_w": "0.3037",
         "gamma_a": "2.2102", "n_a": "1.4072", "gamma_kv": "0.9578", "n_kv": "2.4185"}
s.constants("C10", "V", "kumar", "table-2", KUMAR)
s.constants("C10", "V", "kumar-uniform", "table-2", KUMAR)
ROUNDING = {"C_T": "0.0598", "gamma_D": "0.5068", "gamma_N": "0.3439", "gamma_post": "0.5907"}
s.constants("C10", "V", "kumar-rounded", "table-2", {**{k: KUMAR[k] for k in ("A", "alpha", "B", "beta", "E")}, **ROUNDING})
s.constants("C10", "V", "kumar-rounded", "table-2-b", {**ROUNDING, "b": "1.1277"})
s.constants("C10", "V", "kumar-critical-tokens", "table-2", {"B": KUMAR["B"], "beta": KUMAR["beta"], **ROUNDING})
for section, expected, tolerance, mark in [("C10", "7.002", None, "D"), ("C10", "7.5", "within 7 8", "V"), ("Z c10-a", "7.5", "within 7 8", "V"), ("Z c10-b", "7.0021", "abs 1e-3", "D")]:
    s.allocate(section, mark, "kumar-uniform", 1e20, "P", expected, tolerance)
s.allocate("C10", "D", "kumar-uniform", 1e23, "P", "7.002")
ROOT = "solve(P in low..64: P / gamma_w / expm1(P / gamma_w - n_w) + P / gamma_a / expm1(P / gamma_a - n_a) + P / gamma_kv / expm1(P / gamma_kv - n_kv) = 1)"
GAMMAS = {k: float(KUMAR[k]) for k in ("gamma_w", "gamma_a", "gamma_kv", "n_w", "n_a", "n_kv")}
s.predict("C10", "D", typed(ROOT), {"low": 3.12}, "7.002", fit={"parameters": GAMMAS}, what="the best bits by the derived formula")
MEAN = {"gamma_w": 1.9475, "gamma_a": 1.9475, "gamma_kv": 1.9475, "n_w": 0, "n_a": 0, "n_kv": 0}
s.predict("C10", "D", typed(ROOT), {"low": 0.01}, "3.71", fit={"parameters": MEAN}, what="the best bits without offsets, which contradicts the paper")
s.predict("C10", "D", typed("solve(x in 0.5..9: 3*x = expm1(x))"), {}, "1.90381")
s.predict("C10", "D", typed("(2.6745 + 2.2102 + 0.9578) / 3"), {}, "1.9475")
for bits, share in [(4, "0.1910"), (5, "0.4271"), (6, "0.6113"), (7, "0.7404"), (8, "0.8278"), (12, "0.9671"), (16, "0.9937")]:
    s.predict("C10", "D", "kumar-uniform", {"N": 1e8, "D": 1e10, "P": bits}, share, output="g")
s.predict("Z c10-c", "D", "kumar-uniform", {"N": 1e8, "D": 1e10, "P": 8}, "0.8278", "abs 1e-4", output="g")
s.refused("C10", "V", "three bits leave no parameters", {"predict": {"law": "kumar-uniform", "at": {"N": 1e8, "D": 1e10, "P": 3}}}, "law.condition")
s.refused("C10", "V", "three bits of activations leave no parameters",
          {"predict": {"law": "kumar", "at": {"N": 1e8, "D": 1e10, "P_w": 8, "P_a": 3, "P_kv": 8}}}, "law.condition")
s.predict("C10", "D", typed("(B / A)^(1 / alpha)"), {}, "18.0", fit={"parameters": {"A": 4.299e3, "B": 1.806e4, "alpha": 0.4965}})
for section, size, bits, tokens, tolerance in [
    ("C10", 220e6, 4, "1.75e11", None), ("C10", 220e6, 5, "9.48e11", None), ("C10", 8e9, 4, "6.01e11", None), ("Z c10-d", 220e6, 4, "1.75e11", "rel 0.005"),
]:
    s.predict(section, "D", "kumar-critical-tokens", {"N": size, "P": bits}, tokens, tolerance)
with_b = "law(kumar-rounded/table-2-b; N, D, P) - law(kumar-rounded/table-2-b; N, D, P = 1e6)"
without = "law(kumar-rounded/table-2; N, D, P) - law(kumar-rounded/table-2; N, D, P = 1e6)"
s.predict("C10", "D", typed(f"({with_b}) / ({without})"), {"N": 220e6, "D": 26e9, "P": 4}, "3.09", what="how much larger rounding is with b")
FULL = typed("law(kumar; N, D, P_w = 1e4, P_a = 1e4, P_kv = 1e4)")
for at, full, sixteen, eight in [
    ((30e6, 1.5e9), "4.1005", "4.1032", "4.1826"), ((110e6, 13e9), "3.3740", "3.3754", "3.4170"), ((220e6, 26e9), "3.1966", "3.1976", "3.2271"),
]:
    at = dict(zip(("N", "D"), at))
    s.predict("C10", "D", FULL, at, full, what=f"full precision at {at}")
    s.predict("C10", "D", "kumar-uniform", {**at, "P": 16}, sixteen)
    s.predict("C10", "D", "kumar-uniform", {**at, "P": 8}, eight)
    s.predict("C10", "D", "kumar", {**at, "P_w": 8, "P_a": 8, "P_kv": 8}, eight)

# C11.
s.constants("C11", "V2", "qat-fraction", "dremov2025", {"a": "6.7297"})
for size, tokens, bits, per_byte, share in [
    (759e6, 100e9, 4, "263.505", ".2990"), (759e6, 100e9, 2, "527.01", ".3417"), (1e9, 20e9, 4, "40", ".1613"), (8e9, 15e12, 4, "3750", ".4414"),
    (86e6, 1e12, 1, "93023", ".5553"),
]:
    at = {"N": size, "D": tokens, "b": bits}
    s.predict("C11", "D", "qat-fraction", at, per_byte, output="S")
    s.predict("C11", "D", "qat-fraction", at, share, output="f")
s.predict("C11", "D", "qat-fraction", {"N": 8e9, "D": 8e9 * 18.59, "b": 8}, "0.1", "abs 1e-4", output="f")
s.predict("Z c11-a", "D", "qat-fraction", {"N": 1e9, "D": 20e9, "b": 4}, "0.1613", "abs 1e-4", output="f")
s.refused("C11", "V2", "less than a token for each byte", {"predict": {"law": "qat-fraction", "at": {"N": 1e9, "D": 4e8, "b": 4}}}, "law.condition")

# C12: the whole table.
BITS = (16, 1, 1.58, 2, 3, 4)
PARETOQ = {
    125e6: ("48.5/15.1", "43.7/25.8", "46.5/20", "47.1/18.2", "47.9/15", "48.7/14.1"),
    350e6: ("54.8/10.5", "47.6/17", "51.4/14.5", "52.8/12.5", "54.7/10.9", "55/10.3"),
    600e6: ("58.2/9.1", "50.3/14", "55.5/11.5", "56.6/10.5", "58.5/9.4", "59.2/8.9"),
    1e9: ("62.1/8", "53.8/12.8", "58.5/10", "61/9.2", "61.3/8.4", "62.5/7.9"),
    1.5e9: ("62.7/7.9", "55.9/11", "60.5/9", "61.8/8.3", "62.9/8", "63.6/7.6"),
}
for size, cells in PARETOQ.items():
    for bits, cell in zip(BITS, cells):
        for output, value in zip(("accuracy", "perplexity"), cell.split("/")):
            s.predict("C12", "V", "paretoq", {"N": size, "b": bits}, value, "exact", output=output)
s.predict("C12", "D", "paretoq", {"N": 1e9, "b": 4}, "0.5e9", "exact", output="bytes", what="N b / 8")

# C13.
s.predict("C13", "V", "not-all-bits", {"N": 4e9, "b_w": 8}, "1", "exact", what="the choice turns at 4 B in 8 bits")
s.constants("C13", "V", "not-all-bits", "abstract", {"W": "4e9"})
s.predict("C13", "D", "reasoning-memory", {"N": 4e9, "b_w": 8, "batch": 1, "T": 8192, "n_layer": 40, "n_kv": 40, "d_h": 128, "b_kv": 16},
          "6710886400", "exact", output="cache", what="the cache of M, by the identity of C13")

# C15.
LOSSES = ("3.0", "2.9", "2.8", "2.7", "2.6", "2.5", "2.4", "2.35")
HEADS = [
    "32,1 16,1 8,1 4,1 4,1", "32,1 16,1 16,1 8,1 4,1", "32,2 16,1 16,1 8,1 8,1", "32,4 16,2 16,1 16,1 8,1", "32,8 16,4 16,2 16,2 8,1",
    "32,16 16,8 16,4 16,2 16,2", "32,32 32,32 32,8 32,8 32,4", "32,32 32,32 32,32 32,16 32,8",
]
for loss, cells in zip(LOSSES, HEADS):
    for context, cell in zip((8192, 16384, 32768, 65536, 131072), cells.split()):
        for output, value in zip(("heads", "kv_heads"), cell.split(",")):
            s.predict("C15", "V", "gqa-best-heads", {"loss": float(loss), "T": context}, value, "exact", output=output)
SIZES = {3e6: "4/256", 19e6: "6/512", 85e6: "12/768", 150e6: "12/1024", 200e6: "16/1024", 470e6: "24/1280", 680e6: "24/1536", 1.2e9: "36/1536",
         1.8e9: "36/2048", 4e9: "48/2560", 6e9: "54/3072", 13e9: "64/4096", 33e9: "72/6144", 64e9: "80/8192"}
for size, shape in SIZES.items():
    for output, value in zip(("n_layer", "d"), shape.split("/")):
        s.predict("C15", "V", "gqa-shapes", {"N": size}, value, "exact", output=output)
SAVING = typed("1 - law(gqa-cost; 1.8e9, T, 36, 64, 8, 1) / law(gqa-cost; 1.2e9, T, 36, 64, 24, 8)")
s.predict("Z c15-a", "V", SAVING, {"T": 131072}, "0.578", "abs 0.001", what="FLOPs saved by fewer heads")
s.predict("C15", "D", SAVING, {"T": 131072}, "0.5775", what="FLOPs saved by fewer heads")
MEMORY = typed("1 - (1.8e9 + 2*T*36*64*1) / (1.2e9 + 2*T*36*64*8)")
s.predict("C15", "D", MEMORY, {"T": 131072}, "0.601", what="erratum: the memory formula gives 60.1 %, not 50.8 %")
s.predict("C15", "D", "gqa-cost", {"N": 1.8e9, "T": 131072, "n_layer": 36, "d_h": 64, "n_h": 8, "n_kv": 1},
          repr(1.8e9 + 2 * 131072 * 36 * 64), "rel 1e-12", output="M")
for fit, (a, b, c) in {
    "470m": ("0.579", "0.124", "2.473"), "680m": ("0.398", "0.177", "2.583"), "1200m": ("0.301", "0.227", "2.622"),
    "470m-1k": ("1.513", "0.039", "1.53"), "470m-2k": ("1.436", "0.041", "1.53"), "470m-8k": ("1.356", "0.044", "1.53"),
}.items():
    s.constants("C15", "V", "gqa-heads", fit, {"a": a, "b": b, "c": c})
s.predict("Z c15-b", "V", "gqa-heads", {"n_h": 8}, "2.8097", "abs 1e-3", fit="1200m")

# C16.
s.constants("C16", "V", "tao-compression", "tao2024", {"a": "0.00639222", "b": "0.15811069", "c": "1.20470122"})
for entries, value in [(32000, ".25240"), (128000, ".22935")]:
    s.predict("C16", "D", "tao-compression", {"V": entries}, value)
s.predict("C16", "D", typed("exp(0.15811069 / (2 * 0.00639222))"), {}, "235021", what="where the parabola turns")
s.predict("C16", "D", typed("law(tao-compression; 300000) / law(tao-compression; 200000)"), {}, "1", "exact", what="capped at 200 000")
WIDTHS = [(50e6, 512), (200e6, 768), (500e6, 1024), (1e9, 1536), (2e9, 2048), (5e9, 3200), (10e9, 4096), (20e9, 5120), (50e9, 6048), (100e9, 8192),
          (200e9, 12288), (500e9, 16384), (1e12, 20480), (1.1e12, 24576)]
for size, width in WIDTHS:
    s.predict("C16", "V", "tao-width", {"N": size}, width, "exact")
s.constants("C16", "V", "tao-vocabulary-1", "code", {"k": "2.4846510161625193", "m": "1.589031299255507", "b": "0.4163622634135234"})
s.constants("C16", "V", "tao-budget", "code", {"k": "2.4846510161625193"})
s.constants("C16", "V", "tao-approach-1", "code", {"a": "0.5", "b": "0.4163622634135234", "c": "0.5"})
for output, logarithm in [("N_opt", "-2.4846510161625193"), ("N_v_opt", "-1.589031299255507"), ("H_opt", "1.85958504")]:
    # At a budget of one FLOP the coefficient is left.
    coefficient = repr(math.exp(float(logarithm)))
    s.predict("C16", "V", "tao-approach-1", {"C": 1}, coefficient, "rel 1e-14", fit="code", output=output, what=f"exp({logarithm})")
s.constants("C16", "V", "tao-approach-1", "printed", {"k_N": ".08", "k_v": ".20", "k_H": "6.42", "a": ".50", "b": ".42", "c": ".50"})
s.constants("C16", "V", "tao-vocabulary-2", "code", {"k": "3145728", "gamma": "0.8353974035228025"})
CODE = {"A_1": "1.8313851559554126", "A_2": "0.19584238398665638", "B": "2.1241123120064955", "E": "5.5327846803337435",
        "alpha_1": "0.44660634152009615", "beta": "0.44660634152009615", "alpha_2": "0.6707374679896795"}
s.constants("C16", "V", "tao-loss", "code", CODE)
s.constants("C16", "V", "tao-vocabulary-3", "code", {k: CODE[k] for k in ("A_2", "alpha_2", "B", "beta")})
s.constants("C16", "V", "tao-loss", "printed", {"A_1": "1.831", "A_2": ".196", "B": "2.124", "E": "5.533", "alpha_1": ".447", "alpha_2": ".671", "beta": ".447"})


def entries(section, mark, approach, size, expected, tolerance, output="V", budget=None):
    at = {"N": size}
    if approach == 3:
        at["C"] = budget or ask("tao-budget", {"N": size})
    s.predict(section, mark, f"tao-vocabulary-{approach}", at, expected, tolerance, output=output)


TABLE_1 = """3e9 39 43 37 1.3e21 .1 .1 .1|7e9 62 67 60 7.1e21 .3 .3 .2|13e9 83 91 81 2.4e22 .4 .5 .4|30e9 142 154 142 1.3e23 .9 .9 .9|
70e9 212 231 218 7.1e23 1.7 1.9 1.8|130e9 237 258 248 2.4e24 2.9 3.2 3.0|300e9 356 389 383 1.3e25 5.8 6.4 6.3"""
for row in TABLE_1.split("|"):
    size, *cells = row.split()
    for approach in (1, 2, 3):
        entries("C16", "V", approach, float(size), f"{cells[approach - 1]}e3", "abs 1000")
        entries("C16", "V", approach, float(size), f"{cells[approach + 3]}e9", None, output="N_v")
    s.predict("C16", "V", "tao-budget", {"N": float(size)}, cells[3])
RUN = {2.87e9: "37942,40993,35271", 3e9: "39367,42538,36648", 7e9: "62280,67450,59547", 13e9: "83429,90503,81347", 30e9: "141711,154071,141898",
       70e9: "211860,230861,217961", 130e9: "236500,258138,248187", 300e9: "355894,389324,383659"}
for size, cells in RUN.items():
    for approach, value in enumerate(cells.split(","), 1):
        entries("C16", "V", approach, size, value, "exact")
for approach, value in enumerate(("775934", "851555", "869613"), 1):
    entries("C16", "D", approach, 1e12, value, "exact")
for times, value in [(0.2, 10187), (0.3, 11368), (0.5, 13055), (1, 15758), (2, 19032), (3, 21261), (4, 23002), (5, 24453), (6, 25707)]:
    budget = ask(typed(f"{times} * law(tao-budget; N)"), {"N": 302e6})
    entries("C16", "V", 3, 302e6, value, "exact", budget=budget)
for budget, value in [(2.8e20, "24e3"), (1.2e21, "35e3"), (2.3e21, "43e3")]:
    entries("C16", "V", 3, 2.87e9, value, "abs 1000", budget=budget)
entries("Z c16-a", "V", 1, 7e9, "62280", "exact")
entries("Z c16-b", "V", 2, 7e9, "67450", "exact")
entries("Z c16-c", "V", 3, 7e9, "59547", "abs 2")
entries("Z c16-d", "V", 3, 300e9, "383659", "abs 5")
entries("Z c16-e", "V", 3, 302e6, "21261", "abs 2", budget=ask(typed("3 * law(tao-budget; N)"), {"N": 302e6}))
# The rest of what a re-fit gave: its best vocabulary, from its constants.
REFIT = {"parameters": {"A_2": 0.2000, "alpha_2": 0.67695, "B": 2.1242, "beta": 0.44653}}
for size, value in [(7e9, "59400"), (300e9, "378041")]:
    s.predict("C16", "D", "tao-vocabulary-3", {"N": size, "C": ask("tao-budget", {"N": size})}, value, "rel 0.015", fit=REFIT, output="V",
              what=f"a re-fit's vocabulary at {size:g}")

# C17.
s.constants("C17", "V2", "capacity-gap", "zhang2023", {"slope": "2.498", "offset": "11.498"})
s.constants("C17", "V2", "capacity-gap", "rounded", {"slope": "2.5"})
for student, teacher in [(110e6, "263e6"), (3e9, "7483e6")]:
    s.predict("C17", "D", "capacity-gap", {"N": student}, teacher)
s.predict("Z c17-a", "V2", "capacity-gap", {"N": 110e6}, "263.28e6", "rel 1e-4")
s.predict("C17", "V2", typed("1 / law(capacity-gap/rounded; 1)"), {}, "0.4", what="the student over its teacher")

# C18.
for law in ("wu-size", "wu-budget"):
    s.constants("C18", "V2", law, "wu2024", {"a": "1.19", "b": "2.03"})
s.predict("C18", "D", "wu-budget", {"N": 7e9}, "5.57e13")
s.predict("C18", "D", "wu-size", {"C": ask("wu-budget", {"N": 7e9})}, "7e9", "rel 1e-9")
s.predict("C18", "V2", "sampling-flops", {"N": 7e9, "tokens": 1000, "samples": 4}, repr(2 * 7e9 * 4000), "exact", what="2 N tokens samples")

# C19.
for at, passes in [((3e9, 128, 1, 64), "1"), ((70e9, 128, 1, 64), "68"), ((8e9, 512, 10, 64), "46")]:
    s.predict("C19", "D", "agent-tts-budget", dict(zip(("N", "N_p", "S", "N_d"), at)), passes)

# C21, C22.
SLIM = {"n": 32, "r_0": 0, "i": 31}
s.predict("C21", "D", "slimgpt", {**SLIM, "mean": 0.2}, ".73540", output="weight")
for mean, ours, published in [(0.2, ".2720", ".27"), (0.5, ".6799", ".68")]:
    s.predict("C21", "D", "slimgpt", {**SLIM, "mean": mean}, ours, output="r_last")
    s.predict("C21", "V2", "slimgpt", {**SLIM, "mean": mean}, published, output="r")
s.predict("Z c21-a", "V2", "slimgpt", {**SLIM, "mean": 0.2}, "0.27", "abs 0.005", output="r_last")
s.predict("C22", "V", "cubic-pruning-ramp", {"s_end": 0.5, "k": 15, "K": 15}, "0.5", "exact", what="all is pruned at the last step")

# C25: recalled.
GUESS = {"a": 0.8, "g": 4, "c": 0.05}
s.predict("C25", "R", "speculative-decoding", GUESS, "3.3616", output="tokens", what="tokens a pass, by a recalled form")
s.predict("C25", "R", "speculative-decoding", GUESS, "2.8013", output="speedup", what="speed-up, by a recalled form")

# Data 22, seed 100.
s.constants("data 22", "V", "expert-cache", "abstract", {"ratio": "2"})

# M. Appendix F without embeddings and logits, and the parameters of the notebook: linear layers, biases, norms,
# relative positions and the output head.
COUNT = "3 * n * (6*s*d*d + 4*s^2*d + 3*h*s^2 + 2*s*d*d + 4*s*d*f)"
SIZE = "(n * (13*d^2 + 2*d*(f - 4*d) + 9*d + f) + 32000*d)"
for layers, width, inner, heads, ratio in [
    (10, 640, 2560, 10, "1.025"), (20, 1024, 4096, 16, "1.101"), (24, 1280, 5120, 10, "1.083"), (26, 1792, 7168, 14, "1.044"),
    (28, 2048, 8192, 16, "1.033"), (40, 3584, 14336, 28, "0.994"),
]:
    at = {"n": layers, "d": width, "f": inner, "h": heads, "s": 2048}
    s.predict("M", "D", typed(f"{COUNT} / (6 * s * {SIZE})"), at, ratio, "abs 1e-3", what=f"appendix F over 6 N s, {layers} layers of {width}")
SMALL = {"n_layer": 10, "d_model": 640, "d_ff": 2560, "n_head": 10, "d_head": 64, "s": 2048, "V": 32000}
LARGE = {"n_layer": 40, "d_model": 3584, "d_ff": 14336, "n_head": 28, "d_head": 128, "s": 2048, "V": 32000}
s.predict("M", "D", "chinchilla-flops", SMALL, "9.29877e11", output="blocks")
s.predict("M", "D", "chinchilla-flops", LARGE, "8.3021e13", output="blocks")
s.predict("Z m-a", "D", "chinchilla-flops", SMALL, "9.29877e11", "rel 1e-5", output="blocks")
# The parameters differ by biases and norms alone, which are a ten thousandth of so large a model.
s.predict("Z m-b", "D", "chinchilla-flops", LARGE, "0.994", "abs 1e-3", output="ratio")
LLAMA_3_70B = {"d": 8192, "d_ff": 28672, "n_layer": 80, "n_h": 64, "n_kv": 8, "d_h": 128, "V": 128256}
for output, value in [("mlp", "56.3e9"), ("vocabulary", "2.1e9"), ("attention", "12e9"), ("all", "70.4e9")]:
    # The parts are printed cut, not rounded.
    s.predict("M", "V", "gated-parameters", LLAMA_3_70B, value, "rel 0.01" if output != "all" else "rel 0.003", output=output)
s.predict("Z m-d", "V", "gated-parameters", LLAMA_3_70B, "70.4e9", "rel 0.003", output="all")
LLAMA_2_13B = {"n_layer": 40, "n_kv": 40, "d_h": 128, "bytes": 2, "T": 8192, "batch": 1}
s.predict("Z m-e", "D", "kv-cache", LLAMA_2_13B, "6710886400", "exact", output="cache")
s.predict("M", "V", "kv-cache", LLAMA_2_13B, "6.7e9", output="cache")
s.predict("M", "V", typed("cache / 1073741824"), {"cache": ask("kv-cache", LLAMA_2_13B)}, "6.25", "exact", what="the cache in GiB")
s.predict("M", "D", "kv-cache", {**LLAMA_2_13B, "n_layer": 32, "n_kv": 8}, "131072", "exact", output="for_each_token")
RUN_TIME = {"C": 6.3e24, "chips": 8960, "peak": 4.59e14, "mfu": 0.4, "price": 1}
for section in ("M", "Z m-c"):
    s.predict(section, "V", "device-time", RUN_TIME, "3.8e6", "rel 0.01", output="seconds")
s.predict("M", "V", typed("seconds / 86400"), {"seconds": ask("device-time", RUN_TIME)}, "44", what="the same in days")
DEEPSEEK = {"N": 37e9, "D": 14.8e12, "hours": 2.664e6, "peak": 989e12}
s.predict("M", "D", "reached-mfu", DEEPSEEK, "0.346", what="DeepSeek-V3, share of the bf16 peak")
s.predict("M", "R", "reached-mfu", {"N": 70e9, "D": 2e12, "hours": 1720320, "peak": 312e12}, "0.435", what="Llama-2-70B, from recalled hours")
s.predict("M", "R", "reached-mfu", {"N": 405e9, "D": 15.6e12, "hours": 30.84e6, "peak": 989e12}, "0.345", what="Llama-3-405B, from recalled hours")


# Devices: dense peaks in T a second (bf16, fp8, int8, fp4), and the lowest price of specialised clouds or of a list.
def planned(**more):
    return {"allocate": {"law": "chinchilla", "limits": [{"of": "cost", "equal": 6.3e24}], **more}}


for device, peaks in {
    "a100-sxm": {"bf16": 312, "int8": 624}, "a100-pcie": {"bf16": 312, "int8": 624},
    "h100-sxm": {"bf16": 989, "fp8": 1979, "int8": 1979}, "h100-pcie": {"bf16": 756, "fp8": 1513, "int8": 1513},
    "h200": {"bf16": 989, "fp8": 1979, "int8": 1979}, "gh200-96": {"bf16": 989, "fp8": 1979, "int8": 1979},
    "gh200-141": {"bf16": 989, "fp8": 1979, "int8": 1979}, "b200": {"bf16": 2250, "fp8": 4500, "int8": 4500, "fp4": 9000},
    "gb200": {"bf16": 2500, "fp8": 5000, "int8": 5000, "fp4": 10000}, "b300": {"bf16": 2250, "fp8": 4500, "int8": 4500},
    "mi300x": {"bf16": 1300, "fp8": 2610, "int8": 2600}, "mi325x": {"bf16": 1300, "fp8": 2610, "int8": 2600},
    "mi355x": {"bf16": 2500, "fp8": 5000, "int8": 5000}, "l40s": {"bf16": 362, "fp8": 733, "int8": 733},
    "gaudi2": {"bf16": 432, "fp8": 865}, "gaudi3": {"bf16": 1677, "fp8": 1677}, "trainium2": {"bf16": 667, "fp8": 1299},
    "tpu-v4": {"bf16": 275, "int8": 275}, "tpu-v5e": {"bf16": 197, "int8": 394}, "tpu-v5p": {"bf16": 459, "int8": 918},
    "tpu-v6e": {"bf16": 918, "fp8": 918, "int8": 1836}, "tpu-v7x": {"bf16": 2307, "fp8": 4614},
}.items():
    for precision, peak in peaks.items():
        question = planned(hardware={"device": device, "precision": precision, "mfu": 0.4})
        s.row("M", "V", f"peak of {device} in {precision}", question, "/allocate/assumed/0/value", f"{peak}e12", "exact")
for device, price in {"a100": "1.10", "h100": "2.50", "h200": "3.50", "v5p": "4.2", "v5e": "1.2"}.items():
    question = planned(hardware={"device": device, "mfu": 0.4})
    s.row("M", "V", f"price of {device}", question, "/allocate/assumed/1/value", price, "exact")
POD = {"device": "tpu-v5p", "count": 8960, "mfu": 0.4}
s.row("M", "V", "days of a pod", planned(hardware=POD), "/allocate/quantities/days", "44")
SPEED = {"tokens_per_second": 14.8e12 / 2.664e6 / 3600, "N": "37B", "devices": 1}
question = planned(hardware={"peak": 989e12, "throughput": SPEED})
s.row("M", "D", "DeepSeek-V3, share of the peak by its throughput", question, "/allocate/assumed/0/value", "0.346")
question = planned(serving={"tokens": "1T", "bits": 16, "cache": ask("kv-cache", LLAMA_2_13B)})
question["allocate"]["limits"].append({"of": "N", "equal": 13e9})
s.row("M", "D", "Llama-2-13B with its cache", question, "/allocate/quantities/serving_memory", "32710886400", "exact")
BALANCED = {"N": 70e9, "bytes": 2, "batch": 3.125e14 / 2e12, "cache": 1, "bandwidth": 2e12, "peak": 3.125e14}
s.predict("M", "V", "decode-time", BALANCED, "156.25", "rel 1e-12", output="critical_batch", what="peak bytes / (2 bandwidth)")

s.write()
