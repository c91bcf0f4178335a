/** @type {import("vite").UserConfig} */
export default {
  base: "./",
  // Its program and its thread are files beside its scripts, which Vite would lose by bundling them ahead of time.
  optimizeDeps: { exclude: ["isoflop"] },
  worker: { format: "es" },
};
