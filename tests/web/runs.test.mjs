// The reader's own runs: in by every way, kept whole, fitted, used.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, native, paste, start, test } from "./site.mjs";

const section = (page) => page.locator("#runs");
const foot = (page) => page.locator(".foot-line");
const number = (page, what) => page.locator(`#${what}`);

const fit = (page) => page.getByRole("button", { name: "Fit", exact: true });

test.beforeEach(async ({ page, site }) => {
  await page.goto(site);
  await start(page);
});

/** A measured table that is not part of the project, or a word that the test is skipped. */
function measured(file) {
  const path = join(process.env.ISOFLOP_DATA ?? "../shared/data", file);
  if (!existsSync(path)) {
    if (process.env.ISOFLOP_DATA_REQUIRED === "1") throw new Error(`${path} is missing, and ISOFLOP_DATA_REQUIRED=1`);
    test.skip(true, `${path} is missing; set ISOFLOP_DATA to its folder`);
  }
  return readFileSync(path, "utf8");
}

test("245 runs, less the five largest losses, give Chinchilla's own plan", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const table = measured("chinchilla_points.csv");
  await paste(page, table);
  await expect(foot(page)).toContainText("245 rows: 245 used, none off, none unreadable");
  await page.getByRole("button", { name: "Switch off the 5 largest losses" }).click();
  await expect(foot(page)).toContainText("245 rows: 240 used, 5 off, none unreadable");
  await fit(page).click();

  const result = page.getByRole("region", { name: "Result of the fit" });
  await expect(result).toContainText("The fit converged.");
  await expect(result).toContainText("0.0010182740178");
  await expect(page.getByLabel("Fit", { exact: true })).toHaveValue("your fit");
  await expect(number(page, "size")).toHaveText("73.2 B");
  await expect(number(page, "tokens")).toHaveText("1.31 T");
  await expect(number(page, "loss")).toHaveText("1.974");

  // The same question, asked natively.
  await page.getByRole("button", { name: "Copy the answer" }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const [head, ...rows] = table.trim().split("\n").map((line) => line.split(","));
  const column = (name) => rows.map((row) => Number(row[head.indexOf(name)]));
  const [N, D, C, L] = ["params", "tokens", "flops", "loss"].map(column);
  const largest = [...L.keys()].sort((a, b) => L[b] - L[a]).slice(0, 5).sort((a, b) => a - b);
  const runs = { columns: { N, D, C, L }, rows_off: largest };
  const { fit: fitted } = JSON.parse(native({ fit: { law: "chinchilla", runs } }));
  expect(copied).toBe(native({ allocate: { law: "chinchilla", fit: fitted, budget: "5.76e23 FLOPs" } }));
});

test("the sample is fitted to its known optimum, and reload loses nothing", async ({ page }) => {
  await page.getByRole("button", { name: "Try the sample" }).click();
  await expect(section(page)).toContainText("Gadre et al. 2024, MIT");
  await page.getByLabel("Use row 4", { exact: true }).uncheck();
  await page.getByLabel("Use row 4", { exact: true }).check();
  await fit(page).click();
  await expect(page.getByRole("region", { name: "Result of the fit" })).toContainText("0.0005299541304");
  // The plan follows its fit.
  await expect(page.getByLabel("Fit", { exact: true })).toHaveValue("your fit");
  await expect(number(page, "size")).not.toHaveText("73.2 B");
  const size = await number(page, "size").textContent();
  await page.getByLabel("Use row 7", { exact: true }).uncheck();
  await expect(foot(page)).toContainText("34 rows: 33 used, 1 off");
  await page.getByLabel("Use row 7", { exact: true }).check();
  await expect(number(page, "size")).toHaveText(size);
  await expect(page).toHaveURL(/#fit=z1:/);

  const before = page.url();
  await page.getByLabel("Use row 9", { exact: true }).uncheck();
  await expect(page).not.toHaveURL(before);
  await page.reload();
  await expect(foot(page)).toContainText("34 rows: 33 used, 1 off");
  await expect(page.getByLabel("Use row 9", { exact: true })).not.toBeChecked();
  await expect(page.getByLabel("Fit", { exact: true })).toHaveValue("your fit");
  await expect(page.getByRole("region", { name: "Result of the fit" })).toContainText("The fit converged.");
});

test("a fit of one's own travels in the link, its runs do not", async ({ page, context, site }) => {
  await page.getByRole("button", { name: "Try the sample" }).click();
  await fit(page).click();
  await expect(page).toHaveURL(/#fit=z1:/);
  const size = await number(page, "size").textContent();
  const other = await context.browser().newContext();
  const friend = await other.newPage();
  await friend.goto(page.url());
  await expect(friend.locator("#size")).toHaveText(size);
  await expect(friend.getByText("Paste a table of training runs")).toBeVisible();
  expect(page.url()).not.toContain("5.9749237");
  await other.close();
  expect(page.url().startsWith(site)).toBe(true);
});

test("a jump within the page keeps a fit of one's own, here and in the address", async ({ page }) => {
  await page.getByRole("button", { name: "Try the sample" }).click();
  await fit(page).click();
  await expect(page).toHaveURL(/#fit=z1:/);
  const [size, address] = [await number(page, "size").textContent(), page.url()];
  await page.getByText("Skip to the answer").focus();
  await page.keyboard.press("Enter");
  await expect(page.locator("#answer")).toBeFocused();
  await expect(page).toHaveURL(address);
  await expect(page.getByLabel("Fit", { exact: true })).toHaveValue("your fit");
  await expect(number(page, "size")).toHaveText(size);
});

test("files come in by choice and by drop", async ({ page }) => {
  const csv = "N;D;Loss\n1,5e9;3e10;2,6\n7e9;1,4e11;2,2\n";
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Choose a file…" }).click();
  await (await chooser).setFiles({ name: "mine.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
  await expect(section(page)).toContainText("mine.csv, 2 rows, semicolon-separated");

  await page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File(["N\tD\tL\n1e9\t2e10\t2.5\n2e9\t4e10\t2.4\n3e9\t5e10\t2.3\n"], "dropped.tsv"));
    const send = (name) =>
      document.querySelector("h1").dispatchEvent(new DragEvent(name, { dataTransfer: data, bubbles: true, cancelable: true }));
    send("dragover");
    send("drop");
  });
  await expect(section(page)).toContainText("dropped.tsv, 3 rows, tab-separated");
});

test("rows that cannot be used stay, and say why", async ({ page }) => {
  await paste(page, "params,tokens,loss\n1e9,2e10,2.5\n2e9,-3,2.4\n3e9,5e10,diverged\n4e9,6e10,2.2\n");
  await expect(foot(page)).toContainText("4 rows: 2 used, none off, 2 unreadable");
  const problems = page.locator(".problems");
  await expect(problems).toContainText("2 of 4 rows read. 2 kept in the table, unused");
  await expect(problems).toContainText("Row 3, column “tokens”");
  await expect(problems).toContainText("expected a positive number of tokens");
  await expect(problems).toContainText("Row 4, column “loss”");
  await expect(page.getByText("diverged", { exact: true })).toBeVisible();
});

test("a column can mean something else", async ({ page }) => {
  await paste(page, "a,b,c\n1e9,2e10,2.5\n2e9,4e10,2.4\n");
  await expect(page.locator("#fit-error")).toContainText("Expected a column for loss and two of size, tokens and FLOPs");
  await page.getByLabel("Meaning of the column a").selectOption("Size N");
  await page.getByLabel("Meaning of the column b").selectOption("Tokens D");
  await page.getByLabel("Meaning of the column c").selectOption("Loss");
  await expect(foot(page)).toContainText("2 rows: 2 used");
  await expect(page.getByRole("cell", { name: "1.00 B" })).toBeVisible();
});

const enough = (loss) => [1, 2, 3, 4, 5, 6, 7].map((n) => `${n}e9,${n * n}e10,${loss(n)}`).join("\n");
const bad = {
  "an empty table": ["params,tokens,loss\n", /expected one run per row/i],
  "one row": ["params,tokens,loss\n1e9,2e10,2.5", /Expected several runs; got one/],
  "fewer runs than parameters": ["params,tokens,loss\n1e9,2e10,2.5\n2e9,5e10,2.4", /at least 5 runs/],
  "a constant loss": [`params,tokens,loss\n${enough(() => 2.5)}`, /expected losses that differ/i],
  "all runs of one size": [`params,tokens,loss\n${enough((n) => 3 - n / 10).replaceAll(/^\d/gm, "1")}`, /“N”: expected runs that differ/i],
  "text in every row of a number column": ["params,tokens,loss\nbig,2e10,2.5\nsmall,2e10,2.4", /big/],
  "a zero": ["params,tokens,loss\n0,2e10,2.5", /positive number of parameters/],
  "an infinite loss": ["params,tokens,loss\n1e9,2e10,inf", /inf/],
  "not a number": ["params,tokens,loss\n1e9,2e10,NaN", /nan/i],
  "a duplicated header": ["params,params,tokens,loss\n1e9,1e9,2e10,2.5", /params/],
  "no table at all": ["hello", /./],
};
for (const [name, [table, message]] of Object.entries(bad)) {
  test(`${name} gives a message of its own, and stays`, async ({ page }) => {
    await paste(page, table);
    await expect(page.locator(".foot-line, #runs-error:not(:empty)").first()).toBeVisible();
    if (await fit(page).isVisible()) await fit(page).click();
    const said = page.locator("#runs-error, #fit-error, .problems");
    await expect(said.filter({ hasText: message }).first()).toBeVisible();
    const kept = await page.evaluate(() => JSON.parse(sessionStorage.getItem("isoflop.runs")).text);
    expect(kept).toBe(table);
    await expect(number(page, "size")).toHaveText("73.2 B");
  });
}

test("a binary file is refused, and what was there stays", async ({ page }) => {
  await page.getByRole("button", { name: "Try the sample" }).click();
  await expect(foot(page)).toContainText("34 rows");
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Replace the file…" }).click();
  const zip = Buffer.from([0x50, 0x4b, 3, 4, 0xff, 0xfe, 0, 0, 1, 2, 3]);
  await (await chooser).setFiles({ name: "runs.xlsx", mimeType: "application/zip", buffer: zip });
  await expect(section(page).getByText("Expected text, such as CSV")).toBeVisible();
  await expect(foot(page)).toContainText("34 rows");
});

test("a long table shows the rows in sight, and says how many there are", async ({ page }) => {
  const rows = Array.from({ length: 3000 }, (_, n) => `${1e8 + n * 1e6},${2e10 + n * 1e7},${3 - n / 1e4}`);
  await paste(page, `params,tokens,loss\n${rows.join("\n")}`);
  await expect(foot(page)).toContainText("3 000 rows: 3 000 used");
  const table = section(page).getByRole("table").first();
  await expect(table).toHaveAttribute("aria-rowcount", "3001");
  expect(await table.locator("tbody tr").count()).toBeLessThan(400);
  await page.getByRole("region", { name: "Table of your runs" }).evaluate((window) => window.scrollTo(0, 1e9));
  await expect(page.getByLabel("Use row 3001")).toBeVisible();
  // The head covers every column: no row shows beside it.
  const above = await page.getByRole("region", { name: "Table of your runs" }).evaluate((window) => {
    window.scrollIntoView();
    const { left, top } = window.getBoundingClientRect();
    return document.elementFromPoint(left + 8, top + 8).closest("thead, tbody").tagName;
  });
  expect(above).toBe("THEAD");
});

test("a fault in the worker is said, and trying again starts another", async ({ page, site }) => {
  let broken = true;
  await page.route("**/quick-*_bg.wasm", (route) => (broken ? route.fulfill({ body: "broken" }) : route.continue()));
  page.context().removeAllListeners("console");
  page.context().removeAllListeners("weberror");
  await page.goto(`${site}?budget=1e23`);
  await expect(page.getByText("The calculation stopped because of a fault in Isoflop. Your input is kept.")).toBeVisible();
  await expect(page.getByLabel("Budget", { exact: true })).toHaveValue("1e23");
  broken = false;
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("1.00 × 1023");
  await expect(page.getByText("The calculation stopped")).toHaveCount(0);
});
