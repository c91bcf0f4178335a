// Times the kernels where the product computes: in a dedicated worker of a browser.
import { time } from "./time.mjs";

onmessage = async ({ data: { folder, runs } }) => {
  try {
    const bytes = new Uint8Array(await (await fetch(`${folder}_bg.wasm`)).arrayBuffer());
    postMessage({ times: await time((mark) => import(`${folder}.js?${mark}`), bytes, runs) });
  } catch (error) {
    postMessage({ error: String(error?.stack ?? error) });
  }
};
