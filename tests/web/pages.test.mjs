// From page to page: the question stays as it was left, whatever page is looked at between.
import { expect, start, test } from "./site.mjs";

const budget = (page) => page.getByLabel("Budget", { exact: true });
const bar = (page, name) => page.getByRole("banner").getByRole("link", { name, exact: true });

/** Keeps every program from arriving until what this gives is called. */
async function withheld(page) {
  let arrive;
  const called = new Promise((resolve) => (arrive = resolve));
  await page.route("**/*.wasm", async (route) => {
    await called;
    await route.continue();
  });
  return arrive;
}

test.beforeEach(async ({ page, site }) => {
  await page.goto(site);
});

test("Plan is as it was left, from Fit, Laws and a law's page, by every link of the bar", async ({ page, site }) => {
  await page.getByLabel("Find", { exact: true }).selectOption("compute");
  await page.getByLabel("Fit", { exact: true }).selectOption("hoffmann2022");
  await page.getByRole("button", { name: "+ Largest size" }).click();
  await page.getByLabel("Largest size", { exact: true }).fill("7B");
  for (const [path, name] of [["laws/", "Plan"], ["laws/chinchilla/", "Isoflop"], ["fit/", "Plan"]]) {
    await page.goto(`${site}${path}`);
    await bar(page, name).click();
    await expect(page).toHaveURL(/\?find=compute&.*fit=hoffmann2022&largest-size=7B&v=[\d.]+$/);
    await expect(page.getByLabel("Largest size", { exact: true })).toHaveValue("7B");
  }
});

test("Plan is as it was left, by a link that is pressed before the page has loaded", async ({ page, site }) => {
  await budget(page).fill("1e22 FLOPs");
  await expect(page).toHaveURL(/\?budget=1e22/);
  // A face that never comes: the page is not loaded before it.
  await page.route("**/serif-normal.woff2", () => {});
  await page.goto(`${site}laws/`, { waitUntil: "commit" });
  await expect(bar(page, "Plan")).toBeVisible();
  expect(await page.evaluate(() => document.readyState)).not.toBe("complete");
  await page.unroute("**/serif-normal.woff2");
  await bar(page, "Plan").click();
  await expect(page).toHaveURL(/\?budget=1e22/);
  await expect(budget(page)).toHaveValue("1e22 FLOPs");
});

test("the page that is open opens again as it is", async ({ page }) => {
  await budget(page).fill("1e22 FLOPs");
  for (const name of ["Plan", "Isoflop"]) {
    const loaded = page.waitForEvent("load");
    await bar(page, name).click();
    await loaded;
    await expect(budget(page)).toHaveValue("1e22 FLOPs");
  }
});

test("what was typed before the program was there is kept by the link that was pressed", async ({ page }) => {
  const arrive = await withheld(page);
  await budget(page).fill("1e22 FLOPs");
  await bar(page, "Laws").click();
  arrive();
  await expect(page).toHaveURL(/laws\/$/);
  await bar(page, "Plan").click();
  await expect(budget(page)).toHaveValue("1e22 FLOPs");
});

test("what a link asks stays where the page is opened again before its program is there", async ({ page, site }) => {
  const arrive = await withheld(page);
  await page.goto(`${site}?budget=1e22+FLOPs`);
  await bar(page, "Plan").click();
  const loaded = page.waitForEvent("load");
  arrive();
  await loaded;
  await expect(budget(page)).toHaveValue("1e22 FLOPs");
});

test("a link with a question of its own beats what was left", async ({ page, site }) => {
  await budget(page).fill("1e22 FLOPs");
  await page.goto(`${site}laws/chinchilla/`);
  await page.getByRole("link", { name: "Use in Plan" }).click();
  await expect(page).toHaveURL(/\?law=chinchilla/);
  await expect(budget(page)).toHaveValue("5.76e23 FLOPs");
});

test("what was typed is there after the page is loaded again at once", async ({ page }) => {
  await start(page);
  const loaded = page.waitForEvent("load");
  await page.evaluate(() => {
    for (const text of ["1e22 FLOPs", "1e21 FLOPs"]) {
      const field = document.getElementById("budget");
      field.value = text;
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }
    setTimeout(() => location.reload());
  });
  await loaded;
  await expect(budget(page)).toHaveValue("1e21 FLOPs");
  await expect(page).toHaveURL(/budget=1e21/);
});

test("without storage the bar leads to Plan", async ({ page, site }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "sessionStorage", { get: () => { throw new DOMException("no storage", "SecurityError"); } });
  });
  await page.goto(`${site}laws/`);
  await bar(page, "Plan").click();
  await expect(page).toHaveURL(site);
});

test("where there is no page, one says so and leads to those that there are, at any depth", async ({ browser, site }) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  for (const [address, home] of [["nothing", ""], ["laws/none/of/these/", ""], ["some/where/fit/more/", "some/where/"]]) {
    const response = await page.goto(site + address);
    expect(response.status()).toBe(404);
    await expect(page.getByRole("heading", { name: "There is no page at this address." })).toBeVisible();
    expect(await page.getByRole("link", { name: "Laws" }).evaluate((link) => link.href)).toBe(`${site}${home}laws/`);
  }
  await context.close();
});
