// What is looked for on the Plan page: a budget's best, the least for a loss, the size for tokens, the tokens for a size.
import { accessible, expect, launch, native, start, test } from "./site.mjs";

const number = (page, what) => page.locator(`#${what}`);
const find = (page) => page.getByLabel("Find", { exact: true });
const aim = (page) => page.locator("#aim");
const lead = (page) => page.getByRole("heading", { level: 1 });
const answer = (page) => page.getByRole("region", { name: "Answer" });
const words = (text) => new RegExp(text.replaceAll(/[.$()|+]/g, "\\$&").replaceAll(" ", "\\s"));
const base = { law: "chinchilla", fit: "refit-240" };
const allocate = (question) => JSON.parse(native(JSON.stringify({ allocate: { ...base, ...question } }))).allocate;
const billions = (value) => `${(value / 1e9).toPrecision(3)} B`;

/** The copied answer is the engine's own, byte for byte. */
async function same(page, context, question) {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const expected = native(JSON.stringify({ allocate: { ...base, ...question } }));
  await page.getByRole("button", { name: "Copy the answer" }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(expected);
}

test.beforeEach(async ({ page, site }) => {
  await page.goto(site);
});

test("the least compute for a loss, and a loss that no plan reaches", async ({ page, context }) => {
  const before = await number(page, "loss").innerText();
  await find(page).selectOption("compute");
  // It begins with what the plan had.
  await expect(aim(page)).toHaveValue(before);
  await aim(page).fill("2.0");
  const question = { minimize: "cost", limits: [{ of: "loss", at_most: "2.0" }] };
  const plan = allocate(question);
  await expect(lead(page)).toHaveText(words("For a loss of 2.000, the least compute is spent by training"));
  await expect(number(page, "size")).toHaveText(billions(plan.at.N));
  const [mantissa, power] = plan.value.toExponential(2).split("e+");
  await expect(number(page, "least")).toHaveText(words(`${mantissa} × 10${power}`));
  await expect(answer(page)).toContainText(words(`Training takes ${mantissa} × 10${power} FLOPs:`));
  await same(page, context, question);
  await expect(page.locator("#aim-echo")).toContainText(words("Read as 2.000 nats per token."));

  // Of a loss near the floor, some refits know no plan: their intervals would say too little.
  await aim(page).fill("1.84");
  await expect(answer(page)).toContainText(/\d+ of 100 draws have no certified plan and are left out\./);

  // Below the floor: why, and the nearest loss that has a plan, with what it takes.
  await aim(page).fill("1.60");
  await expect(lead(page)).toHaveText(words("No plan reaches a loss of 1.600."));
  await expect(page.locator(".sentence")).toBeHidden();
  await expect(answer(page)).toContainText(words("The law’s floor is 1.818 nats per token."));
  const near = allocate({ minimize: "cost", limits: [{ of: "loss", at_most: "1.83" }] });
  const [digits, exponent] = near.value.toExponential(2).split("e+");
  await expect(answer(page)).toContainText(words(`A loss of 1.83 would take ${digits} × 10${exponent} FLOPs.`));
  await expect(aim(page)).toHaveValue("1.60");
  await page.getByRole("button", { name: "Aim at 1.83" }).click();
  await expect(aim(page)).toBeFocused();
  await expect(aim(page)).toHaveValue("1.83");
  await expect(number(page, "size")).toBeVisible();
  await find(page).focus();
  await page.keyboard.press("Control+z");
  await expect(lead(page)).toContainText("No plan reaches");
  await page.getByRole("button", { name: "Find the lowest loss within a budget" }).click();
  await expect(page.getByLabel("Budget", { exact: true })).toHaveValue("5.76e23 FLOPs");
  await expect(number(page, "size")).toHaveText("73.2 B");
});

test("the cheapest plan for a loss, with what is served", async ({ page, context }) => {
  await find(page).selectOption("dollars");
  await aim(page).fill("2.0");
  const hardware = { device: "h100-sxm" };
  const question = { minimize: "dollars", limits: [{ of: "loss", at_most: "2.0" }], hardware };
  await expect(number(page, "least")).toHaveText(words(`$${(allocate(question).value / 1e3).toPrecision(3)} K`));
  await same(page, context, question);
  await page.getByRole("button", { name: "+ Serving demand", exact: true }).click();
  await page.getByLabel("Serving demand", { exact: true }).fill("2T");
  // Dollars depend on it, so it came along, and asks for itself.
  await expect(page.locator("#generated-echo")).toContainText("Expected the share of the tokens served that is generated");
  await expect(page.locator("#aim-echo")).not.toContainText("Expected");
  await page.getByLabel("Share generated", { exact: true }).fill("0.5");
  const served = { ...question, serving: { requests: 1, prompt: 1e12, output: 1e12 } };
  const plan = allocate(served);
  await expect(number(page, "size")).toHaveText(billions(plan.at.N));
  await same(page, context, served);
  await expect(answer(page)).toContainText("Training and serving take");
});

test("size and tokens are compute-optimal for one another, and every text stays", async ({ page, context }) => {
  await find(page).selectOption("size");
  await aim(page).fill("1.5T");
  await expect(lead(page)).toHaveText(words("For 1.50 T tokens, the compute-optimal choice is training"));
  const size = allocate({ budget_for: { of: "D", equal: "1.5T" } });
  await expect(number(page, "size")).toHaveText(billions(size.at.N));
  await same(page, context, { budget_for: { of: "D", equal: "1.5T" } });
  // What most refits say of it, where the tokens are given.
  await expect(page.locator(".cell").first()).toContainText(/90\s%/);
  await expect(page.locator(".cell").nth(1)).not.toContainText(/90\s%/);

  await find(page).selectOption("tokens");
  await aim(page).fill("7B");
  const tokens = allocate({ budget_for: { of: "N", equal: "7B" } });
  await expect(number(page, "tokens")).toHaveText(billions(tokens.at.D).replace(/^(\d+)\.?\d* B$/, (_, whole) => `${whole} B`));
  await find(page).selectOption("size");
  await expect(aim(page)).toHaveValue("1.5T");
  await expect(page).toHaveURL(/find=size&for-tokens=1\.5T&for-size=7B/);
  await page.reload();
  await start(page);
  await expect(find(page)).toHaveValue("size");
  await expect(aim(page)).toHaveValue("1.5T");
  await expect(number(page, "size")).toHaveText(billions(size.at.N));

  // A limit that no budget's best plan goes beyond.
  await page.getByRole("button", { name: "+ Most tokens", exact: true }).click();
  await page.getByLabel("Most tokens", { exact: true }).fill("1T");
  await expect(answer(page)).toContainText(words("none has 1.50 T tokens: it goes from"));
  await aim(page).fill("many");
  await expect(page.locator("#aim-echo")).toContainText("The answer above is for the last one that was read.");
  await expect(aim(page)).toHaveAttribute("aria-invalid", "true");
});

test("a limit costs compute where the least is looked for", async ({ page }) => {
  await find(page).selectOption("compute");
  await aim(page).fill("2.0");
  await page.getByRole("button", { name: "+ Largest size", exact: true }).click();
  await page.getByLabel("Largest size", { exact: true }).fill("20B");
  const question = { minimize: "cost", limits: [{ of: "loss", at_most: "2.0" }] };
  const capped = { ...question, limits: [{ of: "N", at_most: "20B" }, ...question.limits] };
  const more = 100 * (allocate(capped).value / allocate(question).value - 1);
  await expect(page.locator("#largest-size-echo")).toHaveText(words(`Binds. Costs ${more.toFixed(0)} % more compute.`));
});

for (const width of [360, 1280]) {
  for (const colorScheme of ["light", "dark"]) {
    test(`axe finds nothing where no plan reaches a loss, at ${width} px, ${colorScheme}`, async ({ site }) => {
      const browser = await launch();
      const page = await browser.newPage({ bypassCSP: true, colorScheme, viewport: { width, height: 900 } });
      await page.goto(`${site}?find=compute&for-loss=1.6`);
      await start(page);
      await expect(page.getByRole("button", { name: "Aim at 1.83" })).toBeVisible();
      await accessible(page);
      await browser.close();
    });
  }
}
