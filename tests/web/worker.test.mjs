// The worker as a reader meets it: a fit called off, a fault.
import { expect, paste, test } from "./site.mjs";

const budget = (page) => page.getByLabel("Budget", { exact: true });
const foot = (page) => page.locator(".foot-line");
const fit = (page) => page.getByRole("button", { name: "Fit", exact: true });
const result = (page) => page.getByRole("region", { name: "Result of the fit" });

/** Runs of a law with noise that repeats. */
function table(rows) {
  const run = (at) => {
    const [size, tokens, noise] = [1e8 * 1.003 ** (at % 1000), 2e9 * 1.7 ** (at % 17), ((at * 7919) % 101) / 400];
    return [size, tokens, 1.7 + 400 / size ** 0.34 + 410 / tokens ** 0.28 + noise].map((value) => value.toPrecision(6));
  };
  return `params,tokens,loss\n${Array.from({ length: rows }, (_, at) => run(at).join(",")).join("\n")}`;
}

test("a fit is cancelled at once, nothing is lost, and another one works", async ({ page, site }) => {
  // Until it is cancelled no worker ends a fit, however fast the machine is.
  let [loads, endless] = [0, true];
  await page.route("**/worker-*_loader.js", async (route) => {
    loads += 1;
    const response = await route.fetch();
    const never = 'addEventListener("message", ({ data }) => { if (/"fit": *\\{"/.test(data)) for (console.log("at work"); ; ); });';
    await route.fulfill({ response, body: (endless ? never : "") + (await response.text()) });
  });
  await page.goto(`${site}?budget=1e24+FLOPs&law=chinchilla&fit=hoffmann2022&most-tokens=2T`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("1.00 × 1024");
  const size = await page.locator("#size").innerText();
  const rows = 30_000;
  await paste(page, table(rows));
  await page.getByLabel("Use row 5", { exact: true }).uncheck();
  await expect(foot(page)).toContainText("30 000 rows: 29 999 used, 1 off");

  const started = page.waitForEvent("console", (message) => message.text() === "at work");
  await fit(page).click();
  await started;
  endless = false;
  const before = loads;
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByText("Cancelled.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Cancel" })).toHaveCount(0);
  await expect(page.getByRole("progressbar")).toHaveCount(0);
  await expect(result(page)).toHaveCount(0);

  await expect(foot(page)).toContainText("30 000 rows: 29 999 used, 1 off");
  await expect(page.getByLabel("Use row 5", { exact: true })).not.toBeChecked();
  await expect(budget(page)).toHaveValue("1e24 FLOPs");
  await expect(page.getByLabel("Fit", { exact: true })).toHaveValue("hoffmann2022");
  await expect(page.getByLabel("Most tokens", { exact: true })).toHaveValue("2T");
  await expect(page.locator("#size")).toHaveText(size);

  await paste(page, table(2000));
  await expect(foot(page)).toContainText("2 000 rows: 2 000 used");
  await fit(page).click();
  await expect(result(page)).toContainText("The fit converged.");
  expect(loads, "another worker took the place of the one that was ended").toBe(before + 1);
  await expect(page.getByText("Cancelled.")).toHaveCount(0);
  await expect(page.getByLabel("Fit", { exact: true })).toHaveValue("your fit");
  await expect(page.getByLabel("Most tokens", { exact: true })).toHaveValue("2T");
});

// In wasm a panic says what src/web/worker/mod.rs has its hook say, then traps; where memory or the stack
// gives out it traps without a word. A worker's loader is replaced by one that does so for one question:
// the message and the trap are real, the cause alone is planted.
const trap = "new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 116, 0, 0, 10, 5, 1, 3, 0, 0, 11]))).exports.t();";
const panic = `
  const { job } = JSON.parse(event.data);
  const error = { code: "fault", message: "Isoflop 0.1.0: panicked at src/planted.rs:1:1:\\nplanted" };
  postMessage(JSON.stringify({ job, error }));
  ${trap}`;
const faults = { "a panic": [panic, /^Isoflop 0\.1\.0: panicked at src\/planted\.rs:1:1:\nplanted$/], "a trap without a word": [trap, /unreachable/] };

for (const [name, [code, report]] of Object.entries(faults)) {
  test(`${name} in the worker becomes a message, and the page goes on`, async ({ page, context, site }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    let loads = 0;
    await page.route("**/quick-*_loader.js", async (route) => {
      loads += 1;
      const response = await route.fetch();
      const planted = `
        addEventListener("message", (event) => {
          if (!event.data.includes("4.32e21")) return;
          event.stopImmediatePropagation();
          ${code}
        });`;
      await route.fulfill({ response, body: loads === 1 ? planted + (await response.text()) : await response.text() });
    });
    // With a question of its own in the address, the app starts at once, and its worker is the first.
    await page.goto(`${site}?budget=1e21+FLOPs`);
    // The planted fault must be all that is reported.
    const complained = [];
    context.removeAllListeners("console").removeAllListeners("weberror");
    context.on("console", (message) => message.type() === "error" && complained.push(message.text()));
    context.on("weberror", (error) => complained.push(error.error().message));

    await budget(page).fill("1e22 FLOPs");
    await expect(page.getByRole("heading", { level: 1 })).toContainText("1.00 × 1022");
    expect(loads).toBe(1);
    const size = await page.locator("#size").innerText();
    await budget(page).fill("4.32e21 FLOPs");
    await expect(page.getByRole("alert")).toContainText("The calculation stopped because of a fault in Isoflop. Your input is kept.");
    await expect(budget(page)).toHaveValue("4.32e21 FLOPs");
    await expect(page.locator("#size")).toHaveText(size);
    await page.getByRole("button", { name: "Copy the report" }).click();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(report);

    await budget(page).fill("1e23 FLOPs");
    await expect(page.getByRole("heading", { level: 1 })).toContainText("1.00 × 1023");
    await budget(page).fill("4.32e21 FLOPs");
    await expect(page.getByRole("heading", { level: 1 })).toContainText("4.32 × 1021");
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByRole("alert")).toHaveCount(0);
    await expect(page.locator(".behind")).toHaveCount(0);
    for (const complaint of complained) expect(complaint).toMatch(/unreachable/);
  });
}
