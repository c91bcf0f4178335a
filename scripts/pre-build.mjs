// Before Trunk builds: joins the files under style/ into the style sheets that pages load: one for all, and one each
// that only the Laws pages, the Fit page and the Frontier page load besides; and into that of a card, which stands in its
// document. Trunk would leave an @import in place, and the browser would ask for a file that is not there.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";

const read = (name) => readFileSync(`style/${name}`, "utf8");

mkdirSync("target/style", { recursive: true });
for (const sheet of ["main.css", "laws.css", "fit.css", "frontier.css", "card.css"]) {
  const joined = read(sheet).replaceAll(/^@import "([\w-]+\.css)";/gm, (_, name) => read(name));
  writeFileSync(`target/style/${sheet}`, joined);
}
