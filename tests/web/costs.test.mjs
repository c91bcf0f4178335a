// Planning with money, time and devices, and for a model that is served: as a reader types, and as the engine says.
import { accessible, expect, launch, native, start, test } from "./site.mjs";

const number = (page, what) => page.locator(`#${what}`);
const budget = (page) => page.getByLabel("Budget", { exact: true });
const field = (page, name) => page.getByLabel(name, { exact: true });
const cost = (page) => page.getByRole("region", { name: "Cost" });
/** A text in which any space may be one that does not break. */
const words = (text) => new RegExp(text.replaceAll(/[.$()|+]/g, "\\$&").replaceAll(" ", "\\s"));
const allocate = (question) =>
  JSON.parse(native(JSON.stringify({ allocate: { law: "chinchilla", fit: "refit-240", ...question } }))).allocate;

/** Presses a chip and fills the field that it becomes. */
async function say(page, name, text) {
  await page.getByRole("button", { name: `+ ${name}`, exact: true }).click();
  await expect(field(page, name)).toBeFocused();
  await field(page, name).fill(text);
}

/** The copied answer is the engine's own, byte for byte. */
async function same(page, context, question) {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const expected = native(JSON.stringify({ allocate: { law: "chinchilla", fit: "refit-240", ...question } }));
  await page.getByRole("button", { name: "Copy the answer" }).click();
  await expect(page.getByText("Copied")).toBeVisible();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(expected);
}

test.beforeEach(async ({ page, site }) => {
  await page.goto(site);
});

test("a budget in FLOPs is echoed in hours of devices and dollars", async ({ page }) => {
  const echo = page.locator("#budget-echo");
  await expect(echo).toHaveText(
    words("Read as 5.76 × 1023 FLOPs: 6 667 PF-days, or 404 K H100-hours at 40 % of peak, about $1.01 M."),
  );
});

test("a budget of dollars is planned with, and what it rests on is said with its source", async ({ page, context }) => {
  await budget(page).fill("$2M");
  const plan = allocate({ budget: "$2M", hardware: { device: "h100-sxm" } });
  await expect(page.getByRole("heading", { level: 1 })).toContainText(/With \$2\.00\sM, the lowest loss/);
  await expect(number(page, "size")).toHaveText(`${(plan.at.N / 1e9).toPrecision(3)} B`);
  await expect(page.locator("#budget-echo")).toHaveText(words("Read as $2.00 M: 1.14 × 1024 FLOPs, 800 K H100-hours at 40 % of peak."));
  await expect(cost(page)).toContainText("Dollars of training");
  await expect(cost(page)).toContainText("Mercatus");
  await expect(cost(page)).toContainText(words("In training 40 % of the peak: an assumption"));
  await same(page, context, { budget: "$2M", hardware: { device: "h100-sxm" } });
  // What is said takes the place of what was assumed.
  await say(page, "Share of peak", "0.5");
  await say(page, "Price of a device", "$2/h");
  await expect(page.locator("#price-echo")).toHaveText(words("Read as $2 per hour."));
  await expect(cost(page)).not.toContainText("Mercatus");
  await expect(cost(page)).not.toContainText("assumption");
  await same(page, context, { budget: "$2M", hardware: { device: "h100-sxm", mfu: "0.5", price: "$2/h" } });
  // It is in the address, and stays.
  await expect(page).toHaveURL(/budget=\$2M.*utilisation=0\.5&price=\$2\/h/);
  await page.reload();
  await start(page);
  await expect(field(page, "Price of a device")).toHaveValue("$2/h");
});

test("days need devices, and the budget may name them", async ({ page, context }) => {
  await budget(page).fill("30 days");
  await expect(page.locator("#budget-echo")).toContainText("Expected how many devices, as in “64 H100 for 30 days”.");
  await expect(budget(page)).toHaveAttribute("aria-invalid", "true");
  await say(page, "Number of devices", "64");
  await expect(budget(page)).not.toHaveAttribute("aria-invalid", "true");
  const days = allocate({ budget: "30 days", hardware: { device: "h100-sxm", count: "64" } });
  await expect(number(page, "loss")).toHaveText(days.value.toFixed(3));
  await page.getByRole("button", { name: "Remove Number of devices" }).click();
  await page.getByRole("button", { name: "64 H100 for 30 days" }).click();
  await expect(budget(page)).toHaveValue("64 H100 for 30 days");
  await expect(cost(page).getByRole("row", { name: "Days of training" })).toContainText("30");
  await same(page, context, { budget: "64 H100 for 30 days", hardware: {} });
});

test("a device that there is not is kept, with the nearest one", async ({ page }) => {
  await say(page, "Device", "H10");
  await expect(page.locator("#device-echo")).toContainText("did you mean h100?");
  await expect(field(page, "Device")).toHaveAttribute("aria-invalid", "true");
  await expect(number(page, "size")).toHaveText("73.2 B");
  await field(page, "Device").fill("A100");
  await expect(page.locator("#device-echo")).toHaveText(words("NVIDIA A100 SXM 80 GB: 312 TFLOP/s, dense, in bf16; $1.10 per hour"));
  await expect(page.locator("#budget-echo")).toContainText("A100-hours");
  await say(page, "Share of peak", "40");
  await expect(page.locator("#utilisation-echo")).toHaveText(words("Expected a share of the peak such as 0.4; got 40: 40 % is 0.4."));
});

test("what will be served moves the plan, in FLOPs and in dollars", async ({ page, context }) => {
  await say(page, "Serving demand", "2T");
  const plan = allocate({ budget: "5.76e23 FLOPs", serving: { tokens: 2e12 } });
  await expect(number(page, "size")).toHaveText(`${(plan.at.N / 1e9).toPrecision(3)} B`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(/for training and for serving 2\.00\sT\stokens, the lowest loss/);
  await expect(page.locator("#serving-echo")).toHaveText(/^Moves size 73\.2 to 39\.6\sB, tokens 1\.31 to 1\.76\sT\.$/);
  await expect(cost(page).getByRole("row", { name: "Serving" })).toContainText("1.58 × 1023");
  await same(page, context, { budget: "5.76e23 FLOPs", serving: { tokens: 2e12 } });
  await budget(page).fill("$2M");
  await expect(page.locator("#budget-echo")).toContainText("a share generated beside the tokens served");
  await say(page, "Share generated", "0.75");
  const question = {
    budget: "$2M",
    hardware: { device: "h100-sxm" },
    serving: { requests: 1, prompt: 5e11, output: 1.5e12 },
  };
  const paid = allocate(question);
  await expect(number(page, "size")).toHaveText(`${(paid.at.N / 1e9).toPrecision(3)} B`);
  await expect(cost(page)).toContainText("Dollars of serving");
  await same(page, context, question);
});

test("what is served costs what most refits say", async ({ page, site }) => {
  await page.goto(`${site}?budget=5.76e23+FLOPs&law=chinchilla&fit=refit-240&serving=2T`);
  await start(page);
  // Both are the budget; what goes to serving hangs on the size.
  await expect(cost(page).getByRole("row", { name: "Serving" }).locator("td").nth(1)).toHaveText(/^\d.* to \d.*$/);
  await expect(cost(page).getByRole("row", { name: "Both" }).locator("td").nth(1)).toHaveText("");
});

test("a limit on data becomes active beside a budget in hours", async ({ page }) => {
  await budget(page).fill("10k H100-hours");
  await say(page, "Most tokens", "100B");
  await expect(page.locator("#most-tokens-echo")).toContainText("Binds. Costs");
  const plan = allocate({
    budget: "10k H100-hours",
    hardware: {},
    limits: [{ of: "D", at_most: "100B" }],
  });
  await expect(number(page, "size")).toHaveText(`${(plan.at.N / 1e9).toPrecision(3)} B`);
});

for (const width of [360, 1280]) {
  for (const colorScheme of ["light", "dark"]) {
    test(`axe finds nothing with devices, serving and costs open, at ${width} px, ${colorScheme}`, async ({ site }) => {
      const browser = await launch();
      const page = await browser.newPage({ bypassCSP: true, colorScheme, viewport: { width, height: 900 } });
      await page.goto(`${site}?budget=$2M&serving=2T&generated=0.75&device=A100&devices=64&utilisation=40&price=$2/h`);
      await start(page);
      await page.getByLabel("Share of peak", { exact: true }).fill("0.4");
      await expect(cost(page)).toContainText("Dollars of serving");
      await accessible(page);
      await browser.close();
    });
  }
}
