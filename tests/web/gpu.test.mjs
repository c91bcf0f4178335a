// Sweeps by WebGPU, on whatever adapter the browser has: one in software will do, and without any the first test fails. What it
// tells is near what the native program says, and whatever happens to it, the sweep is whole.
import { readFileSync } from "node:fs";
import { expect, launch, native, test as base } from "./site.mjs";

const test = base.extend({
  browser: [
    async ({}, use) => {
      const browser = await launch(["--enable-unsafe-webgpu"]);
      await use(browser);
      await browser.close();
    },
    { scope: "worker" },
  ],
});

const engine = (page) => page.locator(".engine");
const words = async (page) => (await engine(page).locator("span").first().innerText()).replace(/\s+/g, " ");
const done = (page) => expect(engine(page)).toContainText("Done:", { timeout: 120_000 });

// Small enough for an adapter in software.
const SMALL = "?across=budget~log~1e21~1e26~64&up=demand~log~10B~100T~48&refits=50";

async function swept(page, site, query = SMALL) {
  await page.goto(new URL(`frontier/${query}`, site).href);
  await done(page);
}

async function byGpu(page) {
  await engine(page).getByRole("button", { name: "Run on WebGPU" }).click();
  await done(page);
}

/** Question and numbers of the page, and what the native program says of the same Question. */
async function compared(page) {
  await page.getByRole("button", { name: "Export…" }).click();
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: "JSON", exact: true }).click();
  const { question, answer } = JSON.parse(readFileSync(await (await coming).path(), "utf8"));
  expect(answer.done).toBe(answer.shape[0] * answer.shape[1]);
  const { sweep } = JSON.parse(native(question));
  return [answer.columns, sweep.columns];
}

/** The largest relative difference of two columns, each of what is left of a number above `floor`. */
function apart(found, expected, floor = 0) {
  expect(found).toHaveLength(expected.length);
  // Only one of them has a number there: no difference is as large.
  const off = (value, at) => (value === null || found[at] === null ? Number(value !== found[at]) : Math.abs(found[at] - value) / Math.abs(value - floor));
  return expected.map(off).reduce((a, b) => Math.max(a, b));
}

/** Sizes and tokens to a thousandth, losses to 1e-5 of what is left of them. */
function expectNear([found, expected], floor) {
  expect(Object.keys(found)).toEqual(Object.keys(expected));
  for (const [name, columns] of Object.entries(expected)) {
    const near = name === "loss" ? [floor, 1e-5] : [0, 1e-3];
    for (const kind of Object.keys(columns)) expect(apart(found[name][kind], columns[kind], near[0]), `${name} ${kind}`).toBeLessThan(near[1]);
  }
}

/** Has every worker do something to WebGPU before its program starts. */
async function planted(page, plant) {
  await page.route("**/worker-*_loader.js", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `(${plant})();${await response.text()}` });
  });
}

test("a sweep by WebGPU is near the native program's, and loads nothing of it before", async ({ page, site }) => {
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await swept(page, site);
  expect(await words(page)).toMatch(/workers? \(CPU\)/);
  const isGpu = (path) => /\/gpu-\w+(_bg)?\.(js|wasm)$/.test(path);
  expect(asked.filter(isGpu)).toEqual([]);
  await byGpu(page);
  expect(await words(page)).toMatch(/^Done: 3 072 points, 157 K optima, WebGPU, [\d.]+ m?s\.$/);
  expect(asked.filter(isGpu)).toHaveLength(2);
  expectNear(await compared(page), 1.7);
  // And back: the digits of a link.
  await engine(page).getByRole("button", { name: "Run on workers" }).click();
  await done(page);
  const [found, expected] = await compared(page);
  expect(JSON.stringify(found)).toBe(JSON.stringify(expected));
});

test("a law without a closed form is solved by WebGPU, too", async ({ page, site }) => {
  await swept(page, site, "?law=kaplan-size-and-data&across=budget~log~1e19~1e24~40&up=");
  await byGpu(page);
  expect(await words(page)).toContain("WebGPU,");
  expectNear(await compared(page), 0);
});

test("a device that is lost midway loses no cell", async ({ page, site }) => {
  await planted(page, () => {
    const { submit } = GPUQueue.prototype;
    const { requestDevice } = GPUAdapter.prototype;
    let device;
    let count = 0;
    GPUAdapter.prototype.requestDevice = async function (...given) {
      device = await requestDevice.apply(this, given);
      return device;
    };
    GPUQueue.prototype.submit = function (...given) {
      submit.apply(this, given);
      count += 1;
      if (count === 2) device.destroy();
    };
  });
  await swept(page, site, "?across=budget~log~1e21~1e26~256&up=demand~log~10B~100T~128&refits=100");
  await byGpu(page);
  expect(await words(page)).toMatch(/WebGPU and \d workers? \(CPU\), .* Not on WebGPU: the GPU was lost/);
  expectNear(await compared(page), 1.7);
  await expect(engine(page).getByRole("button", { name: "Run on WebGPU" })).toBeHidden();
});

for (const [what, plant, says] of [
  ["no adapter is given", () => (GPU.prototype.requestAdapter = async () => null), "no GPU can be used"],
  [
    "a device lacks what is needed",
    () => (GPUAdapter.prototype.requestDevice = async () => { throw new TypeError("limits"); }),
    "no GPU can be used",
  ],
  [
    "a device computes something else",
    () => {
      const { createShaderModule } = GPUDevice.prototype;
      GPUDevice.prototype.createShaderModule = function (given) {
        return createShaderModule.call(this, { ...given, code: given.code.replace("return exp(", "return 1.01 * exp(") });
      };
    },
    "what it computed is not what the processor computes",
  ],
]) {
  test(`where ${what}, the workers go on, to the same digits`, async ({ page, site }) => {
    await planted(page, plant);
    await swept(page, site);
    await byGpu(page);
    expect(await words(page)).toMatch(new RegExp(`workers? \\(CPU\\), .* Not on WebGPU: ${says}`));
    const [found, expected] = await compared(page);
    expect(JSON.stringify(found)).toBe(JSON.stringify(expected));
  });
}
