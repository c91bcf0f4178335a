// A plan that follows what is typed; the newest question wins.
import { openWorker } from "isoflop/worker";

const worker = openWorker();
const field = document.querySelector("input");
const output = document.querySelector("output");
let last = new AbortController();

async function plan() {
  last.abort();
  last = new AbortController();
  try {
    const { at } = await worker.allocate({ law: "chinchilla", budget: field.value }, { signal: last.signal });
    output.textContent = `${at.N} parameters on ${at.D} tokens`;
  } catch (error) {
    if (error.name !== "AbortError") output.textContent = error.message;
  }
}

field.addEventListener("input", plan);
plan();
