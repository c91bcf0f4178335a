// The charts: their pixels, their cursor, their tables and files.
import { readFileSync } from "node:fs";
import { expect, start, test } from "./site.mjs";

// The served page has the same pictures as SVG, until the app’s page takes its place.
const chart = (page, at) => page.locator("canvas").nth(at);

/** How many pixels of a chart have one of the colours of the page's tokens, nearly. */
const pixels = (canvas, token) =>
  canvas.evaluate((canvas, token) => {
    const [red, green, blue] = getComputedStyle(document.documentElement)
      .getPropertyValue(token)
      .trim()
      .match(/[0-9a-f]{2}/g)
      .map((digits) => parseInt(digits, 16));
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let count = 0;
    for (let at = 0; at < data.length; at += 4) {
      const off = Math.abs(data[at] - red) + Math.abs(data[at + 1] - green) + Math.abs(data[at + 2] - blue);
      if (off < 12) count += 1;
    }
    return count;
  }, token);

test.beforeEach(async ({ page, site }) => {
  await page.goto(site);
  await start(page);
  await expect(page.locator(".says").first()).toContainText("Bands hold 90 % of the refits");
});

test("the frontier shows lines, the plan, bands and runs", async ({ page }) => {
  const canvas = chart(page, 0);
  await expect(canvas).toHaveAccessibleName(/At 5\.76\s×\s10²³ FLOPs the best plan is 73\.2\sB parameters on 1\.31\sT tokens/);
  await expect.poll(() => pixels(canvas, "--accent")).toBeGreaterThan(300);
  expect(await pixels(canvas, "--ink")).toBeGreaterThan(400);
});

test("the map shows contours of loss", async ({ page }) => {
  await expect.poll(() => pixels(chart(page, 1), "--run")).toBeGreaterThan(200);
});

test("charts are drawn in the screen's own pixels, and anew when the column or the theme changes", async ({ browser, site }) => {
  const context = await browser.newContext({ deviceScaleFactor: 2, viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.goto(site);
  await start(page);
  const canvas = chart(page, 0);
  const sizes = () => canvas.evaluate((canvas) => [canvas.width / canvas.clientWidth, canvas.height / canvas.clientHeight]);
  await expect.poll(sizes).toEqual([2, 2]);
  await expect.poll(() => pixels(canvas, "--ink")).toBeGreaterThan(1000);
  await page.setViewportSize({ width: 500, height: 900 });
  await expect.poll(sizes).toEqual([2, 2]);
  await page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(() => pixels(canvas, "--paper")).toBeGreaterThan(10_000);
  await context.close();
});

/** The colour of the paper that a chart is drawn on. */
const paper = (canvas) =>
  canvas.evaluate((canvas) => [...canvas.getContext("2d").getImageData(2, canvas.height - 3, 1, 1).data].slice(0, 3));
const [DARK, WHITE] = [[0x16, 0x17, 0x1a], [255, 255, 255]];

/** How a page becomes dark. */
const darken = {
  "by the system": (page) => page.emulateMedia({ colorScheme: "dark" }),
  "by choice": async (page) => {
    await page.getByRole("button", { name: "Menu" }).click();
    await page.getByRole("radio", { name: "Dark" }).check();
  },
};

for (const [how, dark] of Object.entries(darken)) {
  test(`a page that is dark ${how} shows light charts wherever it is shown as a print`, async ({ page }) => {
    const canvas = chart(page, 0);
    await dark(page);
    await expect.poll(() => paper(canvas)).toEqual(DARK);
    await page.emulateMedia({ media: "print" });
    await expect.poll(() => paper(canvas)).toEqual(WHITE);
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--ink"))).toBe("#1d1c1a");
    expect(await pixels(canvas, "--ink")).toBeGreaterThan(400);
    expect(await pixels(canvas, "--accent")).toBeGreaterThan(300);
    await page.emulateMedia({ media: "screen" });
    await expect.poll(() => paper(canvas)).toEqual(DARK);
  });

  test(`a page that is dark ${how} is printed with light charts, and is dark again`, async ({ page }) => {
    const canvas = chart(page, 0);
    await dark(page);
    await expect.poll(() => paper(canvas)).toEqual(DARK);
    // No frame is drawn for a print: a chart has until the last listener to become light. This one comes after its own.
    await canvas.evaluate((canvas) =>
      addEventListener("beforeprint", () => {
        window.printed = [...canvas.getContext("2d").getImageData(2, canvas.height - 3, 1, 1).data].slice(0, 3);
      }),
    );
    await page.pdf();
    expect(await page.evaluate(() => window.printed)).toEqual(WHITE);
    await expect.poll(() => paper(canvas)).toEqual(DARK);
  });
}

test("the cursor reads a chart by keyboard and by pointer", async ({ page }) => {
  const canvas = chart(page, 0);
  const reading = page.locator(".reading").first();
  await canvas.focus();
  await page.keyboard.press("ArrowRight");
  await expect(reading).toContainText("plan: 5.76 × 1023 FLOPs, 73.2 B parameters");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Home");
  await expect(reading).toContainText(/frontier: 1\.00\s×\s1018 FLOPs, [\d.]+\s\w \w+, 90\s%: /);
  await page.keyboard.press("Escape");
  await expect(reading.locator("span").first()).toHaveText("");
  const box = await canvas.boundingBox();
  await page.mouse.move(box.x + 0.4 * box.width, box.y + 0.6 * box.height);
  await expect(reading.locator("span").first()).not.toHaveText("");
});

test("a table holds the same numbers in the same space", async ({ page }) => {
  // The space it takes; where that is on the screen depends on how far the page is scrolled.
  const space = () => page.locator(".picture").first().evaluate((picture) => {
    const { offsetLeft, offsetTop, offsetWidth, offsetHeight } = picture;
    return [offsetLeft, offsetTop, offsetWidth, offsetHeight];
  });
  const before = await space();
  await page.getByRole("button", { name: "Table of Size and tokens as the budget grows" }).click();
  const table = page.getByRole("region", { name: "Size and tokens as the budget grows, as a table" });
  await expect(table).toBeFocused();
  await expect(table.getByRole("row", { name: /^plan/ }).first()).toContainText("73.2 B");
  expect(await space()).toEqual(before);
  await page.getByRole("button", { name: "Picture of Size and tokens as the budget grows" }).click();
  await expect(chart(page, 0)).toBeVisible();
});

test("a table that stands in place of a picture follows what is typed without taking the focus", async ({ page }) => {
  await page.getByRole("button", { name: "Table of Size and tokens as the budget grows" }).click();
  const table = page.getByRole("region", { name: "Size and tokens as the budget grows, as a table" });
  await expect(table).toBeFocused();
  const budget = page.getByLabel("Budget", { exact: true });
  await budget.fill("1e22 FLOPs");
  await expect(table.getByRole("row", { name: /^plan/ }).first()).not.toContainText("73.2 B");
  await expect(budget).toBeFocused();
});

test("the focus goes along with the kinds of file that take the place of their button", async ({ page }) => {
  const offer = page.getByRole("button", { name: "Save…" }).first();
  await offer.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "SVG", exact: true })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(offer).toBeFocused();
  await page.keyboard.press("Enter");
  const saved = page.waitForEvent("download");
  await expect(page.getByRole("button", { name: "SVG", exact: true })).toBeFocused();
  await page.keyboard.press("Enter");
  await saved;
  await expect(offer).toBeFocused();
});

for (const [kind, begins] of [["SVG", "<svg"], ["PNG", "\x89PNG"], ["CSV", "mark,training FLOPs"]]) {
  test(`a chart is saved as ${kind}`, async ({ page }) => {
    await page.getByRole("button", { name: "Save…" }).first().click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: kind, exact: true }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(`isoflop-frontier.${kind.toLowerCase()}`);
    expect(readFileSync(await download.path(), "latin1").slice(0, begins.length)).toBe(begins);
  });
}
