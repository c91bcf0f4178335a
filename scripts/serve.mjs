// Serves dist/ for trying and testing; any static host will do in earnest.
//   node scripts/serve.mjs [--port 8080] [--brotli] [--check]     --check only says whether the port is free
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, resolve, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { brotliCompressSync, constants } from "node:zlib";

const DIST = fileURLToPath(new URL("../dist", import.meta.url));
const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};
const PACKED = new Set([".png", ".woff2"]);
/** Names with a hash of the content (Trunk's, or the worker's) never change what they mean. */
export const HASHED = /-[0-9a-f]{12,16}[._]/;

/** Compresses as a host with files compressed ahead of time does: as well as Brotli can. */
function brotli(content) {
  return brotliCompressSync(content, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length },
  });
}

/** The file in `folder` that an address means, or null where it points outside. */
function fileFor(folder, url) {
  const path = decodeURIComponent(new URL(url, "http://localhost").pathname);
  const file = resolve(join(folder, path.endsWith("/") ? `${path}index.html` : path));
  return file.startsWith(resolve(folder) + sep) ? file : null;
}

/**
 * Starts a server on 127.0.0.1; port 0 takes a free one.
 * Gives its address, `sent`, the bytes sent for each answer so far with its address, headers and all, and `stop`, which
 * also ends open connections.
 */
export async function serve({ folder = DIST, port = 0, compress = false } = {}) {
  const packed = new Map();
  const sent = [];
  const server = createServer(async (request, response) => {
    const before = request.socket.bytesWritten;
    response.on("finish", () => sent.push([request.url, request.socket.bytesWritten - before]));
    try {
      const file = fileFor(folder, request.url);
      let content = await readFile(file);
      const type = extname(file);
      const headers = {
        "content-type": TYPES[type] ?? "application/octet-stream",
        "cache-control": HASHED.test(file) ? "public, max-age=31536000, immutable" : "no-cache",
        "x-content-type-options": "nosniff",
      };
      if (compress && !PACKED.has(type) && /\bbr\b/.test(request.headers["accept-encoding"] ?? "")) {
        const key = createHash("sha256").update(content).digest("hex");
        if (!packed.has(key)) packed.set(key, brotli(content));
        content = packed.get(key);
        headers["content-encoding"] = "br";
        headers.vary = "accept-encoding";
      }
      response.writeHead(200, { ...headers, "content-length": content.length });
      response.end(request.method === "HEAD" ? undefined : content);
    } catch (error) {
      if (error.code === "EISDIR") return response.writeHead(301, { location: `${request.url}/` }).end();
      const page = await readFile(join(folder, "404.html")).catch(() => "not found\n");
      response.writeHead(404, { "content-type": TYPES[".html"] }).end(page);
    }
  });
  await new Promise((done, failed) => {
    server.once("error", failed);
    server.listen(port, "127.0.0.1", done);
  });
  const stop = () =>
    new Promise((done) => {
      server.close(done);
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${server.address().port}/`, sent: () => [...sent], stop };
}

async function main() {
  const { values } = parseArgs({
    options: { port: { type: "string", default: "8080" }, brotli: { type: "boolean" }, check: { type: "boolean" } },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new Error(`expected a port from 1 to 65535, such as PORT=8081; got "${values.port}"`);
  }
  const server = await serve({ port, compress: values.brotli }).catch((error) => {
    if (error.code === "EADDRINUSE") throw new Error(`port ${port} is busy; choose another, such as PORT=${port + 1}`);
    if (error.code === "EACCES") throw new Error(`port ${port} is not allowed to you; choose one above 1023`);
    throw error;
  });
  if (values.check) return server.stop();
  console.log(`Isoflop is at ${server.url}   (Ctrl C ends it)`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  main().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
