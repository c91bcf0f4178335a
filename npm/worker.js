// A worker that answers, for browsers.
import { queue } from "./queue.js";

function start(hear, fail) {
  const worker = new Worker(new URL("./thread.js", import.meta.url), { type: "module" });
  worker.onmessage = ({ data }) => hear(data);
  worker.onerror = ({ message }) => fail(new Error(message || "the worker could not be started"));
  return { post: (message) => worker.postMessage(message), rest() {}, end: () => worker.terminate() };
}

/** Opens a worker, which starts when it is first asked. */
export const openWorker = () => queue(start);
