// The page is whole without its program: that is loaded when the reader first wants something of the page, or when the
// address or an earlier visit asks for something. Buttons pressed until then are pressed again.
const buttons = () => [...document.querySelectorAll("button")];
const pressed = [];
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
    document.querySelector(".foot span").textContent = "The calculator could not be loaded. Check the connection, then try again.";
    console.error(error);
    return;
  }
  hearing.abort();
  for (const [button, at] of pressed) (button.isConnected ? button : buttons()[at])?.click();
}

/** Whether the page was opened to show something else than it was served with. */
function asked() {
  const field = (field) => field.value !== field.defaultValue;
  if (location.search.length > 1 || [...document.querySelectorAll("input, textarea")].some(field)) return true;
  try {
    const kept = { "#kept": "isoflop.laws", "#editor": "isoflop.law" };
    return Object.entries(kept).some(([part, name]) => document.querySelector(part) && localStorage.getItem(name));
  } catch {
    return false;
  }
}

hear("click", ({ target }) => {
  const button = target.closest?.("button");
  if (button) pressed.push([button, buttons().indexOf(button)]);
});
hear("submit", (event) => event.preventDefault());
addEventListener("keydown", (event) => {
  const search = document.getElementById("search");
  const typing = event.target.matches?.("input, textarea, select");
  if (!search || typing || event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  search.focus();
});
if (asked()) begin();
for (const type of ["pointermove", "pointerdown", "touchstart", "keydown", "focusin", "input", "change"]) hear(type, begin);
