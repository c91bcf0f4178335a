// Plans that are pinned, and stand under the current one.
import { accessible, expect, launch, native, start, test } from "./site.mjs";

const budget = (page) => page.getByLabel("Budget", { exact: true });
const pin = (page) => page.getByRole("button", { name: "Pin this plan" });
const rows = (page) => page.locator(".pins tbody tr");
const size = (flops) => JSON.parse(native({ allocate: { law: "chinchilla", fit: "refit-240", budget: flops } })).allocate.at.N;

test.beforeEach(async ({ page, site }) => {
  await page.goto(site);
});

test("a pinned plan stays beside the current one, opens again, and is removed, with a way back", async ({ page }) => {
  await pin(page).click();
  await expect(page.getByText("Pinned as B.")).toBeVisible();
  await budget(page).fill("1e24 FLOPs");
  await expect(rows(page)).toHaveCount(2);
  const share = 100 * (size(5.76e23) / size(1e24) - 1);
  await expect(rows(page).nth(0)).toContainText(`A 1.00 × 1024 FLOPs`);
  await expect(rows(page).nth(1)).toContainText("73.2 B");
  await expect(rows(page).nth(1)).toContainText(`−${Math.abs(share).toFixed(0)} %`.replace(" ", "\u{a0}"));
  await rows(page).nth(1).getByRole("button", { name: "5.76" }).click();
  await expect(budget(page)).toHaveValue("5.76e23 FLOPs");
  await page.locator("#answer").focus();
  await page.keyboard.press("Control+z");
  await expect(budget(page)).toHaveValue("1e24 FLOPs");
  await page.getByRole("button", { name: "Remove B" }).click();
  await expect(rows(page)).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Undo" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(rows(page)).toHaveCount(2);
});

test("pins stay in the tab, from page to page, and there are three at most", async ({ page, site }) => {
  for (const text of ["1e21", "1e22", "1e23", "1e24"]) {
    await budget(page).fill(text);
    await expect(page.getByRole("heading", { level: 1 })).toContainText(`1.00 × 10${text.slice(2)}`);
    await pin(page).click();
  }
  await expect(page.getByText("Three plans are pinned. Remove one to pin another.")).toBeVisible();
  await expect(rows(page)).toHaveCount(4);
  await page.goto(`${site}laws/`);
  await page.getByRole("banner").getByRole("link", { name: "Plan" }).click();
  await expect(rows(page)).toHaveCount(4);
  await expect(rows(page).nth(3)).toContainText("D 1.00 × 1023 FLOPs");
});

test("a pin adds an entry to the history", async ({ page }) => {
  await budget(page).fill("1e22 FLOPs");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("1.00 × 1022");
  await pin(page).click();
  await budget(page).fill("1e24 FLOPs");
  await expect(page).toHaveURL(/budget=1e24/);
  await page.goBack();
  await expect(budget(page)).toHaveValue("1e22 FLOPs");
});

test("losses on other data are not compared", async ({ page }) => {
  await pin(page).click();
  await page.getByRole("button", { name: "precision", exact: true }).click();
  await expect(rows(page).nth(1)).toContainText("on other data");
});

test("axe finds nothing in the pinned plans, and they fold", async ({ site }) => {
  const browser = await launch();
  for (const [width, colorScheme] of [[1280, "light"], [360, "dark"]]) {
    const page = await browser.newPage({ bypassCSP: true, colorScheme, viewport: { width, height: 900 } });
    await page.goto(site);
    await start(page);
    await pin(page).click();
    await budget(page).fill("$2M");
    await expect(rows(page).nth(1)).toContainText("in another unit");
    await accessible(page);
  }
  await browser.close();
});
