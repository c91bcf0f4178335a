// Draws that are shared out: one worker or three give the bytes of one answer, and so does the native program. And what
// the page's first worker leaves to the whole one.
import { readFileSync } from "node:fs";
import { expect, native, test } from "./site.mjs";

const sample = (name) => JSON.parse(readFileSync(`examples/questions/${name}.json`, "utf8"));
const fit = sample("fit").fit;
// Rows in five groups, for draws of whole groups.
const groups = { columns: { ...fit.runs, group: fit.runs.N.map((_, row) => `run ${row % 5}`) }, group: "group" };

/** What is drawn, as `fit` and `isoflop` have it. */
const QUESTIONS = {
  rows: { fit: { ...fit, bootstrap: { kind: "rows", draws: 30, seed: 7 } } },
  groups: { fit: { ...fit, runs: groups, bootstrap: { kind: "groups", draws: 30, seed: 7 } } },
  wild: { fit: { ...fit, bootstrap: { kind: "wild", draws: 30, seed: 7 } } },
  parabolas: { isoflop: { ...sample("isoflop").isoflop, bootstrap: { kind: "residuals", draws: 30, seed: 7 } } },
};

/** The same question about the draws from `first` on. */
function part(question, first, draws) {
  const [[verb, fields]] = Object.entries(question);
  return { [verb]: { ...fields, bootstrap: { ...fields.bootstrap, first, draws } } };
}

/** The draws of an answer, each number with the digits that stand there. */
function drawn(answer) {
  const [, columns] = answer.match(/"draws":(\{[^}]*\})/);
  return JSON.parse(columns.replace(/[-+.\deE]+(?=[,\]])/g, '"$&"'));
}

/** Draws one after the other. */
function joined(parts) {
  const names = Object.keys(parts[0]);
  return Object.fromEntries(names.map((name) => [name, parts.flatMap((columns) => columns[name])]));
}

/** The answers of as many workers of the page's program as there are questions, all at the same time. */
function ask(page, program, questions) {
  return page.evaluate(
    ([program, questions]) => {
      const address = document.querySelector(`meta[name="${program}"]`).content;
      const one = (question) =>
        new Promise((resolve, reject) => {
          const worker = new Worker(address);
          worker.onerror = (event) => reject(new Error(event.message));
          worker.onmessage = ({ data }) => {
            const said = JSON.parse(data);
            if (said.ready) worker.postMessage(JSON.stringify({ job: 1, question }));
            const end = data.match(/^\{"job":1,"(?:answer|error)":(.*)\}$/);
            if (!end) return;
            worker.terminate();
            resolve(end[1]);
          };
        });
      return Promise.all(questions.map(one));
    },
    [program, questions],
  );
}

test("draws are the same to the last byte from one worker, from three, and natively", async ({ page, site }) => {
  await page.goto(site);
  for (const [name, question] of Object.entries(QUESTIONS)) {
    const whole = native(question);
    const expected = drawn(whole);
    expect(Object.values(expected)[0], name).toHaveLength(30);
    const [alone] = await ask(page, "worker", [question]);
    expect(alone, name).toBe(whole);
    const parts = [[0, 7], [7, 16], [23, 7]].map(([first, draws]) => part(question, first, draws));
    expect(joined((await ask(page, "worker", parts)).map(drawn)), name).toEqual(expected);
  }
});

test("the page's first worker leaves intervals to the whole one", async ({ page, site }) => {
  await page.goto(site);
  const { fit: drawnFit } = JSON.parse(native(QUESTIONS.rows));
  const question = { predict: { law: "chinchilla", fit: drawnFit, at: { N: "7B", D: "140B" }, interval_of: "run" } };
  const [refused] = await ask(page, "quick", [question]);
  expect(JSON.parse(refused).code).toBe("first_worker");
  const [answer] = await ask(page, "worker", [question]);
  expect(answer).toBe(native(question));
  expect(JSON.parse(answer).predict.interval).toHaveLength(2);
  // Without draws there is nothing to leave.
  const { draws, ...plain } = drawnFit;
  const simple = { predict: { law: "chinchilla", fit: plain, at: { N: "7B", D: "140B" } } };
  expect((await ask(page, "quick", [simple]))[0]).toBe(native(simple));
});
