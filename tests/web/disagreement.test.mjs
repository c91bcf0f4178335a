// What binds, and what other published fits say of the same budget, as the engine says it.
import { readFileSync } from "node:fs";
import { accessible, expect, launch, native, start, test } from "./site.mjs";

const words = (text) => new RegExp(text.replaceAll(/[.$()|+]/g, "\\$&").replaceAll(" ", "\\s"));
const ask = (question) => JSON.parse(native(JSON.stringify(question)));
const section = (page) => page.locator("#disagreement");
const rows = (page) => section(page).locator("tbody tr");
const cells = (page, name) => section(page).getByRole("row", { name });

test("other published fits stand by size, with what following the wrong one wastes", async ({ page, site }) => {
  await page.goto(site);
  await section(page).getByRole("button").click();
  await expect(rows(page)).toHaveCount(14);
  await expect(section(page)).toContainText(words("14 fits put the size from 32.2 B to 485 B."));
  const sizes = await rows(page).evaluateAll((all) => all.map((row) => Number.parseFloat(row.cells[2].textContent)));
  expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
  // The reader's own plan where the rounded digits are true: the compute that would have reached its loss, by the engine.
  const own = { law: "chinchilla", fit: "refit-240" };
  const rounded = { law: "chinchilla", fit: "hoffmann2022-rounded" };
  const { at } = ask({ allocate: { ...own, budget: 5.76e23 } }).allocate;
  const reach = [{ of: "loss", at_most: { predict: { ...rounded, at } } }];
  const least = ask({ allocate: { ...rounded, minimize: "cost", limits: reach } }).allocate.value;
  const share = `${(100 * (1 - least / 5.76e23)).toFixed(0)} %`;
  await expect(cells(page, /rounded digits/).locator("td").nth(3)).toHaveText(words(share));
  await expect(cells(page, /rounded digits/).locator("td").nth(4)).toHaveText(words("21 %"));
  await expect(cells(page, /Refit of 240/)).toHaveClass(/yours/);
  await expect(section(page)).toContainText(/Nine in ten refits behind yours put it from \d.*B to \d.*B\./);
  await expect(cells(page, /Refit of 240/).locator(".reach")).toHaveCount(1);
  // A law without a loss cannot say what is wasted.
  await expect(cells(page, /approach 1/).locator("td").nth(3)).toHaveText("");

  await cells(page, /approach 1/).getByRole("button", { name: /^Use/ }).click();
  await expect(page.getByLabel("Law", { exact: true })).toHaveValue("hoffmann-approach-1");
  await expect(cells(page, /approach 1/)).toHaveClass(/yours/);
  await page.keyboard.press("Control+z");
  await expect(page.getByLabel("Law", { exact: true })).toHaveValue("chinchilla");
  // It follows the budget.
  await page.getByLabel("Budget", { exact: true }).fill("1e21 FLOPs");
  const small = ask({ allocate: { law: "sardana", fit: "sardana2024", budget: 1e21 } }).allocate.at.N;
  await expect(cells(page, /Sardana/).locator("td").nth(1)).toHaveText(words(`${(small / 1e9).toPrecision(3)} B`));
  // What is wasted is known for a budget alone: a limit takes it away.
  await expect(cells(page, /rounded digits/).locator("td").nth(3)).toContainText("%");
  await page.getByRole("button", { name: "+ Most tokens", exact: true }).click();
  await page.getByLabel("Most tokens", { exact: true }).fill("10B");
  await expect(section(page)).toContainText("What the wrong one wastes is known for a budget alone.");
  await expect(cells(page, /rounded digits/).locator("td").nth(3)).toHaveText("");
});

test("the loss of every size stands beside the plan, with what another one wastes", async ({ page, site }) => {
  await page.goto(site);
  const slice = page.locator("#slice");
  await slice.getByRole("button").first().click();
  // By bisection on the closed form: sizes whose loss is the best of 0.99 times the compute.
  await expect(slice).toContainText(words("Any size from 61.9 B to 86.5 B wastes under 1 % of the compute"));
  await expect(slice).toContainText(/The band holds 90\s% of the refits\./);
  await expect(slice.locator("canvas")).toHaveCount(1);
  await slice.getByRole("button", { name: /^Table/ }).click();
  await expect(slice.getByRole("row")).not.toHaveCount(0);
  // It is open as it was left.
  await page.goto(`${site}?most-tokens=1T`);
  await expect(page.locator("#slice")).toContainText("The loss of every size that the training compute of the plan pays for.");
});

test("what binds stands over other budgets, with what a tenth more changes", async ({ page, site }) => {
  await page.goto(`${site}?budget=5.76e23+FLOPs&serving=2T&most-tokens=3T`);
  const table = page.locator(".binds");
  const cells = async (name, texts) => {
    const row = table.getByRole("row", { name }).locator("td");
    await expect(row).toHaveText(texts.map(words));
  };
  await cells(/Budget/, ["5.76 × 1023", "all", "−0.0033"]);
  await cells(/Serving/, ["2.00 T", "all", "+0.0009"]);
  await cells(/Most tokens/, ["3.00 T", "1.76 T", "nothing"]);
  await page.getByRole("button", { name: "Remove the limit Serving demand" }).click();
  await page.getByRole("button", { name: "Remove the limit Most tokens" }).click();
  await expect(table).toHaveCount(0);
  await page.locator("#more-limits").click();
  await page.getByRole("button", { name: "+ Tokens per parameter", exact: true }).click();
  await page.getByLabel("Tokens per parameter", { exact: true }).fill("20");
  await expect(page.locator("#tokens-per-parameter-echo")).toContainText("Binds. Costs");
  await expect(page).toHaveURL(/tokens-per-parameter=20/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(words("and 20.0 tokens per parameter"));
});

for (const width of [360, 1280]) {
  for (const colorScheme of ["light", "dark"]) {
    test(`axe finds nothing in what the laws say and what binds, at ${width} px, ${colorScheme}`, async ({ site }) => {
      const browser = await launch();
      const page = await browser.newPage({ bypassCSP: true, colorScheme, viewport: { width, height: 900 } });
      await page.goto(`${site}?budget=1e22+FLOPs&most-tokens=100B`);
      await start(page);
      await section(page).getByRole("button").click();
      await expect(rows(page)).toHaveCount(14);
      await expect(page.locator(".binds")).toBeVisible();
      await accessible(page);
      await browser.close();
    });
  }
}

test("what the laws say is saved as a picture and as numbers", async ({ page, site }) => {
  await page.goto(site);
  await section(page).getByRole("button").click();
  await expect(rows(page)).toHaveCount(14);
  const saved = async (kind) => {
    await section(page).getByRole("button", { name: "Save…" }).click();
    const [download] = await Promise.all([page.waitForEvent("download"), section(page).getByRole("button", { name: kind, exact: true }).click()]);
    expect(download.suggestedFilename()).toBe(`isoflop-laws.${kind.toLowerCase()}`);
    return readFileSync(await download.path());
  };
  const svg = (await saved("SVG")).toString();
  for (const name of await rows(page).locator("th a").allTextContents()) expect(svg).toContain(name.trim().replace(/\s*ᶜ$/, ""));
  expect((await saved("PNG")).subarray(1, 4).toString()).toBe("PNG");
  const [head, ...lines] = (await saved("CSV")).toString().trim().split("\n");
  expect(head).toMatch(/^fit,parameters,90 % lower,/);
  const { N } = ask({ allocate: { law: "chinchilla", fit: "refit-240", budget: "5.76e23 FLOPs" } }).allocate.at;
  expect(lines).toHaveLength(14);
  expect(Number(lines.find((line) => line.startsWith('"Refit of 240')).split(",")[1])).toBe(N);
});
