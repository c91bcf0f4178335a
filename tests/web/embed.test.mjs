// A card in a page of another origin: in a frame that is sandboxed, as an element, and with what it needs forbidden.
import { createServer } from "node:http";

import { accessible, expect, native, start, test } from "./site.mjs";

const frame = (site, card) => `<iframe src="${site}embed.html#${card}" width="640" height="360" sandbox="allow-scripts"></iframe>`;

/** Opens a page of another origin, which is this text; it may ask for nothing but itself and the files of `site` named. */
async function elsewhere(browser, site, files, text, use) {
  const host = createServer((_, response) => response.setHeader("Content-Type", "text/html").end(`<!doctype html><title>Elsewhere</title><link rel="icon" href="data:,">${text}`));
  await new Promise((listening) => host.listen(0, listening));
  const address = `http://localhost:${host.address().port}/`;
  const context = await browser.newContext();
  const [asked, reports] = [new Set(), []];
  context.on("request", (request) => asked.add(request.url().replace(/#.*/, "")));
  context.on("console", (message) => message.type() === "error" && reports.push(message.text()));
  try {
    const page = await context.newPage();
    await page.goto(address);
    await use(page);
    expect([...asked].filter((url) => !url.startsWith("data:")).sort()).toEqual([address, ...files.map((file) => site + file)].sort());
    expect(reports).toEqual([]);
  } finally {
    await context.close();
    host.close();
  }
}

const card = (page, at) => page.frameLocator("iframe").nth(at).locator("#card");

test("a page of another origin embeds cards in frames that have no origin", async ({ browser, site }) => {
  const cards = ["card=answer&budget=1e21+FLOPs", "card=map&theme=dark", "card=law&live=none"];
  const listen = `<script>heard=[];addEventListener("message",({data})=>heard.push(data))</script>`;
  const text = listen + cards.map((one) => frame(site, one)).join("");
  await elsewhere(browser, site, ["embed.html"], text, async (page) => {
    const { allocate } = JSON.parse(native({ allocate: { law: "chinchilla", fit: "refit-240", budget: "1e21 FLOPs" } }));
    await expect(card(page, 0).locator(".numbers")).toContainText(new RegExp(`${(allocate.at.N / 1e9).toFixed(2)}.B`));
    await expect(card(page, 1).locator("svg").first()).toHaveAttribute("aria-label", /73\.2.B parameters on 1\.31.T tokens/);
    // One that nobody looks at computes nothing.
    await expect(card(page, 2).locator("..").locator("..")).not.toHaveAttribute("data-computed");
    await page.locator("iframe").nth(2).scrollIntoViewIfNeeded();
    await expect(card(page, 2)).toContainText("= 1.9739");
    await expect(card(page, 2).locator("input")).toHaveCount(0);
    const heights = () => page.evaluate(() => heard.filter(({ isoflop, type }) => isoflop === 1 && type === "height").length);
    await expect.poll(heights).toBeGreaterThanOrEqual(3);
    expect(await page.evaluate(() => heard.some(({ sentinel, type, height }) => sentinel === "amp" && type === "embed-size" && height > 0))).toBe(true);
  });
});

test("the element takes the height of its card and hands back what its reader changes", async ({ browser, site }) => {
  const element = `<isoflop-card card="answer" budget="1e22 FLOPs" live="budget,law" height="100">Some text.</isoflop-card>`;
  const listen = `<script>addEventListener("change",({target,detail})=>{if(target.localName==="isoflop-card")changed=detail})</script>`;
  const text = `<script src="${site}isoflop-card.js"></script>${listen}${element}`;
  await elsewhere(browser, site, ["embed.html", "isoflop-card.js"], text, async (page) => {
    const inside = page.frameLocator("isoflop-card iframe").locator("#card");
    const field = inside.getByLabel("The best model for");
    await expect(field).toHaveValue("1e22 FLOPs");
    const height = () => page.evaluate(() => Number(document.querySelector("isoflop-card").shadowRoot.querySelector("iframe").height));
    await expect.poll(height).toBeGreaterThan(300);
    await field.fill("1e24 FLOPs");
    const { allocate } = JSON.parse(native({ allocate: { law: "chinchilla", fit: "refit-240", budget: "1e24 FLOPs" } }));
    await expect(inside.locator(".numbers")).toContainText(new RegExp(`${(allocate.at.N / 1e9).toFixed(1)}.B`));
    await expect.poll(() => page.evaluate(() => self.changed?.answer.allocate.at.N)).toBe(allocate.at.N);
    // It keeps the field, and where the reader is in it.
    await expect(field).toBeFocused();
    await inside.getByLabel("Law").selectOption({ label: "Chinchilla approach 2, IsoFLOP profiles" });
    await expect(inside.locator("footer")).toContainText("Chinchilla approach 2");
    // The page can change it too; what is no message of ours changes nothing.
    await page.evaluate(() => document.querySelector("isoflop-card").set("budget", "$2M"));
    await expect(field).toHaveValue("$2M");
    await expect(inside.locator("#echo")).toContainText(/Read as \$2\.00.M/);
    // A card that has grown in a narrow page is no higher than before in a wide one.
    const wide = await height();
    const resize = (width) => page.evaluate((width) => (document.querySelector("isoflop-card").style.width = width), width);
    await resize("300px");
    await expect.poll(height).toBeGreaterThan(wide + 100);
    await resize("640px");
    await expect.poll(height).toBe(wide);
    const before = await height();
    await page.evaluate(() => {
      const card = document.querySelector("isoflop-card").shadowRoot.querySelector("iframe").contentWindow;
      const set = { isoflop: 1, type: "set", key: "budget", value: "1e9 FLOPs" };
      for (const message of [null, 7, { ...set, isoflop: 2 }, { ...set, key: "<b>" }, { ...set, value: 1 }]) card.postMessage(message, "*");
      postMessage({ isoflop: 1, type: "height", height: 3999 }, "*");
    });
    await field.fill("nonsense");
    await expect(inside.locator("#echo")).toContainText("expected", { ignoreCase: true });
    await expect(field).toHaveValue("nonsense");
    expect(await height()).toBeLessThanOrEqual(Math.max(before, 600));
  });
});

test("the program of a card writes what the build wrote", async ({ page: reader, site }) => {
  await reader.goto(`${site}embed.html`);
  await expect(reader.locator("html")).toHaveAttribute("data-computed", "");
  const built = await (await reader.request.get(`${site}embed.html`)).text();
  const [before, now] = await reader.evaluate((built) => {
    const parts = (document) => ["asks", "says"].map((id) => document.getElementById(id).innerHTML);
    return [parts(new DOMParser().parseFromString(built, "text/html")), parts(document)];
  }, built);
  expect(now).toEqual(before);
});

test("a card says what it cannot do", async ({ page: reader, site }) => {
  await reader.goto(`${site}embed.html#card=answer&law=muennighoff&budget=1e22+FLOPs`);
  await expect(reader.locator(".none")).toContainText(/muennighoff, with 1\.00.×.1022.FLOPs/);
  await expect(reader.getByRole("link", { name: "Isoflop, open this plan" })).toHaveAttribute("href", /^\.\/\?budget=1e22\+FLOPs&law=muennighoff&v=/);
  // Whatever stands in the address is text.
  const hostile = encodeURIComponent("<img src=x onerror=document.title='lost'>");
  await reader.goto(`${site}embed.html#card=${hostile}&law=${hostile}&budget=${hostile}&own=${hostile}&__proto__=1&theme=${hostile}`);
  await expect(reader.locator(".none")).toBeVisible();
  expect(await reader.locator("img").count()).toBe(0);
  expect(await reader.title()).toBe("A plan by Isoflop");
});

test("a card says what of its address could not be read, and which version made it", async ({ page: reader, site }) => {
  await reader.goto(`${site}embed.html#card=answer&budget=1e21+FLOPs&own=%7B&theme=blue&v=9.9.9`);
  const notice = "Part of this card’s address could not be read (theme, own). The rest is shown. Made by Isoflop 9.9.9; numbers may differ.";
  await expect(reader.locator(".notice")).toHaveText(notice);
  await expect(reader.getByLabel("The best model for")).toHaveValue("1e21 FLOPs");
  await expect(reader.locator(".numbers")).toBeVisible();
  await reader.goto(`${site}embed.html?good#card=answer&budget=1e21+FLOPs`);
  await expect(reader.locator("html")).toHaveAttribute("data-computed", "");
  await expect(reader.locator(".notice")).toHaveCount(0);
});

test("the last answer stays while what is typed cannot be read", async ({ page: reader, site }) => {
  await reader.goto(`${site}embed.html#card=answer&budget=1e21+FLOPs`);
  await expect(reader.locator("html")).toHaveAttribute("data-computed", "");
  const [field, echo, says] = [reader.getByLabel("The best model for"), reader.locator("#echo"), reader.locator("#says")];
  const answer = await says.innerText();
  await field.fill("nonsense");
  await expect(echo).toContainText("expected", { ignoreCase: true });
  await expect(says).toHaveAttribute("data-stale", "");
  expect(await says.innerText()).toBe(answer);
  await field.fill("1e22 FLOPs");
  await expect(says).not.toHaveAttribute("data-stale");
  await expect(reader.locator(".numbers")).toContainText(/9\.12.B/);
  await expect(echo).toHaveText("");
  // Where nothing was answered before, the mistake stands in its place.
  await reader.goto(`${site}embed.html?first#card=answer&budget=nonsense`);
  await expect(reader.locator(".none")).toContainText("expected", { ignoreCase: true });
});

test("the reader stays in their field when the card is written anew", async ({ browser, site }) => {
  const element = `<isoflop-card card="answer" budget="1e22 FLOPs" live="budget,law"></isoflop-card>`;
  await elsewhere(browser, site, ["embed.html", "isoflop-card.js"], `<script src="${site}isoflop-card.js"></script>${element}`, async (page) => {
    const inside = page.frameLocator("isoflop-card iframe").locator("#card");
    const [field, law] = [inside.getByLabel("The best model for"), inside.getByLabel("Law")];
    await expect(law).toBeVisible();
    await law.focus();
    await law.selectOption({ label: "Chinchilla approach 2, IsoFLOP profiles" });
    await expect(inside.locator("footer")).toContainText("Chinchilla approach 2");
    await expect(law).toBeFocused();
    await field.click();
    await field.evaluate((field) => field.setSelectionRange(2, 4));
    await page.evaluate(() => document.querySelector("isoflop-card").set("budget", "$2.50M"));
    await expect(field).toHaveValue("$2.50M");
    await expect(field).toBeFocused();
    expect(await field.evaluate(({ selectionStart, selectionEnd }) => [selectionStart, selectionEnd])).toEqual([2, 4]);
  });
});

test("the element keeps what is set early, and follows its attributes without a step of history", async ({ browser, site }) => {
  const element = `<isoflop-card card="answer" budget="1e22 FLOPs" height="100"></isoflop-card>`;
  const early = `<script>document.querySelector("isoflop-card").set("budget", "1e24 FLOPs")</script>`;
  const text = `<script src="${site}isoflop-card.js"></script>${element}${early}`;
  await elsewhere(browser, site, ["embed.html", "isoflop-card.js"], text, async (page) => {
    const frame = page.frameLocator("isoflop-card iframe");
    const field = frame.getByLabel("The best model for");
    await expect(field).toHaveValue("1e24 FLOPs");
    const steps = await page.evaluate(() => history.length);
    const attribute = (name, value) => page.evaluate(([name, value]) => document.querySelector("isoflop-card").setAttribute(name, value), [name, value]);
    await attribute("theme", "dark");
    await expect(frame.locator("html")).toHaveAttribute("data-theme", "dark");
    await attribute("budget", "1e21 FLOPs");
    await expect(field).toHaveValue("1e21 FLOPs");
    expect(await page.evaluate(() => history.length)).toBe(steps);
    await page.evaluate(() => document.querySelector("isoflop-card").set("theme", "light"));
    await expect(frame.locator("html")).toHaveAttribute("data-theme", "light");
    const height = () => page.evaluate(() => Number(document.querySelector("isoflop-card").shadowRoot.querySelector("iframe").height));
    await attribute("height", "900");
    await expect.poll(height).toBe(900);
    await attribute("height", "100");
    await expect.poll(height).toBeLessThan(900);
  });
});

test("where WebAssembly is blocked the usual card stands as it was built, and another says so", async ({ browser, site }) => {
  const context = await browser.newContext();
  const reader = await context.newPage();
  await reader.addInitScript(() => delete self.WebAssembly);
  await reader.goto(`${site}embed.html`);
  await expect(reader.locator(".numbers")).toContainText(/73\.2.B/);
  await expect(reader.locator(".notice")).toHaveText("Static copy: this browser blocks WebAssembly. Open the live plan");
  await expect(reader.getByLabel("The best model for")).toHaveAttribute("readonly", "");
  const live = reader.getByRole("link", { name: "Open the live plan" });
  await expect(live).toHaveAttribute("href", "./");
  const [why, inputs] = [reader.locator(".none"), reader.locator(".inputs li")];
  await reader.goto(`${site}embed.html?other#card=answer&budget=1e21+FLOPs`);
  await expect(why).toHaveText("Not computed: this browser blocks WebAssembly.");
  await expect(inputs).toHaveText(["budget: 1e21 FLOPs"]);
  await expect(live).toHaveAttribute("href", "./?budget=1e21+FLOPs");
  await reader.goto(`${site}embed.html?aim#theme=dark&find=compute&for-loss=2.0&law=chinchilla&fit=hoffmann2022&most-tokens=300B&v=0.1.0`);
  await expect(inputs).toHaveText(["find: compute", "for loss: 2.0", "law: chinchilla", "fit: hoffmann2022", "most tokens: 300B"]);
  await reader.goto(`${site}embed.html?own#card=fit&budget=%3Cb%3E&own=%7B%7D`);
  await expect(inputs).toHaveText(["budget: <b>", "fit: its author’s own"]);
  await expect(live).toHaveAttribute("href", "./?budget=%3Cb%3E#fit=%7B%7D");
  await context.close();
});

for (const width of [320, 640]) {
  for (const theme of ["light", "dark"]) {
    test(`axe finds nothing on cards, and nothing scrolls sideways, at ${width} px, ${theme}`, async ({ browser, site }) => {
      const context = await browser.newContext({ viewport: { width, height: 360 }, bypassCSP: true });
      const reader = await context.newPage();
      for (const kind of ["answer", "frontier", "map", "fit", "law", "disagreement"]) {
        await reader.goto(`${site}embed.html?${kind}#card=${kind}&theme=${theme}&live=budget,law`);
        await expect(reader.locator("html")).toHaveAttribute("data-computed", "");
        await accessible(reader);
      }
      await context.close();
    });
  }
}

test("the Embed dialog shows the card and gives what puts it into a page", async ({ page: reader, site }) => {
  await reader.goto(`${site}?budget=1e22+FLOPs`);
  await start(reader);
  await reader.getByRole("button", { name: "Embed…" }).first().click();
  const dialog = reader.getByRole("dialog", { name: "Embed" });
  const text = dialog.getByLabel("What puts the card into a page");
  await expect(text).toHaveValue(/^<iframe src="[^"]+embed\.html#card=answer&amp;budget=1e22\+FLOPs&amp;law=chinchilla&amp;fit=refit-240&amp;v=[\d.]+" title="With 1\.00.×.10/);
  await expect(reader.frameLocator("dialog iframe").locator(".numbers")).toContainText(/9\.12.B/);
  await expect(dialog.getByLabel("Card", { exact: true })).toBeFocused();
  await dialog.getByLabel("Card", { exact: true }).selectOption("Isoloss map");
  await dialog.getByLabel("Size", { exact: true }).selectOption("320 wide");
  await dialog.getByLabel("Theme", { exact: true }).selectOption("Dark");
  await dialog.getByLabel("Law", { exact: true }).check();
  await dialog.getByLabel("As", { exact: true }).selectOption("Custom element");
  await expect(text).toHaveValue(/isoflop-card\.js" async><\/script>\n<isoflop-card state="card=map&amp;theme=dark&amp;live=budget,law&amp;budget=1e22\+FLOPs[^"]*" width="320"/);
  await dialog.getByLabel("As", { exact: true }).selectOption("Address");
  // What the dialog gives opens as what it shows.
  await reader.goto(await text.inputValue());
  await expect(reader.locator("svg.wide")).toHaveAttribute("aria-label", /^The plan for 1\.00.×.10²².FLOPs/);
});

test("the frame that the dialog gives is as high as all that its card can have changed", async ({ page: reader, site }) => {
  await reader.goto(`${site}?budget=5.76e23+FLOPs&law=chinchilla&fit=refit-240&most-tokens=1T&memory=80GB`);
  await start(reader);
  await reader.getByRole("button", { name: "Embed…" }).first().click();
  const dialog = reader.getByRole("dialog", { name: "Embed" });
  await expect(dialog.locator("iframe")).toHaveAttribute("height", "360");
  for (const name of ["Law", "Limits"]) await dialog.getByLabel(name, { exact: true }).check();
  for (const size of ["640 × 360", "320 wide"]) {
    await dialog.getByLabel("Size", { exact: true }).selectOption(size);
    const card = reader.frameLocator("dialog iframe").locator("#card");
    const bottom = () => card.locator("footer").evaluate((foot) => Math.round(foot.getBoundingClientRect().bottom));
    // The card ends where its frame does, and the text says so too.
    await expect(async () => {
      const height = Number(await dialog.locator("iframe").getAttribute("height"));
      expect(await bottom()).toBeLessThan(height);
      expect(height).toBeGreaterThan(size.startsWith("640") ? 360 : 640);
      await expect(dialog.getByLabel("What puts the card into a page")).toHaveValue(new RegExp(`height="${height}"`));
    }).toPass();
  }
});

for (const [page, card, says] of [
  ["laws/kaplan-size-and-data/", "Law", /law=kaplan-size-and-data/],
  ["frontier/?law=kaplan-size-and-data", "Frontier", /law=kaplan-size-and-data/],
  ["laws/", "Answer", /card=answer/],
]) {
  test(`Embed… of ${page.split("?")[0]} leads to the dialog on the Plan, with what is shown there`, async ({ page: reader, site }) => {
    await reader.goto(site + page);
    await reader.getByRole("button", { name: "Embed…" }).first().click();
    const dialog = reader.getByRole("dialog", { name: "Embed" });
    await expect(dialog.getByLabel("Card", { exact: true }).locator("option:checked")).toHaveText(card);
    await expect(dialog.getByLabel("What puts the card into a page")).toHaveValue(says);
    // The address asked for the dialog once: it is the question's again.
    await dialog.getByRole("button", { name: "Close" }).click();
    await expect(reader).not.toHaveURL(/embed/);
    await expect(reader).toHaveURL(page === "laws/" ? site : /law=kaplan-size-and-data/);
  });
}

test("the post that shows cards has five, each computed, and moves no text above the reader", async ({ page: reader, site }) => {
  await reader.goto(`${site}examples/blog/`);
  const frames = reader.locator("iframe");
  await expect(frames).toHaveCount(5);
  for (let at = 0; at < 5; at++) {
    await frames.nth(at).scrollIntoViewIfNeeded();
    await expect(reader.frameLocator("iframe").nth(at).locator("html")).toHaveAttribute("data-computed", "");
    const [height, card] = [
      await frames.nth(at).evaluate(({ height }) => Number(height)),
      await reader.frameLocator("iframe").nth(at).locator("#card").evaluate((card) => card.getBoundingClientRect().height),
    ];
    expect(height).toBeGreaterThanOrEqual(Math.floor(card));
  }
});

test("on a phone the dialog opens from the menu, and gives the focus back to it", async ({ page, site }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(site);
  const menu = page.getByRole("button", { name: "Menu" });
  await menu.click();
  await page.locator("#menu").getByRole("button", { name: "Embed…" }).click();
  await expect(page.getByRole("dialog", { name: "Embed" })).toBeVisible();
  await expect(page.locator("#menu")).toBeHidden();
  await page.keyboard.press("Escape");
  await expect(menu).toBeFocused();
});
