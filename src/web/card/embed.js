// Runs a card: opens its program, writes what its address asks for, follows its reader, and tells the page around it.
// A classic script, and everything from this document: a frame without an origin of its own may load nothing else.
(() => {
  "use strict";
  const FORMAT = 1;
  /** What follows typing waits so long, in milliseconds. */
  const PAUSE = 60;
  /** A fit is not unpacked beyond this, in bytes. */
  const MOST = 1 << 24;
  const [card, asks, says] = ["card", "asks", "says"].map((id) => document.getElementById(id));
  /** The height of the frame before anything grew. */
  const given = innerHeight;
  let state = "";
  let told = null;
  let begun = false;

  const decoded = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));

  /** Bytes through a stream of the browser's, at most so many. */
  async function through(bytes, stream, most = Infinity) {
    const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
    const parts = [];
    for (let size = 0; ; ) {
      const { done, value } = await reader.read();
      if (done) return new Blob(parts).arrayBuffer();
      size += value.length;
      if (size > most) throw new Error("too long");
      parts.push(value);
    }
  }

  /** The address with its fit as it is: src/web/ui/packing.rs packs it. */
  async function unpacked(fragment) {
    const packed = /(^|&)own=z1:([\w-]+)/.exec(fragment);
    if (!packed) return fragment;
    try {
      const text = new TextDecoder().decode(await through(decoded(packed[2]), new DecompressionStream("deflate"), MOST));
      return fragment.replace(packed[0], `${packed[1]}own=${encodeURIComponent(text)}`);
    } catch {
      return fragment;
    }
  }

  /** The address with another value. */
  function change(key, value) {
    const rest = state.split("&").filter((part) => part && !part.startsWith(`${key}=`));
    // Another law has other fits.
    const kept = key === "law" ? rest.filter((part) => !/^(fit|own)=/.test(part)) : rest;
    state = [...kept, `${encodeURIComponent(key)}=${encodeURIComponent(value)}`].join("&");
  }

  /** Writes the card; while its reader types, not the field. */
  function write(all) {
    let written;
    try {
      written = JSON.parse(wasm_bindgen.card(state));
    } catch {
      return explain("This card has stopped.");
    }
    told = written.told;
    if (all) asks.innerHTML = written.asks;
    const echo = document.getElementById("echo");
    if (echo) echo.innerHTML = written.echo;
    says.innerHTML = written.says;
    delete document.documentElement.dataset.other;
    document.documentElement.dataset.computed = "";
    tellHeight();
  }

  /** Says why nothing is computed, and where it would be. */
  function explain(why) {
    const [line, way] = [document.createElement("p"), document.createElement("a")];
    const value = (key) => new URLSearchParams(state).get(key);
    line.textContent = `${[value("budget"), value("law")].filter(Boolean).join(", ")} ${why}`.trim();
    line.className = "none";
    way.href = `./?${state.split("&").filter((part) => !/^(card|theme|live|own)=/.test(part)).join("&")}`;
    way.target = "_blank";
    way.rel = "noopener";
    way.textContent = "Open the live plan";
    asks.replaceChildren();
    says.replaceChildren(line, way);
    delete document.documentElement.dataset.other;
  }

  function tell(message) {
    if (parent !== self) parent.postMessage(message, "*");
  }

  /**
   * Tells how high the card is: as Isoflop does, as AMP does, and as pym does where it gave the frame a name. What the frame has
   * grown to is not what the card needs, and less than it was given at first moves the text around it.
   */
  function tellHeight() {
    card.style.minHeight = "0";
    const height = Math.max(given, Math.ceil(card.getBoundingClientRect().height));
    card.style.minHeight = "";
    tell({ isoflop: FORMAT, type: "height", height });
    tell({ sentinel: "amp", type: "embed-size", height });
    const name = new URLSearchParams(location.search).get("childId");
    if (name) tell(`pymxPYMx${name}xPYMxheightxPYMx${height}`);
  }

  async function follow() {
    state = await unpacked(location.hash.slice(1));
    write(true);
  }

  async function begin() {
    if (begun) return;
    begun = true;
    state = location.hash.slice(1);
    try {
      const program = await through(decoded(document.getElementById("program").textContent), new DecompressionStream("gzip"));
      await wasm_bindgen({ module_or_path: program });
    } catch {
      // What the build wrote is the answer to the usual question.
      if ("other" in document.documentElement.dataset) explain("needs WebAssembly, which is blocked here.");
      return;
    }
    await follow();
    addEventListener("hashchange", follow);
    addEventListener("message", ({ source, data }) => {
      if (source !== parent || data?.isoflop !== FORMAT || data.type !== "set") return;
      if (typeof data.key !== "string" || typeof data.value !== "string" || !/^[\w.-]+$/.test(data.key)) return;
      change(data.key, data.value);
      write(true);
    });
    let waiting;
    asks.addEventListener("input", ({ target }) => {
      change(target.name, target.value);
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        write(target.matches("select"));
        tell({ isoflop: FORMAT, type: "change", told });
      }, PAUSE);
    });
    asks.addEventListener("submit", (event) => event.preventDefault());
  }

  new ResizeObserver(tellHeight).observe(card);
  // Cards that nobody looks at compute nothing.
  new IntersectionObserver((seen, observer) => {
    if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
    observer.disconnect();
    void begin();
  }).observe(card);
})();
