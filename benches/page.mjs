// Times the Fit page in Chromium, from the reader's act to what they see: imported by scripts/bench.mjs.
import { existsSync, readFileSync } from "node:fs";

/** Rows of the large table, and how often its page's memory is looked at, in milliseconds. */
const ROWS = 100_000;
const LOOK = 100;
/** How often a run is switched in the small one. */
const SWITCHES = 21;
/** Until a page that has done all that follows from what was put in has let go of what that took, in milliseconds. */
const REST = 10_000;
/** Until it has done so, at most, and what it says then. */
const DONE = { timeout: 300_000 };
const ALL_DRAWS = /95\s%\sof\s1\D?000\srefits/;

/** Rows of one law, with noise: the same ones each time. */
function largeTable() {
  let state = 1;
  const random = () => (state = (state * 48271) % 0x7fffffff) / 0x7fffffff;
  const row = () => {
    const [n, d] = [10 ** (7.5 + 3 * random()), 10 ** (9 + 3 * random())];
    const loss = (1.69 + 406.4 / n ** 0.34 + 410.7 / d ** 0.28) * (1 + 0.01 * (random() - 0.5));
    return `${n.toPrecision(6)},${d.toPrecision(6)},${loss.toFixed(5)}\n`;
  };
  return `params,tokens,loss\n${Array.from({ length: ROWS }, row).join("")}`;
}

/** Opens the Fit page with runs in it, and waits until they are fitted. */
async function opened(context, site, name, text) {
  const page = await context.newPage();
  await page.addInitScript(() => {
    self.tasks = [];
    const note = (list) => self.tasks.push(...list.getEntries().map(({ duration }) => duration));
    new PerformanceObserver(note).observe({ type: "longtask", buffered: true });
  });
  await page.goto(new URL("fit/", site).href);
  // The program comes with the reader's first move.
  for (const at of [1, 2, 3]) {
    await page.mouse.move(at, at);
    await page.waitForTimeout(500);
  }
  const input = page.locator(".drop input[type=file]").first();
  const start = performance.now();
  await input.setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
  await page.locator("table.estimates").waitFor({ timeout: 120_000 });
  return { page, fitted: performance.now() - start };
}

/** Milliseconds from switching a run off until the page shows the fit without it: the median. */
async function switched(page) {
  const times = [];
  for (let at = 0; at < SWITCHES; at++) {
    times.push(
      await page.evaluate(
        (at) =>
          new Promise((done) => {
            const seen = document.querySelector("table.estimates");
            const before = seen.textContent;
            const start = performance.now();
            const look = new MutationObserver(() => {
              const now = document.querySelector("table.estimates");
              if (!now || now.textContent === before) return;
              look.disconnect();
              requestAnimationFrame(() => done(performance.now() - start));
            });
            look.observe(document.body, { subtree: true, childList: true, characterData: true });
            document.querySelectorAll("tr[data-row] input")[at].click();
          }),
        at % 10,
      ),
    );
    await page.waitForTimeout(300);
  }
  return times.sort((a, b) => a - b)[Math.floor(SWITCHES / 2)];
}

/** Megabytes that the page's process has for itself; nothing where the system does not say. */
async function memory(browser) {
  const session = await browser.newBrowserCDPSession();
  return async () => {
    const { processInfo } = await session.send("SystemInfo.getProcessInfo");
    const sizes = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => {
      const file = `/proc/${id}/smaps_rollup`;
      if (!existsSync(file)) return 0;
      const lines = readFileSync(file, "utf8").matchAll(/^Private_\w+:\s+(\d+) kB/gm);
      return [...lines].reduce((sum, [, size]) => sum + Number(size), 0) / 1024;
    });
    return Math.max(...sizes);
  };
}

/** What the page takes: time, longest task and memory of a large table; a switch of a run of a small one. */
export async function page(browser, site, sample) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const look = await memory(browser);
  const sizes = [];
  const looking = setInterval(() => look().then((size) => sizes.push(size)).catch(() => {}), LOOK);
  const large = await opened(context, site, "large.csv", largeTable());
  await large.page.waitForTimeout(REST);
  await large.page.getByText(ALL_DRAWS).first().waitFor(DONE);
  await large.page.waitForTimeout(REST);
  clearInterval(looking);
  const longest = Math.max(...(await large.page.evaluate(() => self.tasks)));
  const result = { rows: ROWS, fitted: large.fitted, longest, most: Math.max(...sizes), rest: await look() };
  await large.page.close();

  const small = await opened(context, site, "runs.csv", sample);
  await small.page.waitForTimeout(2000);
  result.switched = await switched(small.page);
  await context.close();
  return result;
}
