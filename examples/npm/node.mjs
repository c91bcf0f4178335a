// A fit and what follows from it, under Node: `npm install isoflop`, then `node node.mjs`.
import { allocate, fit, IsoflopError } from "isoflop";
import { openWorker } from "isoflop/worker";

// Columns may be typed arrays. These runs are of Chinchilla's law to the digit, so that it is found again.
const sizes = [1e8, 3e8, 1e9, 3e9, 1e10];
const tokens = [5e9, 2e10, 1e11, 4e11];
const cells = sizes.flatMap((size) => tokens.map((count) => [size, count]));
const N = Float64Array.from(cells, ([size]) => size);
const D = Float64Array.from(cells, ([, count]) => count);
const L = N.map((size, at) => 1.69 + 406.4 / size ** 0.34 + 410.7 / D[at] ** 0.28);

const found = await fit({ law: "chinchilla", runs: { columns: { N, D, L } } });
console.log(`alpha ${found.parameters.alpha.toFixed(4)}, ${found.termination}`);

const plan = await allocate({ law: "chinchilla", fit: found, budget: "1e22 FLOPs" });
console.log(`the best size for 1e22 FLOPs is ${(plan.at.N / 1e9).toFixed(2)} B`);

// What takes longer is asked of a worker, says how far it has come, and can be given up.
const worker = openWorker();
const bootstrap = { draws: 200, seed: 1 };
let steps = 0;
const drawn = await worker.fit(
  { law: "chinchilla", runs: { columns: { N, D, L: L.map((loss, at) => loss * (1 + 0.003 * Math.sin(7 * at))) } }, bootstrap },
  { progress: () => (steps += 1), signal: AbortSignal.timeout(60_000) },
);
console.log(`${drawn.draws.alpha.length} refits`);
worker.close();

try {
  await allocate({ law: "chinchilla", budget: "a lot" });
} catch (error) {
  if (!(error instanceof IsoflopError)) throw error;
  console.log(`${error.code}: ${error.message}`);
}
