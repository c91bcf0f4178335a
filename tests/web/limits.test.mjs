// What is said beside the budget: limits of every kind, what is left open, laws that count more, shapes and what moves the plan.
import { accessible, expect, launch, native, start, test } from "./site.mjs";

const number = (page, what) => page.locator(`#${what}`);
const answer = (page) => page.getByRole("region", { name: "Answer" });
const words = (text) => new RegExp(text.replaceAll(/[.$()|+]/g, "\\$&").replaceAll(" ", "\\s"));
const base = { law: "chinchilla", fit: "refit-240" };
const allocate = (question) => JSON.parse(native(JSON.stringify({ allocate: { ...base, ...question } }))).allocate;
const predict = (question) => JSON.parse(native(JSON.stringify({ predict: question }))).predict;
const billions = (value) => `${(value / 1e9).toPrecision(3)} B`;
const chip = (page, name) => page.getByRole("button", { name, exact: true });
const field = (page, name) => page.getByLabel(name, { exact: true });

test.beforeEach(async ({ page, site }) => {
  await page.goto(site);
});

test("a deadline asks for devices, and binds", async ({ page }) => {
  await chip(page, "+ Deadline").click();
  await expect(field(page, "Deadline")).toBeFocused();
  await field(page, "Deadline").fill("20 days");
  await expect(number(page, "deadline-echo")).toHaveText("Expected the number of devices too: add “Number of devices”.");
  await chip(page, "+ Number of devices").click();
  await field(page, "Number of devices").fill("64");
  const limits = [{ of: "days", at_most: "20 days" }];
  const plan = allocate({ budget: "5.76e23 FLOPs", limits, hardware: { device: "h100-sxm", count: 64 } });
  await expect(number(page, "size")).toHaveText(billions(plan.at.N));
  await expect(number(page, "deadline-echo")).toContainText("Binds. Costs");
  await field(page, "Deadline").fill("900 days");
  await expect(number(page, "deadline-echo")).toHaveText(words("Does not bind: the plan uses 263 days."));
  await expect(page).toHaveURL(/deadline=900\+days&devices=64/);
});

test("while a limit cannot be read, none says what it does, and the answer says whose it is", async ({ page }) => {
  await chip(page, "+ Most tokens").click();
  await field(page, "Most tokens").fill("500B");
  await expect(number(page, "most-tokens-echo")).toContainText("Binds. Costs");
  await chip(page, "+ Largest size").click();
  await field(page, "Largest size").fill("many");
  await field(page, "Most tokens").fill("3T");
  await expect(number(page, "largest-size-echo")).toContainText("Expected");
  await expect(number(page, "most-tokens-echo")).not.toContainText(/[Bb]ind/);
  await expect(answer(page)).toContainText("This is still the answer to the last question that could be read.");
  await field(page, "Largest size").fill("70B");
  await expect(number(page, "most-tokens-echo")).toHaveText(words("Does not bind: the plan uses 1.37 T."));
  await expect(answer(page)).not.toContainText("This is still the answer");
});

test("memory limits the size by the bytes of a parameter", async ({ page }) => {
  await expect(page.getByRole("button", { name: "+ Memory" })).toHaveCount(0);
  await page.locator("#more-limits").click();
  // The keyboard stands where the chips came.
  await expect(chip(page, "+ Fixed size")).toBeFocused();
  await chip(page, "+ Memory").click();
  await field(page, "Memory").fill("80 GB");
  await expect(number(page, "size")).toHaveText("40.0 B");
  await expect(number(page, "memory-echo")).toContainText("Binds.");
  await chip(page, "+ Bytes per parameter").click();
  await field(page, "Bytes per parameter").fill("0.5");
  await expect(number(page, "memory-echo")).toHaveText(words("Does not bind: the plan uses 36.6 GB."));
  await expect(number(page, "size")).toHaveText("73.2 B");
});

test("attention over a long context is paid for too", async ({ page }) => {
  await page.locator("#more-limits").click();
  await chip(page, "+ Attention over").click();
  await field(page, "Attention over").fill("1M");
  const layers = "(N/125829.12)^(1/3)";
  const cost = `law(gqa-training; N, D, 1e6, ${layers}, 128, 0.8*${layers}, 102.4*${layers})`;
  const plan = allocate({ budget: "5.76e23 FLOPs", cost });
  await expect(number(page, "size")).toHaveText(billions(plan.at.N));
  await expect(number(page, "attention-echo")).toContainText("Moves size 73.2 to");
  await expect(answer(page).getByRole("heading")).toContainText("attention over 1.00");
  await expect(page).toHaveURL(/attention=1M/);
});

test("limits and the budget of serving are lines of the map", async ({ page, site }) => {
  await page.goto(`${site}?budget=5.76e23+FLOPs&law=chinchilla&fit=refit-240&serving=2T&most-tokens=1T`);
  await start(page);
  const map = page.locator("figure", { hasText: "The plan among all sizes and tokens" });
  await expect(map).toContainText("The plan lies within the budget and the limits.");
  await map.getByRole("button", { name: /^Table/ }).click();
  const rows = (name) => map.getByRole("row").filter({ hasText: words(name) });
  await expect(rows("1.00 T tokens")).toHaveCount(2);
  await expect(rows("training alone")).not.toHaveCount(0);
});

test("what a law counts besides is given or left open", async ({ page }) => {
  await chip(page, "precision").click();
  await expect(page.locator("#law")).toHaveValue("kumar-uniform");
  const need = page.locator("#need-0");
  await expect(need).toHaveValue("8");
  await need.fill("");
  const plan = JSON.parse(native(JSON.stringify({ allocate: { law: "kumar-uniform", budget: "5.76e23 FLOPs" } }))).allocate;
  await expect(page.locator("#need-0-echo")).toHaveText(words(`Left open: ${plan.at.P.toPrecision(3)} bits is best.`));
  await expect(number(page, "size")).toHaveText(billions(plan.at.N));
  await page.keyboard.press("Tab");
  await page.keyboard.press("Control+z");
  await expect(page.locator("#law")).toHaveValue("chinchilla");
});

test("devices at home have a price that the reader types", async ({ page }) => {
  await chip(page, "8 L40S at home").click();
  await expect(page.locator("#budget")).toHaveValue("8 L40S for 30 days");
  await expect(page.getByRole("columnheader", { name: "Dollars" })).toBeVisible();
  const dollars = page.locator(".ladder table").last().locator("tbody tr").first().locator("td").last();
  await field(page, "Price of a device").fill("$0.80/h");
  await expect(page.locator("#budget-echo")).toContainText("about $4.61");
  await expect(page.getByText("If the budget were")).toBeVisible();
  await expect(dollars).toBeVisible();
});

test("shapes near the size are counted exactly", async ({ page }) => {
  await chip(page, "Shapes near this size").click();
  const row = page.locator("#shapes tbody tr", { hasText: "8 704" });
  await expect(row).toContainText(words("80"));
  await expect(row).toContainText("73 465 946 624");
  await expect(row).toContainText(words("< 0.001 %"));
  await page.locator("#shapes").getByRole("button", { name: "+ Vocabulary" }).click();
  await field(page, "Vocabulary").fill("128000");
  await expect(page.locator("#shapes .echo").first()).toContainText("a vocabulary of 128 000");
  await expect(page.locator("#shapes tbody tr")).not.toHaveCount(0);
  const [one] = await page.locator("#shapes tbody tr").evaluateAll((rows) => {
    return rows.map((row) => [...row.cells].map((cell) => cell.textContent.replaceAll(/\s/g, "")));
  });
  const [layers, width, heads, forward, parameters] = one.map(Number);
  const at = { n_layer: layers, d: width, d_ff: forward, n_h: heads, n_kv: heads, d_h: 128, V: 128000 };
  expect(parameters).toBe(predict({ law: "gated-parameters", at }).value + (2 * layers + 1) * width);
  // The plan does not depend on it, the link does.
  await expect(number(page, "size")).toHaveText("73.2 B");
  await expect(page).toHaveURL(/vocabulary=128000/);
  await field(page, "Vocabulary").fill("0.5");
  await expect(number(page, "vocabulary-echo")).toContainText("Expected the entries of the vocabulary such as 128000");
});

test("what moves the plan stands by how far", async ({ page }) => {
  await chip(page, "A little less and more of each").click();
  const rows = page.locator("#sensitivity tbody tr");
  await expect(rows).toHaveCount(6);
  const names = await rows.locator("th").allInnerTexts();
  expect([...names].sort()).toEqual(["A", "B", "Budget", "E", "α", "β"].sort());
  const [less, more] = [0.9, 1.1].map((share) => allocate({ budget: share * 5.76e23 }).at.N);
  const budget = page.locator("#sensitivity tbody tr", { hasText: "Budget" });
  await expect(budget).toContainText(words(`${billions(less)} to ${billions(more)}`));
  await expect(budget).toContainText(words("± 10 %"));
});

for (const [width, colorScheme] of [[1280, "light"], [360, "dark"]]) {
  test(`axe finds nothing in limits, shapes and what moves the plan, at ${width} px, ${colorScheme}`, async ({ site }) => {
    const browser = await launch();
    const page = await browser.newPage({ bypassCSP: true, colorScheme, viewport: { width, height: 900 } });
    await page.goto(`${site}?budget=5.76e23+FLOPs&deadline=20+days&devices=64&memory=80+GB&vocabulary=128000`);
    await start(page);
    for (const name of ["Shapes near this size", "A little less and more of each"]) await chip(page, name).click();
    await expect(page.locator("#shapes tbody tr").first()).toBeVisible();
    await expect(page.locator("#sensitivity tbody tr").first()).toBeVisible();
    await accessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await browser.close();
  });
}
