// The thread of a worker, in browsers.
import { reply } from "./reply.js";
import "./index.js";

onmessage = ({ data }) => reply(data, (message, given = []) => postMessage(message, given));
