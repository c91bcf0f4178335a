// The page is whole without its program: that is loaded when the reader first wants something of the page, or when the
// address or an earlier visit asks for something. What is done until then is done again.
const acts = [];
const hearing = new AbortController();
const hear = (type, act) => addEventListener(type, act, { capture: true, signal: hearing.signal });

let begun = false;
async function begin() {
  if (begun) return;
  begun = true;
  try {
    const { default: start } = await import("./{{script}}");
    await start({ module_or_path: "{{program}}" });
  } catch (error) {
    begun = false;
    explain(globalThis.WebAssembly ? "The calculator could not be loaded. Check the connection, then try again." : "This browser blocks WebAssembly, in which Isoflop computes: nothing can be changed or computed here.");
    console.error(error);
    return;
  }
  hearing.abort();
  document.getElementById("trouble")?.remove();
  for (const act of acts) act();
}

/** Says above the page why it stays as it was served, and what of a link it does not show. */
function explain(trouble) {
  const wanted = [...new URLSearchParams(location.search)].filter(([key, text]) => key !== "v" && text);
  const link = wanted.map(([key, text]) => `${key.replace(/^(at|of)\./, "")} ${text}`).join(", ");
  const known = document.getElementById("trouble");
  const says = known ?? Object.assign(document.createElement("p"), { id: "trouble", className: "echo bad", role: "status" });
  says.textContent = trouble + (link && ` This link asks for something else than the page shows: ${link}.`);
  if (!known) document.getElementById("main").prepend(says);
}

/** What was kept on an earlier visit, if the browser keeps anything. */
function kept(place, name) {
  try {
    return globalThis[place].getItem(name);
  } catch {
    return null;
  }
}

const again = (event) => acts.push(() => document.body.dispatchEvent(event));
// Keys that act by themselves (src/web/keys.rs) do so once the program is there; a search is there before.
hear("keydown", (event) => {
  const { target, key, ctrlKey, metaKey, altKey } = event;
  if (!/^[gpflr?/]$/.test(key) || ctrlKey || metaKey || altKey || target.matches?.("input, textarea, select")) return;
  const search = document.getElementById("search");
  if (key !== "/" || !search) return again(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  if (kept("localStorage", "isoflop.keys")) return;
  event.preventDefault();
  search.focus();
});

/** Loads the program at once, or when one of these happens. */
function wait(asked, ...types) {
  if (asked || location.search.length > 1 || location.hash.includes("=")) begin();
  for (const type of ["pointermove", "pointerdown", "touchstart", "keydown", "focusin", "input", "change", ...types]) hear(type, begin);
}

// The program has buttons of its own in the place of those that were served, and others beside them.
const named = (says) => [...document.querySelectorAll("button")].filter((button) => button.textContent === says);
hear("click", ({ target }) => {
  const button = target.closest?.("button");
  if (!button) return;
  const says = button.textContent;
  const at = named(says).indexOf(button);
  acts.push(() => (button.isConnected ? button : named(says)[at])?.click());
});
// The menu offers it (src/web/ui/install.rs).
addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  globalThis.installer = event;
});
