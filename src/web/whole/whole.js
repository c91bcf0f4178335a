// The whole site in one document, which needs neither a server nor a network: it works from a disk. All files of the site stand
// in it, packed; each is handed out by an address of the browser's own. Which page is shown is the first part of the query,
// `?/fit/&law=kaplan` (src/web/whole.rs).
(async () => {
  "use strict";
  const TYPES = { html: "text/html", js: "text/javascript", css: "text/css", wasm: "application/wasm", woff2: "font/woff2", csv: "text/csv", json: "application/json", svg: "image/svg+xml" };
  const folder = location.pathname.replace(/[^/]*$/, "");

  /** The files of the site: a list of names, lengths and what they need, then one after the other. */
  async function unpacked() {
    const text = document.getElementById("site").textContent;
    const packed = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
    const start = bytes.indexOf(10) + 1;
    let at = start;
    const listed = JSON.parse(new TextDecoder().decode(bytes.subarray(0, start)));
    return new Map(listed.map(([name, length, needs]) => [name, { bytes: bytes.subarray(at, (at += length)), needs }]));
  }
  const files = await unpacked();
  const text = (name) => new TextDecoder().decode(files.get(name).bytes);

  const addresses = new Map();
  const handOut = (content, type) => URL.createObjectURL(new Blob([content], { type }));
  /** The address of a file. Those that name other files name their addresses. */
  function address(name) {
    if (!addresses.has(name)) {
      const type = TYPES[name.split(".").pop()];
      addresses.set(name, handOut(/\.(js|css)$/.test(name) ? led(text(name)) : files.get(name).bytes, type));
    }
    return addresses.get(name);
  }
  /** A text in which the files of the site are called by their addresses. */
  const led = (text) => text.replace(/(["'`(])(?:\.\/)?([\w./-]+)(?=["'`)])/g, (all, before, name) => (files.has(name) ? before + address(name) : all));

  /** Where a link leads in this document; nothing if that is none of the site. */
  function mapped(link) {
    const { protocol, pathname, search, hash } = new URL(link, document.baseURI);
    if (protocol !== location.protocol || !pathname.startsWith(folder) || pathname === location.pathname) return null;
    const name = pathname.slice(folder.length);
    if (files.has(name) && !name.endsWith(".html")) return address(name);
    if (!files.has(`${name}index.html`)) return null;
    const parts = [name && `/${name}`, search.slice(1)].filter(Boolean);
    return location.pathname + (parts.length ? `?${parts.join("&")}` : "") + hash;
  }
  // Links are led when somebody is about to follow one, so that they can be opened in another tab or copied as well.
  for (const type of ["pointerover", "focusin", "click", "auxclick"]) {
    addEventListener(type, ({ target }) => {
      const link = target.closest?.("a[href]");
      const place = link && mapped(link.href);
      if (place) link.href = place;
    }, true);
  }
  // A worker of a document from a disk may load nothing by itself: it is given what it needs.
  const part = (name) => (name.endsWith(".wasm") ? WebAssembly.compile(files.get(name).bytes) : text(name));
  self.Worker = class extends Worker {
    constructor(place) {
      super(place);
      const [name] = [...addresses].find(([, address]) => address === place) ?? [];
      if (name) void Promise.all(files.get(name).needs.map(part)).then((parts) => this.postMessage(parts));
    }
  };
  const load = self.fetch;
  self.fetch = (what, ...more) => load((typeof what === "string" && mapped(what)) || what, ...more);

  const page = /^\?\/([^&]*)/.exec(location.search)?.[1] ?? "";
  const source = text(files.has(`${page}index.html`) ? `${page}index.html` : "index.html");
  // From where addresses count is this document, and its policy is the stricter one.
  const read = new DOMParser().parseFromString(source.replace(/<base\b[^>]*>/, ""), "text/html");
  for (const unwanted of read.querySelectorAll("meta[http-equiv], noscript, link:not([rel=stylesheet], [rel=icon])")) unwanted.remove();
  const name = (link) => link.replace(/^\.\//, "");
  const over = (element) => new Promise((done) => { element.onload = element.onerror = done; });
  const dressed = [...read.querySelectorAll("link[rel=stylesheet]")].map((sheet) => {
    sheet.href = address(name(sheet.getAttribute("href")));
    return over(sheet);
  });
  for (const meta of read.querySelectorAll("meta[content]")) if (files.has(name(meta.content))) meta.content = address(name(meta.content));
  const scripts = [...read.querySelectorAll("script")].filter(({ type }) => !type || type === "module");
  const root = document.adoptNode(read.documentElement);
  root.dataset.whole = "";
  const hidden = new CSSStyleSheet();
  hidden.replaceSync(".of-site { display: none !important }");
  document.adoptedStyleSheets = [hidden];
  // It is seen once it is dressed, in the theme that was chosen.
  root.style.visibility = "hidden";
  document.replaceChild(root, document.documentElement);
  await Promise.all(dressed);
  for (const script of scripts) {
    const run = document.createElement("script");
    if (script.type) run.type = script.type;
    run.async = false;
    run.src = handOut(led(script.textContent), TYPES.js);
    const ran = over(run);
    script.replaceWith(run);
    await ran;
  }
  root.style.visibility = "";
  // What waits for the page to be there has not seen it come.
  document.dispatchEvent(new Event("DOMContentLoaded", { bubbles: true }));
  dispatchEvent(new Event("pageshow"));
})().catch((error) => {
  document.body.textContent = `Isoflop could not be opened: ${error.message}. It needs a browser of 2023 or later.`;
  console.error(error);
});
