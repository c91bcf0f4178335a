// Times the kernels of examples/kernels.rs in wasm: imported by scripts/bench.mjs under Node, and by
// benches/worker.mjs in a browser.

/** Calls before the steady state, at least, and milliseconds: engines compile again what is called often, beside it. */
const WARM = 50;
const SETTLED = 300;
/** After so many milliseconds of calls that take long it is there in any case. */
const LONG = 1000;
/** A batch of calls takes at least so long, in milliseconds, that the clock's own time does not count. */
const BATCH = 2;
/** Batches; the quickest counts, since what slows one down is another program. */
const BATCHES = 25;

const median = (xs) => xs.sort((a, b) => a - b)[Math.floor(xs.length / 2)];

/** Milliseconds of `count` calls, each from JavaScript: an engine never replaces code that is running. */
function calls(count, call) {
  const start = performance.now();
  for (let i = 0; i < count; i++) call();
  return performance.now() - start;
}

/** Milliseconds of a call, the quickest batch of each; the calls take turns, so that all meet the same machine. */
export function steady(...all) {
  const counts = all.map((call) => {
    let warm = 0;
    for (let i = 0; (i < WARM || warm < SETTLED) && warm < LONG; i++) warm += calls(1, call);
    let count = 1;
    while (calls(count, call) < BATCH) count *= 2;
    return count;
  });
  const best = all.map(() => Infinity);
  for (let batch = 0; batch < BATCHES; batch++) {
    all.forEach((call, i) => (best[i] = Math.min(best[i], calls(counts[i], call) / counts[i])));
  }
  return best;
}

/** Until the engine has done what it still compiles of the instance before. */
const quiet = () => new Promise((done) => setTimeout(done, 1000));

/** The module with other bytes, so that the engine has no code of it yet: an empty section of its own at the end. */
function renewed(bytes, mark) {
  const name = new TextEncoder().encode(`fresh ${mark}`);
  return new Uint8Array([...bytes, 0, name.length + 1, name.length, ...name]);
}

/**
 * Each kernel in an instance of its own: seconds until the module is ready, of the first call, the median of
 * calls 2 to 20, and the steady state.
 *
 * `load(mark)` imports the module's JavaScript anew; `bytes` are its wasm.
 */
export async function time(load, bytes, runs) {
  const columns = ["N", "D", "L"].map((name) => Float64Array.from(runs[name]));
  const times = [];
  for (let kernel = 0, kernels = 1; kernel < kernels; kernel++) {
    const mark = `${kernel} ${Math.random()}`;
    await quiet();
    const [module, wasm] = [await load(mark), renewed(bytes, mark)];
    const start = performance.now();
    await module.default({ module_or_path: wasm });
    const ready = performance.now() - start;
    const bench = new module.Bench(...columns);
    const call = () => bench.run(kernel);
    const first = calls(1, call);
    const early = median(Array.from({ length: 19 }, () => calls(1, call)));
    kernels = bench.names().length;
    const [name, size, [settled]] = [bench.names()[kernel], bench.sizes()[kernel], steady(call)];
    times.push({ name, size, ready: ready / 1e3, first: first / 1e3, early: early / 1e3, steady: settled / 1e3 });
  }
  return times;
}
