// What a first visit costs: everything received until a worker has recomputed the answer and the network rests; and
// what is received besides when the reader first wants something of the page.
const FIRST_VISIT = 250_000;
// Held where it is, so that no change loses it unseen.
const WITH_THE_APP = 495_000;
import { expect, start, test } from "./site.mjs";

test.use({ compress: true });

test("a first visit receives at most 250 kB, and the app no more than it did", async ({ context, page, site }) => {
  const client = await context.newCDPSession(page);
  await client.send("Network.enable");
  const received = new Map();
  const names = new Map();
  client.on("Network.responseReceived", ({ requestId, response }) => names.set(requestId, response.url));
  client.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => received.set(requestId, encodedDataLength));
  // A worker's own requests are its own target's, so they are asked of the browser's timing, while it lives.
  const sizes = new Map();
  // What comes from the cache is counted as nothing when it is asked for again.
  const add = (name, size) => sizes.set(name, Math.max(size, sizes.get(name) ?? 0));
  const timing = () => performance.getEntriesByType("resource").map(({ name, transferSize }) => [name, transferSize]);
  page.on("worker", (worker) => worker.evaluate(timing).catch(() => []).then((entries) => entries.forEach((entry) => add(...entry))));
  const count = async () => {
    for (const entry of await page.evaluate(timing)) add(...entry);
    for (const [id, size] of received) add(names.get(id), size);
    const all = [...sizes].map(([name, size]) => `${size} ${name}`).sort((a, b) => parseInt(b) - parseInt(a));
    const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    console.log(`received: ${total} bytes\n${all.join("\n")}`);
    return { all, total };
  };

  await page.goto(site);
  await expect(page.locator("html")).toHaveAttribute("data-computed", "same");
  await page.waitForLoadState("networkidle");
  const first = await count();
  expect(first.all.some((line) => /\/quick-[0-9a-f]+_bg\.wasm/.test(line))).toBe(true);
  expect(first.total).toBeLessThanOrEqual(FIRST_VISIT);

  await start(page);
  await page.waitForLoadState("networkidle");
  const then = await count();
  expect(then.all.some((line) => /\/app-[0-9a-f]+_bg\.wasm/.test(line))).toBe(true);
  expect(then.all.some((line) => /\/worker-/.test(line))).toBe(false);
  expect(then.total).toBeLessThanOrEqual(WITH_THE_APP);
});
