// What lives on the Laws pages, driven as a reader would: the list, the evaluator, the editor, and a law of the
// reader's own on the Plan.
import { accessible, expect, launch, native, test } from "./site.mjs";


/** Opens a page of the site, moves as a reader does, and waits until its program has taken over. */
async function open(page, address) {
  await page.goto(address);
  await page.mouse.move(1, 1);
  await expect(page.locator("#page.live")).toHaveCount(1);
}

const shown = (page) => page.locator("#rows > li:visible");
const value = (page) => page.locator("#value-L");

test.describe("the list", () => {
  test("a law is found by its name, its author, its variable", async ({ page, site }) => {
    await open(page, `${site}laws/`);
    const all = await shown(page).count();
    const search = page.getByRole("searchbox", { name: "Search" });
    for (const words of ["chinchilla parametric", "Hoffmann 2022 MassiveText"]) {
      await search.fill(words);
      await expect(page.locator('#rows > li[data-law="chinchilla"]')).toBeVisible();
      expect(await shown(page).count()).toBeLessThan(all);
    }
    await expect(page.locator("#found")).toContainText(`of ${all} laws.`);
    await expect(page).toHaveURL(/\?q=Hoffmann\+2022\+MassiveText$/);
    await page.reload();
    await expect(page.locator("#page.live")).toHaveCount(1);
    await expect(search).toHaveValue("Hoffmann 2022 MassiveText");
    await expect(page.locator("#found")).toContainText(`of ${all} laws.`);
  });

  test("nothing found says so, and how to have everything again", async ({ page, site }) => {
    await open(page, `${site}laws/`);
    const all = await shown(page).count();
    await page.keyboard.press("/");
    const search = page.getByRole("searchbox", { name: "Search" });
    await expect(search).toBeFocused();
    await search.fill("quantum chromodynamics");
    await expect(page.locator("#found")).toHaveText("No law matches “quantum chromodynamics”. Clear the search");
    await page.getByRole("button", { name: "Clear the search" }).click();
    await expect(shown(page)).toHaveCount(all);
    await expect(search).toBeFocused();
    await expect(page).toHaveURL(`${site}laws/`);
  });

  test("filters are pressed one by one, each says how many laws it leaves", async ({ page, site }) => {
    await open(page, `${site}laws/`);
    const button = page.locator('button[data-filter="kind"][data-value="optimum"]');
    const count = Number(await button.locator(".count").innerText());
    await button.click();
    await expect(button).toHaveAttribute("aria-pressed", "true");
    await expect(shown(page)).toHaveCount(count);
    await expect(page).toHaveURL(/\?kind=optimum$/);
    await page.locator('button[data-filter="kind"][data-value=""]').click();
    await expect(button).toHaveAttribute("aria-pressed", "false");
  });
});

test.describe("before the program is there", () => {
  /** Opens a page whose program is held back; what is returned lets it come. */
  async function early(page, address) {
    let go;
    const held = new Promise((resolve) => (go = resolve));
    await page.route(/(laws|fit)-\w+_bg\.wasm/, async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(address);
    return async () => {
      await expect(page.locator("#page.live")).toHaveCount(0);
      go();
      await expect(page.locator("#page.live")).toHaveCount(1);
    };
  }

  test("what is typed and pressed is not lost", async ({ page, site }) => {
    const come = await early(page, `${site}laws/chinchilla/`);
    await page.locator("#at-N").fill("70B");
    await page.getByRole("button", { name: /^Table/ }).click();
    await come();
    await expect(page.locator("#at-N")).toHaveValue("70B");
    await expect(page.locator("#at-N-echo")).toHaveText("Read as 70.0 B parameters.");
    await expect(page.getByRole("region", { name: /as a table/ })).toHaveCount(1);
  });

  test("what is selected stays so, and the next key takes its place", async ({ page, site }) => {
    const come = await early(page, `${site}laws/chinchilla/`);
    const tokens = page.locator("#at-D");
    await tokens.selectText();
    await come();
    await page.keyboard.type("1.4T");
    await expect(tokens).toHaveValue("1.4T");
    await expect(page.locator("#at-D-echo")).toHaveText("Read as 1.40 T tokens.");
  });

  test("a law that is being typed goes on where its caret stands", async ({ page, site }) => {
    const come = await early(page, `${site}laws/new/`);
    await page.getByLabel("Name", { exact: true }).fill("Early");
    const formula = page.getByLabel("Formula", { exact: true });
    await formula.fill("E + A / N");
    await page.keyboard.press("ArrowLeft");
    await come();
    await page.keyboard.type("2 * ");
    await expect(formula).toHaveValue("E + A / 2 * N");
    await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Early");
  });

  test("a table that is being typed goes on where its caret stands", async ({ page, site }) => {
    const come = await early(page, `${site}fit/`);
    const table = page.getByLabel("Table of training runs");
    await table.fill("params,loss");
    for (let left = 0; left < ",loss".length; left++) await page.keyboard.press("ArrowLeft");
    await come();
    await page.keyboard.type(",tokens");
    await expect(table).toHaveValue("params,tokens,loss");
  });
});

test.describe("a law", () => {
  test("it is evaluated against a published number, and says how far that is from the runs", async ({ page, site }) => {
    await open(page, `${site}laws/chinchilla/`);
    await page.getByLabel("Published fit").selectOption("hoffmann2022");
    await page.locator("#at-N").fill("70B");
    await page.locator("#at-D").fill("1.4T");
    await expect(value(page)).toHaveText("1.9208");
    await expect(page.locator(".value .unit")).toHaveText("nats per token");
    await expect(page.locator(".distance")).toContainText("N is 70.0 B parameters");
    await expect(page.locator(".distance")).toContainText("the runs behind the fit, which reach from");
    await expect(page.locator(".numbers").first()).toContainText("1.6934");
    await expect(page.locator("#use")).toHaveAttribute("href", "./?law=chinchilla&fit=hoffmann2022");
    await expect(page.locator("#fit-hoffmann2022")).toHaveAttribute("open", "");
    // The usual fit stays beside it, in the picture and its numbers.
    const figure = page.getByRole("figure").filter({ hasText: "The law along one input" });
    await expect(figure).toContainText("In grey, Refit of 240 runs.");
    await figure.getByRole("button", { name: /^Table/ }).click();
    await expect(figure.getByRole("columnheader")).toHaveText([/^size N/, "loss L", "loss L, Refit of 240 runs"]);
    await page.getByLabel("Published fit").selectOption("refit-240");
    await expect(figure.getByRole("columnheader")).toHaveCount(2);
    await expect(figure).not.toContainText("In grey");
  });

  test("no worker is loaded before something is asked", async ({ page, server, site }) => {
    await open(page, `${site}laws/chinchilla/`);
    await page.waitForLoadState("networkidle");
    const worker = () => server.sent().filter(([url]) => /worker/.test(url)).length;
    const before = value(page);
    await expect(before).toHaveText(/^\d\.\d{4}$/);
    expect(worker()).toBe(0);
    await page.locator("#at-N").fill("2B");
    await expect.poll(worker).toBeGreaterThan(0);
  });

  test("what cannot be read says why at its field, and the last value stays", async ({ page, site }) => {
    await open(page, `${site}laws/chinchilla/`);
    const size = page.locator("#at-N");
    const before = await value(page).innerText();
    await size.fill("seventy");
    await expect(size).toHaveAttribute("aria-invalid", "true");
    await expect(page.locator("#at-N-echo")).toContainText("Expected a positive number of parameters");
    await expect(page.locator("#at-N-echo")).toContainText("The value below is for the last amounts that were read.");
    await expect(value(page)).toHaveText(before);
    await size.fill("70");
    await page.getByRole("button", { name: "70 B", exact: true }).click();
    await expect(size).toHaveValue("70 B");
  });

  test("LaTeX is copied", async ({ page, site, context }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await open(page, `${site}laws/chinchilla/`);
    await page.getByRole("button", { name: "Copy LaTeX", exact: true }).click();
    await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/\\frac\{A\}\{N\^\{\\alpha\}\}/);
  });

  test("its curve ends where the law does, and stays as it was served", async ({ page, site }) => {
    await page.goto(`${site}laws/kaplan-learning-rate/`);
    const ends = "Beyond 12.1\u00a0B\u00a0parameters the law means nothing: it holds where N < exp(a / b).";
    const says = page.locator(".says");
    const served = page.locator(".picture svg.wide");
    await expect(says).toContainText(ends);
    await expect(served).toBeVisible();
    const text = await says.innerText();
    const before = [await page.locator(".picture").boundingBox(), await says.boundingBox()];
    await page.mouse.move(1, 1);
    await expect(page.locator("#page.live")).toHaveCount(1);
    const canvas = page.getByRole("img", { name: ends });
    await expect(canvas).toBeVisible();
    await expect(served).toHaveCount(0);
    expect([await page.locator(".picture").boundingBox(), await says.boundingBox()]).toEqual(before);
    expect(await says.innerText()).toBe(text);
    // And where it goes on to without what it came with.
    await page.locator("#at-N").fill("2B");
    await expect(page.getByRole("img", { name: /At 2\.00.B/ })).toBeVisible();
    await expect(says).toContainText(ends);
  });

  test("a curve that waits for values is a sentence until they are there", async ({ page, site }) => {
    await open(page, `${site}laws/hernandez-transfer/`);
    const says = page.locator(".says");
    await expect(says).toHaveText("Once every field above has a value, the law is drawn here along one input.");
    await expect(page.getByRole("button", { name: /^Table/ })).toHaveCount(0);
    // Those of conversions stand closed.
    for (const field of await page.locator(".inputs input:visible").all()) {
      if ((await field.inputValue()) === "") await field.fill("0.5");
    }
    await expect(says).toContainText("Plot against");
    await expect(page.getByRole("img", { name: /^Along/ })).toBeVisible();
    await expect(page.getByRole("button", { name: /^Table/ })).toHaveCount(1);
  });

  test("its curve is drawn along any input, and read by keyboard", async ({ page, site }) => {
    await open(page, `${site}laws/chinchilla/`);
    const canvas = page.getByRole("img", { name: /Along/ });
    await expect(canvas).toHaveCount(1);
    await page.getByRole("combobox", { name: "Plot against" }).selectOption("D");
    await expect(page.locator(".says")).toContainText("N held at");
    await expect(page.getByRole("img", { name: /^Along tokens D/ })).toHaveCount(1);
    await canvas.focus();
    await page.keyboard.press("ArrowRight");
    await expect(page.locator(".reading")).toContainText("loss");
    await page.getByRole("button", { name: /^Table/ }).click();
    await expect(page.getByRole("region", { name: /as a table/ })).toBeFocused();
  });
});

/** The value that the native program has of a law. */
const predicted = (predict) => JSON.parse(native({ predict })).predict;

test.describe("a law of families", () => {
  const members = { text: { C: 2, gamma: 0.5, h: 0.5 }, code: { C: 1, gamma: 0.3, h: 0.2 }, books: { C: 0.5, gamma: 0.2, h: 0.3 } };
  const alone = { E: 1.5, A: 400, alpha: 0.3, B: 1200, beta: 0.3 };

  /** Fills the fields of the evaluator, and says what the native program answers to the same. */
  async function fill(page) {
    const parameters = { ...alone };
    for (const [member, of] of Object.entries(members)) {
      for (const name of ["C", "gamma"]) parameters[`${name}[${member}]`] = of[name];
    }
    const h = Object.fromEntries(Object.entries(members).map(([member, of]) => [member, of.h]));
    const at = { N: "1B", D: "20B" };
    for (const [name, value] of Object.entries({ ...parameters, ...at })) await page.locator(`[id="at-${name}"]`).fill(`${value}`);
    for (const [member, value] of Object.entries(h)) await page.locator(`[id="at-h[${member}]"]`).fill(`${value}`);
    return predicted({ law: "shukor-additive", fit: { parameters }, at: { ...at, h } }).value;
  }

  test("it is evaluated with three members of the reader's own, as natively", async ({ page, site }) => {
    await open(page, `${site}laws/shukor-additive/`);
    await expect(page.getByRole("group", { name: "Members" }).getByRole("textbox")).toHaveCount(2);
    await page.getByLabel("Member 1", { exact: true }).fill("text");
    await page.getByRole("button", { name: "Add a member" }).click();
    const third = page.getByLabel("Member 3", { exact: true });
    await expect(third).toBeFocused();
    await third.fill("books");
    const expected = await fill(page);
    await expect(value(page)).toHaveText(expected.toFixed(4));
    await expect(page.locator(".distance")).toBeEmpty();

    // The curve goes along one member's share.
    await page.getByRole("combobox", { name: "Plot against" }).selectOption("h[books]");
    await expect(page.getByRole("img", { name: /^Along weight of each domain h\[books\]/ })).toHaveCount(1);

    // What was typed for a member goes with it, and is gone with it.
    await page.getByLabel("Member 1", { exact: true }).fill("prose");
    await expect(page.locator('[id="at-C[prose]"]')).toHaveValue("2");
    await expect(value(page)).toHaveText(expected.toFixed(4));
    await page.getByRole("button", { name: "Remove code" }).click();
    await expect(page.locator('[id="at-C[code]"]')).toHaveCount(0);
    await expect(page.locator('[id="at-C[books]"]')).toHaveValue("0.5");
    await expect(value(page)).not.toHaveText(expected.toFixed(4));
    // The shares of the two that are left are not a whole.
    await expect(page.locator(".distance")).toHaveText("The values of h add up to 0.8; in this law they are together 1.");
  });

  test("a name that is none is pointed at, and the last members stay", async ({ page, site }) => {
    await open(page, `${site}laws/ye-mixing/`);
    await page.getByLabel("Member 2", { exact: true }).fill("web");
    await expect(page.locator("#members-0-echo")).toHaveText("Expected every member once; web stands twice.");
    await expect(page.locator('[id="at-h[code]"]')).toHaveValue("0.5");
    await page.getByLabel("Member 2", { exact: true }).fill("books");
    await expect(page.locator("#members-0-echo")).toHaveText("t and h have a value for each.");
    await expect(page.locator('[id="at-h[books]"]')).toHaveValue("0.5");
  });

  test("nothing moves when the program takes over", async ({ page, site }) => {
    await page.goto(`${site}laws/shukor-joint/`);
    await page.evaluate(() => document.fonts.ready);
    const places = () =>
      page.evaluate(() =>
        [...document.querySelectorAll("#evaluate :is(input, select, button, label, summary, h2)")].map((part) => {
          const { left, top, width, height } = part.getBoundingClientRect();
          return `${part.tagName} ${part.id} ${[left, top, width, height].map(Math.round)}`;
        }),
      );
    const before = await places();
    await page.mouse.move(1, 1);
    await expect(page.locator("#page.live")).toHaveCount(1);
    expect(await places()).toEqual(before);
  });
});

test.describe("a count", () => {
  test("is converted from another, by keyboard", async ({ page, site }) => {
    await open(page, `${site}laws/kaplan-size-and-data/`);
    const convert = page.locator("#convert-N");
    await convert.locator("summary").focus();
    await page.keyboard.press("Enter");
    await expect(convert).toHaveAttribute("open", "");
    const at = { N: "1554971200", V: "50257", d: "1600", m: "1" };
    const use = convert.getByRole("button", { name: "Use this count" });
    await expect(use).toBeDisabled();
    for (const [name, text] of Object.entries(at)) await page.locator(`#convert-N-${name}`).fill(text);
    const { outputs } = predicted({ law: "parameters-without-embeddings", at });
    await expect(convert.getByRole("status")).toHaveText("1.47 B parameters without embeddings");
    await use.press("Enter");
    await expect(page.locator("#at-N")).toHaveValue(`${outputs.N_without / 1e9}B`);
    await expect(page.locator("#at-N")).toBeFocused();
    // Where it cannot be, the law says why.
    await page.locator("#convert-N-m").fill("3");
    await expect(convert.getByRole("status")).toContainText("Expected m <= 2");
    await expect(use).toBeDisabled();
  });

  test("a loss is said in bits, and in bits per byte once bytes are known", async ({ page, site }) => {
    await open(page, `${site}laws/chinchilla/`);
    const at = { N: "70B", D: "20B" };
    await page.locator("#at-N").fill(at.N);
    const convert = page.locator("#convert-value");
    await convert.locator("summary").click();
    const nats = predicted({ law: "chinchilla", fit: "refit-240", at }).value;
    const said = convert.getByRole("status");
    await expect(said).toHaveText(`${(nats / Math.LN2).toFixed(4)} bits per token`);
    await expect(value(page)).toHaveText(nats.toFixed(4));
    await page.locator("#convert-value-bytes").fill("4");
    await expect(said).toHaveText(/ bits per token · \d\.\d{4} bits per byte$/);
  });

  test("opened before the program is there, it stays open", async ({ page, site }) => {
    await page.goto(`${site}laws/chinchilla/`);
    await page.evaluate(() => document.querySelector("#convert-value").setAttribute("open", ""));
    await page.mouse.move(1, 1);
    await expect(page.locator("#page.live")).toHaveCount(1);
    await expect(page.locator("#convert-value")).toHaveAttribute("open", "");
  });
});

test("a law is found, evaluated and used by keyboard alone", async ({ page, site }) => {
  await open(page, `${site}laws/`);
  await page.keyboard.press("/");
  await page.keyboard.type("chinchilla parametric");
  await expect(shown(page)).toHaveCount(1);
  const link = page.getByRole("link", { name: "Chinchilla parametric loss" });
  for (let tabs = 0; tabs < 200 && !(await link.evaluate((link) => link === document.activeElement)); tabs++) {
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Chinchilla parametric loss");
  const size = page.locator("#at-N");
  for (let tabs = 0; tabs < 40 && !(await size.evaluate((field) => field === document.activeElement)); tabs++) {
    await page.keyboard.press("Tab");
  }
  const before = await value(page).innerText();
  await page.keyboard.press("End");
  await page.keyboard.press("Shift+ArrowUp");
  await expect(size).toHaveValue("10B");
  await expect(value(page)).not.toHaveText(before);
});

/** Types a law that is Chinchilla's in other clothes. */
const TYPED = "E + A / N^alpha + B / D^beta";

async function giveValues(page) {
  const values = { E: "1.69", A: "406.4", alpha: "0.34", B: "410.7", beta: "0.28" };
  for (const [name, value] of Object.entries(values)) await page.getByLabel(`Value of ${name}`, { exact: true }).fill(value);
}

test.describe("a typed law", () => {
  test("a mistake is pointed at and kept, the last good reading stays, and then it is put right", async ({ page, site }) => {
    await open(page, `${site}laws/new/`);
    const field = page.getByLabel("Formula", { exact: true });
    await field.fill(TYPED);
    const math = page.getByRole("group", { name: "The law" });
    await expect(math.locator("math")).toHaveCount(1);
    const good = await math.innerHTML();

    const wrong = "U = min(D, D_unique)\nE + A / N^alpha + B / (U^beta";
    await field.fill(wrong);
    await expect(page.locator("#mistake")).toContainText("line 2, column 23: this bracket is never closed");
    const [line, caret] = (await page.locator("#mistake pre").textContent()).split("\n");
    expect(caret.indexOf("^")).toBe(line.indexOf("("));
    await expect(field).toHaveAttribute("aria-invalid", "true");
    await expect(page.getByRole("heading", { name: "As it was last read" })).toBeVisible();
    expect(await math.innerHTML()).toBe(good);

    await page.getByRole("button", { name: "Keep this law" }).click();
    await expect(page.locator("#kept-echo")).toContainText("There is a mistake in line 2.");
    await page.reload();
    await expect(field).toHaveValue(wrong);

    await field.press("ControlOrMeta+End");
    await page.keyboard.type(")");
    await expect(page.locator("#mistake")).toHaveText("");
    await expect(page.getByRole("heading", { name: "As it is read" })).toBeVisible();
    await expect(page.getByLabel("Role of D_unique")).toHaveValue("input");
    await expect(page.getByLabel("Lower bound of alpha")).toHaveValue("0.02");
  });

  test("it is evaluated, kept, found again, and planned with", async ({ page, site }) => {
    await open(page, `${site}laws/new/`);
    await page.getByLabel("Formula", { exact: true }).fill(TYPED);
    await giveValues(page);
    await expect(value(page)).toHaveText("1.937");
    await page.getByRole("button", { name: "Keep this law" }).click();
    await expect(page.locator("#kept-echo")).toHaveText("Expected a name to keep it under.");
    await page.getByLabel("Name", { exact: true }).fill("My law");
    await page.getByRole("button", { name: "Keep this law" }).click();
    await expect(page.locator("#kept-echo")).toHaveText("Kept as “My law”.");

    await page.getByRole("link", { name: "Use in Plan" }).click();
    await expect(page.getByLabel("Law", { exact: true })).toContainText("My law (yours)");
    await expect(page.locator("#size")).toHaveText("32.2 B");
    await expect(page.locator(".answer.behind")).toHaveCount(0);
    const planned = await page.locator("#size").innerText();
    await page.reload();
    await expect(page.locator("#size")).toHaveText(planned);

    await open(page, `${site}laws/`);
    await page.getByRole("searchbox", { name: "Search" }).fill("my law");
    await page.locator("#kept").getByRole("link", { name: "My law" }).click();
    await expect(page.getByLabel("Name", { exact: true })).toHaveValue("My law");
    await expect(page.getByLabel("Value of A", { exact: true })).toHaveValue("406.4");

    await open(page, `${site}laws/`);
    await page.getByRole("button", { name: "Remove My law" }).click();
    await expect(page.locator("#kept")).toBeHidden();
  });

  test("values at which it means nothing are refused with the reason", async ({ page, site }) => {
    await open(page, `${site}laws/new/`);
    await page.getByLabel("Formula", { exact: true }).fill(`${TYPED} * (1 - S)\nwhere S <= 0.98`);
    await page.getByLabel("Role of S").selectOption("input");
    await giveValues(page);
    await page.getByLabel("Value of S", { exact: true }).fill("0.5");
    await expect(value(page)).not.toHaveText("–");
    await page.getByLabel("Value of S", { exact: true }).fill("0.99");
    await expect(page.locator(".distance")).toContainText("Expected S <= 0.98, outside which");
    await expect(value(page)).toHaveText("–");
  });

  test("bounds that are none say why", async ({ page, site }) => {
    await open(page, `${site}laws/new/`);
    await page.getByLabel("Formula", { exact: true }).fill(TYPED);
    await page.getByLabel("Upper bound of alpha").fill("0.01");
    await expect(page.getByText("Expected a lower bound below the upper one.")).toBeVisible();
    await page.getByLabel("Upper bound of alpha").fill("1");
    await expect(page.getByText("Expected a lower bound below the upper one.")).toHaveCount(0);
  });

  test("with two outputs, a family and a table: a mistake in a row is pointed at, then it is right, kept and found", async ({ page, site }) => {
    await open(page, `${site}laws/new/`);
    await page.getByLabel("Formula", { exact: true }).fill(
      "M = sum(i: C[i] * h[i])\nL = E + M * interp(T, x) / N^alpha",
    );
    await page.getByLabel("Role of h", { exact: true }).selectOption("input");
    await page.getByLabel("Role of x", { exact: true }).selectOption("input");
    await page.getByLabel("Role of M", { exact: true }).selectOption("output");
    await page.getByLabel("Unit of L", { exact: true }).selectOption("nats/token");
    await page.getByLabel("Member 2", { exact: true }).fill("books");
    const values = { "C[web]": 2, "C[books]": 4, "h[web]": 0.25, "h[books]": 0.75, E: 1.5, alpha: 0.1, x: 0.5, N: "1B" };
    for (const [name, text] of Object.entries(values)) await page.getByLabel(`Value of ${name}`, { exact: true }).fill(`${text}`);

    const table = page.getByLabel("Table T");
    await table.fill("x y\n0 1\n1 two");
    await expect(page.locator("#table-0-echo")).toHaveText("Row 3: expected a number such as 0.5; got “two”.");
    await expect(table).toHaveAttribute("aria-invalid", "true");
    await page.getByLabel("Name", { exact: true }).fill("Whole");
    await page.getByRole("button", { name: "Keep this law" }).click();
    await expect(page.locator("#kept-echo")).toContainText("The table T is not right yet.");
    await table.fill("x y\n0 1\n1 3");
    await expect(page.locator("#table-0-echo")).toHaveText("Read as 2 rows.");

    const { N, x, E, alpha, ...families } = values;
    const law = {
      formula: "M = sum(i: C[i] * h[i])\nL = E + M * interp(T, x) / N^alpha",
      outputs: ["L", "M"],
      inputs: { N: { unit: "parameters" }, x: {}, h: {} },
      tables: { T: { x: [0, 1], y: [1, 3] } },
    };
    const { "h[web]": web, "h[books]": books, ...C } = families;
    const { outputs } = predicted({ law, fit: { parameters: { E, alpha, ...C } }, at: { N, x, h: { web, books } } });
    await expect(value(page)).toHaveText(outputs.L.toFixed(4));
    await expect(page.locator("#value-M")).toHaveText("3.500");
    await expect(page.locator(".value .unit").first()).toHaveText("nats per token");
    await page.getByRole("combobox", { name: "Plot against" }).selectOption("h[web]");
    await expect(page.getByRole("img", { name: /h\[web\]/ })).toHaveCount(1);
    // What is drawn stays while there is a mistake, and so does what it is drawn along.
    await table.fill("x y\n0 1\n1 three");
    await expect(table).toHaveAttribute("aria-invalid", "true");
    await expect(page.getByRole("combobox", { name: "Plot against" })).toHaveValue("h[web]");
    await expect(page.getByRole("img", { name: /h\[web\]/ })).toHaveCount(1);
    await table.fill("x y\n0 1\n1 3");
    await expect(page.locator("#table-0-echo")).toHaveText("Read as 2 rows.");

    await page.getByRole("button", { name: "Keep this law" }).click();
    await expect(page.locator("#kept-echo")).toHaveText("Kept as “Whole”.");
    await open(page, `${site}laws/new/?kept=Whole`);
    await expect(table).toHaveValue("x y\n0 1\n1 3");
    await expect(page.getByLabel("Member 2", { exact: true })).toHaveValue("books");
    await expect(value(page)).toHaveText(outputs.L.toFixed(4));
    const address = await page.getByRole("link", { name: "Fit to my runs" }).getAttribute("href");
    const carried = JSON.parse(new URL(address, site).searchParams.get("law"));
    expect([carried.outputs, carried.tables]).toEqual([["L", "M"], law.tables]);
  });

  test("a law that was kept before there were families and tables is still there", async ({ page, site }) => {
    const symbol = (name, role, unit, value) => ({ name, role, unit, low: "0", high: "", value });
    const symbols = [symbol("E", "parameter", "1", "2"), symbol("A", "parameter", "1", "3e9"), symbol("N", "input", "parameters", "1B")];
    await page.addInitScript((kept) => localStorage.setItem("isoflop.laws", kept), JSON.stringify([{ name: "Old", formula: "E + A / N", symbols }]));
    await open(page, `${site}laws/new/?kept=Old`);
    await expect(value(page)).toHaveText("5");
  });

  test("a law of the catalogue with families and tables can be the start too", async ({ page, site }) => {
    await open(page, `${site}laws/new/?law=shukor-additive`);
    await expect(page.getByLabel("Role of h", { exact: true })).toHaveValue("input");
    await expect(page.getByLabel("Role of C", { exact: true })).toHaveValue("parameter");
    await expect(page.getByLabel("Value of C[web]", { exact: true })).toHaveValue("");
    await open(page, `${site}laws/new/?law=paretoq`);
    await expect(page.getByLabel("Table T").or(page.locator("#table-0")).first()).toHaveValue(/^-?\d/);
  });

  test("a law of the catalogue can be the start", async ({ page, site }) => {
    await open(page, `${site}laws/new/?law=chinchilla`);
    await expect(page.getByLabel("Value of E", { exact: true })).toHaveValue(/^1\.8/);
  });
});

test("a browser without room says so, and goes on", async ({ page, site }) => {
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  await open(page, `${site}laws/new/`);
  await page.getByLabel("Name", { exact: true }).fill("Mine");
  await expect(page.getByText("This browser keeps nothing of this page")).toBeVisible();
  await page.getByRole("button", { name: "Keep this law" }).click();
  await expect(page.locator("#kept-echo")).toHaveText("Kept as “Mine”.");
});

/** What the program has made of the pages, each with how to reach it. */
const states = {
  "the list, searched": ["laws/", (page) => page.getByRole("searchbox", { name: "Search" }).fill("quantum")],
  "a law, with a mistake in a field": ["laws/chinchilla/", (page) => page.locator("#at-N").fill("-3")],
  "a law of families, and a conversion": [
    "laws/shukor-joint/",
    async (page) => {
      await page.getByRole("button", { name: "Add a member" }).click();
      await page.getByLabel("Member 3", { exact: true }).fill("web");
      await page.locator("#convert-N summary").click();
    },
  ],
  "the editor, with a family and a table": [
    "laws/new/",
    async (page) => {
      await page.getByLabel("Formula", { exact: true }).fill("M = sum(i: C[i] * h[i])\nL = E + M * interp(T, x) / N^alpha");
      await page.getByLabel("Table T").fill("1 2\n1 3");
      await expect(page.locator("#table-0-echo")).toContainText("Row 2");
    },
  ],
  "the editor, with a mistake": [
    "laws/new/",
    async (page) => {
      await giveValues(page);
      await expect(value(page)).toHaveText("1.937");
      await page.getByLabel("Upper bound of alpha").fill("0.01");
      await page.getByLabel("Formula", { exact: true }).fill("E + (A");
      await expect(page.locator("#mistake")).toContainText("never closed");
    },
  ],
};

for (const [state, [path, reach]] of Object.entries(states)) {
  test(`axe finds nothing, and nothing scrolls sideways: ${state}`, async ({ site }) => {
    const browser = await launch();
    for (const [width, colorScheme] of [[360, "light"], [360, "dark"], [1280, "light"], [1280, "dark"]]) {
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
      const page = await context.newPage();
      await open(page, `${site}${path}`);
      await reach(page);
      await accessible(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      await context.close();
    }
    await browser.close();
  });
}

test.describe("on the Plan", () => {
  test("what a law needs besides size and tokens has a field, and is in the address", async ({ page, site }) => {
    await page.goto(`${site}?law=abnar`);
    const share = page.locator("#need-0");
    await expect(share).toHaveValue("0.5");
    await expect(page.locator("#size")).toHaveText(/\d/);
    await expect(page.locator(".answer.behind")).toHaveCount(0);
    const before = await page.locator("#size").innerText();
    await share.fill("0.9");
    await expect(page.locator("#size")).not.toHaveText(before);
    await expect(page).toHaveURL(/&at\.S=0\.9&v=[\d.]+$/);
    await page.reload();
    await expect(share).toHaveValue("0.9");
    await share.fill("much");
    await expect(page.locator("#need-0-echo")).toContainText("Expected a number");
  });

  test("a law of families has a field for each member that its fit has", async ({ page, site }) => {
    const law = JSON.stringify({
      formula: "E + 1 / sum(i: C[i] * h[i]^gamma[i]) + A / N^alpha + B / D^beta",
      inputs: { N: { unit: "parameters" }, D: { unit: "tokens" }, h: { unit: "1" } },
      parameters: { E: {}, C: { positive: true }, gamma: { in: [0.001, 2] }, A: {}, alpha: {}, B: {}, beta: {} },
    });
    const parameters = { E: 1.5, A: 400, alpha: 0.3, B: 1200, beta: 0.3, "C[web]": 0.5, "C[code]": 1, "gamma[web]": 0.2, "gamma[code]": 0.3 };
    const fit = encodeURIComponent(JSON.stringify({ parameters }));
    await page.goto(`${site}?law=${encodeURIComponent(law)}#fit=${fit}`);
    for (const [at, member, share] of [[0, "web", "0.7"], [1, "code", "0.3"]]) {
      await expect(page.locator(`label[for="need-${at}"]`)).toContainText(`h[${member}]`);
      await page.locator(`#need-${at}`).fill(share);
    }
    const limits = [{ of: "h[web]", equal: "0.7" }, { of: "h[code]", equal: "0.3" }];
    const budget = "5.76e23 FLOPs";
    const { allocate } = JSON.parse(native({ allocate: { law: JSON.parse(law), fit: { parameters }, budget, limits } }));
    await expect(page.locator("#size")).toHaveText(`${(allocate.at.N / 1e9).toPrecision(3)} B`);
    await expect(page).toHaveURL(/at\.h%5Bweb%5D=0\.7/);
  });

  test("a law that the first worker does not know is answered by the one that does", async ({ page, site }) => {
    await page.goto(`${site}?law=hoffmann-approach-1`);
    await expect(page.locator("#size")).toHaveText(/B$/);
    const other = await page.evaluate(async () => {
      const text = await (await fetch("laws/")).text();
      const list = new DOMParser().parseFromString(text, "text/html");
      const rows = [...list.querySelectorAll('#rows > li[data-kind="optimum"]')].map((row) => row.dataset.law);
      return rows.find((law) => !law.startsWith("hoffmann"));
    });
    expect(other, "a law of best plans that is not Hoffmann’s").toBeTruthy();
    await page.goto(`${site}?law=${other}`);
    await expect(page.getByLabel("Law", { exact: true })).toHaveValue(other);
    await expect(page.locator("#size")).toHaveText(/\d/);
    await expect(page.locator(".answer.behind")).toHaveCount(0);
  });

  test("a law that there is not says so at its field", async ({ page, site }) => {
    await page.goto(`${site}?law=nobody`);
    await expect(page.locator("#law-echo")).toContainText("“nobody” is none");
  });

  test("a typed law without values is fitted to the reader's runs", async ({ page, site }) => {
    const law = JSON.stringify({
      formula: "q + u * N^-s + v * D^-t",
      inputs: { N: { unit: "parameters" }, D: { unit: "tokens" } },
      parameters: { q: { positive: true }, u: { positive: true }, v: { positive: true }, s: { in: [0.02, 2] }, t: { in: [0.02, 2] } },
    });
    await page.goto(`${site}?law=${encodeURIComponent(law)}`);
    await expect(page.locator("#fit-echo")).toContainText("Fit it to your runs");
    await page.getByRole("button", { name: "Try the sample" }).click();
    await page.getByRole("button", { name: "Fit", exact: true }).click();
    await expect(page.locator("#size")).toHaveText(/\d/, { timeout: 30_000 });
    await expect(page.getByRole("region", { name: "Result of the fit" })).toContainText("q");
    await expect(page.locator(".answer.behind")).toHaveCount(0);
  });

  test("every law is a link away", async ({ page, site }) => {
    await page.goto(site);
    await page.getByRole("link", { name: "All laws" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Laws" })).toBeVisible();
  });
});
