// After Trunk has built, before the result becomes dist/: gives the workers' files names with a hash, writes the
// default answer and the Content-Security-Policy into index.html, and the other pages beside it.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { constants, gzipSync } from "node:zlib";
import { HASHED } from "./serve.mjs";

const folder = process.env.TRUNK_STAGING_DIR;
const at = (name) => join(folder, name);
/** What no page asks for. */
const UNKEPT = /(^isoflop\.html|^robots\.txt|\.md|OFL-[\w-]+\.txt)$/;

/** Replaces the one place in the page that `pattern` matches; a page without it is a broken build. */
function replaceIn(page, pattern, text) {
  if (!pattern.test(page)) throw new Error(`index.html has nothing that matches ${pattern}`);
  return page.replace(pattern, () => text);
}

/** Trunk hashes no program but the page's, so an old one could stay in a cache beside a new page. Returns the new name. */
function hashProgram(program) {
  const hash = createHash("sha256");
  for (const name of [`${program}.js`, `${program}_bg.wasm`]) hash.update(readFileSync(at(name)));
  const name = `${program}-${hash.digest("hex").slice(0, 16)}`;

  renameSync(at(`${program}.js`), at(`${name}.js`));
  renameSync(at(`${program}_bg.wasm`), at(`${name}_bg.wasm`));
  return name;
}

/** What starts workers in the document that holds the whole site, by the names of their loaders, and what that needs. */
const starts = new Map();
// A rejected promise of a worker is nobody's; an error thrown in it reaches the page.
const THROWN = ".catch((error)=>setTimeout(()=>{throw error}))";

/** A worker and what starts it, which may bring a GPU. Returns the loader's name. */
function hashWorker(worker, gpu) {
  const name = hashProgram(worker);
  rmSync(at(`${worker}_loader.js`));
  const opens = (glue, program) => `self.openGpu=async()=>{const gpu=await import(${glue});await gpu.default({module_or_path:${program}});return gpu.Device.open()};`;
  // What runs shaders is loaded when a sweep first wants it (src/web/worker/gpu.rs).
  const more = gpu ? opens(`"./${gpu}.js"`, `"./${gpu}_bg.wasm"`) : "";
  const load = `importScripts("./${name}.js");wasm_bindgen({module_or_path:"./${name}_bg.wasm"})${THROWN};${more}`;
  // It names another program beside the worker, whose hash is not in the worker's.
  const loader = `${worker}-${createHash("sha256").update(load).digest("hex").slice(0, 16)}_loader.js`;
  writeFileSync(at(loader), load);
  // There it can load nothing, and is given all of that (src/web/whole/whole.js).
  const given = gpu ? opens('URL.createObjectURL(new Blob([glue],{type:"text/javascript"}))', "kernels") : "";
  starts.set(loader, {
    text: `${readFileSync(at(`${name}.js`), "utf8")};onmessage=({data:[program,glue,kernels]})=>{onmessage=null;${given}wasm_bindgen({module_or_path:program})${THROWN}};`,
    needs: [`${name}_bg.wasm`, ...(gpu ? [`${gpu}.js`, `${gpu}_bg.wasm`] : [])],
  });
  return loader;
}

/**
 * Trunk would start the app at once. The page is whole without it, so src/web/boot.js starts it when it is wanted.
 */
function bootWhenWanted(page) {
  const start = /<script type="?module"?>\s*import init[^]*?<\/script>/;
  const [script] = page.match(start) ?? [""];
  const [app] = script.match(/\.\/app-\w+\.js/) ?? [];
  const [program] = script.match(/\.\/app-\w+\.wasm/) ?? [];
  page = replaceIn(page, start, "");
  page = page.replaceAll(/<link\b[^>]*\bhref="?\.\/app-[^>]*>/g, "");
  page = replaceIn(page, /\bapp\.js\b/, app);
  page = replaceIn(page, /\bapp_bg\.wasm\b/, program);
  return replaceIn(page, /<\/body>/, `<script type="module">${terse("src/web/boot.js")}</script></body>`);
}

/** A script without what is said to its readers here, nor how it is set: comments have lines of their own. */
function terse(script) {
  const comment = /^(\/\/|\/\*\*.*\*\/$)/;
  const lines = readFileSync(script, "utf8").split("\n").map((line) => line.trim());
  return lines.filter((line) => line && !comment.test(line)).join("\n");
}

/** Runs a native program of the repository that makes pages, or parts of them. */
function native(example, args, input, encoding = "utf8") {
  // Trunk may run under a toolchain that is only there for wasm32 (scripts/web.sh).
  const env = { ...process.env };
  if (env.ISOFLOP_NATIVE_TOOLCHAIN) env.RUSTUP_TOOLCHAIN = env.ISOFLOP_NATIVE_TOOLCHAIN;
  else if ("ISOFLOP_NATIVE_TOOLCHAIN" in env) delete env.RUSTUP_TOOLCHAIN;

  // Whatever the profile, the bits are the same; the one of the tests is compiled sooner.
  const run = ["run", "--locked", "--quiet", "--example", example, "--", ...args];
  return execFileSync("cargo", run, { input, env, encoding, maxBuffer: 1 << 24, stdio: ["pipe", "pipe", "inherit"] });
}

/** Takes the styles of other pages out of the page, which does without; gives the page and the names of all sheets. */
function withoutOthers(page) {
  const sheets = [...page.matchAll(/<link\b[^>]*\bhref="?\.\/((main|laws|fit|frontier)-\w+\.css)[^>]*>/g)];
  const styles = Object.fromEntries(sheets.map(([, name, sheet]) => [sheet, name]));
  for (const [link, , sheet] of sheets) if (sheet !== "main") page = page.replace(link, "");
  return { page, styles };
}

/** Writes the Laws pages, the Fit page and the Frontier page, which are documents: whole without a script. */
function writeDocuments(styles, worker) {
  const lines = ["laws", "fit", "frontier"].flatMap((kind) => {
    const program = hashProgram(kind);
    const names = [`style ${styles.main}`, `style ${styles[kind]}`, `script ${program}.js`, `program ${program}_bg.wasm`, `worker ${worker}`];
    return names.map((name) => `${kind} ${name}`);
  }).join("\n");
  for (const file of native("laws_pages", [folder], lines).trim().split("\n")) {
    writeFileSync(at(file), allowed(readFileSync(at(file), "utf8")));
  }
}

/** A font of the site as the address of its bytes. */
const font = (name) => `url("data:font/woff2;base64,${readFileSync(at(`fonts/${name}.woff2`)).toString("base64")}")`;

/** Writes a document that asks for nothing: what it needs stands in it, in the style of cards. */
function writeAlone(name, file, more) {
  const faces = [["Isoflop Sans", "sans-400"], ["Isoflop Serif", "serif-normal"]]
    .map(([family, face]) => `@font-face{font-family:"${family}";src:${font(face)} format("woff2")}`);
  const style = readFileSync("target/style/card.css", "utf8").replace(/\/\*[^]*?\*\//g, "").replace(/\s+/g, " ");
  const parts = { style: faces.join("") + style, ...more };
  const page = readFileSync(file, "utf8").replace(/^ +/gm, "").replace(/\{\{(\w+)\}\}/g, (_, part) => parts[part]);
  writeFileSync(at(name), allowed(page, alone));
}

/**
 * Writes the document of cards, in which everything is that they need: a frame without an origin may load nothing else.
 * It opens with the answer to the usual question.
 */
function writeCards() {
  const program = native("gzip", [], readFileSync(at("card_bg.wasm")), "base64");
  const { asks, says } = JSON.parse(native("card", ["#card=answer"], ""));
  writeAlone("embed.html", "src/web/card/embed.html", {
    look: terse("src/web/card/look.js"),
    asks,
    says,
    program,
    glue: readFileSync(at("card.js"), "utf8"),
    run: terse("src/web/card/embed.js"),
  });
  for (const name of readdirSync(folder)) if (/^card(_bg|_loader)?\.(js|wasm)$/.test(name)) rmSync(at(name));
  copyFileSync("src/web/card/isoflop-card.js", at("isoflop-card.js"));
}

/**
 * Writes the document in which the whole site stands: its pages, and what they are made of. It works from a disk, where a
 * document may load nothing.
 */
function writeWhole() {
  const page = /^(index\.html|(about|fit|laws|frontier)\/.*\.html)$/;
  const part = /^(?!sw\.js|isoflop-card\.js)[\w-]+\.(js|wasm|css)$|^(fonts|data|samples)\/.*\.(woff2|csv|json)$/;
  const names = filesOf(folder).filter((name) => page.test(name) || part.test(name));
  const files = names.map((name) => {
    const { text, needs } = starts.get(name) ?? {};
    return { name, needs, bytes: text ? Buffer.from(text) : readFileSync(at(name)) };
  });
  const list = JSON.stringify(files.map(({ name, bytes, needs }) => [name, bytes.length, needs]));
  const site = Buffer.concat([Buffer.from(`${list}\n`), ...files.map(({ bytes }) => bytes)]);
  const parts = {
    site: gzipSync(site, { level: constants.Z_BEST_COMPRESSION }).toString("base64"),
    run: terse("src/web/whole/whole.js"),
  };
  const document = readFileSync("src/web/whole/isoflop.html", "utf8").replace(/\{\{(\w+)\}\}/g, (_, part) => parts[part]);
  writeFileSync(at("isoflop.html"), allowed(document, handedOut));
}

/** Writes the post that shows cards as an author would use them. */
function writePost() {
  mkdirSync(at("examples/blog"), { recursive: true });
  for (const file of readdirSync("examples/blog")) copyFileSync(`examples/blog/${file}`, at(`examples/blog/${file}`));
  const page = readFileSync("examples/blog/index.html", "utf8");
  writeFileSync(at("examples/blog/index.html"), allowed(page));
}

const hashes = (found) => found.map(([, text]) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`);
const written = (rules) => Object.entries(rules).map(([name, value]) => `${name} ${value}`).join("; ");

/** The inline scripts of a page that are run. */
const inline = (page) => hashes([...page.matchAll(/<script(?![^>]*\b(?:src|application\/json|text\/plain))[^>]*>(.*?)<\/script>/gs)]);

/** Nothing but what stands in the document. */
function alone(page) {
  return written({
    "default-src": "'none'",
    "script-src": ["'wasm-unsafe-eval'", ...inline(page)].join(" "),
    "style-src": hashes([...page.matchAll(/<style>(.*?)<\/style>/gs)]).join(" "),
    "font-src": "data:",
    "img-src": "data:",
    "base-uri": "'none'",
    "form-action": "'none'",
  });
}

/** Nothing but what the document hands out itself. */
function handedOut(page) {
  return written({
    "default-src": "'none'",
    "script-src": ["blob:", "'wasm-unsafe-eval'", ...inline(page)].join(" "),
    "style-src": "blob:",
    "font-src": "blob:",
    "img-src": "data: blob:",
    "connect-src": "blob:",
    "worker-src": "blob:",
    "base-uri": "'none'",
    "form-action": "'none'",
  });
}

/** Everything from here, nothing from anywhere else; of inline scripts only those that are in the page now. */
function policy(page) {
  const rules = {
    "default-src": "'none'",
    "script-src": ["'self'", "'wasm-unsafe-eval'", ...inline(page)].join(" "),
    "style-src": "'self'",
    "font-src": "'self'",
    "img-src": "'self' data: blob:",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "frame-src": "'self'",
    "base-uri": "'self'",
    "form-action": "'none'",
  };
  return written(rules);
}

/** The page with its policy. */
function allowed(page, by = policy) {
  const policyOf = /<meta\b[^>]*Content-Security-Policy[^>]*>/;
  return replaceIn(page, policyOf, `<meta http-equiv="Content-Security-Policy" content="${by(page)}">`);
}

/** The files in a folder and below it. */
function filesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)).split(sep).join("/"))
    .sort();
}

/** Writes the service worker, which keeps every file of the site; its version changes with any of them. */
function writeOffline() {
  const files = filesOf(folder).filter((file) => !UNKEPT.test(file));
  const version = createHash("sha256");
  for (const file of files) version.update(file).update(readFileSync(at(file)));
  // A page is asked for by its folder.
  const addresses = files.map((file) => `./${file.replace(/(^|\/)index\.html$/, "$1")}`);
  const known = { VERSION: JSON.stringify(version.digest("hex").slice(0, 16)), FILES: JSON.stringify(addresses), HASHED };
  const lines = Object.entries(known).map(([name, value]) => `const ${name} = ${value};`);
  writeFileSync(at("sw.js"), [...lines, readFileSync("src/web/sw.js", "utf8")].join("\n"));
}

// Trunk's minifier has dropped comments and quotes, so the places are found by element.
let page = readFileSync(at("index.html"), "utf8");
const workers = {};
const gpu = hashProgram("gpu");
for (const worker of ["quick", "worker"]) {
  workers[worker] = hashWorker(worker, worker === "worker" ? gpu : undefined);
  page = replaceIn(page, new RegExp(`\\b${worker}_loader\\.js\\b`), workers[worker]);
}
const rest = withoutOthers(page);
page = bootWhenWanted(rest.page);
// The first paint already answers: the default Question is answered natively.
page = native("first_paint", [], page);
writeFileSync(at("index.html"), allowed(page));
writeDocuments(rest.styles, workers.worker);
writeCards();
writeWhole();
writePost();
// Hosts show it where they have no file, at any depth.
writeAlone("404.html", "src/web/not_found.html", { run: terse("src/web/not_found.js") });
writeOffline();
