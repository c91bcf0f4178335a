// A worker that answers, for Node. While it rests it keeps no process alive.
import { Worker } from "node:worker_threads";
import { queue } from "../queue.js";

function start(hear, fail) {
  const worker = new Worker(new URL("./thread.js", import.meta.url));
  worker.on("message", hear).on("error", fail);
  return {
    post(message) {
      worker.ref();
      worker.postMessage(message);
    },
    rest: () => worker.unref(),
    end: () => worker.terminate(),
  };
}

/** Opens a worker, which starts when it is first asked. */
export const openWorker = () => queue(start);
