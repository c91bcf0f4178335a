// What a first visit costs: everything received until a worker has recomputed the answer and the network rests; and
// what is received besides when the reader first wants something of the page. The same of a law's page.
import { expect, start, test } from "./site.mjs";

const FIRST_VISIT = 250_000;
// Held where they are, so that no change loses them unseen. The app grew by 10 kB when the Plan learnt to take any law of
// the catalogue, laws typed by their reader, what they need besides size and tokens, and runs with columns for it, and by
// half of one with a field for each member of a law's families; by two more when the table of runs learnt to be driven cell
// by cell, for the Fit page too, and rows to know their file, by three when runs learnt to come from other layouts and
// to keep what the Fit page was told of them, and fits to bring their draws, and by eleven when budgets became dollars, hours
// and days on devices that it knows, with what they cost, four for learning rates and batches, and twenty for what is looked for
// instead of a budget's best, what binds, other sizes and other published fits, and by thirty for deadlines and memory, shapes, what
// moves a plan, weight decay, schedules and the price of another rate, the error on tasks, and the compute that others think a loss
// takes, and by twenty-three for plans that are pinned, what draws say wherever a number stands, limits on the map, time against
// compute, and, on every page, keys that act by themselves, which take two. The program grew by 32 kB with the members of families,
// tables and outputs in laws that are typed, conversions, and curves that end where their law does; every program by two
// when money, time and hours of devices became amounts that are read. Everything grew by two to three more when charts learnt to draw
// heat maps, and the app by as much again when a context could be paid for and the ladder opened its working, and every program by
// two when it learnt to keep the site for when there is no network, and by 22 with what is shared and kept: links, and what they are asked in. The
// app grew by ten more with a plan's report, and what other fits say of it, and by five with the formula behind every number, as
// LaTeX too, and the dialog that embeds a plan, and every program by half of one when pages learnt to stand in one document,
// those of Laws and Fit by as much again when the menu learnt to close before what is pressed in it, so that a dialog gives the
// focus back.
const WITH_THE_APP = 661_000;
const WITH_THE_PROGRAM = 410_000;
// The Fit page with its program, without the worker. It grew by 112 kB when it learnt all three approaches, comparison,
// back-test, multiplier, profile, influence and refits as figures, the meaning of columns, training curves and editing,
// by three when the back-test learnt to foretell best sizes and to draw them, and by two when a link learnt to bring a fit
// without its runs.
const WITH_THE_FIT = 552_000;
// The Frontier page with its program and the draws of its fit, without the worker.
const WITH_THE_FRONTIER = 374_000;
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
