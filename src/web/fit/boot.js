// The page is whole without its program: that is loaded when the reader first wants something of the page, or when the
// address or an earlier visit asks for something. What is pressed, dropped or pasted until then is done again.
const buttons = () => [...document.querySelectorAll("button")];
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
    document.querySelector(".foot span").textContent = "The calculator could not be loaded. Check the connection, then try again.";
    console.error(error);
    return;
  }
  hearing.abort();
  for (const act of acts) act();
}

/** Whether the page was opened to show something else than it was served with. */
function asked() {
  if (location.search.length > 1 || document.querySelector("textarea").value) return true;
  try {
    return Boolean(sessionStorage.getItem("isoflop.runs"));
  } catch {
    return false;
  }
}

/** A transfer ends with its event, so its parts are put into another. */
function copied(transfer) {
  const copy = new DataTransfer();
  for (const file of transfer.files) copy.items.add(file);
  const text = transfer.getData("text/plain");
  if (text) copy.setData("text/plain", text);
  return copy;
}
const again = (event) => acts.push(() => document.body.dispatchEvent(event));

hear("click", ({ target }) => {
  const button = target.closest?.("button");
  if (!button) return;
  // The program has buttons of its own beside those that were served.
  const says = button.textContent;
  acts.push(() => (button.isConnected ? button : buttons().find((other) => other.textContent === says))?.click());
});
hear("dragover", (event) => event.dataTransfer.types.includes("Files") && event.preventDefault());
hear("drop", (event) => {
  if (!event.dataTransfer.files.length) return;
  event.preventDefault();
  again(new DragEvent("drop", { dataTransfer: copied(event.dataTransfer), bubbles: true, cancelable: true }));
});
hear("paste", (event) => {
  // Into a field it is typing, and stands there when the program comes.
  if (event.target.closest?.("input, textarea")) return;
  again(new ClipboardEvent("paste", { clipboardData: copied(event.clipboardData), bubbles: true }));
});
if (asked()) begin();
for (const type of ["pointermove", "pointerdown", "touchstart", "keydown", "focusin", "input", "change", "dragenter", "drop", "paste"]) hear(type, begin);
