// The Fit page: a table in, a law fitted, draws that can be cancelled, a report that says what the engine says.
import { readFileSync } from "node:fs";
import { accessible, columns, expect, launch, native, paste, test } from "./site.mjs";

const SAMPLE = readFileSync("public/samples/gadre_c4.csv", "utf8");

const foot = (page) => page.locator(".foot-line");
const result = (page) => page.getByRole("region", { name: "Result of the fit" });
const report = (page) => page.locator("#report-text");
const estimate = (page, name) => result(page).getByRole("row", { name: new RegExp(`^${name}\\b`) }).first();

/** Opens the page with the sample, fitted, with few draws. */
async function fitted(page, site, query = "?draws=50") {
  await page.goto(`${site}fit/${query}`);
  await paste(page, SAMPLE);
  await expect(result(page)).toContainText("The fit converged.");
}

/** What the report holds as JSON. */
async function json(page) {
  await page.getByRole("tab", { name: "JSON with draws" }).click();
  return JSON.parse(await report(page).textContent());
}

test("the page reads whole without a script, and the bar leads to it from every page", async ({ site }) => {
  const browser = await launch();
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  for (const from of ["", "laws/", "laws/chinchilla/"]) {
    await page.goto(`${site}${from}`);
    await page.getByRole("link", { name: "Fit", exact: true }).click();
    await expect(page).toHaveURL(`${site}fit/`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Fit");
    await expect(page.getByRole("link", { name: "Fit", exact: true })).toHaveAttribute("aria-current", "page");
    await expect(page.getByText("Paste a table of training runs, or drop a file here.")).toBeVisible();
    expect(await page.locator("noscript").textContent()).toContain("To fit a law, allow JavaScript and WebAssembly");
  }
  await browser.close();
});

test("nothing is loaded before something is wanted, and the policy allows nothing but the page's files", async ({ page, server, site }) => {
  await page.goto(`${site}fit/`);
  await page.waitForLoadState("networkidle");
  const programs = () => server.sent().map(([url]) => url).filter((url) => url.endsWith(".wasm"));
  expect(programs()).toEqual([]);
  const policy = await page.locator("meta[http-equiv=Content-Security-Policy]").getAttribute("content");
  expect(policy).not.toMatch(/https?:|\*|unsafe-inline|'unsafe-eval'/);
  await page.mouse.move(1, 1);
  await expect(page.locator("#page")).toHaveClass(/\blive\b/);
});

test("a pasted table is fitted, and the report says what the engine says", async ({ page, context, site }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await fitted(page, site, "?draws=100");
  await expect(foot(page)).toContainText("34 rows: 34 used, none off, none unreadable");
  await expect(result(page)).toContainText("5 and 95 % of 100 refits.");

  const runs = columns(SAMPLE);
  const law = "chinchilla";
  const bootstrap = { kind: "rows", draws: 100, seed: 42 };
  const budget = "5.76e23 FLOPs";
  const answer = JSON.parse(native({ fit: { law, runs, bootstrap, decide: [{ allocate: { budget } }] } })).fit;
  // Those of derived numbers follow the draws.
  await expect.poll(async () => (await json(page)).intervals).toEqual(answer.intervals);
  const said = await json(page);
  for (const part of ["parameters", "objective", "draws", "failed_draws", "certificate"]) {
    expect(said[part]).toEqual(answer[part]);
  }
  const size = answer.decisions[0].at.N.value;
  await expect(estimate(page, "Size N")).toContainText(`${(size / 1e9).toPrecision(3)} B`);

  await page.getByRole("tab", { name: "CSV" }).click();
  const { E, G } = { ...answer.parameters, ...answer.derived };
  await expect(report(page)).toContainText(`E,${[E, ...answer.intervals.E].join(",")},\n`);
  await expect(report(page)).toContainText(`G,${[G, ...answer.intervals.G].join(",")},\n`);

  await page.getByRole("tab", { name: "Methods paragraph" }).click();
  await expect(report(page)).toContainText("B / D^beta (hoffmann2022) to 34 training runs");
  await expect(report(page)).toContainText("@article{hoffmann2022,");
  await expect(report(page)).toContainText(`objective ${answer.objective}`);
  await expect(report(page)).toContainText("5th to 95th percentiles of 100 bootstrap refits");
  await page.getByRole("tab", { name: "Python" }).click();
  await expect(report(page)).toContainText(`E = ${E}\n`);
  await expect(report(page)).toContainText("def law(N, D):\n    return E + A / N**alpha + B / D**beta\n");
  await expect(report(page)).toContainText("budget = 5.76e23  # FLOPs");
  await page.getByRole("button", { name: "Copy", exact: true }).click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await report(page).textContent());
});

test("the sample that is tried before the program is there is fitted once it is", async ({ page, site }) => {
  await page.goto(`${site}fit/`);
  await page.getByRole("button", { name: "Try the sample" }).click();
  await expect(result(page)).toContainText("The fit converged.", { timeout: 20_000 });
});

test("whoever loads, removes or takes back a table by keyboard goes on from there, and no table is lost", async ({ page, site }) => {
  await page.goto(`${site}fit/?draws=0`);
  await page.mouse.move(1, 1);
  await expect(page.locator("#page")).toHaveClass(/\blive\b/);
  const press = async (name) => {
    await page.getByRole("button", { name, exact: true }).focus();
    await page.keyboard.press("Enter");
  };
  const table = page.getByRole("region", { name: "Table of your runs" });
  const [undo, redo] = ["Undo", "Redo"].map((name) => page.getByRole("button", { name, exact: true }));
  await press("Try the sample");
  await expect(table).toBeFocused({ timeout: 20_000 });
  await press("Remove");
  await expect(undo).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(table).toBeFocused();
  // One step more takes the table away, and the way back is at hand.
  await press("Undo");
  await expect(foot(page)).toHaveCount(0);
  await expect(redo).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(table).toBeFocused();
  await expect(foot(page)).toContainText("34 rows");
});

test("one draw is refused, and the last ones stay; none is none", async ({ page, site }) => {
  await fitted(page, site, "?draws=50");
  await expect(result(page)).toContainText("5 and 95 % of 50 refits.");
  await page.getByLabel("Draws", { exact: true }).fill("1");
  await expect(page.locator("#draws-echo")).toHaveText("Expected 0, or from 2 to 100 000 draws such as 1000; got “1”.");
  await expect(result(page)).toContainText("5 and 95 % of 50 refits.");
  await page.getByLabel("Draws", { exact: true }).fill("0");
  await expect(result(page)).not.toContainText("refits.");
});

test("a row is switched off in the table, by key and in the chart, and the fit follows", async ({ page, site }) => {
  await fitted(page, site);
  const objective = () => result(page).locator(".certificate dd").nth(1).textContent();
  const whole = await objective();
  await page.getByLabel("Use row 9", { exact: true }).uncheck();
  await expect(foot(page)).toContainText("34 rows: 33 used, 1 off");
  await expect.poll(objective).not.toBe(whole);
  const answer = JSON.parse(native({ fit: { law: "chinchilla", runs: { columns: columns(SAMPLE), rows_off: [7] } } })).fit;
  await expect.poll(async () => (await json(page)).objective).toBe(answer.objective);
  await expect(page.locator(".influence")).toContainText(/Switched on, the run that is off moves the size at .* from .* to .*\sB\./);

  await page.getByRole("button", { name: "Undo" }).click();
  await expect(foot(page)).toContainText("34 used, none off");
  await expect.poll(objective).toBe(whole);

  // Arrow keys go from cell to cell, Space switches the row.
  await page.getByLabel("Use row 2", { exact: true }).focus();
  for (const [key, cell] of [["ArrowDown", "#cell-1-0"], ["ArrowDown", "#cell-2-0"], ["ArrowRight", "#cell-2-1"]]) {
    await page.keyboard.press(key);
    await expect(page.locator(cell)).toBeFocused();
  }
  await page.keyboard.press("Space");
  await expect(page.getByLabel("Use row 4", { exact: true })).not.toBeChecked();
  await page.keyboard.press("Control+z");
  await expect(page.getByLabel("Use row 4", { exact: true })).toBeChecked();

  // A run that the chart's cursor is at is lit in the table, and Enter switches it.
  const canvas = page.getByRole("img").first();
  await canvas.focus();
  for (let presses = 0; presses < 12; presses += 1) await page.keyboard.press("ArrowDown");
  await expect(page.locator("tr.at")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(foot(page)).toContainText("33 used, 1 off");
});

test("draws can be cancelled midway and gone on with, and end as if nothing had been", async ({ page, site }) => {
  await fitted(page, site, "?draws=4000");
  await expect(result(page)).toContainText(/Refitting, \S+ of 4\s000 draws\./);
  await expect(result(page)).toContainText(/So far: .*\sB, 90\s%:/);
  await page.getByRole("button", { name: "Cancel refitting" }).click();
  await expect(result(page)).toContainText(/Cancelled after \d+ draws; they are kept\./);
  const said = await json(page);
  const kept = said.draws.E.length;
  expect(kept).toBeGreaterThanOrEqual(50);
  expect(kept).toBeLessThan(4000);
  await page.getByLabel("Draws", { exact: true }).fill("100");
  await expect(result(page)).toContainText("5 and 95 % of 100 refits.");
  expect((await json(page)).draws.E.slice(0, 50)).toEqual(said.draws.E.slice(0, 50));
});

test("law, loss, ties and fixed values are asked as they are chosen", async ({ page, site }) => {
  await fitted(page, site);
  await page.getByLabel("Minimise").selectOption("absolute");
  await page.getByLabel("Tied parameters").fill("alpha = beta");
  await page.getByText("Fixed or bounded parameters").click();
  await page.getByLabel("E", { exact: true }).fill("1.7");
  await expect(estimate(page, "E")).toContainText("fixed");
  const runs = columns(SAMPLE);
  const question = { law: "chinchilla", runs, loss: { absolute: true }, tie: [["alpha", "beta"]], fix: { E: 1.7 } };
  const answer = JSON.parse(native({ fit: question })).fit;
  await expect.poll(async () => (await json(page)).objective).toBe(answer.objective);
  await expect(page).toHaveURL(/loss=absolute/);

  await page.reload();
  await expect(page.getByLabel("Tied parameters")).toHaveValue("alpha = beta");
  await expect.poll(async () => (await json(page)).objective).toBe(answer.objective);

  // Sooner than the address can follow.
  await page.getByLabel("E", { exact: true }).fill("1.8");
  await page.reload();
  await expect(page.getByLabel("E", { exact: true })).toHaveValue("1.8");

  // It may follow while the page is left, which is loaded again with the one before.
  await page.getByLabel("E", { exact: true }).fill("1.9");
  await page.evaluate(() => sessionStorage.setItem("isoflop.fit.address", "?draws=7"));
  await page.reload();
  await expect(page.getByLabel("E", { exact: true })).toHaveValue("1.9");
  // A link says what it says.
  await page.goto(`${site}fit/?loss=squares`);
  await expect(page.getByLabel("Minimise")).toHaveValue("squares");
  await page.reload();
  await expect(page.getByLabel("Minimise")).toHaveValue("squares");
});

test("a formula of one's own is fitted; one with a mistake says where, and the last fit stays", async ({ page, site }) => {
  await fitted(page, site);
  const law = page.getByLabel("Law", { exact: true });
  await expect(law.locator("optgroup")).toHaveCount(5);
  await expect(law.locator("optgroup", { has: page.locator(":checked") })).toHaveAttribute("label", "Losses by size and tokens");
  await law.selectOption({ label: "A formula of your own…" });
  const formula = page.getByLabel("Formula", { exact: true });
  await formula.fill("E + A / N^alpha");
  await expect(estimate(page, "E")).toBeVisible();
  await expect.poll(async () => Object.keys((await json(page)).parameters)).toEqual(["E", "A", "alpha"]);
  const before = await result(page).locator(".certificate").textContent();
  await formula.fill("E + (A / N^alpha");
  await expect(page.locator("#formula-echo")).toContainText("never closed");
  await expect(formula).toHaveAttribute("aria-invalid", "true");
  expect(await result(page).locator(".certificate").textContent()).toBe(before);
  await expect(formula).toHaveValue("E + (A / N^alpha");
});

test("a fit by any method is used in Plan, and the runs and draws go along", async ({ page, site }) => {
  await fitted(page, site, "?draws=50&loss=squares");
  await expect(result(page)).toContainText("5 and 95 % of 50 refits.");
  const [size, low, high] = await estimate(page, "Size N").locator("td").allTextContents();
  await page.getByRole("link", { name: "Use this fit in Plan" }).click();
  await expect(page).toHaveURL(/#fit=/);
  await expect(page.locator("#size")).toHaveText(size);
  const number = (text) => text.replace(/\s.*/, "");
  await expect(page.locator(".answer")).toContainText(`${number(low)} to ${number(high)}`);
  await expect(foot(page)).toContainText("34 rows");
  // Plan fits the same runs by its own method, and offers that beside the fit that was brought.
  await expect(page.getByRole("button", { name: "Use this fit" })).toBeVisible();
  await expect(page.locator("#size")).toHaveText(size);
  await page.getByRole("link", { name: "Fit", exact: true }).click();
  await expect(result(page)).toContainText("The fit converged.");
});

test("runs that do not decide are said to, with ways to ask less of them", async ({ page, site }) => {
  await page.goto(`${site}fit/?draws=0`);
  const row = (size, at) => `${size}e8,${20 * size}e8,${(1.7 + 2.2 / size ** 0.3 + 0.001 * Math.sin(9 * at)).toFixed(5)}`;
  await paste(page, ["params,tokens,loss", ...[1, 2, 4, 7, 10, 20, 40, 70, 100, 200].map(row)].join("\n"));
  await expect(result(page)).toContainText("No convergence claimed.");
  const way = result(page).getByRole("button", { name: "Tie α = β" });
  await way.click();
  await expect(page.getByLabel("Tied parameters")).toHaveValue("alpha = beta");
  await expect(way).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByLabel("Tied parameters")).toHaveValue("");
});

test("how far a decision lies from the runs is said", async ({ page, site }) => {
  await fitted(page, site);
  await expect(result(page)).toContainText("This is 101 times the compute of the largest run behind the fit.");
  await page.getByLabel("Budget of the decision").fill("1e21 FLOPs");
  await expect(result(page)).not.toContainText("times the compute of the largest run");
});

test("what the answer rests on: influence, quantiles, profile and refits, as the engine has them", async ({ page, site }) => {
  await fitted(page, site, "?draws=50&open=support&budget=1e22+FLOPs");
  const part = page.locator("#support");
  const runs = columns(SAMPLE);
  const fit = { law: "chinchilla", runs };
  const decide = [{ allocate: { budget: "1e22 FLOPs" } }];
  const { without } = JSON.parse(native({ fit: { ...fit, decide, diagnose: 3 } })).fit.diagnostics;
  const lines = without.rows.map((row) => row + 2);
  const size = without.decisions[0].at.N.value;
  await expect(part.locator(".finding")).toContainText(`Rows ${lines[0]}, ${lines[1]} and ${lines[2]} move the answer most`);
  await expect(part.locator(".finding")).toContainText(`to ${(size / 1e9).toFixed(1)}`);

  const figure = (name) => part.locator("figure", { has: page.getByRole("heading", { name }) });
  await expect(figure("Residuals against a normal distribution")).toContainText("of the 34 residuals lie beyond three standard deviations");
  await expect(figure("The refits")).toContainText("α and β in 50 refits");
  const bounds = async (of, print) => {
    const [low, high] = JSON.parse(native({ profile: { fit, of } })).profile.interval;
    await expect(figure("How well the runs bound it")).toContainText(`is ${print(low)} to ${print(high)}`);
  };
  await bounds({ of: "N", budget: "1e22 FLOPs" }, (value) => `${(value / 1e9).toPrecision(3)}\u00a0B`);
  await part.getByLabel("Profile of").selectOption({ label: "α" });
  await bounds("alpha", (value) => value.toPrecision(4));
  await page.reload();
  await expect(part.locator(".finding")).toContainText("move the answer most");
});

for (const processors of [2, 4]) {
  test(`draws are the same, whoever draws them: ${processors} processors`, async ({ page, site, server }) => {
    await page.addInitScript((count) => Object.defineProperty(navigator, "hardwareConcurrency", { get: () => count }), processors);
    await fitted(page, site, "?draws=1200");
    await expect(result(page)).toContainText(/5 and 95\s% of 1\s200 refits/, { timeout: 30_000 });
    const bootstrap = { kind: "rows", draws: 1200, seed: 42 };
    const answer = JSON.parse(native({ fit: { law: "chinchilla", runs: columns(SAMPLE), bootstrap } })).fit;
    const said = await json(page);
    expect([said.draws, said.failed_draws]).toEqual([answer.draws, answer.failed_draws]);
    const workers = page.workers().filter((worker) => worker.url().includes("worker-"));
    // One for the fit, one for studies, the others draw.
    expect(workers.length).toBe(processors - 1 + 2);
  });
}

const enough = (loss) => [1, 2, 3, 4, 5, 6, 7].map((n) => `${n}e9,${n * n}e10,${loss(n)}`).join("\n");
const bad = {
  "one row": ["params,tokens,loss\n1e9,2e10,2.5", /Expected several runs; got one/],
  "more parameters than rows": ["params,tokens,loss\n1e9,2e10,2.5\n2e9,5e10,2.4", /at least 5 runs/],
  "a constant loss": [`params,tokens,loss\n${enough(() => 2.5)}`, /expected losses that differ/i],
  "text in every row of a number column": ["params,tokens,loss\nbig,2e10,2.5\nsmall,2e10,2.4", /big/],
  "no table at all": ["hello", /./],
};
for (const [name, [table, message]] of Object.entries(bad)) {
  test(`${name} gives a message of its own, and stays`, async ({ page, site }) => {
    await page.goto(`${site}fit/`);
    await paste(page, table);
    const said = page.locator("#runs-error, #fit-error, .problems");
    await expect(said.filter({ hasText: message }).first()).toBeVisible();
    expect(await page.evaluate(() => JSON.parse(sessionStorage.getItem("isoflop.runs")).text)).toBe(table);
  });
}

test("what cannot be read in a field is said beneath it, and the last fit stays", async ({ page, site }) => {
  await fitted(page, site);
  const before = await result(page).locator(".certificate").textContent();
  for (const [label, text, says] of [
    ["Threshold δ", "-1", "Expected a threshold such as 1e-3; got “-1”."],
    ["Weight of over-prediction", "much", "Expected a positive weight such as 1 or 2; got “much”."],
    ["Tied parameters", "alpha", "Expected ties such as alpha = beta; got “alpha”."],
    ["Draws", "many", "Expected a number of draws such as 1000; got “many”."],
  ]) {
    const field = page.getByLabel(label, { exact: true });
    await field.fill(text);
    await expect(field).toHaveAttribute("aria-invalid", "true");
    await expect(page.getByText(says)).toBeVisible();
    await expect(field).toHaveValue(text);
  }
  expect(await result(page).locator(".certificate").textContent()).toBe(before);
  await page.getByLabel("Tied parameters").fill("alpha = gamma");
  await page.getByLabel("Threshold δ").fill("1e-3");
  await page.getByLabel("Weight of over-prediction").fill("1");
  await expect(page.locator("#fit-error")).toContainText("gamma");
});

test("a fault in the worker is said, and trying again starts another", async ({ page, site }) => {
  let broken = true;
  await page.route("**/worker-*_bg.wasm", (route) => (broken ? route.fulfill({ body: "broken" }) : route.continue()));
  page.context().removeAllListeners("console");
  page.context().removeAllListeners("weberror");
  await page.goto(`${site}fit/?draws=50`);
  await paste(page, SAMPLE);
  await expect(page.getByText("The calculation stopped because of a fault in Isoflop. Your input is kept.")).toBeVisible();
  await expect(foot(page)).toContainText("34 rows");
  broken = false;
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(result(page)).toContainText("The fit converged.");
});

test("a long table shows the rows in sight", async ({ page, site }) => {
  const rows = Array.from({ length: 3000 }, (_, n) => `${1e8 + n * 1e6},${2e10 + n * 1e7},${3 - n / 1e4}`);
  await page.goto(`${site}fit/?draws=0`);
  await paste(page, `params,tokens,loss\n${rows.join("\n")}`);
  await expect(foot(page)).toContainText("3 000 rows: 3 000 used");
  const grid = page.getByRole("grid", { name: "Runs" });
  await expect(grid).toHaveAttribute("aria-rowcount", "3001");
  expect(await grid.locator("tbody tr").count()).toBeLessThan(400);
  await page.getByLabel("Use row 2", { exact: true }).focus();
  await page.keyboard.press("Control+End");
  await expect(page.getByLabel("Use row 3001")).toBeVisible();
});

for (const width of [360, 1280]) {
  for (const theme of ["light", "dark"]) {
    test(`axe finds nothing, and nothing scrolls sideways, at ${width} px, ${theme}`, async ({ site }) => {
      const browser = await launch();
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: theme, bypassCSP: true });
      const page = await context.newPage();
      await page.goto(`${site}fit/`);
      await accessible(page);
      await fitted(page, site, "?draws=50&open=support");
      await expect(result(page)).toContainText("of 50 refits.");
      await page.getByText("Fixed or bounded parameters").click();
      await page.getByLabel("Use row 3", { exact: true }).uncheck();
      await page.getByLabel("Threshold δ").fill("x");
      await expect(page.getByLabel("Threshold δ")).toHaveAttribute("aria-invalid", "true");
      await accessible(page);
      await browser.close();
    });
  }
}

test("every control is large enough to touch on a phone", async ({ browser, site }) => {
  const context = await browser.newContext({ viewport: { width: 360, height: 800 }, hasTouch: true, isMobile: true });
  const page = await context.newPage();
  await fitted(page, site);
  await page.getByText("Fixed or bounded parameters").click();
  const small = await page.evaluate(() => {
    const controls = [...document.querySelectorAll("main :is(button, select, input[type=text], a, summary, label:has(input))")];
    return controls
      .filter((control) => control.getClientRects().length && !control.closest("p.quiet, p.echo"))
      .filter((control) => {
        const after = getComputedStyle(control, "::after");
        const grown = after.position === "absolute" ? -2 * parseFloat(after.top || 0) : 0;
        return control.getBoundingClientRect().height + grown < 43.5;
      })
      .map((control) => control.outerHTML.slice(0, 90));
  });
  expect(small).toEqual([]);
  await context.close();
});
