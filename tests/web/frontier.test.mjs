// Sweeps: what workers tell together is what the native program says alone, whatever happens to them; and the page that
// shows it.
import { readFileSync } from "node:fs";
import { accessible, expect, native, test } from "./site.mjs";

const engine = (page) => page.locator(".engine");
const figure = (page, title) => page.locator("figure", { has: page.getByRole("heading", { name: title }) });
const plain = async (locator) => (await locator.innerText()).replace(/\s+/g, " ").trim();

/** Opens a sweep and waits until all of it is there. */
async function swept(page, site, query = "") {
  await page.goto(new URL(`frontier/${query}`, site).href);
  await done(page);
}
/** Waits until a sweep of so many points is there, and runs it where it waits for that. */
async function finished(page, points) {
  const is = (status) => engine(page).filter({ hasText: status });
  await expect(is(new RegExp(`Done: ${points} points`.replaceAll(" ", "\\s"))).or(is("takes about"))).toBeVisible({ timeout: 60_000 });
  const run = engine(page).getByRole("button", { name: "Run", exact: true });
  if (await run.isVisible()) await run.click();
  await expect(engine(page)).toContainText(new RegExp(`Done: ${points} points`.replaceAll(" ", "\\s")), { timeout: 90_000 });
}
const done = (page) => expect(engine(page)).toContainText("Done:", { timeout: 90_000 });

/** A file of all numbers, as the page exports it. */
async function exported(page, kind) {
  await page.getByRole("button", { name: "Export…" }).click();
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: kind, exact: true }).click();
  return readFileSync(await (await coming).path(), "utf8");
}

/** Question and numbers, and what the native program says of the same Question. */
async function compared(page) {
  const { question, answer } = JSON.parse(await exported(page, "JSON"));
  const { sweep } = JSON.parse(native(question));
  return { question, answer, sweep };
}

/** Every number of the page beside every number of the native program. */
function expectSame({ answer, sweep }) {
  expect(answer.shape).toEqual(answer.shape.length > sweep.shape.length ? [1, ...sweep.shape] : sweep.shape);
  expect(answer.done).toBe(answer.shape[0] * answer.shape[1]);
  // Bit for bit: both were written with every digit.
  expect(JSON.stringify(answer.columns)).toBe(JSON.stringify(sweep.columns));
}

/**
 * A page on a machine of so many processors, whose workers can be got at. They are asked for so many parts of sweeps, and for
 * the others once `release` was called; `kind` stands in what is asked for a part.
 */
async function withWorkers(page, processors, parts = 1e9, kind = '"sweep"') {
  await page.addInitScript(([processors, parts, kind]) => {
    Object.defineProperty(navigator, "hardwareConcurrency", { get: () => processors });
    const held = [];
    self.workers = [];
    self.release = () => {
      parts = 1e9;
      for (const ask of held.splice(0)) ask();
    };
    self.Worker = class extends Worker {
      constructor(...given) {
        super(...given);
        self.workers.push(this);
      }
      postMessage(message) {
        if (String(message).includes(kind) && --parts < 0) held.push(() => super.postMessage(message));
        else super.postMessage(message);
      }
    };
  }, [processors, parts, kind]);
}
/** What is asked for a tile; for the coarse picture and for the table it is not. */
const TILE = '"cells":';
const release = (page) => page.evaluate(() => self.release());

/** A fit with so many draws, as the Fit page would leave it for the tab: close to the refit of 240 runs, the same each time. */
function drawn(count) {
  let state = 7;
  const random = () => (state = (state * 48271) % 0x7fffffff) / 0x7fffffff - 0.5;
  const parameters = { E: 1.82, A: 477.8, alpha: 0.347, B: 2143, beta: 0.367 };
  const column = ([name, value]) => [name, Array.from({ length: count }, () => value * (1 + 0.04 * random()))];
  const draws = Object.fromEntries(Object.entries(parameters).map(column));
  return [JSON.stringify({ parameters }), JSON.stringify({ parameters, draws })];
}
// Small enough to be done again and again.
const SMALL = "?across=budget~log~1e21~1e26~64&up=demand~log~10B~100T~48&refits=50";

test("a band of 512 budgets by 4000 refits is that of the native program, bit for bit", async ({ page, site }) => {
  test.setTimeout(180_000);
  // 512 budgets, 4000 draws of each: two million optima.
  const [fit, withDraws] = drawn(4000);
  await page.addInitScript((text) => sessionStorage.setItem("isoflop.draws", text), `${fit}\n${withDraws}`);
  await swept(page, site, `?up=&refits=4000#fit=${encodeURIComponent(fit)}`);
  expect(await plain(engine(page).locator("span").first())).toMatch(/^Done: 512 points, 2\.05 M optima, \d workers? \(CPU\), \d+\.\d s\.$/);
  const both = await compared(page);
  expect(both.question.sweep.draws.E).toHaveLength(4000);
  expectSame(both);
  const lines = figure(page, "Along the budget");
  await lines.getByRole("button", { name: /^Table/ }).click();
  const row = lines.locator("tbody tr").nth(100);
  const [value, low, high] = ["value", "q05", "q95"].map((name) => both.sweep.columns["D/N"][name][100]);
  const cells = await row.locator("td").allInnerTexts();
  expect(cells[1]).toBe(value.toPrecision(3));
  const digits = value >= 10 ? 1 : 2;
  expect(cells[2]).toBe(`${low.toFixed(digits)} to ${high.toFixed(digits)}`);
});

test("a map is the same from one worker and from three", async ({ context, site }) => {
  const workers = [];
  for (const processors of [1, 3]) {
    const page = await context.newPage();
    await withWorkers(page, processors);
    await swept(page, site, SMALL);
    expectSame(await compared(page));
    workers.push(await page.evaluate(() => self.workers.length));
    await page.close();
  }
  expect(workers[0]).toBeLessThanOrEqual(2);
  expect(workers[1]).toBeGreaterThan(workers[0]);
  expect(workers[1]).toBeLessThanOrEqual(4);
});

test("a worker that dies is replaced, and its cells are done again", async ({ page, site }) => {
  await withWorkers(page, 2, 8);
  await page.goto(new URL("frontier/?across=budget~log~1e21~1e26~256&up=demand~log~10B~100T~128", site).href);
  await expect(engine(page)).toContainText("Sweeping,", { timeout: 60_000 });
  const before = await page.evaluate(() => {
    const { length } = self.workers;
    // The last one was started for tiles.
    const worker = self.workers.at(-1);
    worker.terminate();
    worker.dispatchEvent(new ErrorEvent("error", { message: "killed" }));
    return length;
  });
  await release(page);
  await done(page);
  expect(await page.evaluate(() => self.workers.length)).toBeGreaterThan(before);
  expectSame(await compared(page));
});

test("a sweep that is cancelled keeps what is done, and goes on", async ({ page, site }) => {
  await withWorkers(page, 2, 8);
  await page.goto(new URL("frontier/", site).href);
  await expect(engine(page)).toContainText("Sweeping,", { timeout: 60_000 });
  await engine(page).getByRole("button", { name: "Cancel" }).click();
  await expect(engine(page)).toContainText(/Cancelled after [\d\s]+ of 131.072 points; they are kept\./);
  await release(page);
  await engine(page).getByRole("button", { name: "Go on" }).click();
  await done(page);
  await engine(page).getByRole("button", { name: "Run again" }).click();
  await done(page);
});

test("who runs, cancels and exports by keys stays where they are", async ({ page, site }) => {
  await withWorkers(page, 2, 8);
  await page.goto(new URL("frontier/", site).href);
  await expect(engine(page)).toContainText("Sweeping,", { timeout: 60_000 });
  const button = (name) => engine(page).getByRole("button", { name, exact: true });
  await button("Cancel").focus();
  for (const next of ["Go on", "Cancel", "Go on"]) {
    await page.keyboard.press("Enter");
    await expect(button(next)).toBeFocused();
  }
  await release(page);
  await page.keyboard.press("Enter");
  await done(page);
  await expect(button("Run again")).toBeFocused();
  const offer = page.getByRole("button", { name: "Export…" });
  await offer.focus();
  await page.keyboard.press("Enter");
  await expect(offer).toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "CSV", exact: true })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(offer).toBeFocused();
  await expect(offer).toHaveAttribute("aria-expanded", "false");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  const coming = page.waitForEvent("download");
  await page.keyboard.press("Enter");
  await coming;
  await expect(offer).toBeFocused();
});

test("what is said at the cursor is exact, or still to come", async ({ page, site }) => {
  await withWorkers(page, 1, 0, TILE);
  await page.goto(new URL("frontier/", site).href);
  const says = figure(page, "Tokens per parameter").locator(".says");
  const lines = figure(page, "Along the budget").locator(".says");
  const cell = page.locator(".pinned .yours td").nth(2);
  await expect(cell).toBeVisible({ timeout: 60_000 });
  const exact = await cell.innerText();
  await expect(says).toContainText(`: ${exact} tokens per parameter.`);
  await expect(lines).toHaveText("No line is there yet.");
  await release(page);
  await done(page);
  await expect(says).toContainText(`: ${exact} tokens per parameter.`);
  await expect(lines).toContainText("The row of the cursor, and 2 pinned. Bands");
});

test("what a comparison says at the cursor waits for its cell", async ({ page, site }) => {
  await withWorkers(page, 1, 0, TILE);
  await page.goto(new URL(`frontier/${SMALL}`, site).href);
  await page.getByRole("button", { name: "Compare two laws…" }).click();
  const map = figure(page, /^Tokens per parameter, as a multiple of/);
  await expect(map.locator("canvas")).toHaveAttribute("aria-label", /: from ×/, { timeout: 60_000 });
  await expect(map.locator(".says")).toContainText(": still to come.");
  await release(page);
  await finished(page, "3 072");
  await expect(map.locator(".says")).toContainText(/: \d\.\d+ of what .* says\./);
});

test("a page that is loaded again shows what its address says, whatever the tab has kept", async ({ page, site }) => {
  const [across, up] = ["Across", "Up"].map((axis) => page.getByLabel(`${axis}, steps`));
  await swept(page, site);
  await across.fill("32");
  await up.fill("16");
  await expect(page).toHaveURL(/~32&.*~16&/);
  await swept(page, site, "?across=budget~log~1e21~1e26~20&up=demand~log~10B~100T~10&refits=8");
  await page.reload();
  await finished(page, 200);
  await expect(across).toHaveValue("20");
  await expect(up).toHaveValue("10");
  await expect(page.getByLabel("Refits for the bands")).toHaveValue("8");
  // What is typed before the address has followed is not lost.
  await up.fill("12");
  await page.reload();
  await expect(up).toHaveValue("12");
  // A bare address opens what was chosen last, and says so.
  await page.goto(new URL("frontier/", site).href);
  await expect(up).toHaveValue("12");
  await expect(page).toHaveURL(/~20&.*~12&/);
});

test("what takes long waits to be run; what takes a moment does not", async ({ page, site }) => {
  await swept(page, site, SMALL);
  await page.getByLabel("Show").selectOption("size");
  await expect(page.getByRole("heading", { name: "Parameters", exact: true })).toBeVisible();
  await finished(page, "3 072");
  await page.getByLabel("Refits for the bands").fill("4000");
  // Fifteen million plans.
  await page.getByLabel("Up, steps").fill("300");
  await page.getByLabel("Across, steps").fill("512");
  await expect(engine(page)).toContainText(/This sweep takes about/);
  const aloud = engine(page).getByRole("status");
  await expect(aloud).toContainText("The sweep waits to be run");
  await engine(page).getByRole("button", { name: "Run", exact: true }).click();
  await expect(engine(page)).toContainText(/Sweeping|Done/);
  await expect(aloud).not.toContainText("waits");
});

test("what is too large, or cannot be read, is said where it is", async ({ page, site }) => {
  await swept(page, site, SMALL);
  const steps = page.getByLabel("Across, steps");
  await steps.fill("1e9");
  await expect(engine(page)).toContainText(/This sweep has .*\spoints, about .*\. The limit is 4.000.000\. Use fewer steps\./);
  // The map that was there stays.
  await expect(page.getByRole("heading", { name: "Tokens per parameter", exact: true })).toBeVisible();
  for (const typed of ["2.5", "abc", ""]) {
    await steps.fill(typed);
    await expect(page.locator("#across-echo")).toHaveText("Expected a whole number of steps, at least 2, such as 64.");
  }
  await expect(steps).toHaveAttribute("aria-invalid", "true");
  await steps.fill("64");
  const from = page.getByLabel("Across, from");
  await from.fill("1e27");
  await expect(page.locator("#across-echo")).toContainText("Expected more than the first value");
  await from.fill("-3");
  await expect(page.locator("#across-echo")).toContainText("Expected");
  await from.fill("1e21");
  await done(page);
  expectSame(await compared(page));
});

test("a sweep that is too large from the start has no figures until it is made smaller", async ({ page, site }) => {
  await page.goto(new URL("frontier/?across=budget~log~1e21~1e26~2000&up=demand~log~10B~100T~2000", site).href);
  await expect(engine(page)).toContainText(/This sweep has .*\soptima, about .*\. The limit is/);
  const tables = page.getByRole("button", { name: /^Table/ });
  await expect(tables).toHaveCount(0);
  await page.getByLabel("Across, steps").fill("32");
  await page.getByLabel("Up, steps").fill("16");
  await finished(page, 512);
  await expect(tables).toHaveCount(2);
});

test("a cell without a plan is hatched and counted, not filled in", async ({ page, site }) => {
  // What is served costs more than a small budget, however small the model.
  await swept(page, site, "?across=budget~log~1e9~1e21~32&up=demand~log~10B~100T~16&refits=0");
  const both = await compared(page);
  expectSame(both);
  const none = both.answer.columns["D/N"].value.filter((value) => value === null).length;
  expect(none).toBeGreaterThan(0);
  expect(both.sweep.certificate.infeasible).toBe(none);
  const map = figure(page, "Tokens per parameter");
  await expect(map.locator("canvas")).toHaveAttribute("aria-label", new RegExp(`Hatched where there is no plan: ${none} points`));
  await map.getByRole("button", { name: /^Table/ }).click();
  await expect(map.getByRole("cell", { name: "no plan" }).first()).toBeVisible();
});

test("the cursor is moved by keys, its row is pinned, and the link opens all of it again", async ({ page, site }) => {
  await swept(page, site);
  const map = figure(page, "Tokens per parameter");
  const says = map.locator(".says");
  await expect(says).toContainText(/Cursor at 5\.75\s×\s1023\sFLOPs and 2\.0\d\sT\stokens served: 44\.\d tokens per parameter/);
  await map.locator("canvas").focus();
  for (const key of ["PageUp", "PageUp", "ArrowRight"]) await page.keyboard.press(key);
  await expect(says).not.toContainText("2.0");
  const moved = await plain(says);
  await page.getByRole("button", { name: "Pin this" }).click();
  await map.locator("canvas").focus();
  await page.keyboard.press("PageDown");
  const rows = page.locator(".pinned tbody tr");
  await expect(rows).toHaveCount(4);
  await expect(page.locator(".pinned .yours")).toHaveCount(1);
  await expect(page).toHaveURL(/pins=/);
  const before = await plain(page.locator(".pinned table"));
  await page.reload();
  await done(page);
  await expect(rows).toHaveCount(4);
  expect(await plain(page.locator(".pinned table"))).toBe(before);
  await page.getByRole("button", { name: /^Remove the pin/ }).first().click();
  await expect(rows).toHaveCount(3);
  await page.locator("body").press("Control+z");
  await expect(rows).toHaveCount(4);
  expect(moved).not.toBe("");
});

test("the numbers of the pinned rows are those of the native program", async ({ page, site }) => {
  await swept(page, site);
  const cells = await page.locator(".pinned .yours td").allInnerTexts();
  const question = { allocate: { law: "chinchilla", fit: "refit-240", budget: "5.76e23 FLOPs", cost: "6*N*D + 2*N*2e12" } };
  const { at } = JSON.parse(native(question)).allocate;
  // The nearest row of the map lies at most half a step away.
  expect(Number(cells[2]) / (at.D / at.N)).toBeCloseTo(1, 1);
  expect(cells).toHaveLength(7);
});

test("what stands at the cursor and the pinned rows are copied as a sentence, tables and JSON", async ({ page, context, site }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await swept(page, site, SMALL);
  const says = await plain(figure(page, "Tokens per parameter").locator(".says"));
  const [, at, reading] = /^Cursor at (.+): (.+)\.$/.exec(says);
  const rows = await page.locator(".pinned tbody tr").evaluateAll((rows) =>
    rows.map((row) => [...row.cells].slice(0, -1).map((cell) => cell.textContent.replace(/\s+/g, " ").trim())));
  const heads = (await page.locator(".pinned thead th").allTextContents()).slice(1);

  await page.getByRole("button", { name: "Share…" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Share" });
  const field = dialog.getByLabel("Link", { exact: true });
  await expect(field).not.toHaveValue("");
  const link = await field.inputValue();
  const copied = async (name) => {
    await dialog.getByRole("button", { name, exact: true }).click();
    await expect(dialog.getByRole("button", { name: "Copied" })).toBeVisible();
    const text = await page.evaluate(() => navigator.clipboard.readText());
    await expect(dialog.getByRole("button", { name: "Copied" })).toHaveCount(0);
    return text;
  };
  // The page sets exponents by itself, where a text has raised digits.
  const flat = (text) => text.replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(digit));

  const sentence = flat(await copied("Copy sentence"));
  expect(sentence).toContain(`Given ${at}, the plan of lowest loss has ${reading} (Chinchilla parametric loss, Refit of 240 runs, Besiroglu`);
  expect(sentence).toMatch(/; Isoflop [\d.]+, http\S+\)\.$/);
  expect(sentence).toContain(`, ${link}).`);

  const markdown = flat(await copied("Markdown")).split("\n");
  expect(markdown[0]).toContain(heads.map((head) => ` ${head.replace(/\s+/g, " ").trim()} |`).join(""));
  expect(rows).toHaveLength(3);
  expect(markdown.slice(2, 5)).toEqual(rows.map((cells) => `| ${cells.join(" | ")} |`));
  expect(markdown.at(-2)).toMatch(/^50 refits; Chinchilla parametric loss, /);
  expect(markdown.at(-2)).toContain(`](${link})`);

  const latex = await copied("LaTeX");
  expect(latex).toContain("\\begin{tabular}{lrrrrrr}");
  expect(latex).toContain(link);

  const { question, answer, cursor } = JSON.parse(await copied("JSON"));
  expect(JSON.parse(native(question))).toEqual(answer);
  expect(rows[cursor.row][3]).toBe(cursor.columns["D/N"].value.toPrecision(3));
  expect(cursor.reading).toBe(reading);
  await expect(dialog.getByRole("button", { name: "Python" })).toHaveCount(0);
});

test("only the link is shared of what was not computed", async ({ page, site }) => {
  await swept(page, site, SMALL);
  const dialog = page.getByRole("dialog", { name: "Share" });
  const share = async () => {
    await page.getByRole("button", { name: "Share…" }).first().click();
    await expect(dialog.getByLabel("Link", { exact: true })).not.toHaveValue("");
  };
  const sentence = dialog.getByRole("button", { name: "Copy sentence" });
  await share();
  await expect(sentence).toBeVisible();
  await page.keyboard.press("Escape");
  // What stands on the page then is of another sweep than the link.
  await page.getByLabel("Across, steps").fill("2.5");
  await expect(page.locator("#across-echo")).toContainText("Expected");
  await share();
  await expect(dialog.getByRole("button", { name: "Copy link" })).toBeVisible();
  await expect(sentence).toHaveCount(0);
});

test("other laws are swept over what they count", async ({ page, site }) => {
  await swept(page, site, "?across=budget~log~1e21~1e25~9&refits=0");
  await page.getByLabel("Law", { exact: true }).selectOption("muennighoff");
  await page.getByLabel("Up", { exact: true }).selectOption("at.D_unique");
  await page.getByLabel("Up, steps").fill("5");
  await page.getByLabel("Show").selectOption("tokens");
  await expect(page.getByRole("heading", { name: "Tokens", exact: true })).toBeVisible();
  await finished(page, 45);
  expectSame(await compared(page));
  await expect(page).toHaveURL(/law=muennighoff/);
});

test("two laws are compared: how they differ, and in how many refits one is lower", async ({ page, site }) => {
  await swept(page, site, `${SMALL}&show=loss`);
  await page.getByRole("button", { name: "Compare two laws…" }).click();
  await expect(page.getByRole("heading", { name: /^Loss, more than by/ })).toBeVisible();
  await finished(page, "3 072");
  const both = await compared(page);
  expectSame(both);
  const { value, against, lower } = both.sweep.columns.loss;
  const at = 40 * 64 + 30;
  expect(lower[at]).toBeGreaterThanOrEqual(0);
  expect(lower[at]).toBeLessThanOrEqual(1);
  const other = native({ allocate: { law: "chinchilla", fit: "hoffmann2022", budget: both.sweep.axes[1][30], cost: `6*N*D + 2*N*${both.sweep.axes[0][40]}` } });
  expect(against[at]).toBeCloseTo(JSON.parse(other).allocate.value, 9);
  expect(value[at]).not.toBe(against[at]);
  // What the map shows of it is chosen without another sweep.
  await page.getByLabel("The map shows").selectOption("lower");
  await expect(page.getByRole("heading", { name: /refits that are below/ })).toBeVisible();
  await expect(figure(page, /refits that are below/).locator(".says")).toContainText(/lower in \d+(\.\d)?.% of the refits/);
  await expect(engine(page)).toContainText("Done:");
  await page.reload();
  await done(page);
  await expect(page.getByLabel("The map shows")).toHaveValue("lower");
  await page.getByRole("button", { name: "Compare no more" }).click();
  await expect(page.getByRole("heading", { name: "Loss", exact: true })).toBeVisible();
});

test("small maps show a third axis, and stand in the link", async ({ page, site }) => {
  await swept(page, site, SMALL);
  const panels = page.getByRole("region", { name: "Panels" });
  await expect(panels).toBeHidden();
  await page.getByRole("combobox", { name: "Panels", exact: true }).selectOption("most-tokens");
  await expect(panels.locator("canvas")).toHaveCount(4);
  await expect(panels.getByRole("heading", { level: 2 })).toHaveText("Tokens per parameter, by most tokens");
  await expect(panels.getByRole("heading", { level: 3 }).first()).toHaveText(/^at most.10\.0.B.tokens$/);
  await page.getByLabel("Panels, steps").fill("7");
  await expect(page.locator("#by-echo")).toHaveText("Expected at most 6 panels; got 7.");
  await page.getByLabel("Panels, steps").fill("2");
  await expect(panels.locator("canvas")).toHaveCount(2);
  await panels.getByRole("button", { name: /^Tables/ }).click();
  await expect(panels.locator("table")).toHaveCount(2);
  await expect(page).toHaveURL(/[?&]by=most-tokens/);
  await page.reload();
  await expect(panels.locator("canvas")).toHaveCount(2);
  // What an axis of the map runs along is not offered.
  await expect(page.getByRole("combobox", { name: "Panels", exact: true }).locator("option[value=budget]")).toHaveCount(0);
});

test("the page is reached from the bar and by keys", async ({ page, site }) => {
  await page.goto(site);
  await page.getByRole("link", { name: "Frontier" }).click();
  await expect(page).toHaveURL(/frontier\/$/);
  await page.goto(new URL("laws/", site).href);
  await page.keyboard.press("g");
  await page.keyboard.press("r");
  await expect(page).toHaveURL(/frontier\/$/);
});

for (const [width, colorScheme] of [[1280, "light"], [360, "dark"]]) {
  test.describe(`at ${width} px, ${colorScheme}`, () => {
    test.use({ contextOptions: { viewport: { width, height: 900 }, colorScheme, bypassCSP: true } });
    test("the page is accessible, and no wider than the screen", async ({ page, site }) => {
      await swept(page, site, SMALL);
      await accessible(page);
      await figure(page, "Tokens per parameter").getByRole("button", { name: /^Table/ }).click();
      await accessible(page);
    });
  });
}

test("the page is never wider than the screen", async ({ page, site }) => {
  await swept(page, site, SMALL);
  for (const width of [320, 360, 480, 640, 768, 1024, 1100, 1280, 1600]) {
    await page.setViewportSize({ width, height: 900 });
    const [wide, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(wide, `${width}`).toBeLessThanOrEqual(seen);
  }
});
