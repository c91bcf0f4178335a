// The built site in a real browser. A test takes `site` (its address) and `page`, and fails on any error in
// the console, any uncaught exception, and any request to another origin.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { test as base, expect } from "@playwright/test";
import { chromium } from "playwright-core";
import { serve } from "../../scripts/serve.mjs";

/**
 * Chromium as scripts/env.sh finds it, with nothing that would ask the network of its own accord. Service workers are kept
 * from its contexts unless one asks for them: what a test hears of the network is what the page asks for.
 */
export async function launch(more = []) {
  const found = execFileSync("bash", ["-c", ". scripts/env.sh; browser"], { encoding: "utf8" }).trim();
  const quiet = ["quic", "background-networking", "component-update", "sync"].map((what) => `--disable-${what}`);
  // Chromium refuses to put root into its sandbox.
  const root = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const browser = await chromium.launch({ executablePath: found, args: ["--no-first-run", ...quiet, ...root, ...more] });
  const newContext = browser.newContext.bind(browser);
  browser.newContext = (options) => newContext({ serviceWorkers: "block", ...options });
  return browser;
}

/** Starts the app, as the first move of a reader does, and waits until its page is the page. */
export async function start(page) {
  await page.mouse.move(1, 1);
  await expect(page.locator("canvas")).toHaveCount(2);
  await expect(page.locator(".page")).toHaveCount(1);
}

/** Pastes a text as Ctrl V does, anywhere on the page. */
export const paste = (page, text) =>
  page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
  }, text);

/** The address of the same site in a folder of its host. */
export async function inFolder(context, site) {
  const prefix = new URL("some/where/", site).href;
  await context.route(`${prefix}**`, async (route) => {
    const response = await route.fetch({ url: route.request().url().replace(prefix, site) });
    await route.fulfill({ response });
  });
  return prefix;
}

/** Fails on what axe finds on a page that was opened with `bypassCSP`, and on what is wider than the page. */
export async function accessible(page) {
  await page.evaluate(readFileSync("node_modules/axe-core/axe.min.js", "utf8"));
  const found = await page.evaluate(async () => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const { violations } = await window.axe.run({ runOnly: tags });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
  });
  expect(found).toEqual([]);
  const [wide, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(wide).toBeLessThanOrEqual(seen);
}

/** Collects what a page must not do; `complaints` is empty on a good one. */
export function watch(context, site) {
  const complaints = [];
  context.on("console", (message) => {
    if (message.type() === "error") complaints.push(`console: ${message.text()} (${message.location().url})`);
  });
  context.on("weberror", (error) => complaints.push(`uncaught: ${error.error().message}`));
  context.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    const own = ["data:", "blob:", "about:"].includes(protocol) || origin === new URL(site).origin;
    if (!own) complaints.push(`request to another origin: ${request.url()}`);
  });
  return complaints;
}

export const test = base.extend({
  browser: [
    async ({}, use) => {
      const browser = await launch();
      await use(browser);
      await browser.close();
    },
    { scope: "worker" },
  ],
  // Named so that a test of the bytes received can ask for Brotli: `test.use({ compress: true })`.
  compress: [false, { option: true }],
  // Another folder than the site that was built.
  folder: [undefined, { option: true }],
  server: async ({ compress, folder }, use) => {
    if (!existsSync("dist/index.html")) throw new Error("dist/ is empty: run `make build`");
    const server = await serve({ compress, folder });
    await use(server);
    await server.stop();
  },
  site: ({ server }, use) => use(server.url),
  context: async ({ browser, contextOptions, site }, use) => {
    const context = await browser.newContext(contextOptions);
    const complaints = watch(context, site);
    await use(context);
    // What a page still loads when its test is over is nobody's fault: its routes go before it does.
    const during = [...complaints];
    await context.unrouteAll({ behavior: "ignoreErrors" });
    await context.close();
    expect(during).toEqual([]);
  },
});

export { expect };

/** The columns of a table in the terms of the contract. */
export function columns(table) {
  const [head, ...rows] = table.trim().split("\n").map((line) => line.split(","));
  const column = (name) => rows.map((row) => Number(row[head.indexOf(name)]));
  return { N: column("params"), D: column("tokens"), L: column(head.at(-1)) };
}

/** What the native program answers; `make test` has built it. */
export function native(question) {
  const input = typeof question === "string" ? question : JSON.stringify(question);
  return execFileSync("target/debug/examples/ask", { input: `${input}\n`, encoding: "utf8", maxBuffer: 1 << 28 }).trim();
}
