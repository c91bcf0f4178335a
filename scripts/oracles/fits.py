"""Writes tests/oracles/fits.csv: optima of fits, found by another method at 40 digits; draws.csv, those of resamples;
percentiles.csv, what 4000 of them come to; and objectives.csv, F at values that are no optimum.

    python3 scripts/oracles/fits.py SHEET > tests/oracles/fits.csv
    python3 scripts/oracles/fits.py SHEET draws > tests/oracles/draws.csv
    python3 scripts/oracles/fits.py SHEET percentiles > tests/oracles/percentiles.csv
    python3 scripts/oracles/fits.py SHEET objectives > tests/oracles/objectives.csv

Numbers are taken from the tables of the sheet as they stand; nothing is computed here. The sheet is the report of a program
that shares nothing with this one, from derivatives written out to 40-digit arithmetic, and is not part of the repository. `values` are parameters, or
their natural logarithms where the name says so. `errors` are standard errors by Huber's asymptotic formula, of coefficients
those of their logarithms; `condition` is that of the Hessian by logarithms of coefficients and by `coordinates` where it
names others; `plan` is the exponent of the best size and the size for 5.76e23 FLOPs; `rms` is of the residuals, of which
`within` percent are within the threshold.
"""

import csv
import re
import sys

SHARED = "exp((6.255414 - 7.3049974) / 0.3526596)"
CONSTRAINED = "; ".join([
    "R_D = max(D / U - 1, 0)",
    f"U_N = min(N, {SHARED} * U)",
    "R_N = max(N / U_N - 1, 0)",
    "n = U_N * (1 - r_N * expm1(-R_N / r_N))",
    "d = U * (1 - r_D * expm1(-R_D / r_D))",
    "exp(0.6254804) + exp(6.255414) / n^0.3526596 + exp(7.3049974) / d^0.3526596",
])
RECTIFIED = "E + B / (D_l + D^beta)"
BILINEAR = "exp(d + a * ln(N) + b * ln(X) + c * ln(N) * ln(X))"
SATURATED = "Y = 1 / (1 / (X - 1 + 1 / (1 / Es - 1 / Em)) + 1 / Em); " + BILINEAR.replace("X", "Y")
MIXTURE = "c + k * exp(t * p)"
CHINCHILLA = "E + A / N^alpha + B / D^beta"
TIED = "E + A / N^alpha + B / D^alpha"
OFFSET = "E + A / x^alpha"
KAPLAN = "((N_c / N)^(alpha_N / alpha_D) + D_c / D)^alpha_D"
KAPLAN_LOGS = "(exp(s - p * ln(N)) + exp(t - ln(D)))^alpha_D"
KEPT = "chinchilla_points.csv?kept240=1"
ALL = "chinchilla_points.csv"
TABLES = {
    "240": KEPT,
    "245": ALL,
    "gemstones_hot": "gemstones_hot.csv",
    "gemstones_cool_end": "gemstones_cool_end.csv",
    "olmo_c4_16": "olmo_ladder_curves.csv?last=size,chinchilla_mult&size!=3B&chinchilla_mult!=0.5xC",
    "olmo_c4_25": "olmo_ladder_curves.csv?last=size,chinchilla_mult",
    "porian_tuned_all121": "porian_rw_isoflop.csv?config=rw_tuned_short_const_standard_val",
    "porian_tuned_D/N>=1": "porian_rw_isoflop.csv?config=rw_tuned_short_const_standard_val&tokens>=params",
    "gadre_c4_original": "gadre_c4_rpj.csv?dataset=c4_original",
    "gadre_rpj": "gadre_c4_rpj.csv?dataset=rpj",
    "chinchilla_alt234": "chinchilla_points_alt.csv",
}
RESPONSE = {"gadre_c4_original": "loss_c4", "gadre_rpj": "loss_c4", "olmo_c4_16": "loss_c4", "olmo_c4_25": "loss_c4"}


def table(text, heading):
    """Rows of the first table after a heading, as cells without emphasis."""
    lines = text[text.index(heading):].splitlines()
    first = next(i for i, line in enumerate(lines) if line.startswith("|"))
    rows = []
    for line in lines[first:]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip().strip("*").replace("−", "-") for cell in line.strip("|").split("|")])
    return [row for row in rows[1:] if not set("".join(row)) <= set("-: ")]


def loss(name):
    """A name of the sheet, such as `huber_raw 1e-3`, as shape and residual."""
    name = name.replace("huber_raw", "huberraw").replace("huber1", "huber 1").split(",")[0].strip()
    kind, _, delta = name.partition(" ")
    return {
        "huber": ("huber " + delta, "log"),
        "huberraw": ("huber " + delta, "raw"),
        "logls": ("squares", "log"),
        "mse": ("squares", "raw"),
        "absolute": ("absolute", "log"),
    }[kind]


def values(**given):
    return ";".join(f"{name}={value}" for name, value in given.items())


def logs(names, numbers):
    return ";".join(f"{name}={number}" for name, number in zip(names, numbers, strict=True))


def rows(text):
    """A tuple for each row, in the order of the columns below; the last ones may be left out."""
    plain = "N=params,D=tokens"
    # 2: the parametric fit.
    for data, objective, a, b, e, alpha, beta in table(text, "| set | objective (huber 1e-3, SUM)"):
        objective = objective.strip("*")
        condition, share, size, within = {
            "240": ("9.888e6", "0.513899515909", "7.31904e10", "16"),
            "245": ("9.880e6", "0.564644", "1.1868e11", ""),
        }[data.strip("*")]
        yield ("2", TABLES[data], CHINCHILLA, plain, "loss", "huber 1e-3", "log", objective,
               logs(["ln A", "ln B", "ln E", "alpha", "beta"], [a, b, e, alpha, beta]), "1e-6", "", "", condition,
               values(a=share, N=size), "", "", within)
    for data, a, b, e in [
        ("240", "477.825868233905", "2143.41736336046", "1.81721809901008"),
        ("245", "495.72600877331", "12845.6132733156", "1.89133849914932"),
    ]:
        yield ("2", TABLES[data], CHINCHILLA, plain, "loss", "huber 1e-3", "log", "",
               values(A=a, B=b, E=e, alpha="", beta=""), "1e-6")
    for data, objective, a, b, e, alpha, beta, _ in table(text, "| set | SUM of abs(r)"):
        yield ("2", TABLES[data], CHINCHILLA, plain, "loss", "absolute", "log", objective,
               values(A=a, B=b, E=e, alpha=alpha, beta=beta), "1e-6")
    # 3: variants.
    for case, objective, a, b, e, alpha, beta, _, condition, share, size in table(text, "| set / objective | value | A | B | E"):
        data, kind = case.split(" ", 1)
        shape, of = loss(kind)
        tied = "alpha = beta" in case
        numbers = dict(A=a, B=b, E=e, alpha=alpha) if tied else dict(A=a, B=b, E=e, alpha=alpha, beta=beta)
        plan = values(a=share) if tied else values(a=share, N=size)
        yield ("3", TABLES[data], TIED if tied else CHINCHILLA, plain, "loss", shape, of, objective,
               values(**numbers), "1e-6", "", "", condition, plan)
    # 7: Kaplan's form.
    for case, objective, alpha_d, alpha_n, ln_nc, ln_dc, rms, _, condition in table(text, "| set / objective | value | alpha_D"):
        data, kind = case.split(" ", 1)
        shape, of = loss(kind)
        yield ("7", TABLES[data], KAPLAN, plain, "loss", shape, of, objective,
               ";".join([f"alpha_D={alpha_d}", f"alpha_N={alpha_n}", f"ln N_c={ln_nc}", f"ln D_c={ln_dc}"]), "1e-5")
        # In the coordinates of the sheet: p is alpha_N / alpha_D, s is p ln N_c and t is ln D_c.
        errors = "0.0028, 0.033, 0.85, 0.23" if case == "240 logls" else ""
        yield ("7", TABLES[data], KAPLAN_LOGS, plain, "loss", shape, of, objective,
               values(alpha_D=alpha_d, p="", s="", t=ln_dc), "1e-5", "p=0.2..1;s=5..40;t=20..40", errors,
               condition, "", "p,s,t", rms)
    # 9.1: other data.
    for case, _, objective, a, b, e, alpha, beta, _, condition, errors in table(text, "| data / objective | n | value | a | b | e"):
        tied = case.endswith("/tied")
        case = case.removesuffix("/tied")
        data, _, kind = case.rpartition("/")
        shape, of = loss(kind)
        names, numbers = ["ln A", "ln B", "ln E", "alpha"], [a, b, e, alpha]
        if not tied:
            names, numbers = names + ["beta"], numbers + [beta]
        yield ("9.1", TABLES[data], TIED if tied else CHINCHILLA, plain, RESPONSE.get(data, "loss"), shape, of,
               objective, logs(names, numbers), "1e-5", "", errors, condition)
    # 9.2: power laws with an offset.
    for case, _, objective, a, e, alpha, _, condition, errors in table(text, "| data / objective | n | value | A | E | alpha"):
        data, _, kind = case.rpartition("/")
        shape, of = loss(kind.strip())
        data = data.strip()
        if data.startswith("nmt_"):
            source, columns, response = f"nmt_data_scaling.csv?model={data[4:]}&train=1", "x=examples", "loss"
        elif data.startswith("Porian tuned") or data == "porian_tuned_Lopt_12pts":
            part = "&flops>1e16&flops<5e17" if "6 points" in data else ""
            source = "porian_rw_optima.csv?config=rw_tuned_short_const_standard_val" + part
            columns, response = "x=flops", "loss_opt"
        elif data.startswith("Porian base"):
            source = "porian_rw_optima.csv?config=rw_base_short_chinchilla_standard_val&flops>1e16&flops<5e17"
            columns, response = "x=flops", "loss_opt"
        else:
            source, columns, response = "cerebras_gpt.csv", "x=flops", "pile_test_loss"
        yield ("9.2", source, OFFSET, columns, response, shape, of, objective, values(A=a, E=e, alpha=alpha), "1e-5",
               "", errors.replace("–", ""), condition)


def told(text):
    """What the sheet says in sentences: each number is looked up in it."""
    constrained = "N=params,D=tokens,U=unique_tokens"
    fit182 = "datablations_runs.csv?in_fit182=1"
    box = "r_D=0.3..3000;r_N=0.05..300"
    yield ("8", fit182, CONSTRAINED, constrained, "loss", "huber 1e-3", "log", "0.015804662474002042",
           values(r_D="95.3651717086381", r_N="1.70590499899706"), "1e-6", box, "43, 0.22", "8.2e4", "", "r_D,r_N", "0.1055", "2")
    yield ("8", fit182, CONSTRAINED, constrained, "loss", "huber 1e-4", "log", "", values(r_D="94.35", r_N="1.716"),
           "1e-6", box)
    yield ("8", fit182, CONSTRAINED, constrained, "loss", "squares", "log", "0.9861769208062025",
           values(r_D="73.23385776172", r_N="1.3001100467625"), "1e-6", box)
    yield ("8", "datablations_runs.csv?dedup=0", CONSTRAINED, constrained, "loss", "squares", "log",
           "3.791865137101686", values(r_D="37.832044801038", r_N="0.25469646187198"), "1e-6", box)
    yield ("8", fit182, CONSTRAINED, constrained, "loss", "huber 1e-2", "log", "0.15003890912612483",
           values(r_D="59.42", r_N="2.039"), "1e-6", box)
    yield ("8", fit182, CONSTRAINED, constrained, "loss", "huber 3e-2", "log", "0.39795247694909597",
           values(r_D="34.36", r_N="2.424"), "1e-6", box)
    yield ("8", fit182, CONSTRAINED, constrained, "loss", "huber 0.1", "log", "0.8257181529402553",
           values(r_D="51.91", r_N="1.724"), "1e-6", box)
    yield ("8", "datablations_runs.csv?dedup=0&epochs<=2.5", TIED, "N=params,D=tokens", "loss", "huber 1e-3", "log",
           "0.0012189386752181",
           logs(["ln A", "ln B", "ln E", "alpha"],
                ["6.45395014335", "8.02424799626", "0.640036239724", "0.359609331172"]), "1e-6")
    small = "finetune_samples_loss.csv?dataset={}&model=MBZUAI/LaMini-GPT-{}&train_samples>=200"
    for data, objective, e, b, rest, beta in [
        ("flan", "5.1068819036449e-5", "1.069236474441", "563.8230889527", "166.0563363609", "0.4552798381764"),
        ("wmt19", "8.149841754158e-4", "0.8063967817492", "4262.573412163", "1844.777544199", "0.7066255586708"),
        ("gigaword", "9.5087188614136e-5", "0.9194148868265", "36.17235512025", "16.83022369568", "0.2780143453944"),
    ]:
        yield ("9.2", small.format(data, "124M"), RECTIFIED, "D=train_samples", "test_loss", "squares", "log",
               objective, values(E=e, B=b, D_l=rest, beta=beta), "1e-5", "beta=0.02..2", "",
               "2.6e5" if data == "flan" else "", "", "beta")
    yield ("9.2", small.format("flan", "774M"), RECTIFIED, "D=train_samples", "test_loss", "squares", "log",
           "2.0289128982291e-4",
           values(E="0.7599245715094", B="341.8310722727", D_l="116.6463514687", beta="0.4016552906421"), "1e-5",
           "beta=0.02..2")
    yield ("9.3", "regmix_train_1m.csv", MIXTURE, "p=p_pile_cc", "loss_pile_cc", "squares", "raw", "7.63299265971686",
           values(c="5.2501003079111", k="0.70476761529707", t="-8.8484614498695"), "1e-6", "t=-30..-0.01")
    clark = "clark_routed_final.csv?k=1&routing_frequency=0.5&flop_increase=1"
    yield ("9.3", clark, BILINEAR, "N=dense_params,X=experts", "loss_validation", "squares", "log", "",
           values(d="2.485298894109", a="-0.0802466410966", b="-0.08833106186871", c="0.003249413627807"),
           "rel 1e-10", "", "0.0266, 0.0014, 0.0072, 0.00039", "", "", "", "0.008698")
    yield ("9.3", clark, SATURATED, "N=dense_params,X=experts", "loss_validation", "squares", "log", "0.0016586242442432",
           values(d="2.58248699944", a="-0.0837827080848", b="-0.12336863528", c="0.004527049568", Es="2.39421727241",
                  Em="217.654898315"), "1e-6", "Es=1.01..5;Em=50..1000", "", "8.6e8", "",
           "ln Es,ln Em")
    yield ("9.3", f"{clark}&router=S-Base", BILINEAR, "N=dense_params,X=experts", "loss_validation", "squares", "log", "",
           values(d="2.501287153843", a="-0.08098371232975", b="-0.09197065004791", c="0.003416962028252"),
           "rel 1e-10")
    # Lines of logarithms, by least squares.
    best = "facts-no-licence/steplaw_dense_best.csv"
    yield ("9.3", best, "k * N^p * D^q", "N=params,D=tokens", "lr", "squares", "log", "",
           values(k="30.1015836454", p="-0.823477205375", q="0.288227605091"), "rel 1e-10", "q=-3..3", "?, 0.113, 0.063")
    yield ("9.3", best, "k * D^q", "D=tokens", "batch_tokens", "squares", "log", "",
           values(k="3.41555566134", q="0.498289956034"), "rel 1e-10", "q=-3..3", "?, 0.078")
    yield ("9.2", "cerebras_gpt.csv", "A / x^alpha", "x=flops", "pile_test_loss", "squares", "log", "",
           logs(["ln A", "alpha"], ["3.1650206540015", "0.052597198098262"]), "rel 1e-10", "", "0.0695, 0.00148")
    # The vertex of a surface of the second degree over the runs within 0.05 of the lowest.
    surface = "L + u * (ln(lr / s))^2 + v * ln(lr / s) * ln(b / t) + w * (ln(b / t))^2"
    yield ("9.3", "facts-no-licence/steplaw_dense_grid_215M_4B.csv?smooth_loss<=2.671446470745137", surface,
           "lr=lr,b=batch_tokens", "smooth_loss", "squares", "raw", "",
           values(L="2.62458004194", u="", v="", w="", s="0.00183189041159", t="177334.246389"), "rel 1e-10",
           "u=-10..10;v=-10..10;w=-10..10;s=1e-4..0.1;t=1e4..1e7")


def draws(text):
    """Section 6: the optima of the 20 resamples of chinchilla_bootstrap_indices20.csv."""
    for row in table(text, "| draw | objective | a | b | e | alpha | beta |"):
        yield row


def percentiles(text):
    """Section 6: mean, deviation and percentiles of 4000 draws, with the Monte-Carlo error of the outer two."""
    for generator, heading in [("pcg64", "PCG64 seed 12345 ("), ("mt19937", "Legacy MT19937 seed 42")]:
        for *numbers, error in table(text, heading):
            yield (generator, *(number.replace("+", "") for number in numbers), *error.replace("+", "").split(" / "))


def objectives(text):
    """F at values that the sheet names, as it prints it."""
    plain = "N=params,D=tokens"
    names = ["A", "B", "E", "alpha", "beta"]
    rounded = {"besiroglu": "482.01 2085.43 1.8172 .3478 .3658", "hoffmann": "406.4 410.7 1.69 .34 .28"}
    tex = "6.0073404 6.0179186 .5267228 .33917084 .2849083"
    for data, besiroglu, hoffmann, unrounded in [
        ("240", "0.001022842773457775", "0.004121009136280376", "0.0012311626025793474"),
        ("245", "0.0019323658536466236", "0.005017983503002516", "0.002323350896001676"),
    ]:
        for name, objective in [("besiroglu", besiroglu), ("hoffmann", hoffmann)]:
            yield ("2", TABLES[data], CHINCHILLA, plain, "loss", "huber 1e-3", "log", objective,
                   logs(names, rounded[name].split()))
        yield ("2", TABLES[data], CHINCHILLA, plain, "loss", "huber 1e-3", "log", unrounded,
               logs(["ln A", "ln B", "ln E", "alpha", "beta"], tex.split()))
    # The notebook's optimum by absolute values is printed to five digits: this is the sheet's own, at which F is higher by
    # 3e-8 of it.
    yield ("2", KEPT, CHINCHILLA, plain, "loss", "huber 1e-3", "log", "0.0010186447052",
           logs(names, "482.006054751354 2085.43624547797 1.81686413285377 0.347813070127694 0.365854164325918".split()),
           "1e-7")
    constrained = "N=params,D=tokens,U=unique_tokens"
    fit182 = "datablations_runs.csv?in_fit182=1"
    for r_d, r_n, objective in [
        ("15.387756", "5.309743", "0.01582593525801614"),
        ("46.9902919", "2.3295786", "0.015807379"),
        ("160.709649", "1.4487144", "0.015811289"),
    ]:
        yield ("8", fit182, CONSTRAINED, constrained, "loss", "huber 1e-3", "log", objective, values(r_D=r_d, r_N=r_n))
    yield ("8", "datablations_runs.csv?dedup=0&epochs<=2.5", TIED, plain, "loss", "huber 1e-3", "log", "0.001218939620",
           logs(["ln A", "ln B", "ln E", "alpha"], "6.4526014 8.022968 0.63987476 0.3595363".split()))
    yield ("9.1", "gemstones_hot.csv", CHINCHILLA, plain, "loss", "huber 1e-3", "log", "0.0019816129",
           logs(["ln A", "ln B", "ln E", "alpha", "beta"],
                "5.3613398367 15.415994531 0.7622636901 0.2928686863 0.712872206".split()))


def digits(number):
    mantissa = number.lower().split("e")[0]
    return mantissa.replace(".", "").lstrip("-0")


def said(text, rows):
    """The rows, once every number of them is found in the sheet."""
    rows, plain = list(rows), text.replace("−", "-")
    for row in rows:
        for number in [row[7]] + [value.split("=")[1] for value in row[8].split(";")]:
            if number and digits(number) not in plain.replace(".", ""):
                sys.exit(f"the sheet does not say {number}")
    return rows


def main():
    with open(sys.argv[1], encoding="utf-8") as sheet:
        text = sheet.read()
    out = csv.writer(sys.stdout, lineterminator="\n")
    if sys.argv[2:] == ["draws"]:
        out.writerow(["draw", "F", "a", "b", "e", "alpha", "beta"])
        out.writerows(draws(text))
        return
    if sys.argv[2:] == ["percentiles"]:
        out.writerow(["generator", "quantity", "mean", "sd", "0.025", "0.1", "0.5", "0.9", "0.975", "low", "high"])
        out.writerows(percentiles(text))
        return
    if sys.argv[2:] == ["objectives"]:
        out.writerow(["section", "table", "formula", "columns", "response", "shape", "of", "objective", "values", "tolerance"])
        out.writerows([*row, "1e-9"][:10] for row in said(text, objectives(text)))
        return
    tabled = list(rows(text))
    spoken = said(text, told(text))
    out.writerow(["section", "table", "formula", "columns", "response", "shape", "of", "objective", "values", "tolerance", "bounds", "errors", "condition", "plan", "coordinates",
                  "rms", "within"])
    out.writerows([*row, *[""] * 7][:17] for row in tabled + spoken)


main()
