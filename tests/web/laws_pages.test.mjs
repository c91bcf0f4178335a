// The Laws pages as documents: whole without a script, reachable from any folder, readable by anyone, on paper too.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, normalize } from "node:path";
import { accessible, expect, inFolder, launch, test } from "./site.mjs";

const LAWS = readdirSync("dist/laws").filter((name) => !["index.html", "new"].includes(name));
const PAGES = ["laws/", "laws/new/", ...LAWS.map((law) => `laws/${law}/`)];
const html = (page) => readFileSync(`dist/${page}index.html`, "utf8");

/** A page of a browser that runs no scripts. */
async function still(options = {}) {
  const browser = await launch();
  const context = await browser.newContext({ javaScriptEnabled: false, ...options });
  return { page: await context.newPage(), close: () => browser.close() };
}

test("a law reads whole without a script", async ({ site }) => {
  const { page, close } = await still();
  await page.goto(`${site}laws/chinchilla/`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Chinchilla parametric loss");
  await expect(page.locator(".statement math")).toContainText("L=E+A");
  await expect(page.locator(".evaluate .numbers math")).toContainText("1.8172");
  await expect(page.getByLabel("Size N", { exact: true })).toHaveValue("1B");
  await expect(page.locator("#value-L")).toHaveText("2.5288");
  await expect(page.locator(".distance")).toContainText("Inside the range of the runs");
  await expect(page.locator(".picture svg:visible")).toHaveAttribute("aria-label", /goes from/);
  // Every fit with every digit, and where they were read.
  for (const digits of ["1.81721809901008", "1.6933736809989528", "410.7", "2085.43"]) {
    await expect(page.locator("#constants")).toContainText(digits);
  }
  await expect(page.locator("#fit-hoffmann2022")).toContainText("Read second-hand");
  await expect(page.locator("#errata")).toContainText("least-absolute-deviations");
  await expect(page.locator(".compared")).toContainText(/Hoffmann 2022\s*40\.4/);
  await expect(page.locator("#bibtex")).toContainText("@article{hoffmann2022");
  await expect(page.locator("#latex")).toContainText("\\frac{A}{N^{\\alpha}}");
  await expect(page.getByRole("link", { name: "Use in Plan" })).toHaveAttribute("href", "./?law=chinchilla&fit=refit-240");
  await close();
});

test("every law has a document with its formula, an evaluator or why not, and its paper", async ({ site }) => {
  test.setTimeout(240_000);
  expect(LAWS.length).toBeGreaterThan(2);
  const { page, close } = await still();
  for (const law of LAWS) {
    await page.goto(`${site}laws/${law}/`);
    const lacks = await page.evaluate(() => {
      const has = (selector) => document.querySelector(selector)?.textContent.trim();
      const needs = ["h1", ".statement math", "#latex", "#bibtex", "#evaluate output, #evaluate .none"];
      const missing = needs.filter((selector) => !has(selector));
      const broken = [...document.querySelectorAll("main *:not(script, pre)")].filter((element) =>
        !element.children.length && /\{\{|NaN|undefined/.test(element.textContent));
      return [...missing, ...broken.map((element) => element.textContent)];
    });
    expect(lacks, law).toEqual([]);
  }
  await close();
});

test("no page scrolls sideways, from 320 to 1600 px", async ({ site }) => {
  // All pages of all laws, at every width: minutes where two tests share a machine.
  test.setTimeout(900_000);
  const { page, close } = await still();
  const wide = [];
  for (const path of PAGES) {
    await page.goto(`${site}${path}`);
    for (const width of [320, 360, 640, 768, 1100, 1280, 1600]) {
      await page.setViewportSize({ width, height: 900 });
      const scrolls = await page.evaluate(() => document.documentElement.scrollWidth);
      if (scrolls > width) wide.push(`${path} at ${width} px: ${scrolls}`);
    }
  }
  expect(wide).toEqual([]);
  await close();
});

test("every address in the pages is relative, and leads to a file that is there", () => {
  const astray = [];
  for (const path of PAGES) {
    const text = html(path);
    const [, base] = text.match(/<base href="([./]+)">/);
    expect(normalize(join(path, base))).toBe("./");
    const links = [...text.matchAll(/\bhref="([^"]*)"/g)].map(([, address]) => address);
    const programs = [...text.matchAll(/"(?:\.\/)?(laws-\w+\.(?:js|wasm)|worker-\w+\.js)"/g)].map(([, address]) => address);
    // The program, what it is written in, and the worker that it asks.
    expect(programs.length).toBe(3);
    for (const address of [...links, ...programs]) {
      if (/^(https:\/\/arxiv\.org\/|data:,$)/.test(address) || address === base) continue;
      const file = address.replace(/[?#].*/, "").replace(/^\.\//, "");
      const there = existsSync(join("dist", file, file === "" || file.endsWith("/") ? "index.html" : ""));
      if (!there || address.startsWith("/")) astray.push(`${path}: ${address}`);
    }
  }
  expect(astray).toEqual([]);
});

test("the pages work in a folder of the host too", async ({ page, context, site }) => {
  const prefix = await inFolder(context, site);
  await page.goto(`${prefix}laws/`);
  await page.getByRole("link", { name: "Chinchilla parametric loss" }).click();
  await expect(page).toHaveURL(`${prefix}laws/chinchilla/`);
  await page.waitForLoadState();
  await page.mouse.move(1, 1);
  await expect(page.locator("#page")).toHaveClass(/\blive\b/);
  await page.getByLabel("Size N", { exact: true }).fill("70B");
  await page.getByLabel("Tokens D", { exact: true }).fill("1.4T");
  await page.getByLabel("Published fit").selectOption("hoffmann2022");
  await expect(page.locator("#value-L")).toHaveText("1.9208");
  await page.getByRole("link", { name: "Plan", exact: true }).click();
  await expect(page).toHaveURL(prefix);
});

test("a law's page allows itself nothing but its own files", async ({ site, page }) => {
  await page.goto(`${site}laws/chinchilla/`);
  const policy = await page.locator("meta[http-equiv=Content-Security-Policy]").getAttribute("content");
  expect(policy).toMatch(/^default-src 'none'; script-src 'self' 'wasm-unsafe-eval'( 'sha256-[\w+/]{43}=')+; /);
  expect(policy).not.toMatch(/https?:|\*|unsafe-inline|'unsafe-eval'/);
  for (const path of PAGES) {
    const text = html(path);
    expect(text.indexOf("Content-Security-Policy"), path).toBeLessThan(text.search(/<(link|script|style|base)\b/));
  }
});

test("a link to a fit opens it, and keeps what is searched for", async ({ page, site }) => {
  await page.goto(`${site}laws/chinchilla/#fit-hoffmann2022`);
  await expect(page.locator("#fit-hoffmann2022 table")).toBeVisible();
  await page.goto(`${site}laws/chinchilla/?over=D`);
  await page.getByRole("complementary").getByRole("link", { name: "Besiroglu 2024" }).click();
  await expect(page.locator("#fit-besiroglu2024 table")).toBeVisible();
  await expect(page).toHaveURL(/\?over=D#fit-besiroglu2024$/);
});

test("on paper every fit is open, and what is pressed is not there", async ({ site }) => {
  const { page, close } = await still();
  await page.emulateMedia({ media: "print" });
  await page.goto(`${site}laws/chinchilla/`);
  for (const fit of ["refit-240", "hoffmann2022", "besiroglu2024"]) {
    await expect(page.locator(`#fit-${fit} table`)).toBeVisible();
  }
  await expect(page.getByRole("button", { name: "Menu" })).toBeHidden();
  await expect(page.locator("#value-L")).toBeVisible();
  await page.goto(`${site}laws/`);
  await expect(page.getByRole("search")).toBeHidden();
  await close();
});

const READ = ["laws/", "laws/new/", "laws/chinchilla/", "laws/hoffmann-approach-1/"];
for (const width of [360, 1280]) {
  for (const theme of ["light", "dark"]) {
    test(`axe finds nothing on the Laws pages, at ${width} px, ${theme}`, async ({ site }) => {
      const browser = await launch();
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: theme, bypassCSP: true });
      const page = await context.newPage();
      for (const path of READ) {
        await page.goto(`${site}${path}`);
        await page.mouse.move(1, 1);
        await expect(page.locator("#page")).toHaveClass(/\blive\b/);
        await accessible(page);
      }
      await browser.close();
    });
  }
}
