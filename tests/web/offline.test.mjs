// The site without a network: after one visit all of it works, and a new version is offered, taken, and never mixed with the
// old one.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, start, test } from "./site.mjs";

test.use({ contextOptions: { serviceWorkers: "allow" } });

/** A site that a test may change. */
const changing = test.extend({
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), "isoflop-"));
    cpSync("dist", folder, { recursive: true });
    await use(folder);
    rmSync(folder, { recursive: true });
  },
});

/** Changes a file of such a site. */
function change(folder, name, from, to) {
  const file = join(folder, name);
  writeFileSync(file, readFileSync(file, "utf8").replace(from, to));
}

/** Opens the site as a reader does, and waits until all of it is kept. */
async function visited(page, site) {
  await page.goto(site);
  await start(page);
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === "activated", null, { timeout: 60_000 });
}

test("after one visit every page, a fit and a sweep work without a network", async ({ page, server, site }) => {
  await visited(page, site);
  await server.stop();

  await page.goto(`${site}?budget=1e24`);
  await start(page);
  await expect(page.locator(".sentence")).toContainText(/97\.2\sB parameters/);

  await page.goto(`${site}fit/`);
  await page.mouse.move(1, 1);
  await page.getByRole("button", { name: "Try the sample" }).click();
  await expect(page.locator(".result")).toContainText("The fit converged.", { timeout: 60_000 });

  await page.goto(`${site}frontier/`);
  await expect(page.locator(".engine")).toContainText("Done:", { timeout: 90_000 });

  for (const path of ["laws/", "laws/chinchilla/", "laws/new/"]) {
    await page.goto(`${site}${path}`);
    await page.mouse.move(1, 1);
    await expect(page.locator("#page")).toHaveClass(/\blive\b/);
  }
});

test("a page says that there is no network, and that there is again", async ({ page, context, site }) => {
  await visited(page, site);
  const notice = page.getByText("You are offline. Everything here works");
  await context.setOffline(true);
  await expect(notice).toBeVisible();
  await context.setOffline(false);
  await expect(notice).toHaveCount(0);
});

test("every file of the site is kept, and a folder is found without its last stroke", async ({ page, server, site }) => {
  await visited(page, site);
  const files = readFileSync("dist/sw.js", "utf8").match(/const FILES = (.*);/)[1];
  const kept = await page.evaluate(async (files) => {
    const [name] = await caches.keys();
    const cache = await caches.open(name);
    return Promise.all(files.map(async (file) => Boolean(await cache.match(file))));
  }, JSON.parse(files));
  expect(kept).not.toContain(false);
  expect(kept.length).toBeGreaterThan(70);
  await server.stop();
  await page.goto(`${site}laws?of=data`);
  expect(page.url()).toBe(`${site}laws/?of=data`);
  await expect(page.locator("h1")).toBeVisible();
});

changing("a new version is offered and taken, and until then all is of the old one", async ({ page, folder, site }) => {
  await visited(page, site);
  await expect(page).toHaveTitle(/^Isoflop/);

  // Another build: other pages, and a service worker of another version.
  for (const file of ["index.html", "fit/index.html"]) change(folder, file, "<title>", "<title>Newer ");
  change(folder, "sw.js", /const VERSION = "\w+"/, 'const VERSION = "newer"');

  await page.goto(site);
  await start(page);
  const offer = page.getByRole("button", { name: "Reload now" });
  await expect(offer).toBeVisible({ timeout: 60_000 });
  await expect(page).toHaveTitle(/^Isoflop/);
  await page.goto(`${site}fit/?law=kaplan-size-and-data`);
  await page.mouse.move(1, 1);
  await expect(offer).toBeVisible();
  await expect(page).not.toHaveTitle(/^Newer/);

  await offer.click();
  await expect(page).toHaveTitle(/^Newer/);
  await expect(page).toHaveURL(/law=kaplan-size-and-data/);
  await page.mouse.move(1, 1);
  await expect(page.locator("#page")).toHaveClass(/\blive\b/);
  await expect(offer).toHaveCount(0);
  // What is left is of two versions at most.
  expect(await page.evaluate(async () => (await caches.keys()).length)).toBeLessThanOrEqual(2);
});

changing("a site that lacks a file is not kept in part, and goes on with the network", async ({ page, folder, site }) => {
  change(folder, "sw.js", '"./"', '"./","./samples/missing.csv"');
  await page.goto(site);
  await start(page);
  const state = await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.register("./sw.js");
    const worker = registration.installing ?? registration.waiting ?? registration.active;
    await new Promise((done) => {
      const look = () => ["redundant", "activated"].includes(worker.state) && done();
      worker.addEventListener("statechange", look);
      look();
    });
    return worker.state;
  });
  expect(state).toBe("redundant");
  await page.goto(`${site}laws/`);
  await expect(page.locator("h1")).toBeVisible();
});

for (const page of ["", "laws/"]) {
  test(`what the browser offers to install stands in the menu of /${page}`, async ({ page: reader, site }) => {
    await reader.goto(site + page);
    const menu = reader.getByRole("button", { name: "Menu" });
    const install = reader.locator("#menu").getByRole("button", { name: "Install" });
    await menu.click();
    await expect(reader.locator("#menu")).toBeVisible();
    await expect(install).toBeHidden();
    await menu.click();
    await reader.evaluate(() => {
      const offer = Object.assign(new Event("beforeinstallprompt", { cancelable: true }), { prompt: () => (globalThis.asked = (globalThis.asked ?? 0) + 1) });
      dispatchEvent(offer);
    });
    await menu.click();
    await install.click();
    expect(await reader.evaluate(() => globalThis.asked)).toBe(1);
    // It is answered once.
    await menu.click();
    await expect(install).toBeHidden();
  });
}
