// The page is whole as it is served. This has the worker compute its answer again, starts the app when the reader
// first wants something of the page, and carries over what they did before the app was there.
// The build writes it into index.html (scripts/post-build.mjs).

const meta = (name) => document.querySelector(`meta[name="${name}"]`).content;
const primed = JSON.parse(document.getElementById("default-answer").textContent);

/** What this browser makes of the question that the page opens with. */
function computeAgain() {
  const expected = JSON.stringify(primed.answers[1]);
  const worker = new Worker(meta("quick"));
  worker.onmessage = ({ data }) => {
    const { ready, answer } = JSON.parse(data);
    if (ready) return worker.postMessage(JSON.stringify({ job: 0, question: primed.questions[1] }));
    worker.terminate();
    const same = JSON.stringify(answer) === expected;
    say(same ? "Computed again in your browser: the same to the last digit." : "Your browser computes another answer than the one shown. Please report it.");
    document.documentElement.dataset.computed = same ? "same" : "other";
  };
}

/** A sentence at the foot, which stays when the app takes over. */
let said = "";
function say(text) {
  said = text;
  for (const place of document.querySelectorAll(".foot .computed")) place.textContent = text;
}

// The page as it was served, and the one that the app makes. They are alike, element for element.
const served = document.getElementById("page");
let made;

/** Where an element stands: the places of it and of what is around it among their siblings. */
function path(element) {
  const places = [];
  for (let at = element; at !== served; at = at.parentElement) places.unshift([...at.parentElement.children].indexOf(at));
  return places;
}
const standing = (places) => places.reduce((at, place) => at?.children[place], made);

// What the reader did, to be done again; fields with what was typed into them.
const acts = [];
const fields = new Map();
const hearing = new AbortController();
const hear = (type, act) => addEventListener(type, act, { capture: true, signal: hearing.signal });

function keep(act) {
  acts.push(act);
  if (made) takeOver();
}

hear("click", (event) => {
  const button = event.target.closest?.("button");
  if (!button || !served.contains(button)) return;
  event.preventDefault();
  const places = path(button);
  keep(() => standing(places)?.click());
});
for (const type of ["input", "change"]) {
  hear(type, (event) => {
    if (!served.contains(event.target)) return;
    const kind = type === "input" ? { inputType: event.inputType ?? "" } : {};
    const events = fields.get(event.target) ?? new Map();
    fields.set(event.target, events.set(type, kind));
    if (made) takeOver();
  });
}
hear("submit", (event) => event.preventDefault());
hear("dragover", (event) => {
  if (event.dataTransfer.types.includes("Files")) event.preventDefault();
});
/** A transfer ends with its event, so its parts are put into another. */
function copied(transfer) {
  const copy = new DataTransfer();
  for (const file of transfer.files) copy.items.add(file);
  const text = transfer.getData("text/plain");
  if (text) copy.setData("text/plain", text);
  return copy;
}
hear("drop", (event) => {
  if (!event.dataTransfer.files.length) return;
  event.preventDefault();
  const dataTransfer = copied(event.dataTransfer);
  keep(() => document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true })));
});
hear("paste", (event) => {
  // Into a field it is typing.
  if (event.target.closest?.("input, textarea")) return;
  const clipboardData = copied(event.clipboardData);
  keep(() => document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true })));
});

/** Puts the app's page in the place of the served one, with all that was done to it. */
function takeOver() {
  if (!served.isConnected) return;
  hearing.abort();
  watching?.disconnect();
  const typed = [...fields].map(([field, events]) => [standing(path(field)), field.value, events]);
  const focused = served.contains(document.activeElement) ? document.activeElement : null;
  const focus = focused && standing(path(focused));
  const caret = [focused?.selectionStart, focused?.selectionEnd];
  const scroll = [scrollX, scrollY];

  served.remove();
  made.classList.remove("coming");
  say(said);
  for (const [field, value, events] of typed) {
    field.value = value;
    for (const [type, kind] of events) field.dispatchEvent(new InputEvent(type, { bubbles: true, ...kind }));
  }
  focus?.focus({ preventScroll: true });
  if (Number.isInteger(caret[0])) focus.setSelectionRange(...caret);
  scrollTo(...scroll);
  for (const act of acts) act();
}

/** Whether the app says all that the served page says: numbers, intervals, figures. */
function settled() {
  const words = (page) => [...page.querySelectorAll(".sentence, .says")].map((part) => part.textContent.replace(/\s+/g, " ").trim()).join();
  return words(made) === words(served);
}
let watching;

// The app says when it is about to fill the page, and when it has.
addEventListener("isoflop:filling", () => {
  made?.remove();
  made = served.cloneNode(false);
  made.id = "page";
  made.classList.add("coming");
  served.removeAttribute("id");
  served.before(made);
});
addEventListener("isoflop:filled", () => {
  if (acts.length || fields.size || asked()) return takeOver();
  // Nothing is waiting to be done: the page stays as it is until the app has drawn as much.
  const look = () => settled() && requestAnimationFrame(() => requestAnimationFrame(takeOver));
  watching = new MutationObserver(look);
  watching.observe(made, { subtree: true, childList: true, characterData: true });
  setTimeout(takeOver, 2000);
});

let app;
/** Loads the app, once. */
function start() {
  app ??= import(meta("app"))
    .then(({ default: fill }) => fill({ module_or_path: meta("program") }))
    .catch((error) => {
      app = undefined;
      say("The calculator could not be loaded. Check the connection, then try again.");
      console.error(error);
    });
}

/** Whether the page was opened to show something else than it was served with. */
function asked() {
  try {
    if (sessionStorage.getItem("isoflop.runs")) return true;
  } catch {}
  return location.search.length > 1 || location.hash.includes("=");
}

if (asked()) start();
else computeAgain();
for (const type of ["pointermove", "pointerdown", "touchstart", "keydown", "focusin", "dragenter", "paste", "input", "popstate", "hashchange"]) hear(type, start);
