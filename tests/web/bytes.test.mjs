// What a first visit costs: everything received until a worker has recomputed the answer and the network rests; and
// what is received besides when the reader first wants something of the page. The same of a law's page.
import { expect, start, test } from "./site.mjs";

const FIRST_VISIT = 250_000;
// Held where they are, so that no change loses them unseen: what grows says so in its commit.
const A_CARD = 317_100;
const WITH_THE_APP = 664_600;
const WITH_THE_PROGRAM = 428_000;
// The Fit page with its program, without the worker.
const WITH_THE_FIT = 560_700;
// The Frontier page with its program and the draws of its fit, without the worker.
const WITH_THE_FRONTIER = 334_000;
// The server compresses a program when it is first asked for, as well as it can: seconds on a busy machine.
const COMPRESSED = { timeout: 40_000 };

test.use({ compress: true });

/** What was sent so far: the bytes, and the files without their hashes. */
function received(server) {
  const sent = server.sent().sort(([, a], [, b]) => b - a);
  const total = sent.reduce((sum, [, size]) => sum + size, 0);
  console.log([`${total} bytes received`, ...sent.map(([url, size]) => `${size} ${url}`)].join("\n"));
  const plain = (url) => url.replace(/-[0-9a-f]{12,16}/, "");
  return {
    total,
    files: sent.map(([url]) => plain(url)),
    sizes: Object.fromEntries(sent.map(([url, size]) => [plain(url), size])),
  };
}

test("a first visit receives at most 250 kB, and the app no more than it did", async ({ page, server, site }) => {
  await page.goto(site);
  await expect(page.locator("html")).toHaveAttribute("data-computed", "same");
  await page.waitForLoadState("networkidle");
  const first = received(server);
  expect(first.files).toContain("/quick_bg.wasm");
  expect(first.total).toBeLessThanOrEqual(FIRST_VISIT);

  await page.mouse.move(1, 1);
  await expect(page.locator("canvas")).toHaveCount(2, COMPRESSED);
  await start(page);
  await page.waitForLoadState("networkidle");
  const then = received(server);
  expect(then.files).toContain("/app_bg.wasm");
  expect(then.files).not.toContain("/worker_bg.wasm");
  expect(then.total).toBeLessThanOrEqual(WITH_THE_APP);
});

for (const path of ["laws/", "laws/chinchilla/", "laws/new/"]) {
  test(`a Laws page receives at most 250 kB, and programs only when something is wanted: ${path}`, async ({ page, server, site }) => {
    await page.goto(`${site}${path}`);
    await page.waitForLoadState("networkidle");
    const first = received(server);
    expect(first.files.filter((file) => file.endsWith(".wasm"))).toEqual([]);
    expect(first.total).toBeLessThanOrEqual(FIRST_VISIT);

    await page.mouse.move(1, 1);
    await expect(page.locator("#page")).toHaveClass(/\blive\b/, COMPRESSED);
    await page.waitForLoadState("networkidle");
    const then = received(server);
    expect(then.files.filter((file) => file.endsWith(".wasm"))).toEqual(["/laws_bg.wasm"]);
    expect(then.total).toBeLessThanOrEqual(WITH_THE_PROGRAM);
  });
}

test("the Fit page receives at most 250 kB, and programs only when something is wanted", async ({ page, server, site }) => {
  await page.goto(`${site}fit/`);
  await page.waitForLoadState("networkidle");
  const first = received(server);
  expect(first.files.filter((file) => file.endsWith(".wasm"))).toEqual([]);
  expect(first.total).toBeLessThanOrEqual(FIRST_VISIT);

  await page.mouse.move(1, 1);
  await expect(page.locator("#page")).toHaveClass(/\blive\b/, COMPRESSED);
  // What a worker loads is no request of the page.
  const programs = () => received(server).files.filter((file) => file.endsWith(".wasm")).sort();
  await expect.poll(programs, COMPRESSED).toEqual(["/fit_bg.wasm", "/worker_bg.wasm"]);
  const { total, sizes } = received(server);
  expect(total - sizes["/worker_bg.wasm"]).toBeLessThanOrEqual(WITH_THE_FIT);
});

test("the Frontier page receives no more than it did", async ({ page, server, site }) => {
  await page.goto(`${site}frontier/`);
  await expect(page.locator(".engine")).toContainText("Done:", { timeout: 90_000 });
  const { files } = received(server);
  expect([...new Set(files)].filter((file) => file.endsWith(".wasm")).sort()).toEqual(["/frontier_bg.wasm", "/worker_bg.wasm"]);
  // Workers that start together may load their program each, as far as the browser does not keep it.
  const others = server.sent().filter(([url]) => !url.includes("worker"));
  expect(others.reduce((sum, [, size]) => sum + size, 0)).toBeLessThanOrEqual(WITH_THE_FRONTIER);
});

test("a card is one document, no heavier than it was", async ({ page, server, site }) => {
  await page.goto(new URL("embed.html", site).href);
  await expect(page.locator("html")).toHaveAttribute("data-computed", "", COMPRESSED);
  const card = received(server);
  expect(card.files).toEqual(["/embed.html"]);
  expect(card.total).toBeLessThanOrEqual(A_CARD);
});
