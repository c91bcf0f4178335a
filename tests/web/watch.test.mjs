// That the other tests would notice: each fault, planted, is reported.
import { expect, launch, test, watch } from "./site.mjs";

const faults = {
  "a console error": ["console.error('planted')", /console: planted/],
  "an uncaught exception": ["setTimeout(() => { throw new Error('planted') })", /uncaught: planted/],
  "a request to another origin": ["new Image().src = 'http://localhost:9/planted.png'", /another origin: http:\/\/localhost:9/],
  "a script that the policy forbids": [
    "document.head.append(Object.assign(document.createElement('script'), { text: '1' }))",
    /Content Security Policy/,
  ],
};

for (const [name, [code, complaint]] of Object.entries(faults)) {
  test(`${name} is noticed`, async ({ site }) => {
    const browser = await launch();
    const context = await browser.newContext({ bypassCSP: name.includes("origin") });
    const complaints = watch(context, site);
    const page = await context.newPage();
    await page.goto(site);
    await page.evaluate(code);
    await expect.poll(() => complaints.join("\n")).toMatch(complaint);
    await browser.close();
  });
}
