// Fails when a crate that Isoflop uses has no licence that everyone may ship under.
import { execFileSync } from "node:child_process";

const ALLOWED = new Set([
  "0BSD", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0",
  "CC0-1.0", "ISC", "MIT", "Unicode-3.0", "Unlicense", "Zlib",
]);

/** Whether an SPDX expression can be met: of `OR` one side must be allowed, of `AND` every side. */
export function allowed(expression) {
  const tokens = expression.replaceAll("/", " OR ").match(/[()]|[^\s()]+/g) ?? [];
  const either = () => {
    let met = both();
    while (tokens[0] === "OR") met = (tokens.shift(), both()) || met;
    return met;
  };
  const both = () => {
    let met = one();
    while (tokens[0] === "AND") met = (tokens.shift(), one()) && met;
    return met;
  };
  const one = () => {
    if (tokens[0] === "(") {
      tokens.shift();
      const met = either();
      tokens.shift();
      return met;
    }
    let licence = tokens.shift();
    if (tokens[0] === "WITH") licence += ` ${tokens.shift()} ${tokens.shift()}`;
    return ALLOWED.has(licence);
  };
  return either() && tokens.length === 0;
}

const output = execFileSync("cargo", ["metadata", "--format-version", "1", "--locked", "--all-features"], {
  encoding: "utf8",
  maxBuffer: 1 << 28,
});
const crates = JSON.parse(output).packages;
const refused = crates.filter((crate) => !allowed(crate.license ?? ""));
for (const { name, version, license } of refused) {
  console.error(`${name} ${version}: expected one of ${[...ALLOWED].join(", ")}; got ${license ?? "no licence"}`);
}
if (refused.length > 0) process.exit(1);
console.log(`licences: ${crates.length} crates, all allowed`);
