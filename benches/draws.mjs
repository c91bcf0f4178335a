// Times 1000 draws shared out between workers of a page, as the product shares them: each makes its part and posts it.
// The page imports `shared`; each worker is this module too.

const DRAWS = 1000;
/** Turns of one worker and of all; the quickest of each counts. */
const TURNS = 15;

/** What a worker answers to a message. */
function asked(worker, message) {
  return new Promise((done, fail) => {
    worker.onmessage = ({ data }) => (data.error ? fail(new Error(data.error)) : done(data));
    worker.onerror = ({ message }) => fail(new Error(message));
    worker.postMessage(message);
  });
}

/** The draws by all of some workers: seconds, and F of each draw. */
async function turn(workers) {
  const start = performance.now();
  const share = (i) => Math.round((DRAWS * i) / workers.length);
  const parts = await Promise.all(workers.map((worker, i) => asked(worker, { first: share(i), end: share(i + 1) })));
  return { seconds: (performance.now() - start) / 1e3, objectives: parts.flatMap(({ objectives }) => [...objectives]) };
}

/** Seconds of the draws by one worker and by `count`, and whether both made the same ones to the last digit. */
export async function shared(folder, runs, count) {
  const workers = Array.from({ length: count }, () => new Worker("/benches/draws.mjs", { type: "module" }));
  await Promise.all(workers.map((worker) => asked(worker, { folder, runs })));
  const best = { one: Infinity, all: Infinity, same: true };
  for (let i = 0; i < TURNS; i++) {
    const [one, all] = [await turn(workers.slice(0, 1)), await turn(workers)];
    best.one = Math.min(best.one, one.seconds);
    best.all = Math.min(best.all, all.seconds);
    best.same &&= one.objectives.every((objective, draw) => objective === all.objectives[draw]);
  }
  workers.forEach((worker) => worker.terminate());
  return best;
}

/** Calls of ten draws before the first turn: an engine compiles again what is called often. */
const WARM = 100;
let draws;

async function answer({ folder, runs, first, end }) {
  if (folder) {
    const module = await import(`${folder}.js`);
    await module.default();
    draws = new module.Draws(...["N", "D", "L"].map((name) => Float64Array.from(runs[name])));
    for (let call = 0; call < WARM; call++) draws.objectives(0, 10);
    return {};
  }
  return { objectives: draws.objectives(first, end) };
}

if (globalThis.document === undefined) {
  onmessage = ({ data }) =>
    answer(data).then(postMessage, (error) => postMessage({ error: String(error?.stack ?? error) }));
}
