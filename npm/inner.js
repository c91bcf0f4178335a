// What the package shares among its own scripts.

let program;
/** Says where the program is found. */
export const use = (found) => (program = found);
/** Where it is found, or its bytes. */
export const found = () => program();

/** Why a Question has no Answer. */
export class IsoflopError extends Error {
  constructor({ message, ...rest }) {
    super(message);
    this.name = "IsoflopError";
    Object.assign(this, rest);
  }
}

/** Every verb of the contract (schema/contract.json). */
export const VERBS = [
  "laws", "predict", "allocate", "fit", "isoflop", "envelope", "profile", "crossing", "multiplier", "compare", "backtest",
  "sweep", "split", "merge", "table", "write",
];

/** A Question as JSON: typed arrays are columns like any other. What has no JSON is an empty text, which is answered too. */
export function written(question) {
  return JSON.stringify(question, (_, value) => (ArrayBuffer.isView(value) ? [...value] : value)) ?? "";
}

/** The Answer of a text, with the numbers of a sweep as typed arrays where they came so. */
export function read(text, numbers) {
  const answer = JSON.parse(text);
  if (!numbers?.length) return answer;
  let first = 0;
  const columns = Object.values(answer.sweep.columns);
  const each = numbers.length / columns.reduce((sum, column) => sum + Object.keys(column).length, 0);
  for (const column of columns) {
    for (const name of Object.keys(column)) column[name] = numbers.subarray(first, (first += each));
  }
  return answer;
}

/** What each verb comes to, by whoever answers; where there is no answer it throws an IsoflopError. */
export function verbs(ask) {
  const one = (verb) => async (question, options) => {
    const answer = await ask({ [verb]: question }, options);
    if (answer.error) throw new IsoflopError(answer.error);
    // What `merge` joins is the Answer to another verb.
    return verb === "merge" ? answer : answer[verb];
  };
  return Object.fromEntries(VERBS.map((verb) => [verb, one(verb)]));
}
