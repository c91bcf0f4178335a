// Work outlives the tab: kept under a name, left by a closed tab, as a file; with storage that is full, damaged or shared.
import { readFileSync, writeFileSync } from "node:fs";
import { accessible, expect, paste, start, test } from "./site.mjs";

const SAMPLE = readFileSync("public/samples/gadre_c4.csv", "utf8");

const dialog = (page) => page.getByRole("dialog", { name: "Keep and open" });
const budget = (page) => page.getByLabel("Budget", { exact: true });
const foot = (page) => page.locator(".foot-line");
const stored = (page, name) => page.evaluate((name) => localStorage.getItem(name), name);
const rows = (page) => dialog(page).getByRole("table").getByRole("row");
const undo = (page) => dialog(page).getByRole("button", { name: "Undo" });
const named = (page, name) => dialog(page).getByRole("button", { name, exact: true });
/** The names of what tabs have left. */
const left = (page) => page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith("isoflop.tab.")));

async function menu(page, name) {
  await page.getByRole("button", { name: "Menu" }).click();
  await page.locator(".sheet").getByRole("button", { name }).click();
}

async function keep(page, name) {
  await menu(page, "Keep and open…");
  await dialog(page).getByLabel("Keep this work as").fill(name);
  await page.keyboard.press("Enter");
  await expect(dialog(page)).toContainText("Kept");
}

test.beforeEach(async ({ page, site }) => {
  await page.goto(site);
  await start(page);
});

test("work is kept under a name and opened again, and what it takes the place of is not lost", async ({ page }) => {
  await budget(page).fill("1e22 FLOPs");
  await paste(page, SAMPLE);
  await expect(foot(page)).toContainText("34 rows");
  await page.getByLabel("Use row 7", { exact: true }).uncheck();
  await keep(page, "Run of May");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Menu" })).toBeFocused();

  await budget(page).fill("1e24 FLOPs");
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await menu(page, "Keep and open…");
  await dialog(page).getByRole("button", { name: "Run of May", exact: true }).click();
  await expect(budget(page)).toHaveValue("1e22 FLOPs");
  await expect(foot(page)).toContainText("34 rows: 33 used, 1 off");
  await expect(page).toHaveURL(/budget=1e22/);

  // What was there is among the closed tabs.
  await menu(page, "Keep and open…");
  await dialog(page).getByRole("table").last().getByRole("button", { name: /^Plan, 1e24 FLOPs/ }).click();
  await expect(budget(page)).toHaveValue("1e24 FLOPs");
  await expect(page.getByText("Paste a table of training runs")).toBeVisible();
});

test("a removal is undone, and a name keeps one piece of work", async ({ page }) => {
  await budget(page).fill("1e22 FLOPs");
  await keep(page, "One");
  await dialog(page).getByRole("button", { name: /^Remove One/ }).click();
  await expect(dialog(page).getByRole("button", { name: "One", exact: true })).toHaveCount(0);
  await dialog(page).getByRole("button", { name: "Undo" }).click();
  await expect(dialog(page).getByRole("button", { name: "One", exact: true })).toHaveCount(1);
  await page.keyboard.press("Escape");
  await budget(page).fill("1e23 FLOPs");
  await keep(page, "One");
  await expect(dialog(page)).toContainText("Kept in the place of the earlier one.");
  await expect(dialog(page).getByRole("button", { name: "One", exact: true })).toHaveCount(1);
});

test("a tab that was closed leaves its work to the next one, from any page", async ({ page, context, site }) => {
  await page.goto(`${site}fit/?draws=50`);
  await paste(page, SAMPLE);
  await expect(foot(page)).toContainText("34 rows");
  await page.getByLabel("Use row 3", { exact: true }).uncheck();
  const copies = async () => Promise.all((await left(page)).map((name) => stored(page, name)));
  await expect.poll(async () => (await copies()).some((text) => /\\"off\\":\[\d/.test(text))).toBe(true);
  await page.close();

  const next = await context.newPage();
  await next.goto(`${site}laws/`);
  await next.mouse.move(1, 1);
  await menu(next, "Keep and open…");
  await dialog(next).getByRole("button", { name: /^Fit/ }).click();
  await expect(next).toHaveURL(/\/fit\//);
  await expect(foot(next)).toContainText("34 rows: 33 used, 1 off");
});

test("what is brought back says so, takes the focus, and takes nothing from other tabs", async ({ page, context, site }) => {
  await budget(page).fill("1e22 FLOPs");
  await keep(page, "One");
  await dialog(page).getByRole("button", { name: /^Remove One/ }).click();
  await expect(undo(page)).toBeFocused();
  const other = await context.newPage();
  await other.goto(site);
  await start(other);
  await budget(other).fill("1e23 FLOPs");
  await keep(other, "There");

  await undo(page).click();
  await expect(dialog(page).getByRole("status")).toHaveText("It is back.");
  await expect(dialog(page).getByLabel("Keep this work as")).toBeFocused();
  await expect(undo(page)).toHaveCount(0);
  for (const name of ["One", "There"]) await expect(named(page, name)).toHaveCount(1);
});

test("a name brings back the work that it had before", async ({ page }) => {
  await budget(page).fill("1e22 FLOPs");
  await keep(page, "One");
  await page.keyboard.press("Escape");
  await budget(page).fill("1e23 FLOPs");
  await expect(page).toHaveURL(/budget=1e23/);
  await keep(page, "One");
  await undo(page).click();
  await expect(dialog(page).getByRole("status")).toHaveText("It is back.");
  await expect(named(page, "One")).toHaveCount(1);
  await named(page, "One").click();
  await expect(budget(page)).toHaveValue("1e22 FLOPs");
});

test("only the last act is undone", async ({ page }) => {
  const name = dialog(page).getByLabel("Keep this work as");
  await budget(page).fill("1e22 FLOPs");
  await keep(page, "One");
  for (const text of ["", "Two"]) {
    await dialog(page).getByRole("button", { name: /^Remove One/ }).click();
    await expect(undo(page)).toHaveCount(1);
    await name.fill(text);
    await name.press("Enter");
    await expect(undo(page)).toHaveCount(0);
    await name.fill("One");
    await name.press("Enter");
    await expect(named(page, "One")).toHaveCount(1);
  }
  await expect(named(page, "Two")).toHaveCount(1);
});

test("what closed tabs have left is told apart by what is in it", async ({ page, context, site }) => {
  for (const [address, asks] of [["?budget=1e21+FLOPs&law=chinchilla", "1e23 FLOPs"], ["?budget=1e21+FLOPs&law=kaplan-size-and-data", "1e22 FLOPs"]]) {
    const tab = await context.newPage();
    await tab.goto(`${site}${address}`);
    await expect(tab.locator(".page")).toHaveCount(1);
    await budget(tab).fill(asks);
    const copies = async () => Promise.all((await left(page)).map((name) => stored(page, name)));
    await expect.poll(async () => (await copies()).some((text) => text.includes(`budget=${asks.split(" ")[0]}+FLOPs`))).toBe(true);
    await tab.close();
  }
  await menu(page, "Keep and open…");
  await expect(rows(page)).toHaveCount(2);
  for (const name of ["Plan, 1e23 FLOPs, chinchilla", "Plan, 1e22 FLOPs, kaplan-size-and-data"]) {
    await expect(named(page, name)).toHaveCount(1);
    await expect(dialog(page).getByRole("button", { name: new RegExp(`^Remove ${name}, \\d`) })).toHaveCount(1);
  }
});

test("two tabs do not overwrite each other", async ({ page, context, site }) => {
  const other = await context.newPage();
  await other.goto(site);
  await start(other);
  await budget(page).fill("1e21 FLOPs");
  await budget(other).fill("1e23 FLOPs");
  await keep(page, "Here");
  await keep(other, "There");
  await page.keyboard.press("Escape");
  await menu(page, "Keep and open…");
  for (const name of ["Here", "There"]) await expect(dialog(page).getByRole("button", { name, exact: true })).toHaveCount(1);
  await expect.poll(async () => (await left(page)).length).toBe(2);
  // An open tab is not a closed one.
  await expect(dialog(page).getByText("From tabs that were closed")).toHaveCount(0);

  for (const [tab, name] of [[page, "Mine"], [other, "Yours"]]) {
    await tab.goto(`${site}laws/new/`);
    await tab.mouse.move(1, 1);
    await expect(tab.locator("#page")).toHaveClass(/\blive\b/);
  }
  for (const [tab, name] of [[page, "Mine"], [other, "Yours"]]) {
    await tab.getByLabel("Name", { exact: true }).fill(name);
    await tab.getByRole("button", { name: "Keep this law" }).click();
  }
  await expect.poll(async () => JSON.parse(await stored(page, "isoflop.laws")).map(({ name }) => name)).toEqual(["Mine", "Yours"]);
});

test("everything goes into one file and comes back from it elsewhere", async ({ page, context, site }, info) => {
  await budget(page).fill("1e22 FLOPs");
  await keep(page, "Run of May");
  const [download] = await Promise.all([page.waitForEvent("download"), dialog(page).getByRole("button", { name: "Export everything" }).click()]);
  expect(download.suggestedFilename()).toBe("isoflop.json");
  const file = info.outputPath("isoflop.json");
  await download.saveAs(file);
  const everything = JSON.parse(readFileSync(file, "utf8"));
  expect(everything.works.map(({ name }) => name)).toEqual(["Run of May", "This tab"]);
  // Of another version, and of a moment that has no date.
  const works = everything.works.map((work) => ({ ...work, when: 1e300 }));
  writeFileSync(file, JSON.stringify({ isoflop: "99.0.0", works, laws: [{ name: "Mine", formula: "1 / N" }] }));

  const elsewhere = await context.browser().newContext({ serviceWorkers: "block" });
  const other = await elsewhere.newPage();
  await other.goto(site);
  await start(other);
  await menu(other, "Keep and open…");
  const take = async (path) => {
    const [chooser] = await Promise.all([other.waitForEvent("filechooser"), dialog(other).getByRole("button", { name: "Import a file…" }).click()]);
    await chooser.setFiles(path);
  };
  await take("public/samples/gadre_c4.csv");
  await expect(dialog(other)).toContainText("Expected a file that Isoflop exported; this is no JSON.");
  await take(file);
  await expect(dialog(other)).toContainText("Imported 2 pieces of work, and laws as far as the file has some; it was made by Isoflop 99.0.0.");
  await expect(dialog(other)).not.toContainText("Invalid");
  await take(file);
  await expect(dialog(other).getByRole("button", { name: "This tab", exact: true })).toHaveCount(1);
  expect(JSON.parse(await stored(other, "isoflop.laws")).map(({ name }) => name)).toEqual(["Mine"]);
  await dialog(other).getByRole("button", { name: "Run of May", exact: true }).click();
  await expect(budget(other)).toHaveValue("1e22 FLOPs");
  await elsewhere.close();
});

test("what closed tabs have left is exported, kept once if it is the same, and removed with a way back", async ({ page, context, site }) => {
  for (const text of ["1e21 FLOPs", "1e22 FLOPs", "1e22 FLOPs"]) {
    const tab = await context.newPage();
    await tab.goto(site);
    await start(tab);
    const before = (await left(page)).length;
    await budget(tab).fill(text);
    await expect.poll(async () => (await left(page)).length).toBe(before + 1);
    await tab.close();
  }
  await menu(page, "Keep and open…");
  await expect(rows(page)).toHaveCount(2);
  expect(await left(page)).toHaveLength(2);
  const exported = async () => {
    const [download] = await Promise.all([page.waitForEvent("download"), dialog(page).getByRole("button", { name: "Export everything" }).click()]);
    const { works } = JSON.parse(readFileSync(await download.path(), "utf8"));
    return works.map(({ name, parts }) => [name, /budget=(1e2\d)/.exec(parts["isoflop.question"])[1]]);
  };
  expect(await exported()).toEqual([[expect.stringMatching(/^Plan, \d/), "1e22"], [expect.stringMatching(/^Plan, \d/), "1e21"]]);

  await rows(page).first().getByRole("button", { name: /^Remove Plan/ }).click();
  await expect(rows(page)).toHaveCount(1);
  await expect(undo(page)).toBeFocused();
  await undo(page).click();
  await expect(rows(page)).toHaveCount(2);
  await dialog(page).getByRole("button", { name: "Remove all that closed tabs have left" }).click();
  await expect(rows(page)).toHaveCount(0);
  expect(await left(page)).toEqual([]);
  await expect(undo(page)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(rows(page)).toHaveCount(2);
  expect(await exported()).toHaveLength(2);
});

test("the foot of a page exports everything, however early it is pressed", async ({ page, site }) => {
  await budget(page).fill("1e22 FLOPs");
  await expect(page).toHaveURL(/budget=1e22/);
  for (const path of ["?budget=1e22+FLOPs", "laws/", "laws/chinchilla/", "fit/", "frontier/", "about/"]) {
    await page.goto(`${site}${path}`);
    const [download] = await Promise.all([page.waitForEvent("download"), page.locator(".foot").getByRole("button", { name: "Export everything" }).click()]);
    const { works } = JSON.parse(readFileSync(await download.path(), "utf8"));
    expect(works[0].parts["isoflop.question"], path).toContain("budget=1e22");
  }
});

test("storage that is full is said, and nothing else breaks", async ({ page }) => {
  await page.evaluate(() => {
    for (let size = 1 << 20; size > 0; size >>= 1) {
      try {
        for (let at = 0; ; at += 1) localStorage.setItem(`filler.${size}.${at}`, "x".repeat(size));
      } catch {}
    }
  });
  await budget(page).fill("1e22 FLOPs");
  await expect(page.getByRole("complementary", { name: "Notice" })).toContainText("This browser has no room left");
  await menu(page, "Keep and open…");
  await dialog(page).getByLabel("Keep this work as").fill("Run of May");
  await page.keyboard.press("Enter");
  await expect(dialog(page)).toContainText("This browser has no room left: export everything, then remove some work.");
  const [download] = await Promise.all([page.waitForEvent("download"), dialog(page).getByRole("button", { name: "Export everything" }).click()]);
  expect(JSON.parse(readFileSync(await download.path(), "utf8")).works[0].parts["isoflop.question"]).toContain("budget=1e22");
  await page.keyboard.press("Escape");
  await budget(page).fill("1e23 FLOPs");
  await expect(page.locator("#budget-echo")).toContainText("Read as 1.00");
});

test.describe("a browser that keeps nothing", () => {
  const loss = "This browser keeps nothing of this page: what you do is lost when it is left.";

  test.beforeEach(async ({ page, site }) => {
    await page.addInitScript(() => {
      for (const name of ["localStorage", "sessionStorage"]) {
        Object.defineProperty(window, name, { get: () => { throw new DOMException("no storage", "SecurityError"); } });
      }
    });
    await page.goto(site);
    await start(page);
  });

  test("is told of once, and what is on the page goes into a file", async ({ page }) => {
    const notice = page.getByRole("complementary", { name: "Notice" });
    await budget(page).fill("1e22 FLOPs");
    await expect(notice).toContainText(loss);
    await menu(page, "Keep and open…");
    await dialog(page).getByLabel("Keep this work as").fill("Run of May");
    await page.keyboard.press("Enter");
    await expect(dialog(page)).toContainText("This browser keeps nothing: export it as a file.");
    const [download] = await Promise.all([page.waitForEvent("download"), dialog(page).getByRole("button", { name: "Export everything" }).click()]);
    expect(JSON.parse(readFileSync(await download.path(), "utf8")).works[0].parts["isoflop.question"]).toContain("budget=1e22");
    await page.keyboard.press("Escape");
    await notice.getByRole("button", { name: "Dismiss" }).click();
    await budget(page).fill("1e23 FLOPs");
    await expect(page).toHaveURL(/budget=1e23/);
    await expect(page.getByText(loss)).toHaveCount(0);
  });

  test("is told of on Fit too", async ({ page, site }) => {
    await page.goto(`${site}fit/`);
    await paste(page, SAMPLE);
    await expect(foot(page)).toContainText("34 rows");
    await expect(page.getByRole("complementary", { name: "Notice" })).toContainText(loss);
  });
});

test("what was damaged by hand stays, and harms nothing", async ({ page, site }) => {
  await page.evaluate(() => {
    localStorage.setItem("isoflop.works", "not json");
    localStorage.setItem("isoflop.tab.x", '{"name":');
    localStorage.setItem("isoflop.laws", '[7,{"name":"a"}]');
    sessionStorage.setItem("isoflop.runs", "{");
    sessionStorage.setItem("isoflop.pins", "\n\n?law=%");
  });
  await page.goto(site);
  await start(page);
  await keep(page, "Run of May");
  await expect(dialog(page).getByRole("button", { name: "Run of May", exact: true })).toHaveCount(1);
  expect(JSON.parse(await stored(page, "isoflop.works"))[1]).toBe("not json");
  const [download] = await Promise.all([page.waitForEvent("download"), dialog(page).getByRole("button", { name: "Export everything" }).click()]);
  const { works, laws } = JSON.parse(readFileSync(await download.path(), "utf8"));
  expect(works).toContain("not json");
  expect(laws).toEqual([7, { name: "a" }]);
});

test.describe("without sight or mouse", () => {
  test.use({ contextOptions: { bypassCSP: true, viewport: { width: 360, height: 780 } } });

  test("axe finds nothing in the dialog", async ({ page }) => {
    await budget(page).fill("1e22 FLOPs");
    await keep(page, "Run of May");
    await accessible(page);
  });
});
