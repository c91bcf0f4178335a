// The page as it is served: what it names, what it allows itself, and that it starts.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { expect, inFolder, test } from "./site.mjs";

const html = readFileSync("dist/index.html", "utf8");

test("the page starts, and its worker answers", async ({ page, site }) => {
  await page.goto(site);
  await page.getByLabel("Budget", { exact: true }).fill("1e24 FLOPs");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("1.00 × 1024 FLOPs");
});

test("the page starts in a folder of the host too", async ({ page, context, site }) => {
  const prefix = await inFolder(context, site);
  await page.goto(prefix);
  await page.getByLabel("Budget", { exact: true }).fill("1e24 FLOPs");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("1.00 × 1024 FLOPs");
});

test("the page names its workers with a hash, and their files exist", () => {
  for (const worker of ["quick", "worker"]) {
    const address = new RegExp(`<meta content="?(${worker}-[0-9a-f]{16}_loader\\.js)"? name="?${worker}"?>`);
    const [, loader] = html.match(address);
    expect(existsSync(`dist/${loader}`)).toBe(true);
    const loads = readFileSync(`dist/${loader}`, "utf8").match(/[\w-]+\.(js|wasm)/g);
    // What runs shaders is named by the worker that may load it.
    const programs = worker === "worker" ? ["worker", "gpu"] : [worker];
    const unhashed = loads.map((file) => file.replace(/-[0-9a-f]{16}/, ""));
    expect(unhashed).toEqual(programs.flatMap((name) => [`${name}.js`, `${name}_bg.wasm`]));
    for (const file of loads) expect(existsSync(`dist/${file}`)).toBe(true);
  }
});

test("no program tells of the machine that built it", () => {
  const programs = readdirSync("dist").filter((file) => file.endsWith(".wasm"));
  expect(programs.length).toBe(7);
  for (const program of programs) {
    const bytes = readFileSync(`dist/${program}`, "latin1");
    for (const path of [`${homedir()}/`, `${process.cwd()}/`, "registry/src/"]) expect(bytes).not.toContain(path);
  }
});

test("every address in the page is relative", () => {
  const addresses = [...html.matchAll(/\b(?:href|src)=["']?([^"'\s>]+)/g)].map(([, address]) => address);
  expect(addresses.length).toBeGreaterThan(3);
  for (const address of addresses) expect(address).toMatch(/^(\.\/|#|data:,$)/);
});

test("the page allows itself nothing but its own files", async ({ page, site }) => {
  await page.goto(site);
  const policy = await page.locator("meta[http-equiv=Content-Security-Policy]").getAttribute("content");
  expect(policy).toMatch(/^default-src 'none'; script-src 'self' 'wasm-unsafe-eval'( 'sha256-[\w+/]{43}=')+; /);
  expect(policy).not.toMatch(/https?:|\*|unsafe-inline|'unsafe-eval'/);
  // The policy stands before everything that loads.
  expect(html.indexOf("Content-Security-Policy")).toBeLessThan(html.search(/<(link|script|style)\b/));
});
