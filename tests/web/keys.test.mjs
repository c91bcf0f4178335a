// Keys that act by themselves, the list of them, and the switch that turns them off.
import { accessible, expect, launch, start, test } from "./site.mjs";

const list = (page) => page.getByRole("dialog", { name: "Keyboard" });
const budget = (page) => page.getByLabel("Budget", { exact: true });

test("pages are gone to by keys, and Plan is as it was left", async ({ page, site }) => {
  await page.goto(site);
  await budget(page).fill("1e22 FLOPs");
  // Into a field they are typed.
  await budget(page).press("End");
  await page.keyboard.type(" gl?");
  await expect(budget(page)).toHaveValue("1e22 FLOPs gl?");
  await budget(page).fill("1e22 FLOPs");
  await page.locator("#answer").focus();
  await page.keyboard.type("gl");
  await page.waitForURL(`${site}laws/`);
  await page.keyboard.type("gf");
  await page.waitForURL(`${site}fit/`);
  await page.keyboard.type("gp");
  await expect(page).toHaveURL(/\?budget=1e22/);
  await expect(budget(page)).toHaveValue("1e22 FLOPs");
  // Where one is already, nothing happens.
  await page.keyboard.type("gp");
  await expect(budget(page)).toHaveValue("1e22 FLOPs");
  await page.keyboard.type("/");
  // The list writes its own address once it lives.
  await expect(page).toHaveURL(/\/laws\/(#search)?$/);
  await expect(page.getByRole("searchbox", { name: "Search" })).toBeFocused();
});

test("keys are listed, by a key and by the menu", async ({ page, site }) => {
  await page.goto(site);
  await page.keyboard.press("?");
  await expect(list(page)).toBeVisible();
  await expect(list(page).getByRole("row")).toContainText(["Go to Plan", "Go to Fit", "Go to Laws", "Go to Frontier", "Search the laws", "List the keys"]);
  await page.keyboard.press("Escape");
  await expect(list(page)).toBeHidden();
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("button", { name: "Keyboard" }).click();
  await expect(list(page)).toBeVisible();
  await list(page).getByRole("button", { name: "Close" }).click();
  await expect(page.getByRole("button", { name: "Menu" })).toBeFocused();
});

test("single keys can be switched off, on every page and for good", async ({ page, site }) => {
  await page.goto(`${site}laws/`);
  await page.keyboard.press("?");
  await list(page).getByLabel("Single keys").uncheck();
  await list(page).getByRole("button", { name: "Close" }).click();
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox", { name: "Search" })).not.toBeFocused();
  await page.goto(site);
  await start(page);
  await page.keyboard.press("?");
  await page.getByRole("button", { name: "Menu" }).click();
  await expect(list(page)).toBeHidden();
  await page.getByRole("button", { name: "Keyboard" }).click();
  await expect(list(page).getByLabel("Single keys")).not.toBeChecked();
  await list(page).getByLabel("Single keys").check();
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await expect(list(page)).toBeVisible();
});

test("axe finds nothing in the list of keys", async ({ site }) => {
  const browser = await launch();
  for (const [width, colorScheme] of [[1280, "light"], [360, "dark"]]) {
    const page = await browser.newPage({ bypassCSP: true, colorScheme, viewport: { width, height: 900 } });
    await page.goto(site);
    await page.keyboard.press("?");
    await expect(list(page)).toBeVisible();
    await accessible(page);
  }
  await browser.close();
});
