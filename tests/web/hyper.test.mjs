// Hyper-parameters and downstream error at the plan, as the engine says them.
import { accessible, expect, launch, native, start, test } from "./site.mjs";

const words = (text) => new RegExp(text.replaceAll(/[.$()|+]/g, "\\$&").replaceAll(" ", "\\s"));
const ask = (question) => JSON.parse(native(JSON.stringify(question)));
const predict = (law, at, fit) => ask({ predict: { law, at, ...(fit ? { fit } : {}) } }).predict.outputs;
const section = (page, id = "hyper") => page.locator(`#${id}`);
const table = (page, name, id) => section(page, id).getByRole("region", { name, exact: true });
const laws = (page) => table(page, "Learning rate and batch by law").locator("tbody tr");
const opening = () => ask({ allocate: { law: "chinchilla", fit: "refit-240", budget: 5.76e23 } }).allocate;

async function open(page, site, id = "hyper") {
  await page.goto(site);
  await section(page, id).getByRole("button").first().click();
}

test("each law says rate, batch, sequences, weight decay and how far its runs are", async ({ page, site }) => {
  await open(page, site);
  await expect(laws(page)).toHaveCount(10);
  await expect(section(page)).toContainText("laws put the peak learning rate from");
  const { at } = opening();
  const { lr, B } = predict("step-law", at);
  const cells = laws(page).first().locator("td");
  await expect(cells.nth(0)).toHaveText(String(Number(lr.toPrecision(4))));
  await expect(cells.nth(1)).toContainText(`${(B / 1e6).toPrecision(3)} M`);
  await expect(cells.nth(2)).toHaveText(words(Math.round(B / 4096).toString().replace(/(\d)(\d{3})$/, "$1 $2")));
  const { lambda } = predict("power-lines-weight-decay", { N: at.N, D: at.D, B, lr });
  await expect(cells.nth(3)).toHaveText(String(Number(lambda.toPrecision(4))));
  await expect(cells.nth(4)).toHaveText(words("N, D; 67 times past its runs"));
  await expect(section(page).getByRole("row", { name: /Kaplan 2020/ }).first()).toContainText("means nothing here");
  // A law without a batch has no weight decay.
  await expect(section(page).getByRole("row", { name: /MM1/ }).locator("td").nth(3)).toHaveText("");
  await expect(section(page)).toContainText(words("this plan lies 22 times past its runs"));

  // They follow the length of a sequence, and the plan.
  await page.getByLabel("Tokens of a sequence", { exact: true }).fill("8192");
  await expect(section(page).getByRole("columnheader", { name: words("Sequences of 8 192") })).toBeVisible();
  await expect(cells.nth(2)).toHaveText(words(Math.round(B / 8192).toString()));
  await page.getByLabel("Tokens of a sequence", { exact: true }).fill("8k tokens of");
  await expect(page.locator("#hyper-context-echo")).toContainText("expected a positive number of tokens", { ignoreCase: true });
  await expect(page.locator("#hyper-context-echo")).toContainText(words("Meanwhile 4 096 are taken."));
  await expect(cells.nth(2)).toHaveText(words(Math.round(B / 4096).toString().replace(/(?=\d{3}$)/, " ")));
  // The plan does not wait for it.
  await page.getByLabel("Budget", { exact: true }).fill("1e21 FLOPs");
  const small = ask({ allocate: { law: "chinchilla", fit: "refit-240", budget: 1e21 } }).allocate.at;
  await expect(cells.nth(1)).toContainText(`${(predict("step-law", small).B / 1e3).toPrecision(3)} K`);
  await section(page).getByRole("button").first().click();
  await expect(laws(page)).toHaveCount(0);
});

test("a rate or batch beside its best costs what the released runs say", async ({ page, site }) => {
  await open(page, site);
  const rows = table(page, "What the wrong rate or batch costs").locator("tbody tr");
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(0).locator("td")).toHaveText(["0.91 %", "0.32 %", "0.84 %", "3.92 %"].map(words));
  await expect(rows.nth(1).locator("td")).toHaveText(["1.58 %", "0.44 %", "0.44 %", "1.40 %"].map(words));
});

test("the learning rate is drawn over the tokens, at the peak of the law that is chosen", async ({ page, site }) => {
  await open(page, site);
  const figure = section(page).locator("figure").first();
  const { at } = opening();
  const steps = ({ lr, B }) => Math.round(at.D / B).toString().replace(/(\d)(\d{3})$/, "$1 $2");
  await expect(figure).toContainText(words(`${steps(predict("step-law", at))} steps`));
  await expect(figure).toContainText(/by Step Law: .* Its runs had the cosine to 10.5:/);
  await expect(figure.locator("canvas")).toHaveCount(1);
  await page.getByLabel("Peak and batch by", { exact: true }).selectOption("deepseek-hyper");
  await expect(figure).toContainText("Its runs had the two drops");
  await figure.getByRole("button", { name: /^Table/ }).click();
  await expect(figure.getByRole("row")).not.toHaveCount(0);
  await expect(figure).not.toContainText(/cosine to 1(e-|0.)5/);
  const options = page.getByLabel("Peak and batch by", { exact: true }).locator("option");
  await expect(options).toHaveCount(4);
});

test("a larger batch buys time with compute, around the critical one", async ({ page, site }) => {
  await open(page, site);
  const figure = section(page).locator("figure").nth(1);
  const { at, value } = opening();
  const { B_crit } = predict("kaplan-critical-batch", { L: value });
  await expect(figure).toContainText(words(`Kaplan critical batch says ${(B_crit / 1e6).toPrecision(3)} M tokens.`));
  await expect(figure.locator("canvas")).toHaveCount(1);
  const rows = table(page, "Steps and compute by batch").locator("tbody tr");
  await expect(rows).toHaveCount(6);
  const said = (B, critical) => predict("power-lines-trade-off", { N: at.N, D_min: at.D, B, B_crit: critical });
  const spaced = (count) => Math.round(count).toString().replaceAll(/\B(?=(\d{3})+$)/g, " ");
  const quarter = said(B_crit / 4, B_crit);
  await expect(rows.nth(1).locator("td").nth(1)).toHaveText(words(spaced(quarter.S)));
  await expect(rows.nth(1).locator("td").nth(2)).toHaveText(words(`${(quarter.D / 1e12).toPrecision(3)} T`));
  await expect(rows.nth(1).locator("td").nth(4)).toHaveText(words("1.250 ×"));
  await page.getByLabel("Critical batch by", { exact: true }).selectOption("zhang-critical-batch");
  const other = predict("zhang-critical-batch", { N: at.N }).B_crit;
  await expect(rows.nth(3).locator("td").nth(1)).toHaveText(words(spaced(said(other, other).S)));
  // With a deadline it is said in devices.
  await expect(rows.first().locator("td")).toHaveCount(5);
  await page.goto(`${site}?deadline=90+days&devices=1024`);
  await expect(table(page, "Steps and compute by batch")).toContainText(words("H100 for 90 days"));
  await expect(rows.first().locator("td")).toHaveCount(7);
});

test("the downstream error stands at the plan's loss and at that of the paper's own law", async ({ page, site }) => {
  await open(page, site, "downstream");
  const rows = table(page, "Downstream error by published fit", "downstream").locator("tbody tr");
  await expect(rows).toHaveCount(6);
  const { at, value } = opening();
  const { L } = predict("gadre", { N: at.N, D: at.D }, "c4");
  const error = (loss) => predict("gadre-error", { L: loss }, "c4-17-tasks").Err.toFixed(3);
  await expect(rows.first().locator("td")).toHaveText(["17", error(value), L.toFixed(3), error(L)]);
  await expect(section(page, "downstream")).toContainText("The law reads the loss on the C4 evaluation set");
  await expect(section(page, "downstream").getByRole("link", { name: "loss-to-loss prediction" })).toBeVisible();
});

for (const width of [360, 1280]) {
  for (const colorScheme of ["light", "dark"]) {
    test(`axe finds nothing in hyper-parameters and errors, at ${width} px, ${colorScheme}`, async ({ site }) => {
      const browser = await launch();
      const page = await browser.newPage({ bypassCSP: true, colorScheme, viewport: { width, height: 900 } });
      await page.goto(site);
      await start(page);
      await section(page).getByRole("button").click();
      await section(page, "downstream").getByRole("button").click();
      await expect(laws(page)).toHaveCount(10);
      await expect(section(page).locator("canvas")).toHaveCount(2);
      await expect(section(page, "downstream").locator("tbody tr")).toHaveCount(6);
      await accessible(page);
      await browser.close();
    });
  }
}
