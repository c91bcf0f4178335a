// What the types hold: compiled, never run.
import { ask, askText, fit, predict, sweep, type AllocateAnswer, type Answer, type FitQuestion } from "isoflop";
import { openWorker } from "isoflop/worker";

const question: FitQuestion = {
  law: "chinchilla",
  runs: { columns: { N: new Float64Array([1e8, 1e9]), D: [2e9, "20B"], L: [3, 2.5] } },
};
const exponent: number | null | undefined = (await fit(question)).parameters["alpha"];

const answer: Answer = await ask({ id: 7, predict: { law: "chinchilla", at: { N: "70B", D: 1.4e12 } } });
if ("error" in answer) console.log(answer.error.message);
if ("allocate" in answer) {
  const plan: AllocateAnswer = answer.allocate;
  console.log(plan, exponent);
}
const text: string = await askText('{"laws":{}}');

const grid = await sweep(
  { axes: [{ of: "budget", from: 1e20, to: 1e24, steps: 9, scale: "log" }], solve: { allocate: { law: "chinchilla" } } },
  { typed: true },
);
console.log(text, grid.columns);

const worker = openWorker();
const value = await worker.predict(
  { law: "chinchilla", at: { N: 7e10, D: 1.4e12 } },
  { signal: new AbortController().signal, progress: ({ done, of, stage }) => console.log(stage, done / of) },
);
console.log(value);

// @ts-expect-error: a law is needed.
await predict({ at: {} });
// @ts-expect-error: there is no such verb.
await ask({ guess: {} });
