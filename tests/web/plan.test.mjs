// The Plan page, driven as a reader would: by typing, pressing and reading.
import { expect, native, test } from "./site.mjs";

/** The text of an element with its spaces as a reader sees them. */
const text = async (locator) => (await locator.innerText()).replaceAll(/\s+/g, " ").trim();
const lead = (page) => page.getByRole("heading", { level: 1 });
const number = (page, what) => page.locator(`#${what}`);

test.beforeEach(async ({ page, site }) => {
  await page.goto(site);
});

test("the first answer is the plan for Gopher's budget, with its intervals", async ({ page }) => {
  await expect(number(page, "size")).toHaveText("73.2 B");
  await expect(number(page, "tokens")).toHaveText("1.31 T");
  await expect(number(page, "ratio")).toHaveText("17.9");
  await expect(number(page, "loss")).toHaveText("1.974");
  await expect(page.locator(".cell").first()).toContainText("90 %: 52.1 to 102.3 B");
  await expect(page.locator(".caveats")).toContainText("44 times the compute of the largest run behind the fit");
});

test("a budget is echoed as it is typed, and answered", async ({ page }) => {
  await page.getByLabel("Budget", { exact: true }).fill("1,000 PF-days");
  await expect(page.locator("#budget-echo")).toContainText("Read as 8.64 × 1022 FLOPs: 1 000 PF-days");
  await expect(lead(page)).toContainText("8.64 × 1022");
  await expect(number(page, "size")).toHaveText(/^2\d\.\d\sB$/);
});

test("a budget that cannot be read says so at its field, and the last answer stays", async ({ page }) => {
  const budget = page.getByLabel("Budget", { exact: true });
  await budget.fill("5.76e23 H100");
  await expect(budget).toHaveAttribute("aria-invalid", "true");
  await expect(page.locator("#budget-echo")).toContainText("“H100” at character 9");
  await expect(page.locator("#budget-echo")).toContainText("The answer above is for the last budget that was read.");
  await expect(number(page, "size")).toHaveText("73.2 B");
  await expect(lead(page)).toContainText("5.76 × 1023");
  await budget.fill("-3");
  await expect(page.locator("#budget-echo")).toContainText("positive number of FLOPs");
});

test("arrow keys step the budget by a tenth, and with Shift by a decade", async ({ page }) => {
  const budget = page.getByLabel("Budget", { exact: true });
  await budget.focus();
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowUp");
  await expect(budget).toHaveValue("6.34e23 FLOPs");
  await page.keyboard.press("End");
  await page.keyboard.press("Shift+ArrowDown");
  await expect(budget).toHaveValue("6.34e22 FLOPs");
});

test("a number opens its working, one at a time, and Escape goes back to it", async ({ page, context }) => {
  const size = number(page, "size");
  await size.press("Enter");
  const working = page.getByRole("region", { name: "The working" });
  await expect(working).toContainText("Size, 73.2 B");
  await expect(working).toContainText("477.825868233905");
  await expect(working.getByRole("group", { name: "Formula" }).nth(1)).toContainText("(5.7600 × 1023 / 6)");
  await number(page, "loss").click();
  await expect(working).toHaveCount(1);
  await expect(working).toContainText("Loss, 1.974");
  await expect(working.getByRole("group", { name: "Formula" }).nth(1)).toContainText("= 1.9739");
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await working.getByRole("button", { name: "Copy as LaTeX" }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("L = E + A / N^{\\alpha} + B / D^{\\beta}");
  await expect(size).toHaveAttribute("aria-expanded", "false");
  await page.keyboard.press("Escape");
  await expect(working).toHaveCount(0);
  await expect(number(page, "loss")).toBeFocused();
});

test("the copied answer is what the native program says, byte for byte", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name: "Copy the answer" }).click();
  await expect(page.getByText("Copied")).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(native('{"allocate":{"law":"chinchilla","fit":"refit-240","budget":"5.76e23 FLOPs"}}'));
});

test("limits are chips that become rows, say what they do, and can be taken back", async ({ page }) => {
  await page.getByRole("button", { name: "+ Largest size" }).click();
  const field = page.getByLabel("Largest size", { exact: true });
  await expect(field).toBeFocused();
  await field.fill("70");
  await expect(page.locator("#largest-size-echo")).toContainText("Read as 70 parameters. Did you mean 70 B?");
  await page.getByRole("button", { name: "70 B", exact: true }).click();
  await expect(field).toHaveValue("70 B");
  await expect(page.locator("#largest-size-echo")).toHaveText("Binds. Costs less than 0.001 nats.");
  await expect(number(page, "size")).toHaveText("70.0 B");
  await field.fill("100B");
  await expect(page.locator("#largest-size-echo")).toHaveText("Does not bind: the plan uses 73.2 B.");
  await page.getByRole("button", { name: "Remove the limit Largest size" }).click();
  await expect(page.getByRole("button", { name: "+ Largest size" })).toBeFocused();
  await page.keyboard.press("Control+z");
  await expect(field).toHaveValue("100B");
});

test("the question is in the address, and reload keeps it, read or not", async ({ page }) => {
  await page.getByLabel("Budget", { exact: true }).fill("1e24 FLOPs");
  await page.getByRole("button", { name: "+ Most tokens" }).click();
  await page.getByLabel("Most tokens", { exact: true }).fill("2T");
  await expect(page).toHaveURL(/\?budget=1e24\+FLOPs&law=chinchilla&fit=refit-240&most-tokens=2T&v=[\d.]+$/);
  await page.getByLabel("Budget", { exact: true }).fill("1e24 bananas");
  await expect(page).toHaveURL(/budget=1e24\+bananas/);
  await page.reload();
  await expect(page.getByLabel("Budget", { exact: true })).toHaveValue("1e24 bananas");
  await expect(page.getByLabel("Most tokens", { exact: true })).toHaveValue("2T");
});

test("a damaged link opens what it can, and says what it cannot", async ({ page, site }) => {
  await page.goto(`${site}?budget=1e22&colour=blue&fit=%F`);
  await expect(page.getByText("Part of this link could not be read (colour, fit). The rest is open.")).toBeVisible();
  await expect(lead(page)).toContainText("1.00 × 1022");
});

test("a link to a fit that does not exist says so at its field", async ({ page, site }) => {
  await page.goto(`${site}?budget=1e22&law=chinchilla&fit=nobody`);
  await expect(page.getByLabel("Fit", { exact: true })).toHaveAttribute("aria-invalid", "true");
  await expect(page.locator("#fit-echo")).toContainText("“nobody” is none");
});

test("another fit says what it moved, and can be undone", async ({ page }) => {
  await page.getByLabel("Fit", { exact: true }).selectOption("hoffmann2022");
  const moved = page.locator(".moved");
  await expect(moved).toContainText("size 73.2 to 40.4 B, tokens 1.31 to 2.38 T");
  await page.getByRole("button", { name: "Source" }).click();
  await expect(page.locator("#source")).toContainText("arXiv:2203.15556");
  await moved.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByLabel("Fit", { exact: true })).toHaveValue("refit-240");
  await expect(number(page, "size")).toHaveText("73.2 B");
});

test("a law without a loss says that it has none", async ({ page }) => {
  await page.getByLabel("Law", { exact: true }).selectOption("hoffmann-approach-1");
  await expect(page.locator(".caveats")).toContainText("This law gives no loss, so the loss of this plan is not known.");
  await expect(number(page, "loss")).toBeHidden();
  await expect(page.locator(".sentence")).toContainText("tokens per parameter.");
  await expect(number(page, "size")).toHaveText(/^\d+\.?\d*\sB$/);
});

test("the ladder holds the same question for other budgets", async ({ page }) => {
  const row = page.getByRole("row", { name: /^ten times/ });
  expect(await text(row)).toBe("ten times 239 B 4.02 T 1.921 $10.1 M");
  const working = page.locator("#rung");
  await row.getByRole("button", { name: "239" }).click();
  await expect(working).toContainText("5.76 × 1024 FLOPs");
  await expect(working).toContainText("where 6 N D is at most C");
  await row.getByRole("button", { name: "$10.1" }).click();
  await expect(working).toContainText(/989.TFLOP\/s a device: 4.04.M.H100-hours at 40.% of peak, for \$2\.50.per.hour each/);
  await page.keyboard.press("Escape");
  await expect(working).toHaveCount(0);
});

test("the theme is chosen in the menu, and kept", async ({ page }) => {
  const paper = () => page.evaluate(() => getComputedStyle(document.body.parentElement).backgroundColor);
  const light = await paper();
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("radio", { name: "Dark" }).check();
  const dark = await paper();
  expect(dark).not.toBe(light);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("radio", { name: "Dark" })).toBeHidden();
  await page.reload();
  expect(await paper()).toBe(dark);
});
