// The first paint already answers: index.html holds what the app will show, and the app takes over without
// moving anything.
import { expect, launch, test } from "./site.mjs";

/** What is compared: everything with words or a field, down to the runs. */
const PARTS = ".bar *, .notice *, main h1, main h2, main p, main span, main button, main input, main select, main label, main th, main td, main textarea, .picture";

const boxes = (page) =>
  page.evaluate((parts) => {
    // Text alone may be wrapped by the app for what changes in it: buttons are compared as a whole.
    const seen = (part) => {
      const { width, height } = part.getBoundingClientRect();
      return width * height > 0 && !part.closest(".unseen, option") && !part.parentElement.closest("button");
    };
    const said = (part) => [...part.childNodes].map((node) => (node.className === "unseen" ? "" : node.textContent)).join("");
    return [...document.querySelectorAll(parts)].filter(seen).map((part) => {
      const { x, y, width, height } = part.getBoundingClientRect();
      const box = [x, y, width, height].map((side) => Math.round(side * 4) / 4).join(" ");
      const leaf = part.tagName === "BUTTON" || !part.children.length;
      const words = part.tagName === "INPUT" ? part.value : leaf && part.tagName !== "SELECT" ? said(part).trim() : "";
      return `${part.tagName.toLowerCase()}.${part.className} ${box} ${words}`;
    });
  }, PARTS);

for (const [width, theme] of [[1280, "light"], [768, "dark"], [360, "light"]]) {
  test(`the app moves nothing when it takes over, at ${width} px, ${theme}`, async ({ site }) => {
    const browser = await launch();
    const open = async (javaScriptEnabled) => {
      const context = await browser.newContext({
        viewport: { width, height: 900 },
        colorScheme: theme,
        javaScriptEnabled,
      });
      // A face that comes late stays away (font-display: optional): on a busy machine by chance, from one page of the two.
      await context.route(/\/(main-\w+\.css)?$/, async (route) => {
        const response = await route.fetch();
        const text = await response.text();
        const body = text.replaceAll("font-display:optional", "font-display:block").replace(/ integrity=\S+(?= rel=stylesheet)/, "");
        await route.fulfill({ response, body });
      });
      const page = await context.newPage();
      await page.goto(site);
      await page.evaluate(() => document.fonts.ready);
      return page;
    };
    const still = await open(false);
    const running = await open(true);
    await expect(running.locator("canvas").first()).toBeVisible();
    // Intervals come once the draws are fetched; their place is kept, and is compared before they come.
    const withoutDraws = (lines) => lines.filter((line) => !/^span\.(interval|faint)|^p\.says/.test(line));
    expect(withoutDraws(await boxes(running))).toEqual(withoutDraws(await boxes(still)));
    await browser.close();
  });
}

test("what was typed before the app started is kept", async ({ page, site }) => {
  await page.route("**/app-*_bg.wasm", async (route) => {
    await page.getByLabel("Budget", { exact: true }).fill("1e25");
    await route.continue();
  });
  await page.goto(site);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("1.00 × 1025");
  await expect(page.getByLabel("Budget", { exact: true })).toHaveValue("1e25");
  await expect(page.getByLabel("Budget", { exact: true })).toBeFocused();
});

test("a browser without storage misses nothing but the keeping", async ({ page, site }) => {
  await page.addInitScript(() => {
    for (const name of ["localStorage", "sessionStorage"]) {
      Object.defineProperty(window, name, { get: () => { throw new DOMException("no storage", "SecurityError"); } });
    }
  });
  await page.goto(site);
  await page.getByLabel("Budget", { exact: true }).fill("1e25");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("1.00 × 1025");
  await page.getByRole("button", { name: "Try the sample" }).click();
  await expect(page.locator(".foot-line")).toContainText("34 rows: 34 used");
});
