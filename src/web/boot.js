// The page is whole as it is served. This has a worker compute its answer again, starts the app when the reader
// first wants something of the page, and does in the app what they did before it was there.
// The build writes it into index.html (scripts/post-build.mjs).

const meta = (name) => document.querySelector(`meta[name="${name}"]`).content;
// The page as it was served, and the one that the app makes. They are alike, element for element.
const served = document.getElementById("page");
let made;

// What is said at the foot, in either page.
let computed = "";
function say(what = computed) {
  document.querySelector(".foot .computed").textContent = computed = what;
}

/** Says under the bar why the page stays as it was served, and what of a link it does not show. */
function explain(trouble) {
  const wanted = [...new URLSearchParams(location.search)].filter(([key, text]) => !["v", "embed"].includes(key) && text);
  const link = wanted.map(([key, text]) => `${key} ${text}`).join(", ");
  const shown = link && ` This link asks for another plan (${link}) than the one below, which is for Chinchilla’s own budget.`;
  const notice = served.querySelector(".notice");
  notice.classList.remove("first");
  notice.querySelector("p").setAttribute("role", "status");
  notice.querySelector("span").textContent = trouble + shown;
}

/** What this browser makes of the question that the page opens with. */
function computeAgain() {
  const { questions, answers } = JSON.parse(document.getElementById("default-answer").textContent);
  const worker = new Worker(meta("quick"));
  worker.onmessage = ({ data }) => {
    const { ready, answer } = JSON.parse(data);
    if (ready) return worker.postMessage(JSON.stringify({ job: 0, question: questions[1] }));
    worker.terminate();
    const same = JSON.stringify(answer) === JSON.stringify(answers[1]);
    say(same ? "Computed again in your browser: the same to the last digit." : "Your browser computes another answer than the one shown. Please report it.");
    document.documentElement.dataset.computed = same ? "same" : "other";
  };
}

/** Where an element stands: in what has a name, and by which places among siblings from there. */
function path(element) {
  const root = element.closest("[id]:not(#page), header, aside, main");
  const places = [];
  for (let at = element; at !== root; at = at.parentElement) places.unshift([...at.parentElement.children].indexOf(at));
  return { root: root.id ? `#${root.id}` : root.localName, places };
}
const standing = ({ root, places }) => places.reduce((at, place) => at?.children[place], made.querySelector(root));

// What the reader did: acts, and fields with the events of what was typed into them.
const acts = [];
const fields = new Map();
const hearing = new AbortController();
const hear = (type, act) => addEventListener(type, act, { capture: true, signal: hearing.signal });
const within = (target) => target instanceof Element && target !== served && served.contains(target);

function keep(act) {
  acts.push(act);
  if (made) takeOver();
}

hear("click", (event) => {
  const pressed = event.target.closest?.("button, a[href]");
  if (!pressed || !within(pressed) || !(pressed.localName === "button" || waits(pressed, event))) return;
  event.preventDefault();
  const place = path(pressed);
  // What was typed is kept a moment after it is told, and the links of the bar lead to it.
  keep(() => setTimeout(() => standing(place)?.click()));
});
/** Whether a link would leave what only the app keeps: what was typed or, where it leads back here, what is asked. */
function waits(link, { ctrlKey, metaKey, shiftKey }) {
  const href = link.getAttribute("href");
  if (failures || ctrlKey || metaKey || shiftKey || href.startsWith("#")) return false;
  return !changed().next().done || (href === "./" && asked());
}
for (const type of ["input", "change"]) {
  hear(type, (event) => {
    if (!within(event.target)) return;
    const events = fields.get(event.target) ?? new Map();
    fields.set(event.target, events.set(type, type === "input" ? { inputType: event.inputType ?? "" } : {}));
    if (made) takeOver();
  });
}
/** Fields that say something else than they were served with, heard of or not: one can type while a page loads. */
function* changed() {
  for (const field of served.querySelectorAll("input, textarea, select")) {
    const as = field.localName === "select" ? [...field.options].find((option) => option.defaultSelected)?.value : field.defaultValue;
    if (field.value !== as) yield [field, fields.get(field) ?? new Map([["input", {}], ["change", {}]])];
  }
}
// Arrows step a quantity, and must not move the caret from its end first.
hear("keydown", (event) => {
  const { target, key, shiftKey } = event;
  if (!within(target) || target.type !== "text" || !["ArrowUp", "ArrowDown"].includes(key)) return;
  event.preventDefault();
  const place = path(target);
  keep(() => standing(place)?.dispatchEvent(new KeyboardEvent("keydown", { key, shiftKey, bubbles: true, cancelable: true })));
});
// Keys that act by themselves (src/web/keys.rs), as far as they are no typing.
hear("keydown", ({ target, key, ctrlKey, metaKey, altKey }) => {
  if (!/^[gpflr?/]$/.test(key) || ctrlKey || metaKey || altKey || target.matches?.("input, textarea, select")) return;
  keep(() => document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true })));
});
hear("submit", (event) => event.preventDefault());

/** A transfer ends with its event, so its parts are put into another. */
function copied(transfer) {
  const copy = new DataTransfer();
  for (const file of transfer.files) copy.items.add(file);
  const text = transfer.getData("text/plain");
  if (text) copy.setData("text/plain", text);
  return copy;
}
hear("dragover", (event) => event.dataTransfer.types.includes("Files") && event.preventDefault());
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
  const typed = [...changed()].map(([field, events]) => [standing(path(field)), field.value, events]);
  const focused = within(document.activeElement) ? document.activeElement : null;
  const focus = focused && standing(path(focused));
  const caret = focused && [focused.selectionStart, focused.selectionEnd];
  const whole = caret?.[0] === 0 && caret[1] === focused.value?.length;
  const scroll = [scrollX, scrollY];
  const pictures = [...served.querySelectorAll(".picture")].map((picture) => [...picture.children]);

  served.replaceWith(made);
  say();
  // A canvas is first drawn a frame after it has a size.
  // Sections that are open have more of them, behind these.
  const places = made.querySelectorAll(".picture");
  pictures.forEach((picture, at) => places[at].append(...picture));
  afterFrames(3, () => pictures.flat().forEach((picture) => picture.remove()));
  for (const [field, value, events] of typed.filter(([field]) => field)) {
    field.value = value;
    for (const [type, kind] of events) field.dispatchEvent(new InputEvent(type, { bubbles: true, ...kind }));
  }
  focus?.focus({ preventScroll: true });
  if (whole) focus?.select?.();
  else if (Number.isInteger(caret?.[0])) focus?.setSelectionRange(...caret);
  scrollTo(...scroll);
  for (const act of acts) act();
}

function afterFrames(count, act) {
  requestAnimationFrame(() => (count > 1 ? afterFrames(count - 1, act) : act()));
}

/** Whether the app says all that the served page says: numbers, intervals, figures. */
function settled() {
  const words = (page) => [...page.querySelectorAll(".sentence, .caveats, .says")].map((part) => part.textContent.replace(/\s+/g, " ").trim()).join();
  return words(made) === words(served);
}
let watching;

/** The app has made its page; a moment later fields have their values. */
addEventListener("isoflop:made", ({ detail }) => setTimeout(() => {
  made = detail;
  if (acts.length || !changed().next().done || asked()) return takeOver();
  // Nothing waits to be done: the page stays as it is until the app has as much to show.
  watching = new MutationObserver(() => settled() && takeOver());
  watching.observe(made, { subtree: true, childList: true, characterData: true });
  setTimeout(takeOver, 2000);
}));

let app;
let failures = 0;
/** Loads the app, once. */
function start() {
  if (app) return;
  // A browser may remember that an address could not be loaded.
  app = import(`${meta("app")}${failures ? `?${failures}` : ""}`)
    .then(({ default: fill }) => fill({ module_or_path: meta("program") }))
    .catch((error) => {
      app = undefined;
      failures += 1;
      explain(globalThis.WebAssembly ? "The calculator could not be loaded. Check the connection, then try again." : "This browser blocks WebAssembly, in which Isoflop computes.");
      console.error(error);
    });
}

/** Whether the page was opened to show something else than it was served with. */
function asked() {
  try {
    if (["isoflop.runs", "isoflop:opened"].some((name) => sessionStorage.getItem(name))) return true;
  } catch {}
  // Where it was changed and loaded again, it is marked (src/web/ui/store.rs).
  return history.state || location.search.length > 1 || location.hash.includes("=");
}

// The menu offers it (src/web/ui/install.rs).
addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  globalThis.installer = event;
});

// Other pages have their cards offered here (src/web/ui/embed.rs).
if (new URLSearchParams(location.search).has("embed")) keep(() => made.querySelector(".bar .of-site").click());
if (asked() || !changed().next().done) start();
else computeAgain();
for (const type of ["pointermove", "pointerdown", "touchstart", "click", "keydown", "focusin", "input", "dragenter", "drop", "paste", "popstate", "hashchange"]) hear(type, start);
