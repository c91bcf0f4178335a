// Lighthouse, by its own connection to a browser that was launched with a port for it.
import { createServer } from "node:net";
import lighthouse from "lighthouse";

/** A port that nobody has. */
export const freePort = () =>
  new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });

/** What makes a browser listen on it. */
export const listening = (port) => [`--remote-debugging-port=${port}`];

/** The scores of a page in some categories, from 0 to 1, and the audits that count and are not passed. */
export async function audit(port, address, categories, settings = {}) {
  const { lhr } = await lighthouse(address, { port, onlyCategories: categories, disableFullPageScreenshot: true, logLevel: "error", ...settings });
  const counted = Object.values(lhr.categories).flatMap(({ auditRefs }) => auditRefs.filter(({ weight }) => weight > 0));
  const found = counted
    .map(({ id }) => lhr.audits[id])
    .filter(({ score, scoreDisplayMode }) => scoreDisplayMode === "error" || (score !== null && score < 1))
    .map(({ id, title, errorMessage, details }) => `${id}: ${errorMessage ?? title} ${JSON.stringify(details?.items ?? "")}`);
  return { scores: Object.fromEntries(Object.values(lhr.categories).map(({ id, score }) => [id, score])), found };
}
