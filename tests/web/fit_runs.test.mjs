// Runs as people have them, on the Fit page: every layout, several files, columns mapped, cells written, checkpoints kept
// apart. What the page fits is what `ask` fits natively.
import { accessible, expect, launch, native, paste, test } from "./site.mjs";

const foot = (page) => page.locator(".foot-line");
const result = (page) => page.getByRole("region", { name: "Result of the fit" });
const readAs = (page) => page.locator(".read-as");
const meaning = (page, column) => page.getByLabel(`Meaning of the column ${column}`, { exact: true });

/** Runs of a law, size by size. */
const RUNS = [1e8, 2e8, 4e8, 8e8].flatMap((N) =>
  [4, 16, 64].map((ratio, at) => ({ N, D: N * ratio, L: Number((1.8 + 400 / N ** 0.34 + 500 / (N * ratio) ** 0.28 + 0.002 * at).toFixed(6)) })),
);
const column = (name, runs = RUNS) => runs.map((run) => run[name]);
const COLUMNS = { N: column("N"), D: column("D"), L: column("L") };
const lines = (of, runs = RUNS) => runs.map(of).join("\n");

/** Drops files anywhere on the page. */
const drop = (page, files) =>
  page.evaluate((files) => {
    const data = new DataTransfer();
    for (const [name, text] of files) data.items.add(new File([text], name));
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  }, files);

/** What the report holds as JSON, once the fit is that of a question. */
async function fits(page, question) {
  const { objective, parameters } = JSON.parse(native({ fit: { law: "chinchilla", ...question } })).fit;
  await expect(result(page)).toContainText("The fit converged.");
  await page.getByRole("tab", { name: "JSON with draws" }).click();
  const said = async () => JSON.parse(await page.locator("#report-text").textContent());
  await expect.poll(async () => (await said()).objective).toBe(objective);
  expect((await said()).parameters).toEqual(parameters);
}

test.beforeEach(async ({ page, site }) => page.goto(`${site}fit/?draws=0`));

const number = (value) => value.toExponential();
const LAYOUTS = {
  "comma-separated text": `N,D,loss\n${lines(({ N, D, L }) => `${N},${D},${L}`)}\n`,
  "semicolons and decimal commas": `N;D;loss\n${lines(({ N, D, L }) => `${N};${D};${String(L).replace(".", ",")}`)}\n`,
  "columns aligned by spaces, behind comments": `# seed 1\nN D loss\n${lines(({ N, D, L }) => `${N}  ${D}  ${L}`)}\n`,
  "JSON records": JSON.stringify(RUNS.map(({ N, D, L }) => ({ N, D, loss: L })), null, 2),
  "JSON columns": JSON.stringify({ params: COLUMNS.N, tokens: COLUMNS.D, loss: COLUMNS.L }),
  NDJSON: lines(({ N, D, L }) => JSON.stringify({ N, D, loss: L })),
  Markdown: `Our runs:\n\n| N | D | loss |\n|--:|--:|-----:|\n${lines(({ N, D, L }) => `| ${number(N)} | ${number(D)} | **${L}** |`)}\n`,
};
for (const [name, text] of Object.entries(LAYOUTS)) {
  test(`pasted ${name} are fitted as the engine fits them`, async ({ page }) => {
    await paste(page, text);
    await expect(foot(page)).toContainText("12 rows: 12 used, none off, none unreadable");
    await fits(page, { runs: COLUMNS });
  });
}

const HEADERS = {
  chinchilla: ["C,N,D,loss", ({ N, D, L }) => `${6 * N * D},${N},${D},${L}`],
  Epoch: ["Model Size,Training FLOP,loss", ({ N, D, L }) => `${N},${6 * N * D},${L}`],
  OptiScale: ["N,D,L,optimizer", ({ N, D, L }) => `${N},${D},${L},adamw`],
  "Step Law": ["lr,bs,h,smooth loss,D,N", ({ N, D, L }) => `1e-3,512,1024,${L},${D},${N}`],
  "Open-Athena": ["params,tokens,budget,loss,outlier,reason", ({ N, D, L }) => `${N},${D},${6 * N * D},${L},False,`],
  "Mis-Fitting": ["N,N_no_emb,D,C,C4 Eval Loss", ({ N, D, L }) => `${N},${0.9 * N},${D},${6 * N * D},${L}`],
  "simple-scaling-laws": ["model_size__total,dataset_size__tokens,test_loss__mean", ({ N, D, L }) => `${N},${D},${L}`],
  ScaleFit: ["model_size,n_tokens,loss", ({ N, D, L }) => `${N},${D},${L}`],
  nanochat: ["flops_budget,depth,params_total,tokens_trained,val_bpb", ({ N, D, L }) => `${6 * N * D},12,${N},${D},${L}`],
};
for (const [name, [head, row]] of Object.entries(HEADERS)) {
  test(`the header of ${name} is known`, async ({ page }) => {
    await paste(page, `${head}\n${lines(row)}\n`);
    await expect(foot(page)).toContainText("12 rows: 12 used");
    const runs = HEADERS[name][0].includes("FLOP,") ? { N: COLUMNS.N, D: column("C", RUNS.map(({ N, D }) => ({ C: (6 * N * D) / (6 * N) }))), L: COLUMNS.L } : COLUMNS;
    await fits(page, { runs: head.includes("bpb") ? { columns: runs, unit: "bits/byte" } : runs });
  });
}

test("an export of W&B with a column for each run is joined to the table of its runs", async ({ page }) => {
  const named = RUNS.map((run, at) => ({ ...run, name: `run-${at}` }));
  const history = ["Step", ...named.map(({ name }) => `${name} - val/loss`)].join(",");
  const at = (step) => [step, ...named.map(({ L }) => (step === 200 ? L : L + 1))].join(",");
  await drop(page, [
    ["history.csv", `${history}\n${at(100)}\n${at(200)}\n`],
    ["runs.csv", `Name,params,batch_tokens\n${lines(({ name, N, D }) => `${name},${N},${D / 200}`, named)}\n`],
  ]);
  await expect(foot(page)).toContainText("24 rows: 12 used, 12 off");
  await expect(readAs(page)).toContainText("A column for each run, as Weights & Biases exports");
  await expect(readAs(page)).toContainText("12 rows are checkpoints before the end of 12 runs");
  const both = named.flatMap(({ N, D, L, name }) => [{ N, D: (D / 200) * 100, L: L + 1, name }, { N, D: (D / 200) * 200, L, name }]);
  const columns = { N: column("N", both), D: column("D", both), L: column("L", both) };
  await fits(page, { runs: { columns, rows_off: [...both.keys()].filter((row) => row % 2 === 0) } });
});

test("scalars of TensorBoard are runs once sizes and the tokens of a step are known", async ({ page }) => {
  const named = RUNS.map((run, at) => ({ ...run, name: `r${at}`, steps: run.D / 1e6 }));
  const scalars = named.map(({ name, steps, L }) => [
    `run-${name}-tag-loss.csv`,
    `Wall time,Step,Value\n1.5,${steps / 2},${L + 1}\n2.5,${steps},${L}\n`,
  ]);
  await drop(page, [...scalars, ["sizes.csv", `run,params\n${lines(({ name, N }) => `${name},${N}`, named)}\n`]]);
  await expect(readAs(page)).toContainText("Scalars of TensorBoard: 12 runs");
  await page.getByLabel("Tokens per step").fill("1e6");
  await page.getByLabel("Tokens per step").press("Enter");
  await expect(foot(page)).toContainText("24 rows: 12 used, 12 off");
  await page.getByRole("tab", { name: "JSON with draws" }).click();
  await expect.poll(async () => JSON.parse(await page.locator("#report-text").textContent()).runs).toBe(12);
});

test("several files are one table, and every row knows its own", async ({ page }) => {
  const [head, half] = ["N,D,loss", RUNS.length / 2];
  const csv = `${head}\n\n${lines(({ N, D, L }) => `${N},${D},${L}`, RUNS.slice(0, half))}\n`;
  const json = lines(({ N, D, L }) => JSON.stringify({ loss: L, D, N }), RUNS.slice(half));
  await page.mouse.move(1, 1);
  await expect(page.locator("#page")).toHaveClass(/\blive\b/);
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Choose a file…" }).click();
  await (await chooser).setFiles([
    { name: "first.csv", mimeType: "text/csv", buffer: Buffer.from(csv) },
    { name: "second.ndjson", mimeType: "text/plain", buffer: Buffer.from(json) },
  ]);
  await expect(foot(page)).toContainText("12 rows: 12 used");
  await expect(page.locator(".fitting > .head")).toContainText("first.csv, second.ndjson, 12 rows");
  await expect(readAs(page)).toContainText("2 tables stacked");
  await fits(page, { runs: COLUMNS });
  await expect(page.locator("tr[data-row='0']")).toContainText("first.csv");
  await expect(page.locator(`tr[data-row='${half}']`)).toContainText("second.ndjson");
  // Rows have the numbers of their own files.
  await expect(page.locator("tr[data-row='0'] td").nth(1)).toHaveText("3");
  await expect(page.locator(`tr[data-row='${half}'] td`).nth(1)).toHaveText("1");
  await page.reload();
  await expect(page.locator("tr[data-row='0'] td").nth(1)).toHaveText("3");
  await fits(page, { runs: COLUMNS });
});

test("a guess is said with its reason and can be corrected, and undone", async ({ page }) => {
  await paste(page, `params_m,train tokens seen,score,loss (bits)\n${lines(({ N, D, L }) => `${N / 1e6},${D},${L},${L / Math.LN2}`)}\n`);
  await expect(foot(page)).toContainText("12 rows: 12 used");
  await expect(readAs(page)).toContainText("The words of “train tokens seen” say");
  await expect(readAs(page)).toContainText("The words of “params_m” say size, given in M; it does not say whether embeddings are counted");
  await expect(readAs(page)).toContainText("Column “loss (bits)” is read as bits per token");
  await expect(page.getByLabel("Losses in")).toHaveValue("bits per token");
  await meaning(page, "score").selectOption("Loss");
  await expect(meaning(page, "loss (bits)")).toHaveValue("Ignore");
  await expect(page.getByLabel("Losses in")).toHaveValue("nats per token");
  await fits(page, { runs: COLUMNS });
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(meaning(page, "loss (bits)")).toHaveValue("Loss");
  await page.getByLabel("Losses in").selectOption("nats per token");
  await fits(page, { runs: { ...COLUMNS, L: COLUMNS.L.map((L) => L / Math.LN2) } });
});

test("weights and noise go into the question", async ({ page }) => {
  const weight = RUNS.map((_, at) => 1 + (at % 3));
  const sigma = RUNS.map((_, at) => 0.01 + 0.001 * at);
  await paste(page, `N,D,loss,weight,loss_sd\n${RUNS.map(({ N, D, L }, at) => `${N},${D},${L},${weight[at]},${sigma[at]}`).join("\n")}\n`);
  await expect(meaning(page, "weight")).toHaveValue("Weight");
  await expect(meaning(page, "loss_sd")).toHaveValue("Noise s.d.");
  // Residuals are of logarithms, and so is their noise.
  const columns = { ...COLUMNS, w: weight, s: sigma.map((s, at) => s / COLUMNS.L[at]) };
  await fits(page, { runs: { columns, weight: "w", sigma: "s" } });
  await meaning(page, "loss_sd").selectOption("Ignore");
  await fits(page, { runs: { columns: { ...COLUMNS, w: weight }, weight: "w" } });
});

test("checkpoints before the end of a schedule are off, and can be switched on", async ({ page }) => {
  const points = RUNS.flatMap(({ N, D, L }) => [{ N, D: D / 2, L: L + 0.3 }, { N, D, L }]);
  const table = `run,N,D,loss\n${points.map(({ N, D, L }, at) => `r${at >> 1},${N},${D},${L}`).join("\n")}\n`;
  await paste(page, table);
  await expect(foot(page)).toContainText("24 rows: 12 used, 12 off");
  await expect(readAs(page)).toContainText("12 rows are checkpoints before the end of 12 runs and stay out of fits of final losses");
  await expect(page.locator("tr[data-row='0']")).toContainText("checkpoint, not decayed: its run ends in row 3");
  const columns = { N: column("N", points), D: column("D", points), L: column("L", points) };
  const off = [...points.keys()].filter((row) => row % 2 === 0);
  await fits(page, { runs: { columns, rows_off: off } });
  await page.getByLabel("Use row 2", { exact: true }).check();
  await fits(page, { runs: { columns, rows_off: off.slice(1) } });
  await page.getByLabel("Learning rate").selectOption("constant");
  await expect(foot(page)).toContainText("24 rows: 24 used, none off");
  await fits(page, { runs: { columns } });
  await page.reload();
  await expect(page.getByLabel("Learning rate")).toHaveValue("constant");
  await expect(foot(page)).toContainText("24 rows: 24 used, none off");
});

test("a cell is written anew by key, kept as written, and undone", async ({ page }) => {
  await paste(page, LAYOUTS["comma-separated text"]);
  await fits(page, { runs: COLUMNS });
  await page.getByLabel("Use row 2", { exact: true }).focus();
  for (const at of [1, 2, 3]) {
    await page.keyboard.press("ArrowRight");
    await expect(page.locator(`#cell-0-${at}`)).toBeFocused();
  }
  await page.keyboard.press("Enter");
  const field = page.getByLabel("loss, written anew");
  await expect(field).toBeFocused();
  await expect(field).toHaveValue(String(COLUMNS.L[0]));
  await page.keyboard.press("Control+a");
  await page.keyboard.type("3.5");
  await page.keyboard.press("Escape");
  await expect(page.locator("#cell-0-3")).toBeFocused();
  await expect(page.locator("#cell-0-3")).toHaveText(COLUMNS.L[0].toFixed(3));

  await page.keyboard.press("F2");
  await expect(field).toBeFocused();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("3.50");
  await page.keyboard.press("Enter");
  await expect(page.locator("#cell-0-3")).toBeFocused();
  const L = [3.5, ...COLUMNS.L.slice(1)];
  await fits(page, { runs: { ...COLUMNS, L } });
  await page.reload();
  await fits(page, { runs: { ...COLUMNS, L } });
  expect(await page.evaluate(() => JSON.parse(sessionStorage.getItem("isoflop.runs")).text)).toContain(",3.50\n");

  await page.locator("#cell-0-1").dblclick();
  await page.getByLabel("N, written anew").fill("large");
  await page.keyboard.press("Tab");
  await expect(page.locator("#cell-0-2")).toBeFocused();
  await expect(page.locator("tr[data-row='0']")).toContainText("Not used: column “N”: expected a positive number of parameters");
  await expect(page.locator("#cell-0-1")).toHaveText("large");
  await expect(foot(page)).toContainText("12 rows: 11 used, none off, 1 unreadable");
  await page.keyboard.press("Control+z");
  await expect(foot(page)).toContainText("12 rows: 12 used");
  await fits(page, { runs: { ...COLUMNS, L } });
});

test("a duplicate, a replicate and a budget off its centre are flagged", async ({ page }) => {
  const budget = (C, losses) => losses.map((L, at) => `${1e8 * 2 ** at},${C / (6e8 * 2 ** at)},${L}`);
  const rows = [...budget(6e18, [3.2, 3.1, 3.15, 3.3]), ...budget(6e19, [2.9, 2.8, 2.7, 2.6])];
  await paste(page, `N,D,loss\n${[...rows, rows[0], rows[1].replace("3.1", "3.11")].join("\n")}\n`);
  await expect(page.locator("tr[data-row='8']")).toContainText("same as row 2");
  await expect(page.locator("tr[data-row='9']")).toContainText("one of 2 replicates, the first in row 3");
  await expect(page.locator("tr[data-row='5']")).toContainText("off-centre: the lowest loss at 6.00 × 10");
});

test("runs that the Plan does not read go there with their fit, and come back whole", async ({ page }) => {
  await paste(page, `N,D,loss (bits)\n${lines(({ N, D, L }) => `${N},${D},${L / Math.LN2}`)}\n`);
  await expect(result(page)).toContainText("The fit converged.");
  await page.getByRole("link", { name: "Use this fit in Plan" }).click();
  await expect(page).toHaveURL(/#fit=/);
  await page.mouse.move(1, 1);
  await expect(page.locator("#runs-error")).toContainText("These runs are kept. The Plan does not show them");
  await page.getByRole("link", { name: "Fit", exact: true }).click();
  await expect(foot(page)).toContainText("12 rows: 12 used");
  await expect(page.getByLabel("Losses in")).toHaveValue("bits per token");
});

test("a table of words goes to the Plan with what the words mean", async ({ page }) => {
  await drop(page, [["runs.json", JSON.stringify(RUNS.map(({ N, D, L }) => ({ "my model params": N, "train tokens seen": D, "smoothed eval loss": L })))]]);
  await expect(result(page)).toContainText("The fit converged.");
  await page.getByRole("link", { name: "Use this fit in Plan" }).click();
  await page.mouse.move(1, 1);
  await expect(foot(page)).toContainText("12 rows: 12 used");
});

const BAD = {
  "JSON with a mistake": [[["a.json", '[{"N": 1e9,}]']], /Line 1, character \d+: expected JSON/],
  "JSON that is no table": [[["a.json", '"seed"'], ["b.csv", "N,D,loss\n1e9,2e10,2.5\n"]], /A\.json: expected /i],
  "a workbook": [[["runs.xlsx", "PK\u0003\u0004…"]], /Expected text, such as CSV; this is a workbook/],
  "a binary file among others": [[["a.csv", "N,D,loss\n1e9,2e10,2.5\n"], ["b.bin", "\u0000\u0001"]], /B\.bin: expected text/i],
  "a header without rows": [[["a.csv", "N,D,loss\n"]], /no rows/],
  "a quotation mark that is never closed": [[["a.csv", 'N,D,loss\n1e9,"2e10,2.5\n']], /Row 2: a quotation mark is opened and never closed/],
};
for (const [name, [files, message]] of Object.entries(BAD)) {
  test(`${name}: a message of its own, and the table that was there stays`, async ({ page }) => {
    await drop(page, files);
    await expect(page.locator("#runs-error")).toHaveText(message);
    await paste(page, LAYOUTS["comma-separated text"]);
    await expect(foot(page)).toContainText("12 rows: 12 used");
    await drop(page, files);
    await expect(page.locator(".fitting > .head .bad")).toHaveText(message);
    await expect(foot(page)).toContainText("12 rows: 12 used");
  });
}

test("cells that cannot be read say so in their row, with column, expected and given", async ({ page }) => {
  await paste(page, `N,D,loss,weight\n${lines(({ N, D, L }) => `${N},${D},${L},1`)}\n-3,2e10,2.5,1\n1e9,2e10,2.5,heavy\n`);
  await expect(page.locator(".problems")).toContainText("Row 14, column “N”");
  await expect(page.locator("tr[data-row='12']")).toContainText("Not used: column “N”: expected a positive number of parameters");
  await expect(foot(page)).toContainText("14 rows: 12 used, none off, 2 unreadable");
  await expect(page.locator("tr[data-row='13']")).toContainText("Not used: column “weight”: expected a number that is zero or more");
});

test("a cell that holds its row is not emptied, and the page says why", async ({ page }) => {
  await paste(page, `${LAYOUTS["comma-separated text"].trim()}\n,,2.5\n`);
  await expect(foot(page)).toContainText("13 rows: 12 used, none off, 1 unreadable");
  await page.locator("#cell-12-3").dblclick();
  await page.getByLabel("loss, written anew").fill("");
  await page.keyboard.press("Enter");
  const complaint = page.getByText("Row 14 would be lost without this cell: switch it off instead.");
  await expect(complaint).toBeVisible();
  await expect(page.locator("#cell-12-3")).toHaveText("2.5");
  await page.locator("#cell-12-3").dblclick();
  await page.getByLabel("loss, written anew").fill("2.6");
  await page.keyboard.press("Enter");
  await expect(page.locator("#cell-12-3")).toHaveText("2.6");
  await expect(complaint).toHaveCount(0);
});

test("very many runs are fitted, drawn where dots can be told apart, and compared once it is asked for", async ({ page, site }) => {
  await page.goto(`${site}fit/?draws=0`);
  const row = (at) => {
    const [n, d] = [1e7 * 1000 ** ((at % 211) / 210), 1e9 * 1000 ** (((at * 37) % 199) / 198)];
    return `${n},${d},${1.69 + 406.4 / n ** 0.34 + 410.7 / d ** 0.28 + 0.01 * Math.sin(at)}`;
  };
  await paste(page, `N,D,loss\n${Array.from({ length: 21_000 }, (_, at) => row(at)).join("\n")}\n`);
  await expect(foot(page)).toContainText(/21\s000 used, none off/);
  const picture = page.locator("figure").filter({ has: page.getByRole("heading", { name: "Runs and the fitted law" }) });
  await expect(picture).toContainText("Where many would cover each other, one is drawn.");
  const compared = page.locator("figure.compared");
  await expect(compared).toContainText("Comparing methods on so many runs takes minutes.");
  await expect(compared.getByRole("progressbar")).toHaveCount(0);
  await compared.getByRole("button", { name: "Compare", exact: true }).click();
  await expect(compared.getByRole("button", { name: "Cancel" })).toBeVisible();
  await compared.getByRole("button", { name: "Cancel" }).click();
  await expect(compared).toContainText("Cancelled.");
});

for (const width of [360, 1280]) {
  for (const theme of ["light", "dark"]) {
    test(`axe finds nothing, and nothing scrolls sideways, at ${width} px, ${theme}`, async ({ site }) => {
      const browser = await launch();
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: theme, bypassCSP: true });
      const page = await context.newPage();
      await page.goto(`${site}fit/?draws=0`);
      const points = RUNS.flatMap(({ N, D, L }) => [{ N, D: D / 2, L: L + 0.3 }, { N, D, L }]);
      await paste(page, `run,N,step,loss (bpb),weight\n${points.map(({ N, D, L }, at) => `r${at >> 1},${N},${D / 1e6},${L},${at ? 1 : "x"}`).join("\n")}\n`);
      await page.getByLabel("Tokens per step").fill("many");
      await page.getByLabel("Tokens per step").press("Enter");
      await expect(page.getByText("Expected a positive number; got “many”.")).toBeVisible();
      await page.locator("#cell-1-2").dblclick();
      await expect(page.getByLabel("N, written anew")).toBeFocused();
      await accessible(page);
      await browser.close();
    });
  }
}
