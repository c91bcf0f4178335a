// What is shared opens elsewhere as it is here: links with fits, pins and runs, whole, damaged or hostile; and texts to copy.
import { readFileSync } from "node:fs";
import { deflateSync } from "node:zlib";
import { accessible, expect, native, paste, start, test } from "./site.mjs";

const TABLE = readFileSync("public/data/refit_240_runs.csv", "utf8").trim();
/** As many rows as the fit of the page has. */
const ROWS = `${TABLE}\n${TABLE.split("\n").slice(1, 7).join("\n")}\n`;

const dialog = (page) => page.getByRole("dialog", { name: "Share" });
const link = (page) => dialog(page).getByLabel("Link", { exact: true });
const number = (page, id) => page.locator(`#${id}`);
const foot = (page) => page.locator(".foot-line");
const notice = (page) => page.getByRole("complementary", { name: "Notice" });
const packed = (value) => `z1:${deflateSync(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url")}`;

/** Opens the dialog, and gives its link once that is made. */
async function shared(page) {
  await page.getByRole("button", { name: "Share…" }).first().click();
  await expect(link(page)).not.toHaveValue("");
  return link(page).inputValue();
}

/** Another reader. */
async function friend(context) {
  return (await context.browser().newContext({ serviceWorkers: "block" })).newPage();
}

/** Another reader, who had 34 runs of their own on the Fit page and choices about them before they opened a link. */
async function friendWithRuns(context, site, address) {
  const other = await friend(context);
  await other.goto(`${site}fit/?draws=70`);
  await paste(other, readFileSync("public/samples/gadre_c4.csv", "utf8"));
  await expect(foot(other)).toContainText("34 rows");
  await other.goto("about:blank");
  await other.goto(address);
  return other;
}

/** Opens what a link has set aside, as it was. */
async function setAside(page) {
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("button", { name: "Keep and open…" }).click();
  const kept = page.getByRole("dialog", { name: "Keep and open" });
  await kept.getByRole("table").last().getByRole("button", { name: /^Fit/ }).first().click();
  await expect(foot(page)).toContainText("34 rows");
  expect(await page.evaluate(() => sessionStorage.getItem("isoflop.fit"))).toContain("draws=70");
}

test("a link from the dialog opens the question elsewhere, and the dialog gives the focus back", async ({ page, context, site }) => {
  await page.goto(site);
  await start(page);
  await page.getByLabel("Budget", { exact: true }).fill("1e22 FLOPs");
  await expect(number(page, "size")).not.toHaveText("73.2 B");
  const address = await shared(page);
  expect(address).toMatch(/\?budget=1e22\+FLOPs&law=chinchilla&fit=refit-240&v=[\d.]+$/);
  await expect(dialog(page)).toContainText(`${address.length} characters`);
  await expect.poll(() => page.evaluate(() => String(getSelection()))).toBe(address);
  await expect(dialog(page).getByLabel("Include the runs")).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Share…" }).first()).toBeFocused();

  const other = await friend(context);
  await other.goto(address);
  await expect(number(other, "size")).toHaveText(await number(page, "size").textContent());
  await other.context().close();
});

test("the answer is copied as a sentence, tables, JSON and Python", async ({ page, context, site }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(site);
  await start(page);
  const address = await shared(page);
  const copied = async (name) => {
    await dialog(page).getByRole("button", { name, exact: true }).click();
    await expect(dialog(page).getByRole("button", { name: "Copied" })).toBeVisible();
    const text = await page.evaluate(() => navigator.clipboard.readText());
    await expect(dialog(page).getByRole("button", { name: "Copied" })).toHaveCount(0);
    return text;
  };
  expect(await copied("Copy link")).toBe(address);
  const sentence = await copied("Copy sentence");
  expect(sentence).toContain("training a model of 73.2 B parameters on 1.31 T tokens");
  expect(sentence).toContain(address);
  expect(await copied("Markdown")).toContain("| Size | 73.2 B | parameters | ");
  expect(await copied("LaTeX")).toContain("\\begin{tabular}");
  const python = await copied("Python");
  expect(python).toContain("def law(N, D):\n    return E + A / N**alpha + B / D**beta\n");
  expect(python).toContain(address);
  const { question, answer } = JSON.parse(await copied("JSON"));
  expect(JSON.parse(native(question))).toEqual(answer);
});

test("a law that Python writes otherwise is copied too, from its page and from the working", async ({ page, context, site }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const read = () => page.evaluate(() => navigator.clipboard.readText());
  await page.goto(`${site}laws/new/`);
  await page.mouse.move(2, 2);
  await page.getByLabel("Formula", { exact: true }).fill("if(N < lambda, law(chinchilla; N, D), interp(T, N))");
  await page.getByLabel("Table T", { exact: true }).fill("1, 3\n1e12, 2");
  for (const [name, value] of [["N", "1B"], ["D", "20B"], ["lambda", "2B"]]) await page.getByLabel(`Value of ${name}`, { exact: true }).fill(value);
  await expect(page.locator("#value-L")).toHaveText(/^\d\.\d+$/);
  await shared(page);
  await dialog(page).getByRole("button", { name: "Python", exact: true }).click();
  await expect(dialog(page).getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await read()).toMatch(/T = \[\(1, 3\), \(1000000000000, 2\)\]\n[^]*def law\([^)]*\):\n {4}return \(1\.8172\d* \+ [^]* if N < lambda_ else interp\(T, N\)\)\n/);

  await page.goto(site);
  await start(page);
  await page.getByRole("button", { name: "Show the working" }).click();
  await page.getByRole("button", { name: "Copy as Python" }).click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await read()).toContain("budget = 5.76e23  # FLOPs");
});

test("pins and 240 runs travel in a link of less than 8 kB, once they are wanted", async ({ page, context, site }) => {
  await page.goto(site);
  await start(page);
  await page.getByRole("button", { name: "Pin this plan" }).click();
  await page.getByLabel("Budget", { exact: true }).fill("1e22 FLOPs");
  await paste(page, ROWS);
  await expect(foot(page)).toContainText("240 rows");
  await page.getByLabel("Use row 7", { exact: true }).uncheck();
  const counts = await foot(page).textContent();

  const without = await shared(page);
  expect(without).not.toContain("runs=");
  await dialog(page).getByLabel("Include the runs").check();
  await expect(dialog(page)).toContainText("kB: includes 240 rows and 1 switch");
  const address = await link(page).inputValue();
  expect(address.length).toBeLessThan(8000);

  const other = await friend(context);
  await other.goto(address);
  await expect(foot(other)).toHaveText(counts);
  await expect(other.locator(".pins tbody tr")).toHaveCount(await page.locator(".pins tbody tr").count());
  // They are the reader's now: the address is free of them, and they stay when the page is loaded again.
  await expect(other).not.toHaveURL(/runs=/);
  await other.getByLabel("Use row 9", { exact: true }).uncheck();
  await other.reload();
  await expect(foot(other)).toContainText("240 rows: 238 used, 2 off");
  await other.context().close();
});

test("a link of the Fit page brings runs and method, and beats what was there", async ({ page, context, site }) => {
  await page.goto(`${site}fit/?draws=50`);
  await paste(page, ROWS);
  const objective = page.getByRole("region", { name: "Result of the fit" }).locator("dl, table").first();
  await expect(objective).toContainText("Objective");
  await shared(page);
  await dialog(page).getByLabel("Include the runs").check();
  await expect(link(page)).toHaveValue(/#runs=z1:/);
  const address = await link(page).inputValue();

  const other = await friendWithRuns(context, site, address);
  await expect(foot(other)).toContainText("240 rows");
  const same = other.getByRole("region", { name: "Result of the fit" }).locator("dl, table").first();
  await expect(same).toHaveText(await objective.textContent());
  await setAside(other);
  await other.context().close();
});

test("a link of the Fit page without the runs brings the fit", async ({ page, context, site }) => {
  await page.goto(`${site}fit/`);
  await paste(page, ROWS);
  const estimates = page.getByRole("region", { name: "Estimates" });
  await expect(estimates).toContainText("0.34642");
  const address = await shared(page);
  expect(address).toMatch(/#fit=z1:/);
  expect(address.length).toBeLessThan(2000);

  const other = await friendWithRuns(context, site, address);
  const brought = other.getByRole("region", { name: "A fit without its runs" });
  await expect(brought).toContainText("This link brought a fit of Chinchilla parametric loss to 237 runs, without the runs themselves.");
  await expect(brought).toContainText("0.34642");
  await accessible(other);
  // It goes on to others as it came, stays when the page is loaded again, and gives way to runs.
  expect(await shared(other)).toBe(address);
  await other.keyboard.press("Escape");
  await other.reload();
  await brought.getByRole("link", { name: "Use this fit in Plan" }).click();
  await expect(other.getByLabel("Fit", { exact: true })).toHaveValue("your fit");
  await expect(number(other, "size")).toHaveText("65.2 B");
  await other.goBack();
  await expect(brought).toBeVisible();
  await paste(other, ROWS);
  await expect(foot(other)).toContainText("240 rows");
  await expect(brought).toHaveCount(0);
  await expect(other).not.toHaveURL(/#fit=/);
  await setAside(other);
  await other.context().close();

  // What is no fit is said to be damaged.
  await page.goto("about:blank");
  await page.goto(`${site}fit/#fit=${packed({ parameters: 7 })}`);
  await expect(notice(page)).toContainText("Part of this link could not be read (fit).");
});

test("a link that is cut off or damaged says what is lost and opens the rest", async ({ page, site }) => {
  const runs = packed({ text: ROWS, name: "runs.csv", columns: [], off: [] });
  const fit = packed({ fit: { parameters: { E: 1.8, A: 480, alpha: 0.35, B: 2100, beta: 0.37 } } });
  for (const [fragment, lost] of [
    [`fit=${fit}&runs=${runs.slice(0, -50)}`, "runs"],
    [`fit=${fit}&runs=${runs.slice(0, 200)}x${runs.slice(201)}`, "runs"],
    [`fit=${fit}&runs=z9:${runs.slice(3)}`, "runs"],
    // Seventy million letters.
    [`fit=${fit}&runs=${packed("x".repeat(7e7))}`, "runs"],
    [`fit=${fit}&runs=${packed("[".repeat(1e5))}&__proto__=${packed("{}")}`, "runs, __proto__"],
  ]) {
    await page.goto("about:blank");
    await page.goto(`${site}?budget=1e24+FLOPs&law=chinchilla#${fragment}`);
    await expect(notice(page)).toContainText(`Part of this link could not be read (${lost}). The rest is open.`);
    await expect(page.getByLabel("Fit", { exact: true })).toHaveValue("your fit");
    await expect(page.getByLabel("Budget", { exact: true })).toHaveValue("1e24 FLOPs");
  }
});

test("a link of another version says so", async ({ page, site }) => {
  for (const path of ["", "fit/", "frontier/"]) {
    await page.goto(`${site}${path}?budget=1e24+FLOPs&v=9.9.9`);
    await expect(notice(page)).toContainText("This link was made by Isoflop 9.9.9");
  }
});

test("what a link says is text, wherever it stands", async ({ page, site }) => {
  const script = "<img src=x onerror=\"document.title='fallen'\"><script>document.title='fallen'</script>";
  const runs = packed({ text: `params,tokens,loss,${script}\n1e9,2e10,2.5,${script}\n2e9,4e10,2.3,b\n4e9,8e10,2.2,c\n`, name: script, columns: [], off: [] });
  const fit = packed({ fit: { parameters: { E: 1.8, [script]: 480 } }, name: script });
  for (const address of [
    `?budget=${encodeURIComponent(script)}&law=${encodeURIComponent(script)}&fit=${encodeURIComponent(script)}&v=${encodeURIComponent(script)}`,
    `?${encodeURIComponent(script)}=1#fit=${fit}&runs=${runs}&pins=${packed(`?law=${encodeURIComponent(script)}`)}`,
    `fit/?formula=${encodeURIComponent(script)}&law=a+formula&v=1#runs=${runs}`,
    `frontier/?law=${encodeURIComponent(script)}&across=${encodeURIComponent(script)}&v=1`,
  ]) {
    await page.goto("about:blank");
    await page.goto(`${site}${address}`);
    await expect(page.locator("h1")).toBeVisible();
    await page.mouse.move(2, 2);
    await expect(notice(page)).toBeVisible();
    expect(await page.title()).not.toBe("fallen");
    expect(await page.locator("main img, main script:not([type='application/json'])").count()).toBe(0);
  }
});

test("what stands in the evaluator of a law opens elsewhere, and its value is copied with its source", async ({ page, context, site }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(`${site}laws/chinchilla/`);
  await page.getByLabel("Size N", { exact: true }).fill("70B");
  await page.getByLabel("Tokens D", { exact: true }).fill("1.4T");
  await page.getByLabel("Published fit").selectOption("hoffmann2022");
  await page.getByLabel("Plot against").selectOption("D");
  const query = "?fit=hoffmann2022&at.N=70B&at.D=1.4T&over=D&v=";
  await expect(page.locator("#value-L")).toHaveText("1.9208");
  await expect.poll(() => new URL(page.url()).search).toContain(query);
  const address = await shared(page);
  expect(address).toContain(`laws/chinchilla/${query}`);
  const copied = async (name) => {
    await dialog(page).getByRole("button", { name, exact: true }).click();
    await expect(dialog(page).getByRole("button", { name: "Copied" })).toBeVisible();
    const text = await page.evaluate(() => navigator.clipboard.readText());
    await expect(dialog(page).getByRole("button", { name, exact: true })).toBeVisible();
    return text;
  };
  const sentence = await copied("Copy sentence");
  expect(sentence).toMatch(/^Loss L = 1\.9208 nats per token at Size N = 70\.0 B parameters and Tokens D = 1\.40 T tokens \(Chinchilla parametric loss, Hoffmann 2022, /);
  expect(sentence).toContain(address);
  expect(await copied("Markdown")).toContain("| Loss L | 1.9208 | nats per token |");
  expect(await copied("LaTeX")).toContain("Loss L & 1.9208 & nats per token");
  expect(await copied("Python")).toContain("def law(N, D):\n    return E + A / N**alpha + B / D**beta\n");
  const { question, answer } = JSON.parse(await copied("JSON"));
  expect(JSON.parse(native(question)).predict).toEqual(answer.predict);

  const other = await friend(context);
  await other.goto(address);
  await expect(other.getByLabel("Size N", { exact: true })).toHaveValue("70B");
  await expect(other.locator("#value-L")).toHaveText("1.9208");
  await expect(other.getByLabel("Plot against")).toHaveValue("D");
  await other.getByLabel("Size N", { exact: true }).fill("7B");
  await expect.poll(() => new URL(other.url()).search).toContain("at.N=7B&");
  await other.reload();
  await expect(other.getByLabel("Size N", { exact: true })).toHaveValue("7B");
  // The rest of the page is about the fit of the address, and what is typed is there however soon the page is loaded again.
  await expect(other.getByRole("link", { name: "Use in Plan" })).toHaveAttribute("href", "./?law=chinchilla&fit=hoffmann2022");
  await expect(other.locator("#fit-hoffmann2022")).toHaveAttribute("open", "");
  await expect(other.locator("#fit-refit-240")).not.toHaveAttribute("open", "");
  await other.getByLabel("Size N", { exact: true }).fill("71B");
  await other.reload();
  await expect(other.getByLabel("Size N", { exact: true })).toHaveValue("71B");
  await expect.poll(() => new URL(other.url()).search).toContain("at.N=71B&");
  await other.context().close();
});

test("a damaged link to a law names what it could not read, and opens the rest", async ({ page, site }) => {
  await page.goto(`${site}laws/chinchilla/?at.N=70B&fit=nobody&at.X=1&v=9.9.9`);
  await expect(notice(page)).toContainText("could not be read (fit, at.X). The rest is open.");
  await notice(page).getByRole("button", { name: "Dismiss" }).click();
  await expect(notice(page)).toContainText("made by Isoflop 9.9.9");
  await expect(page.getByLabel("Size N", { exact: true })).toHaveValue("70B");
});

test("a law that is typed is shared as it stands, and takes the place of no other", async ({ page, context, site }) => {
  await page.goto(`${site}laws/new/`);
  await page.getByLabel("Formula").fill("E + A / N^alpha + (");
  await expect(page.locator("#mistake")).toContainText("expected a number or a name");
  const address = await shared(page);
  expect(address).toMatch(/laws\/new\/#draft=z1:/);

  const other = await friend(context);
  const formula = other.getByLabel("Formula");
  await other.goto(`${site}laws/new/`);
  await formula.fill("2 / D");
  await expect.poll(() => other.evaluate(() => localStorage.getItem("isoflop.law"))).toContain("2 / D");
  await other.goto("about:blank");
  await other.goto(address);
  await expect(formula).toHaveValue("E + A / N^alpha + (");
  // Looked at, it takes no place; changed, it is the reader's, and what stood there is kept.
  expect(await other.evaluate(() => localStorage.getItem("isoflop.law"))).toContain("2 / D");
  await formula.press("ControlOrMeta+End");
  await other.keyboard.type("1 + E)");
  await expect(other.locator("#kept-echo")).toHaveText("The law that stood here before is kept as “Unfinished law”.");
  await expect.poll(() => other.url()).toBe(`${site}laws/new/`);
  await other.reload();
  await expect(formula).toHaveValue("E + A / N^alpha + (1 + E)");
  await other.goto(`${site}laws/new/?kept=Unfinished+law`);
  await expect(formula).toHaveValue("2 / D");
  await other.context().close();

  for (const [brought, name] of [["#draft=z1:damaged", "draft"], ["#draft=%FF", "draft"], ["?law=nonsense", "law"], ["?kept=nonsense", "kept"], ["?law=%7B%22formula%22", "law"]]) {
    await page.goto("about:blank");
    await page.goto(`${site}laws/new/${brought}`);
    await expect(notice(page)).toContainText(`could not be read (${name})`);
    await expect(page.getByLabel("Formula")).toHaveValue("E + A / N^alpha + (");
  }
});

test("a link to a typed law is followed where another is being typed, which is kept", async ({ page, site }) => {
  await page.goto(`${site}laws/new/`);
  await page.getByLabel("Formula").fill("3 / D");
  const address = await shared(page);
  await page.keyboard.press("Escape");
  await page.getByLabel("Formula").fill("4 / D");
  await expect.poll(() => page.evaluate(() => localStorage.getItem("isoflop.law"))).toContain("4 / D");
  await page.evaluate((address) => { location.href = address; }, address);
  await expect(page.getByLabel("Formula")).toHaveValue("3 / D");
  await page.getByLabel("Formula").fill("5 / D");
  await expect(page.locator("#kept-echo")).toHaveText("The law that stood here before is kept as “Unfinished law”.");
  expect(await page.evaluate(() => localStorage.getItem("isoflop.laws"))).toContain("4 / D");
});

test("a long link that says nothing leaves a short notice, which a phone can put away", async ({ page, site }) => {
  await page.setViewportSize({ width: 360, height: 780 });
  await page.goto(`${site}laws/chinchilla/?${"k".repeat(300)}=1&${Array.from({ length: 40 }, (_, at) => `x${at}=1`).join("&")}`);
  await expect(notice(page)).toContainText(/k…, x0, .* and 35 more/);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await notice(page).getByRole("button", { name: "Dismiss" }).click();
  await expect(notice(page)).toHaveCount(0);
});

test.describe("without sight or mouse", () => {
  test.use({ contextOptions: { bypassCSP: true, viewport: { width: 360, height: 780 } } });

  test("the dialog is reached from the menu of a narrow page, and axe finds nothing in it", async ({ page, site }) => {
    for (const path of ["", "fit/", "laws/chinchilla/", "frontier/"]) {
      await page.goto(`${site}${path}`);
      await page.mouse.move(1, 1);
      await page.getByRole("button", { name: "Menu" }).click();
      await page.locator(".sheet").getByRole("button", { name: "Share…" }).click();
      await expect(link(page)).toHaveValue(new RegExp(`^${site}${path}`));
      await accessible(page);
      await page.keyboard.press("Escape");
      await expect(page.getByRole("button", { name: "Menu" })).toBeFocused();
    }
  });
});
