"""Computes the fits of src/laws/frantar.rs from the coefficients that the authors' notebook holds.

    python3 scripts/frantar_units.py

The notebook (google-research/jaxpruner, projects/bigsparse/sparsity-scaling.ipynb) fits the law with N in millions,
D in 1e5 steps of 65 536 tokens (T5) or in billions of images (ViT), and e * D^-f for (a_D / D)^b_D. Prints the
values for N in parameters and D in tokens or images, and fails where the catalogue holds others.
"""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# a, b, c, d, e, f, g of (a (1 - S)^b + c) N^-d + e D^-f + g, and the units of N and D.
NOTEBOOK = {
    "T5": ((0.56778512, 0.72161276, 1.52265016, 0.24513173, 0.63361517, 0.20270772, 0.65074219), 1e6, 1e5 * 65536),
    "VIT": ((1.30485411, 0.82101251, 2.07506343, 0.39222675, 0.27818217, 0.88979104, 4.51669257), 1e6, 1e9),
}


def main():
    text = (ROOT / "src/laws/frantar.rs").read_text(encoding="utf-8")
    for name, ((a, b, c, d, e, f, g), million, unit) in NOTEBOOK.items():
        values = (a * million**d, b, c * million**d, d, unit * e ** (1 / f), f, g)
        print(name, ", ".join(repr(value) for value in values))
        held = re.search(rf"const {name}: \[f64; 7\] =\s*\[(.*?)\]", text, re.DOTALL).group(1)
        held = [float(value.replace("_", "")) for value in held.split(",") if value.strip()]
        if any(abs(x / y - 1) > 1e-14 for x, y in zip(values, held, strict=True)):
            raise SystemExit(f"src/laws/frantar.rs holds other values of {name}: {held}")


if __name__ == "__main__":
    main()
