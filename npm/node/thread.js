// The thread of a worker, in Node.
import { parentPort } from "node:worker_threads";
import { reply } from "../reply.js";
import "./index.js";

parentPort.on("message", (message) => reply(message, (said, given = []) => parentPort.postMessage(said, given)));
