// What a first visit costs: everything received until a worker has recomputed the answer and the network rests; and
// what is received besides when the reader first wants something of the page. The same of a law's page.
import { expect, start, test } from "./site.mjs";

const FIRST_VISIT = 250_000;
// Held where they are, so that no change loses them unseen. The app grew by 10 kB when the Plan learnt to take any law of
// the catalogue, laws typed by their reader, what they need besides size and tokens, and runs with columns for it.
const WITH_THE_APP = 509_000;
const WITH_THE_PROGRAM = 340_000;

test.use({ compress: true });

/** What was sent so far: the bytes, and the files without their hashes. */
function received(server) {
  const sent = server.sent().sort(([, a], [, b]) => b - a);
  const total = sent.reduce((sum, [, size]) => sum + size, 0);
  console.log([`${total} bytes received`, ...sent.map(([url, size]) => `${size} ${url}`)].join("\n"));
  return { total, files: sent.map(([url]) => url.replace(/-[0-9a-f]{12,16}/, "")) };
}

test("a first visit receives at most 250 kB, and the app no more than it did", async ({ page, server, site }) => {
  await page.goto(site);
  await expect(page.locator("html")).toHaveAttribute("data-computed", "same");
  await page.waitForLoadState("networkidle");
  const first = received(server);
  expect(first.files).toContain("/quick_bg.wasm");
  expect(first.total).toBeLessThanOrEqual(FIRST_VISIT);

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
    await expect(page.locator("#page")).toHaveClass(/\blive\b/);
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
  await expect(page.locator("#page")).toHaveClass(/\blive\b/);
  await page.waitForLoadState("networkidle");
  const programs = received(server).files.filter((file) => file.endsWith(".wasm"));
  expect(programs.sort()).toEqual(["/fit_bg.wasm", "/worker_bg.wasm"]);
});
