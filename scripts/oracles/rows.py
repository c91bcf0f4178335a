"""Rows of tests/oracles/<sheet>.csv: a number of a law sheet, the Question that asks for it, and where it stands.

One script for each sheet (core.py, hyperparameters.py, inference.py, data.py) holds what the sheet prints, and
plans.py what of that the solver finds. They write their rows with this module:  python3 scripts/oracles/core.py  writes
tests/oracles/core.csv.
"""

import csv
import json
import re
import sys
from pathlib import Path

COLUMNS = ["sheet", "section", "mark", "what", "question", "at", "expected", "tolerance"]


def half_a_digit(printed):
    """The tolerance of a printed number: half a unit in its last digit."""
    digits, _, exponent = printed.lower().partition("e")
    decimals = len(digits.partition(".")[2])
    power = int(exponent or 0) - decimals
    # And the rounding of the printed number itself.
    return f"abs {0.5000001 * 10.0**power:.8g}"


class Sheet:
    """The rows of one sheet. Numbers are given as text, digit for digit as the sheet prints them."""

    def __init__(self, name):
        self.name, self.rows = name, []

    def row(self, section, mark, what, question, at, expected, tolerance=None):
        """One number. Without a tolerance its own digits are asserted."""
        assert mark in ("V", "V2", "D", "R"), mark
        expected = str(expected)
        tolerance = tolerance or half_a_digit(expected)
        asked = json.dumps(question, ensure_ascii=False, separators=(",", ":"))
        self.rows.append([self.name, section, mark, what, asked, at, expected, tolerance])

    def predict(self, section, mark, law, at, expected, tolerance=None, fit=None, output=None, what=None):
        """A value of a law, by its id or typed. `at` holds numbers, or text in the unit grammar."""
        given = {"law": law, **({"fit": fit} if fit else {}), "at": at}
        place = f"/predict/outputs/{output}" if output else "/predict/value"
        name = law if isinstance(law, str) else "typed"
        what = what or f"{name}{'/' + fit if isinstance(fit, str) else ''} {output or ''}({', '.join(f'{k}={v}' for k, v in at.items())})"
        self.row(section, mark, what, {"predict": given}, place, expected, tolerance)

    def allocate(self, section, mark, law, budget, of, expected, tolerance=None, fit=None, **more):
        """A variable of the best plan (`N`, `D`, …), its `value`, or a quantity such as `tokens_per_parameter`."""
        given = {"law": law, **({"fit": fit} if fit else {}), **({"budget": budget} if budget else {}), **more}
        if of == "value":
            place = "/allocate/value"
        elif of in ("tokens_per_parameter", "loss", "cost"):
            place = f"/allocate/quantities/{of}"
        else:
            place = f"/allocate/at/{of}"
        self.row(section, mark, f"{law} at {budget}: {of}", {"allocate": given}, place, expected, tolerance)

    def constants(self, section, mark, law, fit, values):
        """The values that a published fit gives the parameters: digit for digit."""
        for name, expected in values.items():
            place = f"/laws/laws/0/fits/{fit}/values/{name}"
            self.row(section, mark, f"{law}/{fit} {name}", {"laws": {"only": [law]}}, place, expected, "rel 1e-15" if float(expected) else "exact")

    def refused(self, section, mark, what, question, code):
        """A Question that has no answer, by the code of its error."""
        self.row(section, mark, what, question, "/error/code", code, "text")

    def write(self):
        """Writes the rows. With the text of the sheet as an argument, says which numbers it does not print."""
        path = Path(__file__).resolve().parents[2] / "tests" / "oracles" / f"{self.name}.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(COLUMNS)
            writer.writerows(self.rows)
        by_mark = {mark: sum(row[2] == mark for row in self.rows) for mark in ("V", "V2", "D", "R")}
        print(f"{path.name}: {len(self.rows)} rows, {by_mark}")
        if len(sys.argv) > 1:
            text = Path(sys.argv[1]).read_text(encoding="utf-8").replace("−", "-")
            for row in self.rows:
                digits = re.split("[eE]", row[6])[0].lstrip("-0").lstrip(".").rstrip("0")
                if row[7] != "text" and digits and digits not in text and digits.replace(".", "") not in text.replace(".", ""):
                    print(f"  not in the sheet: {row[6]} ({row[1]}, {row[3]})")
