// Isoflop for browsers.
import { use } from "./inner.js";

use(() => new URL("./isoflop_bg.wasm", import.meta.url));

export * from "./door.js";
