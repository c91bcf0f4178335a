// Times the fits, beside SciPy: prints tables of ratios and of times, and writes them to target/bench.md.
//   make bench
// Ratios decide; times move with the machine and with what else it does.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { page as timePage } from "../benches/page.mjs";
import { plans } from "../benches/plans.mjs";
import { steady, time } from "../benches/time.mjs";
import { audit, freePort, listening } from "../tests/web/lighthouse.mjs";
import { launch } from "../tests/web/site.mjs";
import { serve } from "./serve.mjs";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const MODULE = "target/kernels/isoflop_kernels";

/** The 240 runs of Chinchilla; where they are not at hand, the sample that the project ships. */
function read() {
  const file = join(process.env.ISOFLOP_DATA ?? "../shared/data", "chinchilla_points.csv");
  if (existsSync(file)) {
    const [head, ...rows] = readFileSync(file, "utf8").trim().split("\n").map((line) => line.split(","));
    const kept = rows.filter((row) => row[head.indexOf("kept240")] === "1");
    const column = (name) => kept.map((row) => Number(row[head.indexOf(name)]));
    return { whole: true, runs: { N: column("params"), D: column("tokens"), L: column("loss") } };
  }
  console.log(`${file} is not there (ISOFLOP_DATA names its folder): timing the sample of 34 runs, to which the goals do not apply\n`);
  const { N, D, L } = JSON.parse(readFileSync("examples/questions/fit.json", "utf8")).fit.runs;
  return { whole: false, runs: { N, D, L } };
}

/** The environment of a native build: under the toolchain from before scripts/web.sh put that of wasm in place. */
function nativeEnv() {
  const { ISOFLOP_NATIVE_TOOLCHAIN: before, ...env } = process.env;
  if (before) env.RUSTUP_TOOLCHAIN = before;
  else if (before === "") delete env.RUSTUP_TOOLCHAIN;
  return env;
}

function natively(file) {
  const stdio = ["ignore", "pipe", "inherit"];
  const run = ["bench", "--quiet", "--locked", "--bench", "native", "--", file];
  const lines = execFileSync("cargo", run, { encoding: "utf8", stdio, env: nativeEnv() });
  return lines.trim().split("\n").map((line) => JSON.parse(line));
}

function underNode(runs) {
  const load = (mark) => import(`../${MODULE}.js?${mark}`);
  return time(load, readFileSync(`${MODULE}_bg.wasm`), runs);
}

/** In a worker of a page that may have an exact clock. */
async function inChromium(browser, runs) {
  const types = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm" };
  const exact = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };
  const server = createServer(async ({ url }, response) => {
    const { pathname } = new URL(url, "http://localhost");
    const type = types[/\.\w+$/.exec(pathname)?.[0]] ?? types[".html"];
    const body = pathname === "/" ? "<!doctype html>" : await readFile(`.${pathname}`).catch(() => "");
    response.writeHead(200, { "content-type": type, ...exact }).end(body);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  // Closed with what it holds: the memory of another page is measured later.
  const page = await browser.newPage();
  try {
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    const question = { folder: `/${MODULE}`, runs };
    const { times, error } = await page.evaluate(
      (question) =>
        new Promise((done) => {
          const worker = new Worker("/benches/worker.mjs", { type: "module" });
          worker.onmessage = ({ data }) => done(data);
          worker.onerror = ({ message }) => done({ error: message });
          worker.postMessage(question);
        }),
      question,
    );
    if (error) throw new Error(error);
    return { chromium: times, workers: await shareOut(page, question) };
  } finally {
    await page.close();
    server.closeAllConnections();
    server.close();
  }
}

/** 1000 draws by one worker and by two; null where there is one processor. */
function shareOut(page, question) {
  if (cpus().length < 2) return null;
  const share = async ({ folder, runs }) => (await import("/benches/draws.mjs")).shared(folder, runs, 2);
  return page.evaluate(share, question);
}

/** The published ways, by SciPy: the fit, and draws of it; null without Python. */
function bySciPy(file) {
  const python = execFileSync("scripts/python.sh", { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] }).trim();
  if (!python) return null;
  console.log("SciPy: L-BFGS-B from 4500 starts, then BFGS of 100 draws, then sweeps by NumPy (about 20 seconds)");
  const run = (script) => JSON.parse(execFileSync(python, [`scripts/${script}.py`, file], { encoding: "utf8" }));
  return { ...run("scipy_grid"), refits: run("scipy_draws"), sweeps: run("numpy_sweeps") };
}

/** A law of the user's own against the same one of the catalogue, through the npm module: the ratio of their times. */
function typedLaws({ ask }, runs) {
  const positive = { positive: true };
  const exponent = { in: [0.02, 2] };
  const law = {
    formula: "q + u*x^-s + v*y^-t",
    inputs: { x: { unit: "parameters" }, y: { unit: "tokens" } },
    parameters: { q: positive, u: positive, s: exponent, v: positive, t: exponent },
  };
  const values = [1.81721809901008, 477.825868233905, 0.3473104988817546, 2143.41736336046, 0.3671724326277622];
  const own = Object.fromEntries(["E", "A", "alpha", "B", "beta"].map((name, i) => [name, values[i]]));
  const typed = Object.fromEntries(["q", "u", "s", "v", "t"].map((name, i) => [name, values[i]]));
  const budget = "5.76e23 FLOPs";
  const pairs = {
    fit: [{ law: "chinchilla", runs }, { law, runs: { x: runs.N, y: runs.D, L: runs.L } }],
    predict: [
      { law: "chinchilla", fit: { parameters: own }, at: { N: 70e9, D: 1.4e12 } },
      { law, fit: { parameters: typed }, at: { x: 70e9, y: 1.4e12 } },
    ],
    allocate: [
      { law: "chinchilla", fit: { parameters: own }, budget },
      { law, fit: { parameters: typed }, cost: "6*x*y", budget },
    ],
  };
  /** The numbers that the two must share, to the last digit. */
  const digits = {
    fit: (answer) => [...Object.values(answer.parameters), answer.objective],
    predict: (answer) => [answer.value],
    allocate: (answer) => [...Object.values(answer.at), answer.value],
  };
  const compared = Object.entries(pairs).map(([verb, questions]) => {
    const texts = questions.map((question) => JSON.stringify({ [verb]: question }));
    const answers = texts.map((text) => JSON.parse(ask(text)));
    const failed = answers.find((answer) => answer.error);
    if (failed) throw new Error(`${verb}: ${failed.error.message}`);
    const [a, b] = answers.map((answer) => JSON.stringify(digits[verb](answer[verb])));
    const [catalogue, own] = steady(...texts.map((text) => () => ask(text)));
    return { what: `${verb}: law typed by hand`, same: a === b, catalogue: catalogue / 1e3, typed: own / 1e3 };
  });
  return [...compared, slowestTyped(ask)];
}

/** Every law of the catalogue that has a fit, against the same law as text: the pair that costs the text most. */
function slowestTyped(ask) {
  const { laws } = JSON.parse(ask('{"laws":{}}')).laws;
  const declared = (entries, of) => Object.fromEntries(entries.map((entry) => [entry.symbol, of(entry)]));
  const pairs = laws.filter(({ fits }) => fits.length).map((law) => {
    const typed = {
      formula: law.formula,
      outputs: law.outputs.map(({ name }) => name),
      inputs: declared(law.inputs, ({ unit }) => ({ unit })),
      parameters: declared(law.parameters, ({ bounds }) => bounds),
      ...(law.tables && { tables: Object.fromEntries(law.tables.map(({ name, x, y }) => [name, { x, y }])) }),
    };
    const [{ id, values, example: at }] = law.fits;
    const questions = [{ law: law.id, fit: id, at }, { law: typed, fit: { parameters: values }, at }];
    const texts = questions.map((question) => JSON.stringify({ predict: question }));
    const [a, b] = texts.map((text) => JSON.stringify(JSON.parse(ask(text)).predict?.outputs));
    const [catalogue, own] = steady(...texts.map((text) => () => ask(text)));
    return { id: law.id, same: a !== undefined && a === b, catalogue, own };
  });
  const worst = pairs.reduce((a, b) => (b.own / b.catalogue > a.own / a.catalogue ? b : a));
  return {
    what: `predict: each of ${pairs.length} laws as text, the slowest (${worst.id})`,
    same: pairs.every(({ same }) => same),
    catalogue: worst.catalogue / 1e3,
    typed: worst.own / 1e3,
  };
}

/** What a browser with an empty cache receives from a Brotli server, until the network is idle; null without a site. */
async function received(browser) {
  if (!existsSync("dist/index.html")) return null;
  const server = await serve({ compress: true });
  const page = await browser.newPage();
  const sizes = [];
  page.on("requestfinished", (request) => {
    if (request.url().startsWith("http")) sizes.push(request.sizes().then((size) => [new URL(request.url()).pathname, size.responseBodySize]));
  });
  await page.goto(server.url, { waitUntil: "networkidle" });
  const files = await Promise.all(sizes);
  await page.close();
  await server.stop();
  return files;
}

/** What the Fit page takes with these runs, and with very many. */
async function fitPage(browser, { N, D, L }) {
  if (!existsSync("dist/fit/index.html")) return null;
  const server = await serve();
  const rows = N.map((n, at) => [n, D[at], L[at]].join(",")).join("\n");
  const took = await timePage(browser, server.url, `params,tokens,loss\n${rows}\n`);
  await server.stop();
  return took;
}

/** What Lighthouse gives the first page for its speed on a slow telephone, of 100: the median of five visits; null without a site. */
async function lighthouse(port) {
  if (!existsSync("dist/index.html")) return null;
  const server = await serve({ compress: true });
  const scores = [];
  for (let visit = 0; visit < 5; visit += 1) {
    const { scores: found } = await audit(port, server.url, ["performance"]);
    scores.push(Math.round(100 * found.performance));
  }
  await server.stop();
  return scores.sort((a, b) => a - b)[2];
}

const sum = (xs) => xs.reduce((a, b) => a + b, 0);
const row = (cells) => `| ${cells.join(" | ")} |`;
const table = (head, rows) => [row(head), row(head.map((_, i) => (i ? "--:" : "---"))), ...rows.map(row)].join("\n");

/** Three significant digits, without a power of ten. */
function digits(x) {
  if (x >= 1000) return Math.round(Number(x.toPrecision(3))).toLocaleString("en").replaceAll(",", " ");
  return x.toPrecision(3);
}

function duration(seconds) {
  // The finest step of a browser's clock.
  if (seconds < 1e-9) return "under 5 µs";
  const [unit, name] = [[1, "s"], [1e-3, "ms"], [1e-6, "µs"], [1e-9, "ns"]].find(([unit]) => seconds >= unit) ?? [1e-9, "ns"];
  return `${digits(seconds / unit)} ${name}`;
}

const met = (good) => (good ? "met" : "not met");
const atMost = (value, goal) => [digits(value), `≤ ${goal}`, met(value <= goal)];
const atLeast = (value, goal) => [digits(value), `≥ ${digits(goal)}`, met(value >= goal)];

/** The times to reach, in seconds: of one element for columns, of one call for the rest. */
const GOALS = {
  "exp column": 3.4e-9,
  "ln column": 3.6e-9,
  "value": 3e-6,
  "value, gradient": 4.2e-6,
  "value, gradient, second order": 8e-6,
  "fit, one start": 0.25e-3,
  "fit, certified": 12e-3,
  "fit, 100 draws": 8e-3,
  "fit, profile of 41 points": 50e-3,
  "fit, profile of a decision": 50e-3,
  "fit, six nonlinear": 0.5,
  "envelope": 50e-3,
  "sweep, separable": 0.35e-3,
  "sweep, data-constrained": 13e-3,
  "sweep, frontier": 18e-3,
  "sweep, frontier serving": 110e-3,
  "sweep, bands": 12e-3,
  "sweep, surface with bands": 100e-3,
};
/** Of sweeps: exponentials and logarithms that each point needs at least, how much more they may take, and what of NumPy's time. */
const SWEEPS = {
  "sweep, data-constrained": { exp: 2, ln: 1, bare: 1.5, numpy: 0.5 },
  "sweep, frontier": { exp: 2, ln: 0, bare: 1.5, numpy: 0.6 },
  "sweep, frontier serving": { exp: 5, ln: 3, bare: 2.2, numpy: 0.85 },
  "sweep, bands": { numpy: 0.4 },
  "sweep, surface with bands": { exp: 1, ln: 1, bare: 3, numpy: 0.2 },
  "sweep, separable": { numpy: 0.6 },
};
/** Kernels whose time is given for one element. */
const ELEMENTS = /column|batch/;

function ratios({ whole, native, node, chromium, workers, scipy, typed }) {
  const rows = [];
  for (const [engine, times] of [["native", native], ["Node", node], ["Chromium", chromium]]) {
    const of = (name) => times.find((kernel) => kernel.name === name);
    const [exp, ln] = ["exp column", "ln column"].map((name) => of(name).steady / of(name).size);
    const runs = of("value").size;
    // What cannot be avoided: two exponentials and a logarithm for each run.
    const bare = runs * (2 * exp + ln);
    const add = (what, against, [value, goal, verdict]) => {
      const judged = whole && engine !== "native";
      rows.push([what, against, engine, value, ...(judged ? [goal, verdict] : ["", ""])]);
    };
    for (const name of ["exp column", "ln column"]) {
      add(name, "std is slower by", atLeast(of(`${name}, std`).steady / of(name).steady, 2.4));
    }
    add("value", "bare exp and ln", atMost(of("value").steady / bare, 1.5));
    add("value, gradient", "bare exp and ln", atMost(of("value, gradient").steady / bare, 2.1));
    add("value, gradient, second order", "bare exp and ln", atMost(of("value, gradient, second order").steady / bare, 4));
    // The scan's 24 columns of exponentials, and eight evaluations.
    add("fit, one start", "bare scan and 8 evaluations", atMost(of("fit, one start").steady / (24 * runs * exp + 8 * bare), 8));
    for (const [name, { exp: exps, ln: lns, bare, numpy }] of Object.entries(SWEEPS)) {
      const { size, steady } = of(name);
      if (bare) add(name, "bare exp and ln", atMost(steady / (size * (exps * exp + lns * ln)), bare));
      else if (name === "sweep, separable") add(name, "writing the numbers", atMost(steady / of("sweep, writing alone").steady, 2.3));
      if (scipy) add(name, "NumPy's", atMost(steady / scipy.sweeps[name], numpy));
    }
    if (scipy) {
      add("fit, one start", "SciPy is slower by", atLeast(scipy.cpu_s / of("fit, one start").steady, 50_000));
      add("fit, certified", "SciPy is slower by", atLeast(scipy.cpu_s / of("fit, certified").steady, 1000));
      const draw = scipy.refits.cpu_s / scipy.refits.draws;
      add("fit, a draw", "SciPy's BFGS is slower by", atLeast(draw / (of("fit, 100 draws").steady / 100), 65));
      const { ready, first } = of("fit, one start");
      if (ready) add("fit, one start, first in a fresh instance", "SciPy is slower by", atLeast(scipy.cpu_s / (ready + first), 500));
    }
  }
  if (workers) {
    const [value, goal, verdict] = atLeast(workers.one / workers.all, 1.8);
    const what = `fit, 1000 draws by two workers${workers.same ? ", same digits" : ", OTHER DIGITS"}`;
    rows.push([what, "one worker is slower by", "Chromium", value, ...(whole ? [goal, verdict] : ["", ""])]);
  }
  for (const { what, same, catalogue, typed: own } of typed) {
    rows.push([`${what}${same ? ", same digits" : ", OTHER DIGITS"}`, "the catalogue's", "Node", ...atMost(own / catalogue, 2)]);
  }
  return table(["Work", "Against", "Engine", "Ratio", "Goal", ""], rows);
}

function times({ whole, native, node, chromium }) {
  const rows = node.map(({ name, size }, i) => {
    const share = ELEMENTS.test(name) ? size : 1;
    const cells = [native, node, chromium].flatMap((all) => {
      const { first, early, steady } = all[i];
      return share > 1 ? ["", "", duration(steady / share)] : [first, early, steady].map(duration);
    });
    const goal = GOALS[name];
    const worst = Math.max(node[i].steady, chromium[i].steady) / share;
    const judged = goal && (whole || share > 1);
    return [share > 1 ? `${name}, an element` : name, ...cells, judged ? `≤ ${duration(goal)}` : "", judged ? met(worst <= goal) : ""];
  });
  for (const [name, goal] of [["fit, one start", 25e-3], ["fit, certified", null]]) {
    const fresh = [node, chromium].map((all) => {
      const { ready, first } = all.find((kernel) => kernel.name === name);
      return ready + first;
    });
    const judged = goal && whole;
    rows.push([
      `${name}, first in a fresh instance, compiling included`,
      ...["", "", "", duration(fresh[0]), "", "", duration(fresh[1]), "", ""],
      judged ? `≤ ${duration(goal)}` : "",
      judged ? met(Math.max(...fresh) <= goal) : "",
    ]);
  }
  const calls = ["first call", "2 to 20", "steady"];
  return table(["Work", ...["native", "Node", "Chromium"].flatMap((engine) => calls.map((call) => `${engine}, ${call}`)), "Goal", ""], rows);
}

function plansTable(planned) {
  const judged = (goal, seconds) => (goal ? [`≤ ${duration(goal)}`, met(seconds <= goal)] : ["", ""]);
  const rows = planned.map(({ what, goal, seconds }) => [what, duration(seconds), ...judged(goal, seconds)]);
  return table(["A plan, asked and answered in Node", "Steady", "Goal", ""], rows);
}

async function main() {
  const { whole, runs } = read();
  mkdirSync("target", { recursive: true });
  const file = "target/bench-runs.json";
  writeFileSync(file, JSON.stringify(runs));
  const load = loadavg()[0];
  const port = await freePort();
  const browser = await launch(listening(port));
  const module = await import("../target/npm/isoflop.js");
  module.initSync({ module: readFileSync("target/npm/isoflop_bg.wasm") });
  const measured = {
    whole,
    native: natively(file),
    node: await underNode(runs),
    ...(await inChromium(browser, runs)),
    scipy: bySciPy(file),
    typed: typedLaws(module, runs),
    planned: plans(module.ask),
  };
  const files = await received(browser);
  const seen = await fitPage(browser, runs);
  const speed = await lighthouse(port);
  const version = browser.version();
  await browser.close();

  const rustc = execFileSync("rustc", ["--version"], { encoding: "utf8", env: nativeEnv() }).split(" ")[1];
  const { scipy, native, workers } = measured;
  const lines = [
    `${runs.L.length} runs. ${cpus()[0].model}, ${cpus().length} cores, load ${load.toFixed(1)} at the start; ` +
      `Rust ${rustc}, Node ${process.versions.node}, Chromium ${version}; one thread.`,
    "Ratios are of steady states: after 50 calls or more, the quickest of 25 batches. First calls are those of a fresh instance.",
    "",
    ratios(measured),
    "",
    times(measured),
    "",
    plansTable(measured.planned),
    "",
  ];
  if (scipy) {
    const ours = native.find(({ name }) => name === "fit, certified").value;
    lines.push(
      `SciPy ${scipy.scipy} with numpy ${scipy.numpy}, Python ${scipy.python}: L-BFGS-B with the gradient written out, ` +
        `${digits(scipy.starts)} starts, ${scipy.evaluations} evaluations, ${duration(scipy.cpu_s)} of CPU, one BLAS thread; ` +
        `its lowest objective is a relative ${(scipy.objective / ours - 1).toExponential(1)} above ours, ${ours}.`,
    );
    const { draws, cpu_s: seconds, evaluations, converged } = scipy.refits;
    lines.push(
      `Draws: BFGS from the optimum of all runs to a gradient of 1e-9, which ${converged} of ${draws} reach; ` +
        `${duration(seconds / draws)} and ${digits(evaluations / draws)} evaluations a draw.`,
    );
  }
  if (workers) {
    lines.push(`1000 draws in Chromium: one worker ${duration(workers.one)}, two ${duration(workers.all)}.`);
  }
  if (files) {
    const total = sum(files.map(([, size]) => size));
    lines.push(
      `Received by a browser with an empty cache, Brotli: ${(total / 1e3).toFixed(1)} kB (goal ≤ 250 kB, ${met(total <= 250e3)}): ` +
        files.map(([name, size]) => `${name} ${(size / 1e3).toFixed(1)}`).join(", ") + ".",
    );
  }
  if (seen) {
    const { switched, rows, fitted, longest, most, rest } = seen;
    lines.push(
      `Fit page in Chromium: a run of ${runs.L.length} switched, ${duration(switched / 1e3)} until the next fit is painted. ` +
        `${digits(rows)} rows: fitted after ${duration(fitted / 1e3)}, longest task ${duration(longest / 1e3)}, ` +
        `${digits(most)} MB at most while fits and draws are under way, ${digits(rest)} MB at rest (goal ≤ 200 MB, ${met(rest <= 200)}).`,
    );
  }
  if (speed !== null) lines.push(`Lighthouse, performance of the first page: ${speed}, the median of five (goal ≥ 95, ${met(speed >= 95)}).`);
  const text = lines.join("\n");
  writeFileSync("target/bench.md", `${text}\n`);
  console.log(`\n${text}`);
  if (workers && !workers.same) throw new Error("two workers do not make the draws of one");
  if (measured.typed.some(({ same }) => !same)) throw new Error("a typed law does not give the catalogue's digits");
}

await main();
