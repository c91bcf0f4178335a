// After Trunk has built, before the result becomes dist/: gives the workers' files names with a hash, writes the
// default answer and the Content-Security-Policy into index.html, and the Laws pages beside it.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const folder = process.env.TRUNK_STAGING_DIR;
const at = (name) => join(folder, name);

/** Replaces the one place in the page that `pattern` matches; a page without it is a broken build. */
function replaceIn(page, pattern, text) {
  if (!pattern.test(page)) throw new Error(`index.html has nothing that matches ${pattern}`);
  return page.replace(pattern, () => text);
}

/** Trunk never hashes a worker, so an old one could stay in a cache beside a new page. Returns the loader's name. */
function hashWorker(worker) {
  const hash = createHash("sha256");
  for (const name of [`${worker}.js`, `${worker}_bg.wasm`]) hash.update(readFileSync(at(name)));
  const name = `${worker}-${hash.digest("hex").slice(0, 16)}`;

  renameSync(at(`${worker}.js`), at(`${name}.js`));
  renameSync(at(`${worker}_bg.wasm`), at(`${name}_bg.wasm`));
  rmSync(at(`${worker}_loader.js`));
  // A rejected promise of a worker is nobody's; an error thrown in it reaches the page.
  const thrown = ".catch((error)=>setTimeout(()=>{throw error}))";
  const load = `importScripts("./${name}.js");wasm_bindgen({module_or_path:"./${name}_bg.wasm"})${thrown};`;
  writeFileSync(at(`${name}_loader.js`), load);
  return `${name}_loader.js`;
}

/** Takes out what Trunk put into the page to start a program at once; gives the page and the program's two files. */
function withoutStart(page, program) {
  const scripts = page.match(/<script type="?module"?>\s*import init[^]*?<\/script>/g) ?? [];
  const start = scripts.find((script) => script.includes(`./${program}-`));
  if (!start) throw new Error(`index.html does not start ${program}`);
  const file = (ending) => start.match(new RegExp(`\\./${program}-\\w+\\.${ending}`))[0];
  const links = new RegExp(`<link\\b[^>]*\\bhref="?\\./${program}-[^>]*>`, "g");
  return { page: page.replace(start, "").replaceAll(links, ""), script: file("js"), program: file("wasm") };
}

/**
 * Trunk would start the app at once. The page is whole without it, so src/web/boot.js starts it when it is wanted.
 */
function bootWhenWanted(page) {
  const app = withoutStart(page, "app");
  page = replaceIn(app.page, /\bapp\.js\b/, app.script);
  page = replaceIn(page, /\bapp_bg\.wasm\b/, app.program);
  const boot = readFileSync("src/web/boot.js", "utf8");
  return replaceIn(page, /<\/body>/, `<script type="module">${boot}</script></body>`);
}

/** Runs a native program of the repository that writes pages. */
function native(example, args, input) {
  // Trunk may run under a toolchain that is only there for wasm32 (scripts/web.sh).
  const env = { ...process.env };
  if (env.ISOFLOP_NATIVE_TOOLCHAIN) env.RUSTUP_TOOLCHAIN = env.ISOFLOP_NATIVE_TOOLCHAIN;
  else if ("ISOFLOP_NATIVE_TOOLCHAIN" in env) delete env.RUSTUP_TOOLCHAIN;

  const profile = process.env.TRUNK_PROFILE === "release" ? ["--release"] : [];
  const run = ["run", ...profile, "--locked", "--quiet", "--example", example, "--", ...args];
  return execFileSync("cargo", run, { input, env, encoding: "utf8", stdio: ["pipe", "pipe", "inherit"] });
}

/** Takes out of the page what is the Laws pages' alone: their program and their style; gives the page and the names. */
function lawsApart(page) {
  const { page: rest, script, program } = withoutStart(page, "laws");
  const sheets = [...rest.matchAll(/<link\b[^>]*\bhref="?\.\/([\w-]+\.css)[^>]*>/g)];
  const [link, style] = sheets.find(([, name]) => name.startsWith("laws-"));
  const [, main] = sheets.find(([, name]) => name.startsWith("main-"));
  return { page: rest.replace(link, ""), names: { style: [main, style], script, program } };
}

/** Writes the Laws pages, which are documents: whole without a script. */
function writeLaws(names, worker) {
  const relative = (name) => name.replace(/^\.\//, "");
  const lines = [
    ...names.style.map((style) => `style ${style}`),
    `script ${relative(names.script)}`,
    `program ${relative(names.program)}`,
    `worker ${worker}`,
  ];
  for (const file of native("laws_pages", [folder], lines.join("\n")).trim().split("\n")) {
    writeFileSync(at(file), allowed(readFileSync(at(file), "utf8")));
  }
}

/** Everything from here, nothing from anywhere else; of inline scripts only those that are in the page now. */
function policy(page) {
  const inline = [...page.matchAll(/<script(?![^>]*\b(?:src|application\/json))[^>]*>(.*?)<\/script>/gs)];
  const hashes = inline.map(([, text]) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`);
  const rules = {
    "default-src": "'none'",
    "script-src": ["'self'", "'wasm-unsafe-eval'", ...hashes].join(" "),
    "style-src": "'self'",
    "font-src": "'self'",
    "img-src": "'self' data: blob:",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "base-uri": "'self'",
    "form-action": "'none'",
  };
  return Object.entries(rules).map(([name, value]) => `${name} ${value}`).join("; ");
}

/** The page with its policy. */
function allowed(page) {
  const policyOf = /<meta\b[^>]*Content-Security-Policy[^>]*>/;
  return replaceIn(page, policyOf, `<meta http-equiv="Content-Security-Policy" content="${policy(page)}">`);
}

// Trunk's minifier has dropped comments and quotes, so the places are found by element.
let page = readFileSync(at("index.html"), "utf8");
const workers = {};
for (const worker of ["quick", "worker"]) {
  workers[worker] = hashWorker(worker);
  page = replaceIn(page, new RegExp(`\\b${worker}_loader\\.js\\b`), workers[worker]);
}
const laws = lawsApart(page);
page = bootWhenWanted(laws.page);
// The first paint already answers: the default Question is answered natively.
page = native("first_paint", [], page);
writeFileSync(at("index.html"), allowed(page));
writeLaws(laws.names, workers.worker);
