// What the style sheet promises of itself.
import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";

test("the two dark blocks are equal", () => {
  for (const [sheet, least] of [["tokens", 300], ["steps", 100]]) {
    const tokens = readFileSync(`style/${sheet}.css`, "utf8");
    const block = (selector) => {
      const from = tokens.indexOf(`${selector} {`);
      return tokens.slice(tokens.indexOf("{", from), tokens.indexOf("}", from));
    };
    const chosen = block('  :root[data-theme="dark"]');
    expect(chosen.length).toBeGreaterThan(least);
    expect(block('  :root:not([data-theme="light"])')).toBe(chosen);
  }
});
