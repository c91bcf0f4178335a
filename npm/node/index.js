// Isoflop for Node.
import { readFile } from "node:fs/promises";
import { use } from "../inner.js";

use(() => readFile(new URL("../isoflop_bg.wasm", import.meta.url)));

export * from "../door.js";
