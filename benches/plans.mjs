// Times plans through the npm module: whole Questions, with reading and writing them.
import { steady } from "./time.mjs";

/** A loss of four free variables, of which one is a share, and three limits beside its budget. */
const FOUR = {
  law: {
    formula: "E + A/N^alpha + B/D^beta + G/M^g + H*(S - 0.4)^2",
    inputs: { N: { unit: "parameters" }, D: { unit: "tokens" }, M: {}, S: { in: [0, 1] } },
    parameters: Object.fromEntries(["E", "A", "alpha", "B", "beta", "G", "g", "H"].map((name) => [name, {}])),
  },
  fit: { parameters: { E: 1.8, A: 480, alpha: 0.35, B: 2100, beta: 0.37, G: 1, g: 0.5, H: 0.2 } },
  cost: "6*N*D*(1 + 0.01*M)*(1 - 0.5*S)",
  budget: "1e22 FLOPs",
  limits: [{ of: "D", at_most: "200B" }, { of: "N", at_most: "70B" }, { of: "S", at_most: 0.9 }],
};

/** The same with values for each parameter as a bootstrap would give them: within a hundredth, by low discrepancy. */
function drawn(count) {
  const draw = (value, place) => (_, i) => value * (1 + 0.02 * (((i + 1) * (Math.sqrt(2 + place) % 1)) % 1 - 0.5));
  const draws = Object.entries(FOUR.fit.parameters).map(([name, value], place) => {
    return [name, Array.from({ length: count }, draw(value, place))];
  });
  return { ...FOUR, fit: { ...FOUR.fit, draws: Object.fromEntries(draws) } };
}

/** What is timed, with the goal in seconds. */
const PLANS = [
  ["Chinchilla, with its certificate", 100e-6, { law: "chinchilla", budget: "5.76e23 FLOPs" }],
  ["four variables and three limits beside the budget, with the scan of its box", 5e-3, FOUR],
  ["1000 draws of that", 1, drawn(1000)],
  ["repeated data (Muennighoff), with kinks", null, {
    law: "muennighoff",
    budget: "1e22 FLOPs",
    limits: [{ of: "D_unique", equal: 25e9 }],
  }],
];

/** The seconds of each plan; fails where one is no optimum. */
export function plans(ask) {
  return PLANS.map(([what, goal, question]) => {
    const text = JSON.stringify({ allocate: question });
    const { error, allocate } = JSON.parse(ask(text));
    if (allocate?.termination !== "optimum") throw new Error(`${what}: ${error?.message ?? allocate.termination}`);
    const [seconds] = steady(() => ask(text));
    return { what, goal, seconds: seconds / 1e3 };
  });
}
