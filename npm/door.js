// The one door. Nothing is read or compiled before the first question.
import { found, read, verbs, written } from "./inner.js";
import init, * as wasm from "./isoflop.js";

export { IsoflopError, VERBS } from "./inner.js";

let loaded;

/** Reads and compiles the program, once; `ask` does it by itself. A source is what `WebAssembly` takes, or its address. */
export function load(source) {
  loaded ??= begin(source).catch((error) => {
    // Another try may come through.
    loaded = undefined;
    throw error;
  });
  return loaded;
}

async function begin(source) {
  await init({ module_or_path: source ?? (await found()) });
}

/** The Answer as text, with the numbers of a sweep beside it where they are to be `typed`. */
export async function said(text, { progress, typed } = {}) {
  await load();
  if (!typed) return { text: wasm.ask(text, progress) };
  const beside = wasm.askBeside(text, progress);
  const { numbers } = beside;
  try {
    return { text: beside.text, numbers };
  } finally {
    beside.free();
  }
}

/** Answers a Question written as JSON with an Answer written as JSON: the bytes of every other Isoflop. */
export async function askText(question, { progress } = {}) {
  return (await said(question, { progress })).text;
}

/** Answers a Question. An Answer has the verb of its Question, or `error`. */
export async function ask(question, options) {
  const { text, numbers } = await said(written(question), options);
  return read(text, numbers);
}

export const {
  laws, predict, allocate, fit, isoflop, envelope, profile, crossing, multiplier, compare, backtest, sweep, split, merge, table, write,
} = verbs(ask);
