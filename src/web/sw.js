// Keeps the whole site in the reader's browser, for when there is no network. The build writes the version and the files of
// this build before it, and which names have a hash of their content: these never change what they mean
// (scripts/post-build.mjs).

// All sites of an origin share its caches: these are of the site in this folder.
const OWN = `isoflop ${registration.scope} `;
const NAME = OWN + VERSION;
/** So many files are fetched at once. */
const AT_ONCE = 4;

addEventListener("install", (event) => event.waitUntil(fill()));
addEventListener("activate", (event) => event.waitUntil(Promise.all([tidy(), clients.claim()])));
addEventListener("message", ({ data }) => data === "take over" && skipWaiting());
addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET" && request.url.startsWith(registration.scope)) event.respondWith(answer(request));
});

/** Fetches every file of this build; of those with a hash, what an earlier build has left is as good. */
async function fill() {
  const cache = await caches.open(NAME);
  const left = FILES.map((file) => new URL(file, registration.scope).href);
  const take = async (file) => {
    const isHashed = HASHED.test(file);
    const known = isHashed && (await caches.match(file));
    const response = known || (await fetch(file, { cache: isHashed ? "default" : "no-cache" }));
    if (!response.ok) throw new Error(`${file}: ${response.status}`);
    await cache.put(file, response);
  };
  const hand = async () => {
    while (left.length) await take(left.shift());
  };
  await Promise.all(Array.from({ length: AT_ONCE }, hand));
}

/** Removes what earlier builds have left, but for the last: a page of it may still be open, and ask for its files. */
async function tidy() {
  const earlier = (await caches.keys()).filter((name) => name.startsWith(OWN) && name !== NAME);
  await Promise.all(earlier.slice(0, -1).map((name) => caches.delete(name)));
}

/** A file of this build, else of the last, else what the network has. What stands behind a `?` is for the page. */
async function answer(request) {
  const url = new URL(request.url);
  url.search = url.hash = "";
  const cache = await caches.open(NAME);
  const kept = (await cache.match(url.href)) ?? (HASHED.test(url.pathname) ? await caches.match(url.href) : undefined);
  if (kept) return kept;
  // A folder may be asked for without its last stroke.
  const isPage = request.mode === "navigate" && (await cache.match(`${url.href}/`));
  if (isPage) return Response.redirect(request.url.replace(url.href, `${url.href}/`));
  if (request.mode !== "navigate") return fetch(request);
  return fetch(request).catch(async () => (await cache.match("./404.html")) ?? Response.error());
}
