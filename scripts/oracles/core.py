"""The rows of tests/oracles/core.csv: what the law sheets say of training allocation.

    python3 scripts/oracles/core.py [the sheet, to look every number up in]
"""

import math

from rows import Sheet, half_a_digit

sheet = Sheet("core")
PF_DAY = "8.64e19"


def typed(section, mark, what, formula, expected, tolerance=None, at=None, parameters=None):
    """A typed formula, of parameters or of laws of the catalogue."""
    fit = {"parameters": parameters} if parameters else None
    sheet.predict(section, mark, {"formula": formula}, at or {}, expected, tolerance, fit=fit, what=what)


def printed(section, mark, law, fit, values):
    """Constants of which the sheet has fewer digits than the catalogue."""
    for name, expected in values.items():
        place = f"/laws/laws/0/fits/{fit}/values/{name}"
        sheet.row(section, mark, f"{law}/{fit} {name}", {"laws": {"only": [law]}}, place, expected)


def interval(section, mark, law, fit, index, low, high):
    """The ends of a published interval."""
    for end, expected in enumerate((low, high)):
        place = f"/laws/laws/0/fits/{fit}/intervals/{index}/interval/{end}"
        sheet.row(section, mark, f"{law}/{fit} interval {index}", {"laws": {"only": [law]}}, place, expected, "rel 1e-15")


def names(symbols, values):
    return dict(zip(symbols.split(), values.split()))


# 1 Hoffmann et al. (2022)

sheet.constants("1.4", "V", "chinchilla", "hoffmann2022-rounded", names("E A B alpha beta", "1.69 406.4 410.7 0.34 0.28"))
sheet.constants("1.4", "V", "chinchilla", "hoffmann2022", names("alpha beta", "0.33917084 0.2849083"))
printed("1.4", "D", "chinchilla", "hoffmann2022", names("A B E", "406.4010175 410.7228269 1.6933737"))
for name, log in names("A B E", "6.0073404 6.0179186 0.5267228").items():
    question = {"laws": {"only": ["chinchilla"]}}
    value = f"/laws/laws/0/fits/hoffmann2022/values/{name}"
    sheet.row("1.4", "V", f"exp({log})", question, value, repr(math.exp(float(log))), "rel 1e-14")

ROUNDED = {"E": 1.69, "A": 406.4, "alpha": 0.34, "B": 410.7, "beta": 0.28}
UNROUNDED = {
    "E": 1.6933736809989528, "A": 406.4010175194737, "alpha": 0.33917084, "B": 410.7228269450398, "beta": 0.2849083,
}
BESIROGLU = {"E": 1.8172, "A": 482.01, "alpha": 0.3478, "B": 2085.43, "beta": 0.3658}
G = "((alpha * A / (beta * B))^(1 / (alpha + beta)))"
CLOSED = {
    "G": G,
    "a": "beta / (alpha + beta)",
    "b": "alpha / (alpha + beta)",
    "K": f"A * {G}^(-alpha) + B * {G}^beta",
    "gamma": "alpha * beta / (alpha + beta)",
}


def closed(section, parameters, name, expected):
    used = {symbol: value for symbol, value in parameters.items() if symbol in CLOSED[name]}
    typed(section, "D", f"closed form {name}", CLOSED[name], expected, parameters=used)


for parameters, values in (
    (ROUNDED, {"G": "1.34471064", "a": "0.451612903", "K": "813.679831", "gamma": "0.153548387"}),
    (UNROUNDED, {"G": "1.30004644", "a": "0.456525914", "b": "0.543474086", "K": "814.400116", "gamma": "0.154840278"}),
    (BESIROGLU, {"G": "0.11962985", "a": "0.512612108", "K": "1967.86178", "gamma": "0.178286491"}),
):
    for name, expected in values.items():
        closed("1.8" if parameters is not BESIROGLU else "2", parameters, name, expected)

# Table 2: the exponents of the three approaches, and the 10th and 90th percentiles of 100 subsamples.
for approach, fit, a, b in ((1, "table-3", "0.50", "0.50"), (2, "table-a3", "0.49", "0.51"), (3, "table-a3", "0.46", "0.54")):
    printed("1.6", "V", f"hoffmann-approach-{approach}", fit, {"a": a, "b": b})
interval("1.6", "V", "hoffmann-approach-1", "table-3", 0, "0.488", "0.502")
interval("1.6", "V", "hoffmann-approach-1", "table-3", 1, "0.501", "0.512")
interval("1.6", "V", "hoffmann-approach-2", "table-a3", 0, "0.462", "0.534")
interval("1.6", "V", "hoffmann-approach-2", "table-a3", 1, "0.483", "0.529")
interval("1.6", "V", "hoffmann-approach-3", "table-a3", 0, "0.454", "0.455")
interval("1.6", "V", "hoffmann-approach-3", "table-a3", 1, "0.542", "0.543")
sheet.constants("1.6", "V", "kaplan-optimum", "table-6", {"p_N": "0.73", "p_D": "0.27"})

# Tables 3 and A3. The presets are least squares through these rows, and miss the worst by so much.
SIZES = ["400e6", "1e9", "10e9", "67e9", "175e9", "280e9", "520e9", "1e12", "10e12"]
APPROACHES = {
    1: (
        "1.92e19 1.21e20 1.23e22 5.76e23 3.85e24 9.90e24 3.43e25 1.27e26 1.30e28",
        "8.0e9 20.2e9 205.1e9 1.5e12 3.7e12 5.9e12 11.0e12 21.2e12 216.2e12",
        ("0.0125", "0.0505"),
        (".49803", ".50186"),
    ),
    2: (
        "1.84e19 1.20e20 1.32e22 6.88e23 4.54e24 1.18e25 4.19e25 1.59e26 1.75e28",
        "7.7e9 20.0e9 219.5e9 1.7e12 4.3e12 7.1e12 13.4e12 26.5e12 292.0e12",
        ("0.0335", "0.0255"),
        (".48985", ".51000"),
    ),
    # Printed as 1.26e24 for 175 B, which 6 N D contradicts.
    3: (
        "2.21e19 1.62e20 2.46e22 1.71e24 1.26e25 3.52e25 1.36e26 5.65e26 8.55e28",
        "9.2e9 27.1e9 410.1e9 4.1e12 12.0e12 20.1e12 43.5e12 94.1e12 1425.5e12",
        ("0.0395", "0.0375"),
        (".45871", ".54134"),
    ),
}
for approach, (compute, tokens, (size, token), slopes) in APPROACHES.items():
    law, compute, tokens = f"hoffmann-approach-{approach}", compute.split(), tokens.split()
    for n, c, d in zip(SIZES, compute, tokens):
        sheet.allocate("1.7", "V", law, float(c), "N", n, f"rel {size}")
        sheet.allocate("1.7", "V", law, float(c), "D", d, f"rel {token}")
    ends = f"log10({compute[-1]} / {compute[0]})"
    typed("1.7", "D", f"{law} slope of N between the ends", f"log10({SIZES[-1]} / {SIZES[0]}) / {ends}", slopes[0])
    typed("1.7", "D", f"{law} slope of D between the ends", f"log10({tokens[-1]} / {tokens[0]}) / {ends}", slopes[1])
typed("1.11", "D", "175 B on 12.0 T take 1.26e25", "6 * 175e9 * 12.0e12", "1.26e25")
printed("1.7", "D", "hoffmann-approach-1", "table-3", names("k_N a k_D b", "0.099159 0.49810 1.6961 0.50185"))
# The sheet has .50185 where .50185426 rounds so, and 1.1528 for 1.15276.
printed("1.7", "D", "hoffmann-approach-2", "table-a3", names("k_N a k_D b", "0.14488 0.48994 1.1528 0.51002"))
printed("1.7", "D", "hoffmann-approach-3", "table-a3", names("k_N a k_D b", "0.53462 0.45866 0.31537 0.54098"))
typed("1.7", "D", "approach 1 at 1e21 by the rounded preset", "0.099159 * 1e21^0.49810", "2.8604e9")
sheet.allocate("1.7", "V", "hoffmann-approach-1", 1e21, "N", "2.86e9")
sheet.allocate("1.7", "D", "hoffmann-approach-1", 5.76e23, "N", "67.8e9")
sheet.allocate("1.7", "D", "hoffmann-approach-1", 5.76e23, "D", "1.42e12")
sheet.allocate("1.7", "D", "hoffmann-approach-2", 5.76e23, "N", "63.4e9")
sheet.allocate("1.7", "D", "hoffmann-approach-2", 5.76e23, "D", "1.51e12")
sheet.allocate("1.7", "V", "chinchilla", 5.76e23, "N", "40e9", fit="hoffmann2022")
sheet.allocate("1.7", "D", "chinchilla", 5.76e23, "N", "40.36e9", fit="hoffmann2022")
sheet.allocate("1.7", "D", "chinchilla", 5.76e23, "N", "32.19e9", fit="hoffmann2022-rounded")
sheet.allocate("1.7", "D", "chinchilla", 5.76e23, "N", "32e9", fit="hoffmann2022-rounded")

# The best plans: fit, C, N, D, D/N, L. Empty where nothing is printed.
PLANS = """
hoffmann2022-rounded 1e19 2.2795591e8 7.3113553e9 32.073550 2.98574060
hoffmann2022-rounded 1e21 1.8242177e9 9.1363365e10 50.083586 2.32888294
hoffmann2022-rounded 5.76e23 3.2189859e10 2.9823057e12 92.647367 1.93074810
hoffmann2022-rounded 1e25 1.1682298e11 1.42666e13 122.121518 1.84532013
hoffmann2022-rounded 3.8e25 2.13484e11 2.96665e13 138.9634 1.816533
hoffmann2022 1e19 2.7083515e8 6.1538049e9 22.721589 2.92183562
hoffmann2022 1e21 2.2169549e9 7.5178195e10 33.910566 2.29549104
hoffmann2022 5.76e23 4.0360938e10 2.3785374e12 58.931667 1.91841205
hoffmann2022 1e25 1.4854585e11 1.1219881e13 75.531432 1.83802421
besiroglu2024 1e19 2.621681e8 6.3572443e9 - 2.92710323
besiroglu2024 1e21 2.7784595e9 5.9985279e10 21.589402 2.30552857
besiroglu2024 5.76e23 7.2248703e10 1.3287436e12 18.391245 1.97444111
besiroglu2024 1e25 3.1207034e11 5.3406763e12 17.113694 1.91172924
besiroglu2024 3.8e25 6.18666e11 1.02371e13 - -
"""
for line in PLANS.split("\n"):
    if line:
        fit, budget, *expected = line.split()
        for of, value in zip(("N", "D", "tokens_per_parameter", "value"), expected):
            if value != "-":
                section = "2" if fit == "besiroglu2024" else "1.8"
                sheet.allocate(section, "D", "chinchilla", float(budget), of, value, fit=fit)
# The same to more digits, by the closed form in 40 digits; those of the refit as well.
PRECISE = """
hoffmann2022-rounded 1e21 1824217696.9 91363364663.3 50.08358642 2.32888294015
hoffmann2022-rounded 5.76e23 32189859151.4 2.98230568666e12 92.64736676 1.93074810173
hoffmann2022 1e21 2216954892.62 75178194748.9 33.91056579 2.29549104008
hoffmann2022 5.76e23 40360938387.2 2.378537364e12 58.93166658 1.918412046
besiroglu2024 1e21 2778459463.07 59985279210.3 21.58940233 2.30552857126
besiroglu2024 5.76e23 72248702500.4 1.32874358539e12 18.39124496 1.9744411084
refit-240 1e19 261863845.564 6364630684.62 24.30511425 2.92564085459
refit-240 5.76e23 73190438835.3 1.3116467332e12 17.92101201 1.97391210663
refit-240 3.8e25 630119828950 1.0050998306e13 15.95093162 1.89140511613
"""
for line in PRECISE.strip().split("\n"):
    fit, budget, *expected = line.split()
    for of, value in zip(("N", "D", "tokens_per_parameter", "value"), expected):
        sheet.allocate("1.8", "D", "chinchilla", float(budget), of, value, fit=fit)
    question = {"allocate": {"law": "chinchilla", "fit": fit, "budget": float(budget)}}
    sheet.row("1.8", "D", f"{fit} spends the budget", question, "/allocate/flops", budget, "exact")
for fit, n, d, value in (
    ("hoffmann2022-rounded", 70e9, 1.4e12, "1.93664547"),
    ("hoffmann2022", 70e9, 1.4e12, "1.92084603"),
    ("hoffmann2022-rounded", 280e9, 300e9, "1.99325846"),
    ("hoffmann2022", 280e9, 300e9, "1.96724332"),
    ("hoffmann2022-rounded", 1e9, 20e9, "2.58004787"),
    ("hoffmann2022", 1e9, 20e9, "2.53066820"),
    ("besiroglu2024", 70e9, 1.4e12, "1.97388186"),
):
    sheet.predict("1.8", "D", "chinchilla", {"N": n, "D": d}, value, fit=fit)
for fit, value in (("hoffmann2022-rounded", "4.3377615e21"), ("hoffmann2022", "3.0501941e21")):
    limits = [{"of": "loss", "at_most": 2.2}]
    sheet.allocate("1.8", "D", "chinchilla", None, "value", value, fit=fit, minimize="cost", limits=limits)

# What the page opens with.
for of, expected in (("N", "73.2e9"), ("D", "1.31e12"), ("value", "1.974")):
    sheet.allocate("1.8", "D", "chinchilla", 5.76e23, of, expected, fit="refit-240")

# Appendix F: layers, d, ffw, heads, kv; the printed ratio; the ratio without and with embeddings and logits.
COUNTED = """
10 640 2560 10 64 1.03 1.02639 1.58
20 1024 4096 16 64 1.10 1.10193 1.32
24 1280 5120 10 128 1.08 1.08383 1.23
26 1792 7168 14 128 1.04 1.04474 1.15
28 2048 8192 16 128 1.03 1.03346 1.12
40 3584 14336 28 128 0.99 0.99443 1.03
"""


def model(layers, width, ffw, heads, kv):
    return {
        "n_layer": int(layers), "d_model": int(width), "d_ff": int(ffw), "n_head": int(heads), "d_head": int(kv),
        "s": 2048, "V": 32000,
    }


for line in COUNTED.strip().split("\n"):
    *shape, table, without, full = line.split()
    sheet.predict("1.9", "V", "chinchilla-flops", model(*shape), table, output="ratio")
    sheet.predict("1.9", "D", "chinchilla-flops", model(*shape), without, "abs 1e-5", output="ratio")
    sheet.predict("1.9", "D", "chinchilla-flops", model(*shape), full, output="ratio_printed")

# Table A9: parameters in millions, d, ffw, kv, heads, layers. The count of parameters is within 0.8 %.
TABLE_A9 = """
44 512 2048 64 8 8; 57 576 2304 64 9 9; 74 640 2560 64 10 10; 90 640 2560 64 10 13; 106 640 2560 64 10 16;
117 768 3072 64 12 12; 140 768 3072 64 12 15; 163 768 3072 64 12 18; 175 896 3584 64 14 14; 196 896 3584 64 14 16;
217 896 3584 64 14 18; 251 1024 4096 64 16 16; 278 1024 4096 64 16 18; 306 1024 4096 64 16 20;
425 1280 5120 128 10 18; 489 1280 5120 128 10 21; 509 1408 5632 128 11 18; 552 1280 5120 128 10 24;
587 1408 5632 128 11 21; 632 1536 6144 128 12 19; 664 1408 5632 128 11 24; 724 1536 6144 128 12 22;
816 1536 6144 128 12 25; 893 1792 7168 128 14 20; 1018 1792 7168 128 14 23; 1143 1792 7168 128 14 26;
1266 2048 8192 128 16 22; 1424 2176 8704 128 17 22; 1429 2048 8192 128 16 25; 1593 2048 8192 128 16 28;
1609 2176 8704 128 17 25; 1731 2304 9216 128 18 24; 1794 2176 8704 128 17 28; 2007 2304 9216 128 18 28;
2283 2304 9216 128 18 32; 2298 2560 10240 128 20 26; 2639 2560 10240 128 20 30; 2980 2560 10240 128 20 34;
3530 2688 10752 128 22 36; 3802 2816 11264 128 22 36; 4084 2944 11776 128 22 36; 4516 3072 12288 128 24 36;
6796 3584 14336 128 28 40; 9293 4096 16384 128 32 42; 11452 4352 17408 128 32 47; 12295 4608 18432 128 36 44;
12569 4608 18432 128 32 47; 13735 4864 19456 128 32 47; 14940 4992 19968 128 32 49; 16183 5120 20480 128 40 47
"""
for entry in TABLE_A9.replace("\n", " ").split(";"):
    millions, width, ffw, kv, heads, layers = entry.split()
    at = model(layers, width, ffw, heads, kv)
    sheet.predict("1.9", "V", "chinchilla-flops", at, f"{millions}e6", "rel 0.0085", output="N")

# What contradicts the table, or the text.
size = f"6 * (N / {G})^((alpha + beta) / beta)"
unrounded = {symbol: value for symbol, value in UNROUNDED.items() if symbol != "E"}
for n, expected in ((400e6, "2.349e19"), (10e12, "1.010e29")):
    typed("1.11", "D", f"compute at which {n} is best", size, expected, at={"N": n}, parameters=unrounded)
typed("1.11", "D", "1e26 over the budget of Gopher", "1e26 / 5.76e23", "174")

# 2 Besiroglu et al. (2024)

sheet.constants("2", "V2", "chinchilla", "besiroglu2024", names("E A B alpha beta", "1.8172 482.01 2085.43 0.3478 0.3658"))
printed("2", "D", "chinchilla", "refit-240", names("A B E alpha beta", "477.8259 2143.417 1.8172181 0.3473104989 0.3671724326"))
for name, log in names("A B E", "6.1692463737 7.6701567331 0.5973068147").items():
    question, value = {"laws": {"only": ["chinchilla"]}}, f"/laws/laws/0/fits/refit-240/values/{name}"
    sheet.row("2", "D", f"exp({log})", question, value, repr(math.exp(float(log))), "rel 1e-10")
for index, (low, high) in enumerate((
    ("1.769", "1.871"), ("285.214", "743.626"), ("0.317", "0.373"), ("1042.357", "5810.344"), ("0.331", "0.415"),
)):
    interval("2", "V", "chinchilla", "besiroglu2024", index, low, high)
refit = {"alpha": 0.3473104988817546, "beta": 0.3671724326277622}
typed("2", "D", "exponent of the refit", CLOSED["a"], "0.51389952", parameters=refit)
typed("2", "D", "exponent of the printed constants", CLOSED["a"], "0.5126", parameters={"alpha": 0.3478, "beta": 0.3658})
typed("2", "D", "exponent of all 245 runs", CLOSED["a"], "0.5646444", parameters={"alpha": 0.3493128937, "beta": 0.4530492956})
sheet.allocate("2", "D", "chinchilla", 5.88e23, "tokens_per_parameter", "18.38", fit="besiroglu2024")
sheet.allocate("2", "D", "chinchilla", 5.88e23, "tokens_per_parameter", "59.04", fit="hoffmann2022")
typed("2", "D", "bias of the rounded exponent of tokens at 1e11, per cent", "100 * (1e11^(0.2849083 - 0.28) - 1)", "13.2")

# 3 Kaplan et al. (2020)

sheet.constants("3", "V", "kaplan-size", "table-5", names("alpha_N N_c", ".076 8.8e13"))
sheet.constants("3", "V", "kaplan-data", "table-5", names("alpha_D D_c", ".095 5.4e13"))
sheet.constants("3", "V", "kaplan-compute", "table-5", names("alpha_C C_c", ".057 1.6e7"))
sheet.constants("3", "V", "kaplan-min-compute", "table-5", names("alpha_C C_c", ".050 3.1e8"))
sheet.constants("3", "V", "kaplan-size-and-data", "table-2", names("alpha_N alpha_D N_c D_c", ".076 .103 6.4e13 1.8e13"))
sheet.constants("3", "V", "kaplan-size-and-steps", "table-3", names("alpha_N alpha_S N_c S_c", ".077 .76 6.5e13 2.1e3"))
sheet.constants("3", "V", "kaplan-trajectory", "table-3", names("alpha_B B_star", ".21 2.1e8"))
sheet.constants("3", "V", "kaplan-adjusted-compute", "table-5", names("alpha_B B_star alpha_C C_c", ".21 2.1e8 .050 3.1e8"))
sheet.constants("3", "V", "kaplan-analytic", "table-3", names("alpha_N alpha_S N_c S_c alpha_B B_star", ".077 .76 6.5e13 2.1e3 .21 2.1e8"))
TABLE_6 = names("k_N p_N k_B p_B k_S p_S k_D p_D", "1.3e9 0.73 2.0e6 0.24 5.4e3 0.03 2e10 0.27")
sheet.constants("3", "V", "kaplan-optimum", "table-6", TABLE_6)
sheet.constants("3", "V", "kaplan-optimum-min-compute", "table-6", TABLE_6)
sheet.constants("3", "V2", "kaplan-optimum-unadjusted", "unadjusted", names("k_N p_N", "1.6e9 0.88"))
sheet.constants("3", "V", "kaplan-least-data", "eq-4-4", names("k p", "5e3 0.74"))
sheet.constants("3", "V", "kaplan-stopping", "table-3", names("alpha_N alpha_S", ".077 .76"))
sheet.constants("3", "V", "kaplan-other-size", "table-3", names("alpha_N alpha_S", ".077 .76"))
for output, coefficient in (("N_opt", "1.3e9"), ("B_crit", "2.0e6"), ("S_min", "5.4e3"), ("D_opt", "2e10")):
    sheet.predict("3", "V", "kaplan-optimum-min-compute", {"C_min": float(PF_DAY)}, coefficient, output=output)
    sheet.predict("3", "V", "kaplan-optimum", {"C": 2 * float(PF_DAY)}, coefficient, output=output)

typed("3", "V", "2^-alpha_N: loss at twice the size", "law(kaplan-size; 2 * N) / law(kaplan-size; N)", "0.95", at={"N": 1e9})
for f, output, value, digits in (("size", "size", "2.7", "2.6661"), ("steps", "steps", "0.13", ".1329"), ("compute", "compute", "0.35", ".3543")):
    at = {"f": 0.10, "g": 0.02}
    sheet.predict("3", "V", "kaplan-stopping", at, value, output=output)
    sheet.predict("3", "D", "kaplan-stopping", at, digits, output=output)
typed("3", "V", "compute of 2.2 times the best size, per cent more", "100 * (law(kaplan-other-size; 2.2) - 1)", "20")
# One less the steps of the same: 45 %.
sheet.predict("3", "V", "kaplan-other-size", {"x": 2.2}, ".55", output="steps", what="steps of 2.2 times the best size: 45 % fewer")
sheet.predict("3", "V", "kaplan-other-size", {"x": 0.6}, "1.2", "within 1 1.2", output="compute", what="0.6 times the best size: at most 20 % more")
typed("3", "D", "critical batch at a loss 13 % lower", "0.87^(-1 / 0.21)", "1.9409")
sheet.allocate("3", "V", "kaplan-optimum", 1e21, "N", "4.68e9")
sheet.allocate("3", "D", "kaplan-optimum", 1e21, "N", "4.6831e9")
sheet.predict("3", "D", "kaplan-optimum-min-compute", {"C_min": 1e21}, "7.768e9", output="N_opt")
# The crossing of the two trends is known to an order of magnitude.
at = {"C_min": 1e4 * float(PF_DAY)}
sheet.predict("3", "V", "kaplan-optimum-min-compute", at, "1e12", "within 3.1e11 3.2e12", output="N_opt")
sheet.predict("3", "V", "kaplan-optimum-min-compute", at, "1e12", "within 1e11 1e12", output="D_opt")
sheet.predict("3", "V", "kaplan-min-compute", at, "1.7")

sheet.predict("3", "D", "kaplan-size", {"N": 1.5e9}, "2.3035506")
sheet.predict("3", "D", "kaplan-data", {"D": 2.29e10}, "2.0911878")
sheet.predict("3", "D", "kaplan-min-compute", {"C_min": float(PF_DAY)}, "2.6580802")
sheet.predict("3", "D", "kaplan-min-compute", {"C_min": 1e4 * float(PF_DAY)}, "1.6771352")
sheet.predict("3", "D", "kaplan-compute", {"C": float(PF_DAY)}, "2.5741559")
sheet.predict("3", "D", "kaplan-size-and-data", {"N": 1e9, "D": 2.29e10}, "2.367501")
sheet.predict("3", "D", "kaplan-size-and-data", {"N": 1e8, "D": 1e9}, "2.956734")
sheet.predict("3", "D", "kaplan-size-and-data", {"N": 1e9, "D": 1e40}, "2.318834", what="L(1e9) of Table 2 on endless data")
for b, expected in (("2.5", "2.674649e6"), ("3", "1.122570e6")):
    typed("3", "D", f"critical batch at a loss of {b}", f"2.1e8 / {b}^(1 / 0.21)", expected)
for x, output, expected in ((0.6, "compute", "1.16473"), (2.2, "compute", "1.20372"), (2.2, "steps", ".54715"), (10, "compute", "2.83916")):
    sheet.predict("3", "D", "kaplan-other-size", {"x": x}, expected, output=output)
sheet.predict("3", "D", "kaplan-least-data", {"N": 1e9}, "2.285e10")
gpt2 = {"n_layer": 48, "d_model": 1600, "d_attn": 1600, "d_ff": 6400, "n_ctx": 1024}
sheet.predict("3", "D", "kaplan-flops", gpt2, "1.47456e9", output="N")
for pf_days, loss, n, s, b in ((1, "2.69444", "5.8441e8", "13161", "1.8723e6"), (1000, "1.87547", "6.4616e10", "21200", "1.0512e7")):
    at = {"C": pf_days * float(PF_DAY)}
    sheet.predict("3", "D", "kaplan-analytic-loss", at, loss)
    for output, expected in (("N_opt", n), ("S_opt", s), ("B_opt", b)):
        sheet.predict("3", "D", "kaplan-analytic", at, expected, output=output)
    typed("3", "D", "6 N B S is the budget", "6 * law(kaplan-analytic; C) * D / C", "1", "rel 1e-9", at={
        "C": pf_days * float(PF_DAY),
        "D": {"predict": {"law": {"formula": "C / 6 / law(kaplan-analytic; C)"}, "at": at}},
    })
APPENDIX_B = {"alpha_N": 0.077, "alpha_S": 0.76, "N_c": 6.5e13, "S_c": 2.1e3, "alpha_B": 0.21, "B_star": 2.1e8}
alpha_c = "1 / (1 / alpha_S + 1 / alpha_B + 1 / alpha_N)"
exponents = {name: APPENDIX_B[name] for name in ("alpha_N", "alpha_S", "alpha_B")}
typed("3", "D", "alpha_C of Appendix B", alpha_c, ".0524529", parameters=exponents)
typed("3", "D", "alpha_C of Appendix B, rounded", alpha_c, ".0525", parameters=exponents)
typed("3", "D", "alpha_C of Appendix B with 0.076", alpha_c, ".0520", parameters=exponents | {"alpha_N": 0.076})
c_c = "6 * N_c * B_star * S_c * (1 + alpha_N / alpha_S)^(1 / alpha_S + 1 / alpha_N) * (alpha_S / alpha_N)^(1 / alpha_S)"
parameters = {name: value for name, value in APPENDIX_B.items() if name != "alpha_B"}
typed("3", "D", "C_c of Appendix B in PF-days", f"{c_c} / {PF_DAY}", "1.6098e8", parameters=parameters)
typed("3", "D", "exponent of the best size from the constants", f"{alpha_c} / alpha_N", ".68", parameters=exponents)
typed("3", "D", "2 C_min / (6 N) at one PF-day", f"2 * {PF_DAY} / (6 * law(kaplan-optimum-min-compute; {PF_DAY}))", "2.215e10")
typed("3", "D", "steps times critical batch of Table 6", "5400 * 2e6", "1.08e10")
sheet.refused("3", "D", "a size that never reaches the loss", {"predict": {"law": "kaplan-other-size", "at": {"x": 0.2}}}, "law.condition")

# 4 Porian et al. (2024)

STEPS = (
    ("porian-kaplan-count", "kaplan-rw", ".8353", "4.23197e-8", (".82", ".85"), "3.03e12", ".835"),
    ("porian-optimum", "head-rw", ".70647", "1.27018e-5", (".69", ".72"), "7.87e11", ".706"),
    ("porian-optimum", "warm-up-rw", ".602038", "1.43092e-3", (".59", ".62"), "2.92e11", ".602"),
    ("porian-optimum", "cosine-rw", ".571495", "4.76929e-3", (".56", ".59"), "1.83e11", ".571"),
    ("porian-optimum", "tuned-rw", ".496895", ".118926", (".49", ".50"), "7.69e10", ".497"),
    ("porian-optimum", "tuned-owt2", ".5185", ".046935", (".49", ".54"), None, ".518"),
)
for law, fit, a, k, (low, high), size, exponent in STEPS:
    sheet.constants("4", "V", law, fit, {"a": a, "k_N": k})
    # .5185 stands for both .518 and .519.
    question, value = {"laws": {"only": [law]}}, f"/laws/laws/0/fits/{fit}/values/a"
    sheet.row("4", "V", f"{law}/{fit} a in Table 1", question, value, exponent, "abs 5.000001e-4")
    interval("4", "V", law, fit, 0, low, high)
    if size:
        sheet.allocate("4", "V", law, 5.88e23, "N", size, fit=fit)
printed("4", "V", "porian-kaplan-count", "tuned-long-rw", {"a": ".711"})
interval("4", "V", "porian-kaplan-count", "tuned-long-rw", 0, ".70", ".72")
for fit, a in (("base-long-rw", ".7171"), ("base-short-rw", ".6223"), ("base-cosine-rw", ".5772"), ("tuned-rw", ".5053")):
    printed("4", "V", "porian-attention-count", fit, {"a": a})
# Tokens are 1.4014 C^.5031.
typed("4", "V", "coefficient of the tokens", "1 / (6 * 0.118926)", "1.4014")
typed("4", "V", "exponent of the tokens", "1 - 0.496895", ".5031")
sheet.constants("4", "V2", "porian-frontier", "six-budgets", names("k_L gamma E", "128.93 .106 2.01"))

# The sizes are printed; their width and depth are the only ones that give them.
SHAPES = """
5.173248e6 96 3; 7.503872e6 128 4; 9.80992e6 160 5; 1.5597568e7 224 6; 2.248704e7 288 8; 2.8672e7 320 9;
3.7060608e7 384 10; 5.738496e7 480 12; 8.4787200e7 576 14; 1.0846208e8 640 15; 1.49045248e8 704 18;
2.20872704e8 832 21; 3.47078656e8 1024 23; 4.5531136e8 1120 26; 6.11958784e8 1312 26; 9.01726208e8 1504 30
"""
for shape in SHAPES.replace("\n", " ").split(";"):
    n, width, depth = shape.split()
    at = {"width": int(width), "depth": int(depth), "V": 50432, "seq": 2048}
    sheet.predict("4", "V", "porian-size", at, n, "rel 1e-15", output="N")

# The optima behind the fits: C, N*, the standard deviation of its log.
OPTIMA = {
    "tuned-rw": "1.25e16:12535560,.114091; 2.5e16:16148600,.115941; 5e16:26050610,.112071; 1e17:31264440,.113204; "
    "2e17:43659150,.115116; 4e17:66621090,.111946; 8e17:92528430,.111145; 1.6e18:128023000,.117554; "
    "3.2e18:171278100,.114195; 6.4e18:291948200,.112094; 1.28e19:373542900,.117267; 2.56e19:534703600,.119762",
    "kaplan-rw": "1.25e16:1229787,.234970; 2.5e16:2161017,.220961; 5e16:3552271,.173066; 1e17:6515691,.155780; "
    "2e17:11756300,.139759; 4e17:20759550,.138760; 8e17:43182390,.141546; 1.6e18:64339470,.133267; "
    "3.2e18:132724400,.127817; 6.4e18:208693100,.131960; 1.28e19:371048300,.132019",
    "head-rw": "2.5e16:5803822,.158147; 5e16:7934882,.113841; 1e17:12685160,.113841; 2e17:21430030,.113841; "
    "4e17:31160310,.111946; 8e17:52009490,.114254; 1.6e18:90943290,.117554; 3.2e18:166601500,.114195; "
    "6.4e18:248025200,.112094; 1.28e19:418529000,.117267; 2.56e19:636453900,.120243",
    "warm-up-rw": "1.25e16:7110499,.114091; 2.5e16:9165457,.134815; 5e16:17184540,.125821; 1e17:28240940,.113841; "
    "2e17:34735320,.113841; 4e17:58962300,.111946; 8e17:86820040,.114254; 1.6e18:133614200,.117554; "
    "3.2e18:145065600,.114195; 6.4e18:362843300,.112094; 1.28e19:462314400,.117267; 2.56e19:694374700,.165701",
    "cosine-rw": "1.25e16:7309909,.114091; 2.5e16:10339060,.114965; 5e16:16810420,.113936; 1e17:25205960,.107019; "
    "2e17:36075890,.108324; 4e17:61760150,.113045; 8e17:81761250,.138889; 1.6e18:129794000,.113240; "
    "3.2e18:174210500,.112094; 6.4e18:277143500,.117267; 1.28e19:411748800,.119762; 2.56e19:510779200,.117227",
}
for _, fit, a, k, _, _, _ in STEPS[:5]:
    points = [entry.replace(":", ",").split(",") for entry in OPTIMA[fit].split("; ")]
    budgets, optima, spreads = zip(*[[float(number) for number in point] for point in points])
    # Weighted squares of the log: a row's residual is over its deviation, in tenths.
    power = [0.1 / spread for spread in spreads]
    weighted = {
        "law": {
            "formula": "exp(w * (c + a * ln(C)))",
            "inputs": {"C": {}, "w": {"unit": "1"}},
            "parameters": {"c": {"in": [-50, 50]}, "a": {"in": [0.02, 2]}},
        },
        "runs": {"C": list(budgets), "w": power, "L": [n**w for n, w in zip(optima, power)]},
        "loss": {"huber": 100, "of": "log"},
    }
    sheet.row("4", "V", f"weighted fit of the optima of {fit}: a", {"fit": weighted}, "/fit/parameters/a", a, "rel 1e-4")
    log = repr(math.log(float(k)))
    sheet.row("4", "V", f"weighted fit of the optima of {fit}: ln k_N", {"fit": weighted}, "/fit/parameters/c", log, "abs 1e-3")

# 5 Pearce and Song (2024)

sheet.constants("5", "V", "pearce-total", "chinchilla-models", {"gamma": "47491"})
sheet.predict("5", "D", "pearce-gamma", {"V": 32000, "aspect": 39.2252}, "47491", output="gamma")
for law in ("pearce-loss", "pearce-exponent", "pearce-optimum"):
    epoch, chinchilla = names("A B alpha beta", "482.01 2085.43 .3478 .3658"), names("A B alpha beta", "406.4 410.7 .3392 .2849")
    if law == "pearce-loss":
        epoch, chinchilla = epoch | {"E": "1.8172"}, chinchilla | {"E": "1.6934"}
    sheet.constants("5", "V", law, "epoch", epoch)
    sheet.constants("5", "V", law, "chinchilla", chinchilla)
for fit, n, c, g in (
    ("epoch", 1e5, "6.79305e14", ".829732"),
    ("epoch", 1e7, "1.02759e17", ".853207"),
    ("epoch", 1e9, "1.5482e20", ".535381"),
    ("epoch", 1e11, "1.09262e24", ".513682"),
    ("chinchilla", 1e7, "7.13852e16", ".832713"),
    ("chinchilla", 1e9, "2.06244e20", ".479620"),
):
    sheet.predict("5", "D", "pearce-exponent", {"N": n}, c, fit=fit, output="C")
    sheet.predict("5", "D", "pearce-exponent", {"N": n}, g, fit=fit, output="g")
    sheet.allocate("5", "D", "pearce-optimum", float(c), "N", f"{n:g}", "rel 5e-5", fit=fit)
    # The solver finds it by the loss as well.
    sheet.allocate("5", "D", "pearce-loss", float(c), "N", f"{n:g}", "rel 5e-5", fit=fit)
for n, total in ((1e5, "2.30434e6"), (1e7, "2.02316e7"), (1e9, "1.04749e9")):
    sheet.predict("5", "D", "pearce-total", {"N": n}, total)
    sheet.predict("5", "D", "pearce-non-embedding", {"N": float(total)}, f"{n:g}", "rel 2e-5")
typed("5", "D", "transition gamma^1.5", "47491^1.5", "1.035e7")
for alpha, beta, small in ((0.3478, 0.3658, ".759"), (0.3392, 0.2849, ".716")):
    typed("5", "D", "limit of the exponent for small sizes", f"{beta} / ({alpha} / 3 + {beta})", small)

# 6 Henighan et al. (2020): constant, scale and exponent by size and by compute, then the best size.
DOMAINS = """
language              | 0.0 1.47e14 .070 | 0.0 3.47e8 .048   | 3.3e-13 .73
image-8               | 3.12 8.0e1 .24   | 3.13 1.8e-8 .19   | 5.3e-14 .64
image-16              | 2.64 2.8e2 .22   | 2.64 1.6e-8 .16   | 4.8e-12 .75
image-32              | 2.20 6.3e1 .13   | 2.21 3.6e-9 .1    | 1.6e-13 .65
image-vq16            | 3.99 2.7e4 .13   | 4.09 6.1e-7 .11   | 6.2e-14 .64
image-vq32            | 3.07 1.9e4 .14   | 3.17 2.6e-6 .12   | 9.4e-13 .7
text-to-image-text    | 0.0 5.6e8 .037   |                   |
text-to-image-image   | 2.0 5.1e3 .16    | 1.93 1.5e-6 .15   | 9.4e-13 .7
image-to-text-text    | 0.0 7.0e8 .039   |                   |
image-to-text-image   | 2.0 5.5e3 .15    | 1.97 1.5e-6 .16   | 3.3e-12 .72
video-vq16            | 1.01 3.7e4 .24   | .95 2.2e-5 .14    | 1.13e-12 .71
math                  | .28 1.1e4 .16    | .14 1.4e-5 .17    | 2.3e-12 .69
"""
for line in DOMAINS.strip().split("\n"):
    fit, by_size, by_compute, best = (part.strip() for part in line.split("|"))
    sheet.constants("6", "V", "henighan-size", fit, names("L_inf N_0 alpha", by_size))
    if best:
        sheet.constants("6", "V", "henighan-compute", fit, names("L_inf C_0 alpha", by_compute))
        sheet.constants("6", "V", "henighan-optimum", fit, names("C_1 a", best))
for fit, values in (
    ("image-16", "2026 1.7e10 .16"), ("image-32", "6806 2.7e26 .1"), ("image-vq16", "1047 4.7e15 .11"), ("image-vq32", "3246 3.1e19 .12"),
):
    sheet.constants("6", "V", "henighan-image", fit, names("L_inf C_0 alpha", values))
for fit, n in (
    ("language", "1.293e9"), ("image-8", "3.137e8"), ("image-16", "3.084e8"), ("image-32", "2.076e8"), ("image-vq16", "2.837e8"),
    ("image-vq32", "2.623e8"), ("image-to-text-image", "1.848e8"), ("video-vq16", "3.036e8"), ("math", "1.073e8"),
):
    sheet.allocate("6", "D", "henighan-optimum", float(PF_DAY), "N", n, fit=fit)
sheet.predict("6", "D", "henighan-size", {"N": 1e9}, "2.2999", fit="language")
sheet.predict("6", "D", "henighan-compute", {"C": float(PF_DAY)}, "2.5700", fit="language")
sheet.predict("6", "D", "henighan-size", {"N": 1e8}, "3.1544", fit="image-8")
typed("6", "D", "nats of an image of 8x8 by Table 1", "192 * 3.13", "601.0")
# Table 3 per image is Table 1 per token, times the tokens of an image.
for fit, tokens in (("image-16", 768), ("image-32", 3072), ("image-vq16", 256), ("image-vq32", 1024)):
    typed("6", "D", f"Table 3 over Table 1, {fit}", f"law(henighan-image/{fit}; C) / ({tokens} * law(henighan-compute/{fit}; C))", "1", "rel 0.01", at={"C": 1e22})

# 7 Su et al. (2024), with the constants of Kaplan et al.

for n, steps in ((1e8, 1e4), (1e9, 2e4), (1e10, 1e5)):
    at = {"N": n, "S": steps}
    typed("7", "D", "far above the critical batch the curve is Eq. 5.6", "law(kaplan-trajectory; N, S, 1e20) / law(kaplan-size-and-steps; N, S)", "1", "rel 1e-9", at=at)
    half = "law(kaplan-size-and-steps; N, S / 2)"
    typed("7", "D", "at the critical batch steps are twice S_min", f"law(kaplan-trajectory; N, S, 2.1e8 / {half}^(1 / 0.21)) / {half}", "1", "rel 1e-9", at=at)
    kaplan = {"parameters": APPENDIX_B}
    same = {"predict": {"law": "kaplan-trajectory", "at": at | {"B": 524288}}}
    question = {"law": {"formula": "x / y"}, "at": {"x": {"predict": {"law": "su-trajectory", "fit": kaplan, "at": at | {"B": 524288}}}, "y": same}}
    sheet.row("7", "D", "Su's form with Kaplan's constants", {"predict": question}, "/predict/value", "1", "rel 1e-12")

# 8 Cerebras-GPT

sheet.constants("8", "V2", "cerebras-frontier", "eq-1", names("C_0 alpha L_inf", "5.984e22 0.0737 0.5066"))
FAMILY = """
111e6 120 9037 2.22093e9 2.6e18 2.608 2.588 2.60303
256e6 264 9468 5.11908e9 1.3e19 2.349 2.359 2.36854
590e6 264 21836 1.18061e10 6.1e19 2.181 2.155 2.16804
1.3e9 528 24334 2.63134e10 2.8e20 1.997 1.984 1.99154
2.7e9 528 49041 5.30302e10 1.1e21 1.834 1.846 1.84910
6.7e9 1040 62522 1.33167e11 6.3e21 1.704 - 1.68706
13e9 720 174335 2.57067e11 2.3e22 1.572 - 1.57961
"""
family = [line.split() for line in FAMILY.strip().split("\n")]
for n, batch, steps, tokens, compute, loss, mup, law in family:
    at = {"N": float(n)}
    for output, expected in (("batch", batch), ("steps", steps), ("C", compute), ("L", loss)):
        sheet.predict("8", "V2", "cerebras-models", at, expected, "rel 1e-15", output=output)
    sheet.predict("8", "V2", "cerebras-models", at, tokens, output="D")
    if mup != "-":
        sheet.predict("8", "V2", "cerebras-models", at, mup, "rel 1e-15", output="L_mup")
    sheet.predict("8", "D", "cerebras-frontier", {"C": float(compute)}, law)
off = [f"({mup} / law(cerebras-frontier; {compute}) - 1)" for _, _, _, _, compute, _, mup, _ in family if mup != "-"]
typed("8", "V2", "mean deviation of mup from the law, per cent", f"-100 * ({' + '.join(off)}) / 5", "0.43")
typed("8", "D", "mean deviation of mup from the law, per cent", f"100 * ({' + '.join(off)}) / 5", "-0.426")
off = [f"({loss} / law(cerebras-frontier; {compute}) - 1)" for _, _, _, _, compute, loss, _, _ in family]
for mark, expected in (("V2", "0.66"), ("D", "0.661")):
    squares = " + ".join(f"{term}^2" for term in off)
    spread = f"100 * sqrt(({squares}) / 7 - (({' + '.join(off)}) / 7)^2)"
    typed("8", mark, "standard deviation from the law, per cent", spread, expected)
typed("8", "D", "13 B below the law, per cent", f"100 * {off[6]}", "-0.48")
typed("8", "V2", "13 B within 0.5 per cent", f"100 * abs{off[6]}", "0.5", "within 0 0.5")
neox = "100 * (1.519 / law(cerebras-frontier; 6.4e22) - 1)"
typed("8", "D", "NeoX-20B above the law, per cent", neox, "1.15")
typed("8", "V2", "NeoX-20B above the law, per cent", neox, "1.2", "abs 0.0501")

# 9 Hägele et al. (2024)

for lengths, ratio in (
    ((2400, 5600, 8000), "0.6"), ((6000, 10000, 14000), "0.5733333333"), ((8000, 14000, 20000), "0.5809523810"),
    ((12000, 20000, 28000), "0.5733333333"), ((20000, 30000, 40000), "0.5555555556"), ((30000, 40000, 50000), "0.5333333333"),
):
    runs = [length / 0.8 for length in lengths]
    at = {"longest": max(runs), "total": sum(runs), "f": 0.2}
    sheet.predict("9", "V", "hagele-saving", at, ratio, output="share", tolerance="abs 5.1e-11")
sheet.predict("9", "D", "hagele-saving", {"longest": 30, "total": 60, "f": 0.2}, "0.6", output="share", tolerance="rel 1e-12")
for layers, width, flops, params in (
    (8, 384, "171834605568", "33454464"), (10, 512, "279079550976", "59810304"), (12, 640, "409294602240", "93112960"),
    (12, 768, "527392309248", "123532032"), (16, 768, "624142319616", "151843584"), (24, 768, "817642340352", "208466688"),
    (24, 1024, "1341445373952", "359744512"),
):
    at = {"n_layer": layers, "d_model": width, "s": 512, "V": 50257}
    sheet.predict("9", "V", "hagele-flops", at, flops, output="flops")
    sheet.predict("9", "V", "hagele-flops", at, params, output="N")
# Nine tenths through a cool-down of a fifth of 1000 steps, x is 1/4 after 850.
SCHEDULE = {"T": 1000, "W": 100, "f": 0.2}
for n, output, formula in (
    (0, "linear", "1 / 100"), (50, "linear", "0.5 + 0.5 / 100"), (500, "linear", "1"), (850, "linear", "1 - 0.25"),
    (850, "sqrt_decay", "1 - sqrt(0.25)"), (850, "square", "1 - 0.25^2"), (1000, "sqrt_decay", "0"),
    (850, "cosine", "(1 + cos(pi / 4)) / 2"), (850, "mirror_cosine", "2 * (1 - 0.25) - (1 + cos(pi / 4)) / 2"),
):
    value = {"0.5 + 0.5 / 100": 0.505, "1 / 100": 0.01, "1": 1.0, "0": 0.0, "1 - 0.25": 0.75, "1 - sqrt(0.25)": 0.5, "1 - 0.25^2": 0.9375}.get(formula)
    cosine = (1 + math.cos(math.pi / 4)) / 2
    value = value if value is not None else (cosine if output == "cosine" else 1.5 - cosine)
    sheet.predict("9", "D", "hagele-schedule", SCHEDULE | {"n": n}, repr(value), "abs 1e-14", output=output)

# 10 Guo (2024): every split of a budget is as good.

values = {"parameters": {"a": 2.0, "b": 0.05}}
for n in (1e8, 1e9, 1e10):
    there = {"predict": {"law": "guo-compute", "fit": values, "at": {"N": n, "D": 1e21 / 6 / n}}}
    here = {"predict": {"law": "guo-compute", "fit": values, "at": {"N": 2e9, "D": 1e21 / 12e9}}}
    sheet.row("10", "D", f"{n:g} parameters are as good as 2e9", {"predict": {"law": {"formula": "x / y"}, "at": {"x": there, "y": here}}}, "/predict/value", "1", "rel 1e-14")

# 11 Bordelon et al. (2024): the exponents are recalled.

for output, expected in (("p_t", ".5556"), ("p_N", ".4444"), ("p_L", ".2222")):
    sheet.predict("11", "R", "bordelon-exponents", {"a": 1.5, "b": 1.25}, expected, output=output)

# 12 Sparse models and mixtures of experts

FRANTAR = "a_S b_S c_S b_N a_D b_D c"
sheet.constants("12a", "V2", "frantar", "t5-rounded", names(FRANTAR, "16.8 .722 45.0 .245 6.90e8 .203 .651"))
printed("12a", "D", "frantar", "t5", names(FRANTAR, "16.78705 .72161276 45.01845 .24513173 6.89991e8 .20270772 .65074219"))
printed("12a", "D", "frantar-vit", "vit", names(FRANTAR, "294.3896 .82101251 468.1574 .39222675 2.374129e8 .88979104 4.51669257"))
for law, fit, exact in (
    ("frantar", "t5", names("b_S b_N b_D c", ".72161276 .24513173 .20270772 .65074219")),
    ("frantar-vit", "vit", names("b_S b_N b_D c", ".82101251 .39222675 .88979104 4.51669257")),
):
    printed("12a", "V", law, fit, exact)
STEP = 65536
for sparsity, n, d, repository, rounded in (
    (0.75, 48 * 12 * 1024**2, 5e5 * STEP, "1.46830", "1.46888"),
    (0.875, 84934656, 1e6 * STEP, "1.60319", "1.60405"),
    (0, 1327104, 2.5e5 * STEP, "3.12729", "3.13051"),
):
    at = {"S": sparsity, "N": n, "D": d}
    sheet.predict("12a", "D", "frantar", at, repository, fit="t5")
    sheet.predict("12a", "D", "frantar", at, rounded, fit="t5-rounded")
# The held-out model is printed: 1.46830 predicted, 1.48278 measured.
at = {"S": 0.75, "N": 48 * 12 * 1024**2, "D": 5e5 * STEP}
sheet.predict("12a", "V", "frantar", at, "1.46830", fit="t5")
# What was measured lies within 1 % of the fit.
for sparsity, n, d, measured in ((0.75, 48 * 12 * 1024**2, 5e5 * STEP, "1.48278"), (0.875, 84934656, 1e6 * STEP, "1.602968"), (0, 1327104, 2.5e5 * STEP, "3.125640")):
    sheet.predict("12a", "V", "frantar", {"S": sparsity, "N": n, "D": d}, measured, "rel 0.01", fit="t5")
sheet.predict("12a", "D", "frantar-vit", {"S": 0.75, "N": 4.2467e7, "D": 1.8e9}, "5.25462", fit="vit")
sheet.predict("12a", "V", "frantar-vit", {"S": 0.75, "N": 4.2467e7, "D": 1.8e9}, "5.284093", "rel 0.01", fit="vit")
# The cost of pruning on the way is recalled, and so is the best share to prune.
for n, budget, best in ((8.5e7, 1e19, ".6174"), (8.5e7, 1e20, ".7408"), (8.5e7, 1e21, ".8285"), (3.4e8, 1e21, ".7047")):
    tokens = f"{budget:g} / (6 * {n:g}) / law(gradual-pruning-cost; S, 0.25, 0.5)"
    pruned = {"formula": f"law(frantar/t5-rounded; {n:g}, {tokens}, S)", "inputs": {"S": {"unit": "1"}}}
    limits = [{"of": "S", "at_most": 0.99}]
    question = {"allocate": {"law": pruned, "cost": "S", "limits": limits}}
    sheet.row("12a", "R", f"best sparsity of {n:g} at {budget:g}", question, "/allocate/at/S", best)

ABNAR = names("a b c d alpha beta lambda delta gamma e", "16612.50 5455.67 .4598 17.26 .5962 .3954 -.1666 .1603 .1595 .94")
sheet.constants("12b", "V2", "abnar", "abnar2025", ABNAR)
for n, d, sparsity, loss in ((18.8e9, 110.2e9, 0.98, "2.169335"), (1e9, 20e9, 0, "2.565681"), (1e10, 2e10, 0.9, "2.366932")):
    sheet.predict("12b", "D", "abnar", {"N": n, "D": d, "S": sparsity}, loss)
for budget, sparsity, n, active, d, loss in (
    (1e20, "0", "6.391e8", None, "2.608e10", "2.58851"),
    (1e20, "0.5", "1.066e9", "5.329e8", None, "2.50540"),
    (1e20, "0.9", "3.97e9", "3.97e8", None, "2.36378"),
    (1e20, "0.98", "1.707e10", "3.414e8", None, "2.27078"),
    (1e21, "0", "2.456e9", None, None, "2.27480"),
    (1e21, "0.98", "8.325e10", "1.665e9", None, "2.01426"),
):
    mixture = {"formula": f"law(abnar; N, D, {sparsity})"}
    cost = f"6 * (1 - {sparsity}) * N * D"
    what = f"abnar with {sparsity} idle at {budget:g}"
    question = {"allocate": {"law": mixture, "budget": budget, "cost": cost}}
    sheet.row("12b", "D", f"{what}: N", question, "/allocate/at/N", n, "rel 1.5e-3")
    sheet.row("12b", "D", f"{what}: value", question, "/allocate/value", loss)
    if active:
        total = repr(float(active) / (1 - float(sparsity)))
        sheet.row("12b", "D", f"{what}: {active} active", question, "/allocate/at/N", total, "rel 1.5e-3")
    if d:
        sheet.row("12b", "D", f"{what}: D", question, "/allocate/at/D", d, "rel 1.5e-3")

sheet.constants("12c", "V2", "hossain", "autotuner", names("e a b c alpha beta gamma", "1.69 406.4 410.7 93.45 .34 .28 .001"))
sheet.predict("12c", "D", "hossain", {"N": 1e9, "D": 20e9, "S": 0}, "2.580048")
sheet.predict("12c", "D", "hossain", {"N": 1e9, "D": 20e9, "S": 0.5}, "2.545256")
for n, d in ((1e9, 20e9), (70e9, 1.4e12), (3e8, 1e12)):
    same = "law(hossain; N, D, 0) / law(chinchilla/hoffmann2022-rounded; N, D)"
    typed("12c", "D", "nothing pruned: Chinchilla's law", same, "1", "rel 1e-14", at={"N": n, "D": d})

sheet.predict("12d", "V", "li-activation", {"N": 7e9}, "1.4e9", "rel 1e-12", what="a fifth of 7 B are active")
typed("12d", "D", "tokens of the mixture at equal compute, by the rule", "1.4e11 * 7e9 / law(li-activation; 7e9)", "7.0e11")
sheet.predict("12e", "D", "yun-parameters", {"N": 1, "E": 32, "K": 2, "share": 1 / 3}, "11.3333", output="N_all")
sheet.predict("12e", "V2", "yun-parameters", {"N": 1, "E": 32, "K": 2, "share": 1 / 3}, "11.33", output="N_all")

# 13 Czech et al. (2026)

# Printed with N in 1e6 and D in 1e9; the sheet has more digits under 2.
question = {"laws": {"only": ["chinchilla"]}}
for name, coarse, fine in (("E", "1.9051", "1.905092"), ("alpha", ".3511", ".3510582"), ("beta", ".4587", ".4587418")):
    place = f"/laws/laws/0/fits/vpnls-217/values/{name}"
    sheet.row("13.3", "V", f"VPNLS of 217 runs: {name}", question, place, coarse)
    sheet.row("2", "D", f"VPNLS of 217 runs: {name}", question, place, fine)
# A term of one unit scaled: the loss at 1e6 parameters, or at 1e9 tokens, and endless of the other.
endless = {"N": {"N": 1e6, "D": 1e60}, "D": {"N": 1e90, "D": 1e9}}
for name, coarse, fine in (("N", "4.0005", "4.00052"), ("D", "1.0509", "1.05095")):
    term = "law(chinchilla/vpnls-217; N, D) - 1.905092"
    typed("13.3", "V", f"VPNLS of 217 runs: the term of {name}", term, coarse, at=endless[name])
    typed("2", "D", f"VPNLS of 217 runs: the term of {name}", term, fine, at=endless[name])
typed("13.3", "V", "exponent of VPNLS of 217 runs", CLOSED["a"], ".5665", parameters={"alpha": 0.3510582, "beta": 0.4587418})
typed("2", "D", "exponent of VPNLS of 217 runs", CLOSED["a"], ".566488", parameters={"alpha": 0.3510582, "beta": 0.4587418})

SURFACES = {
    "Sym": {"alpha": 0.31, "beta": 0.31, "A": 400, "B": 400, "E": 1.69},
    "Chin": {"alpha": 0.34, "beta": 0.28, "A": 406.4, "B": 410.7, "E": 1.69},
    "Asym": {"alpha": 0.465, "beta": 0.155, "A": 406.4, "B": 410.7, "E": 1.69},
}
# The grid from 1/r to r; delta, error of the tokens, and with the centre at 3 D*, and drifting there.
BIAS = """
Sym 2 0 0 3.974244 6.070972
Sym 4 0 0 3.471818 5.171168
Sym 8 0 0 2.645165 3.697903
Sym 16 0 0 1.509792 1.689067
Chin 2 .00142220 -.326938 7.110119 11.614254
Chin 4 .00568780 -1.301125 5.690942 9.831637
Chin 8 .01279376 -2.902905 3.376108 6.939059
Chin 16 .02273491 -5.100245 .237881 3.047598
Asym 2 .00733493 -1.674748 19.221180 34.574619
Asym 4 .02917807 -6.497779 14.413662 30.038434
Asym 8 .06504940 -13.910419 6.959366 22.968689
Asym 16 .11416577 -23.116308 -2.424573 13.996977
"""


def bias(surface, ratio, shift):
    alpha, beta = SURFACES[surface]["alpha"], SURFACES[surface]["beta"]
    return f"law(isoflop-bias; {alpha}, {beta}, log10({ratio}), {shift})"


def drifting(surface, ratio, budget, last=4):
    """Per cent by which tokens are too many at `budget` decades from the middle of five budgets a decade apart."""
    deltas = [bias(surface, ratio, f"(-log10(3) * {j} / {last})") for j in range(5)]
    mean = "(" + " + ".join(deltas) + ") / 5"
    slope = "(" + " + ".join(f"({j - 2}) * {delta}" for j, delta in enumerate(deltas)) + ") / 10"
    return f"100 * (10^(-({mean} + {budget} * {slope})) - 1)", slope


for line in BIAS.strip().split("\n"):
    surface, ratio, delta, error, centred, drift = line.split()
    what = f"{surface} within {ratio} times"
    # Where the exponents are equal the bias is zero but for rounding.
    no_bias = "abs 1e-12" if delta == "0" else None
    typed("13.2", "V", f"{what}: decades", bias(surface, ratio, "0"), delta, no_bias)
    typed("13.2", "V", f"{what}: tokens, per cent", f"100 * (10^(-{bias(surface, ratio, '0')}) - 1)", error, "abs 1e-9" if no_bias else None)
    typed("13.2", "V", f"{what}, centred at three times the tokens, per cent", f"100 * (10^(-{bias(surface, ratio, '(-log10(3))')}) - 1)", centred)
    typed("13.2", "V", f"{what}, drifting there, per cent", drifting(surface, ratio, 5)[0], drift)
for surface, exponent, ratio in (("Sym", ".504079", 2), ("Chin", ".556072", 2), ("Asym", ".770942", 2)):
    alpha, beta = SURFACES[surface]["alpha"], SURFACES[surface]["beta"]
    slope = drifting(surface, ratio, 5)[1]
    typed("13.2", "V", f"exponent of the tokens, {surface}, drifting", f"{alpha} / ({alpha} + {beta}) - {slope}", exponent)
for surface, tokens in (("Sym", "4.082482904638630e11"), ("Chin", "4.035834749563681e12"), ("Asym", "4.510334355952566e16")):
    fit = {"parameters": SURFACES[surface]}
    sheet.allocate("13.2", "V", "chinchilla", 1e24, "D", tokens, "rel 1e-9", fit=fit)
for surface, true in (("Sym", "-.389076"), ("Chin", "-.555357"), ("Asym", "-1.345791")):
    used = {name: value for name, value in SURFACES[surface].items() if name != "E"}
    intercept = f"-log10({G}) - alpha / (alpha + beta) * log10(6)"
    typed("13.2", "V", f"intercept of the tokens, {surface}", intercept, true, parameters=used)
    if surface != "Sym":
        found = {"Chin": "-.578092", "Asym": "-1.459957"}[surface]
        typed("13.2", "V", f"intercept of the tokens, {surface} within 16 times", f"{intercept} - {bias(surface, 16, '0')}", found, parameters=used)
intercept = f"-log10({G}) - alpha / (alpha + beta) * log10(6)"
chin = {name: value for name, value in SURFACES["Chin"].items() if name != "E"}
typed("13.4", "V", "the 4.1 % of the text is the change of the intercept", f"-100 * {bias('Chin', 16, '0')} / ({intercept})", "4.1", parameters=chin)
typed("13.4", "D", "size within 16 times, per cent", f"100 * (10^({bias('Chin', 16, '0')}) - 1)", "5.374")
typed("13.4", "D", "tokens within 16 times, per cent", f"100 * (10^(-{bias('Chin', 16, '0')}) - 1)", "-5.100")

# What misallocation costs: the exponents, the error of the tokens, the share of compute in per cent.
SURFACES |= {
    "Llama 3": {"alpha": 0.3100, "beta": 0.3136, "A": 59.1, "B": 155.1, "E": 0.6047},
    "SODA": {"alpha": 0.684, "beta": 0.439, "A": 215886, "B": 4750, "E": 3.169},
    "Sparse NMM": {"alpha": 0.710, "beta": 0.372, "A": 381773, "B": 4659, "E": 2.158},
}
for surface, error, waste, tokens, found in (
    ("Chin", "12.765", ".4", "29.7e12", "33.5e12"),
    ("Llama 3", "6.36", ".1", "10.2e12", "10.8e12"),
    ("SODA", "46.316", "8.0", "28.8e12", "42.1e12"),
    ("Sparse NMM", "54.311", "10.1", "176.5e12", "272.3e12"),
):
    # Five budgets from 1e18 to 1e22; 3.8e25 lies 5.58 decades above their middle.
    drift = drifting(surface, 2, "(log10(3.8e25) - 20)")[0]
    typed("13.4", "D", f"{surface}: tokens too many, per cent", drift, error)
    alpha, beta = SURFACES[surface]["alpha"], SURFACES[surface]["beta"]
    typed("13.4", "V", f"{surface}: compute wasted, per cent", f"100 * law(misallocation; 1 + ({drift}) / 100, {alpha}, {beta})", waste)
    fit = {"parameters": SURFACES[surface]}
    sheet.allocate("13.4", "V", "chinchilla", 3.8e25, "D", tokens, fit=fit)
    used = {name: value for name, value in SURFACES[surface].items() if name != "E"}
    best = f"(3.8e25 / 6)^(alpha / (alpha + beta)) / {G}"
    # 10.86 is printed as 10.8.
    cut = "abs 1e11" if surface == "Llama 3" else None
    typed("13.4", "V", f"{surface}: tokens found", f"{best} * (1 + ({drift}) / 100)", found, cut, parameters=used)
typed("13.4", "V", "Llama 3 in fact, per cent", "100 * law(misallocation; 16.1 / 10.2, 0.3100, 0.3136)", "6.3")

# 14 Muennighoff et al. (2023)

sheet.constants("14", "V", "muennighoff", "muennighoff2023", names("alpha beta R_D_star R_N_star", ".3526596 .3526596 15.387756 5.309743"))
printed("14", "V", "muennighoff", "muennighoff2023", names("A B E", "521 1488 1.87"))
printed("14", "D", "muennighoff", "muennighoff2023", names("A B E", "520.82495 1487.71609 1.86914368"))
base = {"alpha": 0.3526596, "beta": 0.3526596, "A": math.exp(6.255414), "B": math.exp(7.3049974)}
typed("14", "D", "G", G, ".22580194", parameters=base)
typed("14", "D", "the best size of unique tokens, for each", f"{G}^2", ".05098652", parameters=base)
typed("14", "V", "the best size of unique tokens, for each", f"{G}^2", ".051", parameters=base)
typed("14", "D", "tokens for each parameter", f"1 / {G}^2", "19.613", parameters=base)
for n, d, loss in ((6.34e9, 242e9, "2.2256440889984477"), (8.67e9, 178e9, "2.2269634075087867")):
    sheet.predict("14", "V", "muennighoff", {"N": n, "D": d, "D_unique": 25e9}, loss, "rel 1e-13")
gopher = {"parameters": base | {"E": math.exp(0.6254804)}}
sheet.allocate("14", "V", "chinchilla", 5.76e23, "N", "69962173313.52132", "rel 1e-6", fit=gopher)
sheet.allocate("14", "V", "chinchilla", 5.76e23, "D", "1372170066384.2363", "rel 1e-6", fit=gopher)
for budget, unique, n, d, epochs, loss in (
    (1e22, 25e9, "7.02616e9", "2.37209e11", "9.4884", "2.22212927"),
    (9.3e21, 12e9, "6.08258e9", "2.54826e11", "21.2355", "2.27069060"),
    (1e21, 1e9, "1.76947e9", None, "94.19", "2.76200839"),
    (1e23, 25e9, "1.88492e10", None, "35.3685", "2.16431955"),
):
    more = {"limits": [{"of": "D_unique", "at_most": unique}]}
    sheet.allocate("14", "D", "muennighoff", budget, "N", n, "rel 1e-3", **more)
    tokens = d or f"{float(epochs) * unique:.6g}"
    sheet.allocate("14", "D", "muennighoff", budget, "D", tokens, "rel 1e-3", **more)
    sheet.allocate("14", "D", "muennighoff", budget, "value", loss, **more)
for of, expected in (("N", "9.21833e9"), ("D", "1.80799e11"), ("value", "2.18799746")):
    enough = [{"of": "D_unique", "equal": 1e12}]
    tolerance = None if of == "value" else "rel 1e-3"
    sheet.allocate("14", "D", "muennighoff", 1e22, of, expected, tolerance, limits=enough)
for epochs, worth in (
    (1, "1"), (2, "1.968199"), (4, "3.725673"), (8, "6.624119"), (16, "10.582457"), (40, "15.167465"), (1e6, "16.387756"),
):
    at = {"N": 1e9, "D": epochs * 1e10, "D_unique": 1e10}
    sheet.predict("14", "D", "muennighoff", at, f"{worth}e10", half_a_digit(f"{worth}e10") if worth != "1" else "rel 1e-15", output="D_eff")

sheet.write()
