// What a first visit costs: everything received until the worker has recomputed the answer and the network rests.
// The goal is 250 kB; it is not reached. This holds what is reached, so that no change loses it unseen.
const REACHED = 565_000;
import { expect, test } from "./site.mjs";

test.use({ compress: true });

test("a first visit receives no more than it did", async ({ context, page, site }) => {
  const client = await context.newCDPSession(page);
  await client.send("Network.enable");
  const received = new Map();
  const names = new Map();
  client.on("Network.responseReceived", ({ requestId, response }) => names.set(requestId, response.url));
  client.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => received.set(requestId, encodedDataLength));
  await page.goto(site, { waitUntil: "networkidle" });
  await expect(page.locator(".says").first()).toContainText("Bands hold");
  await page.waitForLoadState("networkidle");
  // The worker's own requests are its own target's, so they are asked of the browser's timing.
  const rest = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name, transferSize }) => [name, transferSize]));
  const sizes = new Map(rest);
  for (const [id, size] of received) sizes.set(names.get(id), size);
  const worker = page.workers().map(async (worker) => worker.evaluate(() => performance.getEntriesByType("resource").map(({ name, transferSize }) => [name, transferSize])));
  for (const entries of await Promise.all(worker)) for (const [name, size] of entries) sizes.set(name, size);
  const all = [...sizes].map(([name, size]) => `${size} ${name}`).sort((a, b) => parseInt(b) - parseInt(a));
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  console.log(`a first visit receives ${total} bytes:\n${all.join("\n")}`);
  expect(all.some((line) => /quick-[0-9a-f]+_bg\.wasm/.test(line))).toBe(true);
  expect(all.some((line) => /worker-/.test(line))).toBe(false);
  expect(total).toBeLessThanOrEqual(REACHED);
});
