// The other methods on the Fit page: compared on one axis, as approaches of their own, back-tested, against another
// fit. Every number is the one that the engine gives natively.
import { readFileSync } from "node:fs";
import { accessible, expect, launch, native, paste, test } from "./site.mjs";

const SAMPLE = readFileSync("public/samples/gadre_c4.csv", "utf8");
const MANY = readFileSync("public/data/refit_240_runs.csv", "utf8");
const example = (name) => JSON.parse(readFileSync(`examples/questions/${name}.json`, "utf8"))[name];

/** The columns of a question as a table to paste, by the names that a reader's file has. */
function table(columns, names) {
  const keys = Object.keys(names);
  const row = (_, at) => keys.map((key) => columns[key][at]).join(",");
  return `${keys.map((key) => names[key]).join(",")}\n${columns.L.map(row).join("\n")}\n`;
}

const PROFILES = table(example("isoflop").runs, { N: "params", C: "flops", L: "loss" });
const CURVES = table(example("envelope").curves, { run: "run", N: "params", D: "tokens", L: "loss" });

/** The columns of the sample in the terms of the contract. */
function sample() {
  const [head, ...rows] = SAMPLE.trim().split("\n").map((line) => line.split(","));
  const column = (name) => rows.map((row) => Number(row[head.indexOf(name)]));
  return { N: column("params"), D: column("tokens"), L: column(head.at(-1)) };
}

const answer = (question) => Object.values(JSON.parse(native(question))).find((part) => typeof part === "object");
const result = (page) => page.getByRole("region", { name: "Result of the fit" });
const compared = (page) => page.locator("figure.compared");
const approach = (page, key) => page.locator(`details#${key}`);
const percent = (share) => `${(100 * share).toFixed(Math.abs(share) < 0.0995 ? 1 : 0).replace("-", "−")} %`;

/** Opens the page with a table, fitted, with few draws. */
async function opened(page, site, text, query) {
  await page.goto(`${site}fit/${query}`);
  await paste(page, text);
}

test("the same runs by several methods have the sizes that the engine gives, and one is chosen by its name", async ({ page, site }) => {
  await opened(page, site, SAMPLE, "?draws=50");
  const loss = (loss) => ({ law: "chinchilla", loss });
  const methods = [
    loss({ huber: 1e-3 }), loss({ huber: 1e-2 }), loss({ absolute: true }), loss({ squares: true }), loss({ squares: true, of: "raw" }),
    { law: "chinchilla", tie: [["alpha", "beta"]] }, "isoflop",
  ];
  const bootstrap = { kind: "rows", draws: 50, seed: 42 };
  const { methods: expected, regret } = answer({ compare: { runs: sample(), methods, budget: "5.76e23 FLOPs", bootstrap } });
  await expect(compared(page).getByRole("heading")).toHaveText("The same runs, seven methods");
  const rows = compared(page).locator("tbody tr");
  await expect(rows.nth(6)).toContainText("left out");
  for (const [at, { decision, quantities = decision?.quantities }] of expected.slice(0, 6).entries()) {
    const { value, interval } = decision.at.N;
    await expect(rows.nth(at)).toContainText(value < 1e11 ? `${(value / 1e9).toPrecision(3)} B` : `${Math.round(value / 1e9)} B`);
    expect(interval[0]).toBeLessThan(value);
    await expect(rows.nth(at)).toContainText(quantities.tokens_per_parameter.value.toPrecision(3));
  }
  await expect(rows.nth(0)).toHaveClass(/yours/);
  const says = compared(page).locator(".says");
  await expect(says).toContainText("Parabolas are left out: expected runs with at least two budgets");
  await expect(says).toContainText(`would waste ${percent(Math.max(...regret[0].slice(1, 6)))} of the compute`);

  await compared(page).getByRole("button", { name: "Table of the methods" }).click();
  const cells = compared(page).getByRole("row", { name: "α and β tied" }).getByRole("cell");
  await expect(cells.nth(5)).toHaveText(expected[5].aic.toFixed(1).replace("-", "−"));
  await expect(cells.nth(7)).toHaveText(/%$/);
  await expect(cells.nth(8)).toHaveText(percent(regret[0][5]));
  await compared(page).getByRole("button", { name: "Picture of the methods" }).click();

  await compared(page).getByRole("button", { name: "Least squares, log loss" }).click();
  await expect(page).toHaveURL(/loss=squares/);
  await expect(rows.nth(0)).toContainText("Least squares, log loss");
  await expect(rows.nth(0)).toContainText(expected[3].decision.quantities.tokens_per_parameter.value.toPrecision(3));
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(rows.nth(0)).toContainText("Log-Huber");
});

test("other laws stand beside the chosen one, with criteria and held-out errors, in the address too", async ({ page, site }) => {
  await opened(page, site, SAMPLE, "?draws=0&open=backtest");
  const rows = compared(page).locator("tbody tr");
  await compared(page).getByLabel("Beside another law").selectOption("Kaplan loss by size and tokens");
  await expect(page).toHaveURL(/beside=kaplan-size-and-data/);
  await expect(compared(page).getByRole("heading")).toHaveText("The same runs, eight methods");
  const methods = ["chinchilla", "kaplan-size-and-data"];
  const tied = { law: "chinchilla", tie: [["alpha", "beta"]] };
  const { methods: expected } = answer({ compare: { runs: sample(), methods: [...methods, tied], budget: "5.76e23 FLOPs" } });
  await expect(rows.nth(1)).toContainText("Kaplan loss by size and tokens");
  await expect(rows.nth(1)).toContainText(expected[1].decision.quantities.tokens_per_parameter.value.toPrecision(3));
  const [least, next] = expected.map(({ aic }) => aic).sort((a, b) => a - b);
  expect(least).toBe(expected[2].aic);
  const supported = `the runs support most “α and β tied”: its AIC is lower than any other by ${(next - least).toFixed(1)}.`;
  await expect(compared(page).locator(".says")).toContainText(supported);

  const tested = answer({ backtest: { runs: sample(), hold_out: { largest_budgets: 2 }, methods } }).methods;
  const foretold = approach(page, "backtest").getByRole("region", { name: "Foretold loss" }).locator("tbody tr");
  for (const [at, { rms }] of tested.entries()) await expect(foretold.nth(at).locator("td").first()).toHaveText(percent(rms));

  await compared(page).getByRole("button", { name: "Table of the methods" }).click();
  const cells = compared(page).getByRole("row", { name: "Kaplan loss by size and tokens" }).getByRole("cell");
  await expect(cells.nth(5)).toHaveText(expected[1].aic.toFixed(1).replace("-", "−"));
  await expect(cells.nth(6)).toHaveText(expected[1].bic.toFixed(1).replace("-", "−"));
  await expect(cells.nth(7)).toHaveText(percent(tested[1].rms));
  await compared(page).getByRole("button", { name: "Picture of the methods" }).click();

  // Laws change places, and one that is left out is offered again.
  await page.reload();
  await compared(page).getByRole("button", { name: "Kaplan loss by size and tokens", exact: true }).click();
  await expect(page).toHaveURL(/law=kaplan-size-and-data.*beside=chinchilla/);
  await expect(rows.nth(1)).toContainText("Chinchilla parametric loss");
  await compared(page).getByRole("button", { name: "Leave out Chinchilla parametric loss" }).click();
  await expect(compared(page).getByLabel("Beside another law")).toBeFocused();
  await expect(page).not.toHaveURL(/beside/);
  await expect(compared(page).getByText("Chinchilla parametric loss").first()).toBeHidden();
});

test("parabolas are compared by the tolerance that the profiles have", async ({ page, site }) => {
  // Two of the four budgets are within a tenth of one another, and have other best sizes.
  const best = { "1e18": 3e7, "1.08e18": 6e7, "1e19": 1.5e8, "1e20": 5e8 };
  const columns = { N: [], C: [], L: [] };
  for (const [at, [budget, size]] of Object.entries(best).entries()) {
    for (const doublings of [-2, -1, 0, 1, 2]) {
      columns.N.push(size * 2 ** doublings);
      columns.C.push(Number(budget));
      columns.L.push(3 - 0.2 * at + 0.02 * doublings ** 2);
    }
  }
  const text = table(columns, { N: "params", C: "flops", L: "loss" });
  await opened(page, site, text, "?draws=0&open=isoflop&budget=1e21");
  const ratio = (tolerance) => {
    const methods = [{ isoflop: { tolerance } }];
    const [{ decision }] = answer({ compare: { runs: columns, methods, budget: "1e21 FLOPs" } }).methods;
    return decision.quantities.tokens_per_parameter.value.toPrecision(3);
  };
  expect(ratio(0.1)).not.toBe(ratio(0.02));
  const parabolas = compared(page).getByRole("row", { name: "IsoFLOP parabolas" });
  await expect(parabolas).toContainText(ratio(0.1));
  await approach(page, "isoflop").getByLabel("Tolerance of a budget").fill("0.02");
  await expect(parabolas).toContainText(ratio(0.02));
  await page.reload();
  await expect(parabolas).toContainText(ratio(0.02));
});

test("a comparison can be cancelled and gone on with", async ({ page, site }) => {
  // Enough rows to be caught on its way.
  const [head, ...rows] = MANY.trim().split("\n");
  await opened(page, site, [head, ...Array(8).fill(rows).flat()].join("\n"), "?draws=100");
  await compared(page).getByRole("button", { name: "Cancel" }).dispatchEvent("click");
  await expect(compared(page).getByText("Cancelled.")).toBeVisible();
  await expect(result(page)).toContainText("The fit converged.");
  await compared(page).getByRole("button", { name: "Go on" }).click();
  await expect(compared(page).locator("tbody tr").nth(6).locator("circle")).toHaveCount(1, { timeout: 30_000 });

  // One that is under way ends with its table.
  await page.getByLabel("Threshold δ").fill("2e-3");
  await expect(compared(page).getByRole("button", { name: "Cancel" })).toBeVisible();
  await page.getByRole("button", { name: "Remove" }).click();
  await paste(page, PROFILES);
  await expect(compared(page).locator("tbody tr").nth(6).locator("circle")).toHaveCount(1);
});

test("a pasted table of IsoFLOP profiles gives the vertices and the exponent of approach 2", async ({ page, site }) => {
  await opened(page, site, PROFILES, "?draws=50");
  const section = approach(page, "isoflop");
  await expect(section.getByLabel("Tolerance of a budget")).toHaveCount(0);
  await section.locator("summary").click();
  await expect(page).toHaveURL(/open=isoflop/);
  const { groups, power_laws } = answer({ isoflop: example("isoflop") });
  await expect(section.locator("summary")).toContainText(`${power_laws.N.exponent.toFixed(3)} ± ${power_laws.N.se.toFixed(3)}`);
  const rows = section.getByRole("region", { name: "Budgets" }).locator("tbody tr");
  for (const [at, { vertex }] of groups.entries()) {
    await expect(rows.nth(at)).toContainText(`${(vertex.N / 1e6).toPrecision(3)} M`);
    await expect(rows.nth(at)).toContainText(vertex.L.toFixed(3));
  }
  await expect(section).toContainText("They add up to one, since C = 6 N D.");
  await expect(section).toContainText("The method’s own bias");
  await section.getByRole("button", { name: "Table of Runs of each budget and their parabolas" }).click();
  await expect(section.getByRole("region", { name: /as a table/ })).toContainText("lowest at 1.00 × 1018 FLOPs");

  // What is off is left out here too.
  await page.getByLabel("Use row 2", { exact: true }).uncheck();
  await expect(rows.nth(0).locator("td").nth(1)).toHaveText("4");

  await page.reload();
  await expect(rows.nth(0)).toBeVisible();
  const field = section.getByLabel("Tolerance of a budget");
  await field.fill("x");
  await expect(section).toContainText("Expected a share such as 0.1; got “x”.");
  await expect(rows.nth(0)).toBeVisible();
});

test("pasted training curves give the envelope of approach 1", async ({ page, site }) => {
  await opened(page, site, CURVES, "?draws=50&open=envelope");
  const section = approach(page, "envelope");
  const { budgets, ...question } = example("envelope");
  expect(budgets).toBe(25);
  const { power_laws, trimmed, hull, points } = answer({ envelope: question });
  await expect(section.locator("summary")).toContainText(power_laws.N.exponent.toFixed(3));
  const rows = section.getByRole("region", { name: "Power laws" }).locator("tbody tr");
  for (const [at, { power_laws: laws }] of [{ power_laws }, trimmed, hull].entries()) {
    await expect(rows.nth(at)).toContainText(laws.N.exponent.toFixed(3));
    await expect(rows.nth(at)).toContainText(laws.D.exponent.toFixed(3));
  }
  const extreme = points.filter((point) => point.extreme).length;
  await expect(section).toContainText(`at ${extreme} of 1 500 budgets the winner is of the smallest or largest size`);
  // Checkpoints that are no runs are points of its curves; a comparison of final losses has no row for it.
  await expect(page.locator(".foot-line")).toContainText(/[1-9]\d* off/);
  await expect(compared(page).getByRole("row", { name: "IsoFLOP parabolas" })).toHaveCount(1);
  await expect(compared(page).getByRole("row", { name: "Envelope of curves" })).toHaveCount(0);
});

test("a back-test hides the largest budgets, and says how far each method is off", async ({ page, site }) => {
  await opened(page, site, SAMPLE, "?draws=0&open=backtest");
  const section = approach(page, "backtest");
  const asked = (hidden) => {
    const methods = ["chinchilla", { law: "chinchilla", loss: { huber: 1e-2 } }];
    return answer({ backtest: { runs: sample(), hold_out: { largest_budgets: hidden }, methods } });
  };
  const rows = section.getByRole("region", { name: "Foretold loss" }).locator("tbody tr");
  for (const hidden of [2, 4]) {
    const { methods, seen } = asked(hidden);
    await section.getByLabel("Budgets to hide").fill(String(hidden));
    await expect(section).toContainText(`the ${seen} runs seen`);
    for (const [at, { rms }] of methods.entries()) await expect(rows.nth(at).locator("td").first()).toHaveText(percent(rms));
  }
  await section.getByLabel("Budgets to hide").fill("400");
  await expect(section.locator(".echo.bad", { hasText: /Expected from 1 to \d+ of the \d+ budgets of these runs; got 400/ })).toBeVisible();
  await expect(rows.first()).toBeVisible();
  await expect(section).toContainText("Parabolas are left out: expected runs with at least two budgets that have a best size.");
});

test("a back-test says how far the best sizes of each method are off, those of parabolas too", async ({ page, site }) => {
  await opened(page, site, PROFILES, "?draws=0&open=backtest&hidden=1");
  const section = approach(page, "backtest");
  const cells = (name) => section.getByRole("region", { name: "Foretold loss" }).getByRole("row", { name }).getByRole("cell");
  const off = ({ size_residual }) => `${size_residual > 0 ? "+" : ""}${percent(Math.expm1(size_residual))}`;
  const { runs } = example("isoflop");
  // The same budget is hidden as the largest, and as what is above a compute.
  for (const [hidden, hold_out] of [["1", { largest_budgets: 1 }], ["above 5e19 FLOPs", { above: 5e19 }]]) {
    await section.getByLabel("Budgets to hide").fill(hidden);
    const methods = ["chinchilla", "isoflop"];
    const [law, parabolas] = answer({ backtest: { runs, hold_out: { ...hold_out, tolerance: 0.1 }, methods } }).methods;
    expect(law.budgets[0].size_residual).not.toBe(parabolas.budgets[0].size_residual);
    await expect(cells("IsoFLOP parabolas").last()).toHaveText(off(parabolas.budgets[0]));
    await expect(cells("Log-Huber, δ = 0.001").last()).toHaveText(off(law.budgets[0]));
    await expect(cells("Log-Huber, δ = 0.001").first()).toHaveText(percent(law.rms));
  }
  // Parabolas foretell no losses: nothing stands for them, in the comparison too.
  await expect(cells("IsoFLOP parabolas").first()).toHaveText("—");
  await compared(page).getByRole("button", { name: "Table of the methods" }).click();
  await expect(compared(page).getByRole("row", { name: "IsoFLOP parabolas" }).getByRole("cell").nth(7)).toHaveText("—");
  await section.getByRole("button", { name: "Table of Error of the best size by distance" }).click();
  await expect(section.getByRole("region", { name: /as a table/ }).getByRole("row", { name: "IsoFLOP parabolas" })).toHaveCount(1);
});

test("another fit needs so many times the compute, a published one or the one that was held", async ({ page, site }) => {
  await opened(page, site, SAMPLE, "?draws=0&open=multiplier&losses=3.2,2.8");
  const section = approach(page, "multiplier");
  const { parameters } = answer({ fit: { law: "chinchilla", runs: sample() } });
  const a = { law: "chinchilla", fit: { parameters } };
  const asked = (b) => answer({ multiplier: { a, b, over: { loss: [3.2, 2.8] } } }).value[1];
  await section.getByLabel("The other fit").selectOption("hoffmann2022");
  const published = asked({ law: "chinchilla", fit: "hoffmann2022" });
  const says = section.locator("figure .says");
  await expect(says).toContainText(/At a loss of 2\.800 “.*” needs/);
  await expect(says).toContainText(`needs ${published.toPrecision(3)} times the compute that this fit needs`);

  await section.getByRole("button", { name: "Hold this fit to compare with" }).click();
  await expect(says).toContainText("needs 1.00 times the compute");
  await page.getByLabel("Minimise").selectOption("squares");
  const { parameters: later } = answer({ fit: { law: "chinchilla", runs: sample(), loss: { squares: true } } });
  const held = answer({ multiplier: { a: { ...a, fit: { parameters: later } }, b: a, over: { loss: [3.2, 2.8] } } }).value[1];
  await expect(says).toContainText(`needs ${held.toPrecision(3)} times the compute`);
  await expect(page).toHaveURL(/loss=squares/);
  await page.reload();
  await expect(says).toContainText(`needs ${held.toPrecision(3)} times the compute`);

  await section.getByLabel("Losses", { exact: true }).fill("low");
  await expect(section).toContainText("Expected losses such as 2.6 to 2.2, or 2.6, 2.4, 2.2; got “low”.");
  await expect(says).toContainText(`needs ${held.toPrecision(3)} times the compute`);
  await section.getByLabel("Losses", { exact: true }).fill("0.5");
  await expect(says).toContainText("and this fit reach none of these losses together.");
});

const sizes = (budget) => [1, 2, 4, 8, 16].map((n) => `${n}e7,${budget},${3 + (n - 4) ** 2 / 100}`);
const HEAD = "params,flops,loss";
const refusals = {
  "groups of two points": ["isoflop", `${HEAD}\n${[1, 2, 3].map((n) => `1e7,${n}e18,${3 / n}\n2e7,${n}e18,${2.9 / n}`).join("\n")}`, /No budget has a best size/],
  "one budget only": ["isoflop", `${HEAD}\n${sizes("1e18").join("\n")}`, /One budget has a best size, and a power law needs two/],
  "a constant loss": ["isoflop", `${HEAD}\n${[1, 2, 3, 4, 5].map((n) => `${n}e7,1e18,3`).join("\n")}`, /expected losses that differ/],
  "a table without runs": ["envelope", `${HEAD}\n${sizes("1e18").join("\n")}`, /It needs training curves/],
  "a table of groups that are no runs": ["envelope", `isoflop,${HEAD}\n${sizes("1e18").map((row, at) => `${at % 2},${row}`).join("\n")}`, /It needs training curves/],
  "curves of one run": ["envelope", `run,params,tokens,loss\n${[1, 2, 3, 4, 5, 6].map((n) => `a,1e7,${n}e8,${4 / n}`).join("\n")}`, /Expected training curves of several sizes/],
  "one budget to hide": ["backtest", `${HEAD}\n${sizes("1e18").join("\n")}\n3e7,1e18,3.02`, /Expected runs of two budgets or more, to hide the largest; got one/],
};
for (const [name, [key, text, message]] of Object.entries(refusals)) {
  test(`${name}: said in its section, and the page stands`, async ({ page, site }) => {
    await opened(page, site, text, `?draws=0&open=${key}`);
    await expect(approach(page, key).getByText(message).first()).toBeVisible();
    await expect(page.getByRole("heading", { name: "More about these runs" })).toBeVisible();
  });
}

for (const width of [360, 1280]) {
  for (const theme of ["light", "dark"]) {
    test(`axe finds nothing, and nothing scrolls sideways, at ${width} px, ${theme}`, async ({ site }) => {
      const browser = await launch();
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: theme, bypassCSP: true });
      const page = await context.newPage();
      await opened(page, site, CURVES, "?draws=20&open=isoflop,envelope,backtest,multiplier");
      // Then every checkpoint is a run.
      await page.getByLabel("Learning rate", { exact: true }).selectOption("constant");
      for (const key of ["isoflop", "envelope", "backtest", "multiplier"]) {
        await expect(approach(page, key).locator("figure").first()).toBeVisible({ timeout: 20_000 });
      }
      await expect(compared(page).locator("circle").first()).toBeVisible();
      await accessible(page);
      await browser.close();
    });
  }
}

test("approaches and methods are worked by keyboard alone", async ({ page, site }) => {
  await opened(page, site, PROFILES, "?draws=0");
  await approach(page, "isoflop").locator("summary").focus();
  await page.keyboard.press("Enter");
  await expect(approach(page, "isoflop").locator("figure").first()).toBeVisible();
  const canvas = approach(page, "isoflop").locator("canvas").first();
  await canvas.focus();
  await page.keyboard.press("ArrowRight");
  await expect(approach(page, "isoflop").locator(".reading").first()).toContainText("FLOPs");
  await compared(page).getByRole("button", { name: "Least absolute deviations" }).focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/loss=absolute/);
  // The reader stays at the method that was chosen, however often its row is filled anew, and goes on from there.
  const chosen = compared(page).getByRole("button", { name: "Least absolute deviations", pressed: true });
  await expect(chosen).toBeFocused();
  await expect(compared(page).locator("tbody tr").first()).toContainText("Least absolute deviations");
  await expect(compared(page).locator("tbody tr").first().locator("circle")).toHaveCount(1);
  await expect(chosen).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(compared(page).getByRole("button", { name: /^Log-Huber, δ = 0.001/ })).toBeFocused();
});
