// The page is as usable by keyboard, by screen reader and on a phone as on a wide screen.
import { accessible, expect, launch, start, test } from "./site.mjs";


/** States of the page, each with how to reach it. */
const states = {
  "as it opens": async () => {},
  "with errors and everything open": async (page) => {
    await page.getByLabel("Budget", { exact: true }).fill("5.76e23 H100");
    await page.getByRole("button", { name: "+ Largest size" }).click();
    await page.getByLabel("Largest size", { exact: true }).fill("-2");
    await page.getByRole("button", { name: "Show the working" }).click();
    await page.getByRole("button", { name: "Source" }).click();
    await page.getByRole("button", { name: /^Table of/ }).first().click();
    await page.getByRole("button", { name: "Menu" }).click();
    // Opened last, since looking away closes it.
    await expect(page.getByRole("radio", { name: "Dark" })).toBeVisible();
  },
  "with runs and a fit": async (page) => {
    await page.getByRole("button", { name: "Try the sample" }).click();
    await page.getByLabel("Use row 3", { exact: true }).uncheck();
    await page.getByRole("button", { name: "Fit", exact: true }).click();
    await expect(page.getByText("The fit converged.")).toBeVisible();
  },
};

for (const [state, reach] of Object.entries(states)) {
  for (const width of [360, 1280]) {
    for (const theme of ["light", "dark"]) {
      test(`axe finds nothing ${state}, at ${width} px, ${theme}`, async ({ site }) => {
        const browser = await launch();
        const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: theme, bypassCSP: true });
        const page = await context.newPage();
        await page.goto(site);
        await start(page);
        await reach(page);
        await accessible(page);
        await browser.close();
      });
    }
  }
}

test("the page never scrolls sideways, from 320 to 1600 px", async ({ page, site }) => {
  await page.goto(site);
  await page.getByRole("button", { name: "Try the sample" }).click();
  await page.getByRole("button", { name: "Fit", exact: true }).click();
  await expect(page.getByText("The fit converged.")).toBeVisible();
  await page.getByRole("button", { name: "Show the working" }).click();
  for (const width of [320, 360, 480, 640, 768, 1024, 1100, 1280, 1600]) {
    await page.setViewportSize({ width, height: 900 });
    const [wide, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(wide, `at ${width} px`).toBeLessThanOrEqual(seen);
  }
});

test("every control is large enough to touch on a phone", async ({ browser, site }) => {
  const context = await browser.newContext({ viewport: { width: 360, height: 800 }, hasTouch: true, isMobile: true });
  const page = await context.newPage();
  await page.goto(site);
  await page.getByRole("button", { name: "+ Largest size" }).click();
  await page.getByRole("button", { name: "Try the sample" }).click();
  await expect(page.getByLabel("Use row 2", { exact: true })).toBeVisible();
  const small = await page.evaluate(() => {
    const controls = [...document.querySelectorAll("button, select, input[type=text], a, label:has(input)")];
    const seen = controls.filter((control) => control.getClientRects().length && !control.closest(".skip, p > span > a"));
    return seen
      .filter((control) => {
        if (control.matches(".skip, .notice a, .presets .act, .cell .number")) return false;
        const after = getComputedStyle(control, "::after");
        const grown = after.position === "absolute" ? -2 * parseFloat(after.top || 0) : 0;
        return control.getBoundingClientRect().height + grown < 43.5;
      })
      .map((control) => control.outerHTML.slice(0, 90));
  });
  expect(small).toEqual([]);
  await context.close();
});

test("everything can be reached and worked by keyboard alone", async ({ page, site }) => {
  await page.goto(site);
  await start(page);
  await page.keyboard.press("Tab");
  await expect(page.getByText("Skip to the answer")).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(page.locator("#size")).toBeFocused();
  const reached = [];
  for (let presses = 0; presses < 76; presses += 1) {
    await page.keyboard.press("Tab");
    reached.push(await page.evaluate(() => {
      const at = document.activeElement;
      return at.id || at.getAttribute("aria-label") || at.textContent.trim();
    }));
  }
  const names = reached.join("|");
  for (const name of ["budget", "law", "precision", "Source", "fit", "add-largest-size", "more-limits", "pasted", "Choose a file…", "Try the sample"]) {
    expect(names).toContain(name);
  }
  const order = ["loss", "budget", "fit", "Try the sample"].map((name) => reached.indexOf(name));
  expect(order).toEqual([...order].sort((a, b) => a - b));
});

test("forced colours leave every chart and field to be seen", async ({ page, site }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await page.goto(site);
  await start(page);
  const [canvas, text] = await page.evaluate(() => {
    const system = (colour) => {
      const probe = document.body.appendChild(document.createElement("span"));
      probe.style.color = colour;
      const found = getComputedStyle(probe).color;
      probe.remove();
      return found;
    };
    return [system("Canvas"), system("CanvasText")];
  });
  const corner = () =>
    page.locator("canvas").first().evaluate((canvas) => {
      const [red, green, blue] = canvas.getContext("2d").getImageData(2, canvas.height - 3, 1, 1).data;
      return `rgb(${red}, ${green}, ${blue})`;
    });
  await expect.poll(corner).toBe(canvas);
  expect(text).not.toBe(canvas);
});
