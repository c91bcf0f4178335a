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
  /** The budget that the build wrote. */
  const usual = document.getElementById("given")?.value;
  let state = "";
  let told = null;
  let begun = false;
  /** Whether the program is there and the address is read; until then what the page around sets waits. */
  let runs = false;
  const waiting = [];
  /** Whether an answer is shown: it stays while what is typed cannot be read. */
  let answered = false;

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

  /** Writes what can be changed, and leaves the reader where they are in it. */
  function writeAsks(text) {
    // A frame remembers its field while the reader is elsewhere on the page: they are not called back.
    const held = document.hasFocus() && asks.contains(document.activeElement) ? document.activeElement : {};
    const { id, selectionStart, selectionEnd } = held;
    asks.innerHTML = text;
    const field = id && document.getElementById(id);
    if (!field) return;
    field.focus({ preventScroll: true });
    if (typeof selectionStart === "number") field.setSelectionRange(selectionStart, selectionEnd);
  }

  /** Writes what is said. A mistake of what was typed stands in the echo alone where an answer can stay, faded. */
  function writeSays({ says: text, mistaken }) {
    const stays = mistaken && answered && document.getElementById("echo");
    says.toggleAttribute("data-stale", Boolean(stays));
    if (stays) return;
    says.innerHTML = text;
    answered = !mistaken;
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
    look(state);
    if (all) writeAsks(written.asks);
    const echo = document.getElementById("echo");
    if (echo) echo.innerHTML = written.echo;
    writeSays(written);
    delete document.documentElement.dataset.other;
    document.documentElement.dataset.computed = "";
    tellHeight();
  }

  function element(name, text, more = {}) {
    return Object.assign(document.createElement(name), { textContent: text, ...more });
  }

  /** The way to the plan of the address; a fit of its author's own stands in the fragment there. */
  function wayToPlan() {
    const parts = state.split("&").filter((part) => part && !/^(card|theme|live)=/.test(part));
    const own = parts.filter((part) => part.startsWith("own=")).pop();
    const query = parts.filter((part) => !part.startsWith("own=")).join("&");
    const href = `./${query && `?${query}`}${own ? own.replace("own=", "#fit=") : ""}`;
    return element("a", "Open the live plan", { href, target: "_blank", rel: "noopener" });
  }

  /** The formula of a law that is written out; the name of another. */
  function lawInWords(law) {
    try {
      return JSON.parse(law).formula ?? law;
    } catch {
      return law;
    }
  }

  /** Each input that the address gives, with its name; the usual budget where it gives nothing in its place. */
  function inputs() {
    const parts = [...new URLSearchParams(state)].filter(([key, value]) => value && !/^(card|theme|live|v)$/.test(key));
    if (usual && !parts.some(([key]) => key === "budget" || key === "find")) parts.unshift(["budget", usual]);
    return parts.map(([key, value]) => {
      if (key === "own") return "fit: its author’s own";
      return `${key.replace(/^at\./, "").replace(/-/g, " ")}: ${key === "law" ? lawInWords(value) : value}`;
    });
  }

  /** Says why nothing is computed, of what, and where it would be. */
  function explain(why) {
    look(state);
    const list = element("ul", "", { className: "inputs" });
    list.append(...inputs().map((input) => element("li", input)));
    asks.replaceChildren();
    says.replaceChildren(element("p", why, { className: "none" }), list, wayToPlan());
    says.removeAttribute("data-stale");
    delete document.documentElement.dataset.other;
  }

  /** Leaves the answer that the build wrote, and says why it does not follow what is typed. */
  function stand(why) {
    for (const field of asks.querySelectorAll("input")) field.readOnly = true;
    for (const field of asks.querySelectorAll("select")) field.disabled = true;
    const line = element("p", `${why} `, { className: "notice" });
    line.append(wayToPlan());
    says.prepend(line);
  }

  /** Does without the program: the usual card stands as the build wrote it, and another says what it would answer. */
  function without() {
    const isOld = self.WebAssembly && !self.DecompressionStream;
    const why = isOld ? "this browser cannot unpack the program" : "this browser blocks WebAssembly";
    const other = () => {
      state = location.hash.slice(1);
      explain(`Not computed: ${why}.`);
    };
    if (isUsual(location.hash.slice(1))) stand(`Static copy: ${why}.`);
    else other();
    addEventListener("hashchange", other);
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
    const needed = Math.ceil(card.getBoundingClientRect().height);
    const height = Math.max(given, needed);
    card.style.minHeight = "";
    tell({ isoflop: FORMAT, type: "height", height, needed });
    tell({ sentinel: "amp", type: "embed-size", height });
    const name = new URLSearchParams(location.search).get("childId");
    if (name) tell(`pymxPYMx${name}xPYMxheightxPYMx${height}`);
  }

  /** Writes the card of the address, with what the page around set meanwhile. */
  async function follow() {
    runs = false;
    const { hash } = location;
    const read = await unpacked(hash.slice(1));
    if (hash !== location.hash) return;
    state = read;
    for (const [key, value] of waiting.splice(0)) change(key, value);
    runs = true;
    answered = false;
    write(true);
  }

  /** Changes what the page around sets, as its reader would. */
  function set({ source, data }) {
    if (source !== parent || data?.isoflop !== FORMAT || data.type !== "set") return;
    if (typeof data.key !== "string" || typeof data.value !== "string" || !/^[\w.-]+$/.test(data.key)) return;
    if (!runs) return waiting.push([data.key, data.value]);
    change(data.key, data.value);
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
      return without();
    }
    addEventListener("hashchange", follow);
    await follow();
    let typing;
    asks.addEventListener("input", ({ target }) => {
      change(target.name, target.value);
      clearTimeout(typing);
      typing = setTimeout(() => {
        write(target.matches("select"));
        tell({ isoflop: FORMAT, type: "change", told });
      }, PAUSE);
    });
    asks.addEventListener("submit", (event) => event.preventDefault());
  }

  addEventListener("message", set);
  new ResizeObserver(tellHeight).observe(card);
  // Cards that nobody looks at compute nothing.
  new IntersectionObserver((seen, observer) => {
    if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
    observer.disconnect();
    void begin();
  }).observe(card);
})();
