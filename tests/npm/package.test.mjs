// The npm package as its users have it: packed, installed into an empty project, and used from Node, TypeScript, a page and Vite.
//   node --test tests/npm      after scripts/npm.sh
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { build } from "vite";
import { serve } from "../../scripts/serve.mjs";
import { launch } from "../web/site.mjs";

const BUDGET = { allocate: { law: "chinchilla", budget: "5.76e23 FLOPs" } };
let project;
let isoflop;
let openWorker;

/** Runs a program in the project. */
const run = (program, ...args) => execFileSync(program, args, { cwd: project, encoding: "utf8" });

before(async () => {
  project = mkdtempSync(join(tmpdir(), "isoflop-npm-"));
  const packed = execFileSync("npm", ["pack", resolve("target/npm"), "--pack-destination", project, "--silent"], { encoding: "utf8" });
  writeFileSync(join(project, "package.json"), '{ "private": true, "type": "module" }');
  run("npm", "install", "--offline", "--no-audit", "--no-fund", packed.trim());
  cpSync("examples/npm", project, { recursive: true });
  const from = (name) => import(pathToFileURL(join(project, "node_modules/isoflop", name)).href);
  isoflop = await from("node/index.js");
  ({ openWorker } = await from("node/worker.js"));
});
after(() => rmSync(project, { recursive: true }));

/** What the native program answers. */
const native = (question) => execFileSync("target/debug/examples/ask", { input: `${question}\n`, encoding: "utf8", maxBuffer: 1 << 28 }).trim();

test("it holds its program, its types and licences, and needs nothing else", () => {
  const files = readdirSync(join(project, "node_modules/isoflop"));
  for (const file of ["isoflop_bg.wasm", "index.d.ts", "contract.d.ts", "worker.d.ts", "LICENSE-MIT", "README.md"]) {
    assert.ok(files.includes(file), file);
  }
  assert.ok(!files.includes("built"));
  assert.deepEqual(readdirSync(join(project, "node_modules")).filter((name) => !name.startsWith(".")), ["isoflop"]);
});

test("its verbs are those of the contract", () => {
  const schema = JSON.parse(readFileSync("schema/contract.json", "utf8"));
  const verbs = schema.$defs.Question.oneOf.map(({ properties }) => Object.keys(properties)[0]);
  assert.deepEqual(isoflop.VERBS, verbs);
  for (const verb of verbs) assert.equal(typeof isoflop[verb], "function", verb);
});

test("its bytes are those of the native program", async () => {
  const question = JSON.stringify({ id: "a", ...BUDGET });
  assert.equal(await isoflop.askText(question), native(question));
  assert.deepEqual(await isoflop.ask(JSON.parse(question)), JSON.parse(native(question)));
});

test("its example runs under Node, and ends", () => {
  const said = run("node", "node.mjs").trim().split("\n");
  assert.match(said[0], /^alpha 0\.3400, converged$/);
  assert.match(said[1], /^the best size for 1e22 FLOPs is \d+\.\d\d B$/);
  assert.equal(said[2], "200 refits");
  assert.match(said[3], /^[\w.]+: .*a lot/);
});

test("columns of a sweep are typed arrays where they are asked for, with the same numbers", async () => {
  const axis = { of: "budget", from: 1e20, to: 1e24, steps: 7, scale: "log" };
  const question = { axes: [axis], solve: { allocate: BUDGET.allocate }, outputs: ["N", "loss"] };
  delete question.solve.allocate.budget;
  const [plain, typed] = [await isoflop.sweep(question), await isoflop.sweep(question, { typed: true })];
  for (const [output, columns] of Object.entries(plain.columns)) {
    for (const [name, column] of Object.entries(columns)) {
      assert.ok(typed.columns[output][name] instanceof Float64Array);
      assert.deepEqual([...typed.columns[output][name]], column);
    }
  }
});

test("what has no answer says why", async () => {
  await assert.rejects(isoflop.predict({ law: "no-such-law", at: {} }), (error) => {
    assert.ok(error instanceof isoflop.IsoflopError);
    assert.match(error.message, /no-such-law/);
    assert.equal(error.name, "IsoflopError");
    return typeof error.code === "string";
  });
  for (const none of [undefined, null, 7, [], {}, () => 1]) assert.ok((await isoflop.ask(none)).error, String(none));
  const loop = {};
  loop.loop = loop;
  await assert.rejects(isoflop.ask(loop), TypeError);
  assert.equal({}.polluted, undefined);
});

test("a worker tells how far it has come, and gives up what is under way alone", async () => {
  const worker = openWorker();
  const runs = JSON.parse(readFileSync("examples/questions/fit.json", "utf8")).fit.runs;
  const long = { law: "chinchilla", runs, bootstrap: { draws: 20_000, seed: 1 } };
  const giving = new AbortController();
  let heard;
  const first = worker.fit(long, {
    signal: giving.signal,
    progress: (progress) => {
      heard ??= progress;
      giving.abort(new Error("enough"));
    },
  });
  const next = worker.ask(BUDGET);
  const never = assert.rejects(worker.ask(BUDGET, { signal: AbortSignal.abort(new Error("never")) }), /never/);
  await Promise.all([assert.rejects(first, /enough/), never]);
  assert.equal(typeof heard.done, "number");
  assert.equal(typeof heard.stage, "string");
  assert.deepEqual(await next, JSON.parse(native(JSON.stringify(BUDGET))));
  const lost = assert.rejects(worker.ask(BUDGET), /closed/);
  worker.close();
  await lost;
});

test("its types hold", () => {
  const options = ["--noEmit", "--strict", "--target", "es2022", "--module", "nodenext", "--lib", "es2022,dom", "types.ts"];
  run(process.execPath, resolve("node_modules/typescript/bin/tsc"), ...options);
});

/** What a page of the project says in its output, with what it asked other origins for and what it complained of. */
async function shown(folder, path, expected) {
  const server = await serve({ folder });
  const browser = await launch();
  try {
    const page = await browser.newPage();
    const complaints = [];
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("request", (request) => new URL(request.url()).origin === new URL(server.url).origin || complaints.push(request.url()));
    await page.goto(`${server.url}${path}`);
    await page.getByText(expected).waitFor();
    assert.deepEqual(complaints, []);
  } finally {
    await browser.close();
    await server.stop();
  }
}

test("a page without a build and one by Vite say what the native program says", async () => {
  const { N, D } = JSON.parse(native(JSON.stringify({ allocate: { law: "chinchilla", budget: "5.76e23 FLOPs" } }))).allocate.at;
  await shown(project, "page.html", `${N} parameters`);
  await build({ root: join(project, "vite"), logLevel: "warn" });
  await shown(join(project, "vite/dist"), "", `${N} parameters on ${D} tokens`);
});
