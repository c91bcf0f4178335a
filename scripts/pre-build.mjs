// Before Trunk builds: joins the files under style/ into the one style sheet that the page loads.
// Trunk would leave an @import in place, and the browser would ask for a file that is not there.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";

const read = (name) => readFileSync(`style/${name}`, "utf8");
const joined = read("main.css").replaceAll(/^@import "([\w-]+\.css)";/gm, (_, name) => read(name));

mkdirSync("target/style", { recursive: true });
writeFileSync("target/style/main.css", joined);
