// The whole site in one document: it opens from a disk, by a double click, and needs no network.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { test as base, columns, expect, native, start } from "./site.mjs";

const test = base.extend({
  site: ({}, use) => use(pathToFileURL(resolve("dist/isoflop.html")).href),
  contextOptions: { offline: true },
});

const result = (page) => page.getByRole("region", { name: "Result of the fit" });
const bar = (page, name) => page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name, exact: true });

test("it computes the answer that it opens with, and keeps what is asked in its address", async ({ page, site }) => {
  await page.goto(site);
  await expect(page.locator("html")).toHaveAttribute("data-computed", "same");
  await start(page);
  await page.getByLabel("Budget", { exact: true }).fill("1e24 FLOPs");
  await expect(page.locator(".sentence")).toContainText(/97\.2\sB parameters/);
  await expect(page).toHaveURL(/isoflop\.html\?budget=1e24\+FLOPs&/);
  await page.reload();
  await expect(page.locator(".sentence")).toContainText(/97\.2\sB parameters/);
  // What it has no use for is not offered.
  await expect(page.getByRole("button", { name: "Embed…" }).first()).toBeHidden();
  await expect(page.getByText("You are offline.")).toHaveCount(0);
});

test("the sample is fitted to the digits of the native program, and planned with", async ({ page, site }) => {
  await page.goto(site);
  await bar(page, "Fit").click();
  await expect(page).toHaveURL(`${site}?/fit/`);
  await page.getByRole("button", { name: "Try the sample" }).click();
  await expect(result(page)).toContainText("The fit converged.", { timeout: 60_000 });
  await page.getByRole("tab", { name: "JSON with draws" }).click();
  const { parameters } = JSON.parse(await page.locator("#report-text").textContent());
  const runs = columns(readFileSync("public/samples/gadre_c4.csv", "utf8"));
  expect(parameters).toEqual(JSON.parse(native({ fit: { law: "chinchilla", runs } })).fit.parameters);

  const size = await result(page).getByRole("row", { name: /^Size N/ }).first().locator("td").first().textContent();
  await page.getByRole("link", { name: "Use this fit in Plan" }).click();
  await expect(page).toHaveURL(/isoflop\.html\?.*#fit=/);
  await expect(page.locator("#size")).toHaveText(size);
});

test("every page is there, by link, by key and by address", async ({ page, site }) => {
  await page.goto(`${site}?/laws/&q=Hoffmann+2022`);
  await expect(page.locator("#page")).toHaveClass(/\blive\b/);
  const rows = page.locator("#rows > li:not([hidden])");
  const found = await rows.count();
  expect(found).toBeLessThan(await page.locator("#rows > li").count());
  await page.reload();
  await expect(rows).toHaveCount(found);
  await rows.first().locator("a").first().click();
  await expect(page).toHaveURL(/\?\/laws\/[\w-]+\/$/);
  await expect(page.locator("h1")).toBeVisible();

  await page.mouse.move(1, 1);
  await expect(page.locator("#page")).toHaveClass(/\blive\b/);
  await page.keyboard.press("g");
  await page.keyboard.press("r");
  await expect(page).toHaveURL(`${site}?/frontier/`);
  await expect(page.locator(".engine")).toContainText("Done:", { timeout: 90_000 });

  await page.goto(`${site}?/laws/new/`);
  await expect(page).toHaveTitle(/Isoflop/);
  await page.goto(`${site}?/nowhere/`);
  await expect(page.locator(".sentence")).toContainText(/73\.2\sB parameters/);
});

base("it is the same where it is served", async ({ page, site }) => {
  await page.goto(`${site}isoflop.html?/fit/`);
  await page.getByRole("button", { name: "Try the sample" }).click();
  await expect(result(page)).toContainText("The fit converged.", { timeout: 60_000 });
  await bar(page, "Plan").click();
  await expect(page.locator(".sentence")).toContainText(/73\.2\sB parameters/);
  await expect(page.locator("canvas")).toHaveCount(2);
  await expect(page).toHaveURL(/isoflop\.html(\?budget=|$)/);
});
