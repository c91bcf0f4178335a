// Lighthouse finds nothing in how pages are made, whole as they are served.
import { audit, freePort, listening } from "./lighthouse.mjs";
import { test as base, expect, launch } from "./site.mjs";

const test = base.extend({
  port: [({}, use) => freePort().then(use), { scope: "worker" }],
  browser: [
    async ({ port }, use) => {
      const browser = await launch(listening(port));
      await use(browser);
      await browser.close();
    },
    { scope: "worker" },
  ],
});

for (const page of ["", "fit/", "laws/", "laws/chinchilla/", "laws/new/", "frontier/", "about/", "embed.html", "isoflop.html", "examples/blog/"]) {
  test(`accessibility and best practices of ${page || "the Plan"} are complete`, async ({ browser, port, site }) => {
    expect(browser.isConnected()).toBe(true);
    const categories = ["accessibility", "best-practices"];
    const { scores, found } = await audit(port, `${site}${page}`, categories, { throttlingMethod: "provided" });
    expect(found).toEqual([]);
    expect(scores).toEqual({ accessibility: 1, "best-practices": 1 });
  });
}
