#!/usr/bin/env bash
# Makes public/fonts/*.woff2 again: subsets of three faces under the SIL Open Font Licence, renamed because
# "Source" is a reserved font name. Needs npm and Python 3; run by hand when a range changes, never by the build.
set -euo pipefail
cd "$(dirname "$0")/.."
out=$PWD/public/fonts
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm pack --silent @fontsource/source-sans-3@5.3.1 @fontsource/stix-two-text@5.3.0 @fontsource/stix-two-math@5.3.0
for archive in *.tgz; do mkdir "${archive%.tgz}" && tar xzf "$archive" -C "${archive%.tgz}" --strip-components=1; done
python3 -m venv venv
venv/bin/pip install --quiet fonttools==4.60.1 brotli==1.1.0

text=U+0020-007E,U+00A0,U+00B1-00B3,U+00B7,U+00B9,U+00D7,U+00E4,U+00E8,U+00E9,U+00F6,U+00FC,U+2009,U+2011-2014,U+2018-201D,U+2026,U+2212,U+2264,U+2265
greek=U+0394,U+03B1-03C9
math=U+0020-007E,U+00A0,U+00B1,U+00B7,U+00D7,U+0393,U+0394,U+03B1-03C9,U+2016,U+2032,U+2061-2064,U+2200,U+2208,U+220F,U+2211,U+2212,U+221A,U+221E,U+2223,U+2248,U+2264,U+2265,U+22C5,U+2308-230B,U+203E,U+00AF,U+210E,U+1D434-1D467,U+1D6E4,U+1D6E5,U+1D6FC-1D714

# subset NAME FAMILY SOURCE RANGE FEATURES
subset() {
  venv/bin/pyftsubset fontsource-"$3".woff2 --unicodes="$4" --layout-features="$5" --output-file="$1.ttf"
  venv/bin/python - "$1" "$2" <<'PYTHON'
import sys
from fontTools.ttLib import TTFont
name, family = sys.argv[1:]
font = TTFont(f"{name}.ttf", recalcTimestamp=False)
for record in font["name"].names:
    if record.nameID in (1, 3, 4, 16):
        record.string = family
    elif record.nameID == 6:
        record.string = family.replace(" ", "")
# The faces have no narrow space that keeps a line together: it is their thin one.
for table in font["cmap"].tables:
    if 0x2009 in table.cmap:
        table.cmap[0x202F] = table.cmap.pop(0x2009)
font.flavor = "woff2"
font.save(f"{name}.woff2")
PYTHON
  mv "$1.woff2" "$out/"
}

sans=source-sans-3-5.3.1/files/source-sans-3
serif=stix-two-text-5.3.0/files/stix-two-text
for weight in 400 600; do
  subset "sans-$weight" "Isoflop Sans" "$sans-latin-$weight-normal" "$text" kern,tnum,lnum,ccmp
  subset "greek-$weight" "Isoflop Sans" "$sans-greek-$weight-normal" "$greek" kern
done
for style in normal italic; do
  subset "serif-$style" "Isoflop Serif" "$serif-latin-400-$style" "$text" ccmp,liga,kern,mark
done
subset math "Isoflop Math" stix-two-math-5.3.0/files/stix-two-math-latin-400-normal "$math" ssty,ccmp,dtls
