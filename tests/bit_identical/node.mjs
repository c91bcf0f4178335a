// The wasm side of tests/bit_identical: writes what the modules compute into files of a folder.
//   node tests/bit_identical/node.mjs kernels|questions|lines FOLDER
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [what, folder] = process.argv.slice(2);
const root = new URL("../../", import.meta.url);

async function kernels() {
  const module = await import(new URL("target/kernels/isoflop_kernels.js", root));
  module.initSync({ module: readFileSync(new URL("target/kernels/isoflop_kernels_bg.wasm", root)) });
  for (let kernel = 0; kernel < module.bit_kernels(); kernel++) {
    const words = module.bits(kernel);
    writeFileSync(join(folder, `${kernel}.bin`), new Uint8Array(words.buffer, words.byteOffset, words.byteLength));
  }
}

/** The npm package answers as text; as an object it must say the same. */
async function questions() {
  const { ask, askText } = await import(new URL("target/npm/node/index.js", root));
  const samples = new URL("examples/questions/", root);
  for (const name of readdirSync(samples)) {
    const question = readFileSync(new URL(name, samples), "utf8");
    const answer = await askText(question);
    let object;
    try {
      object = JSON.parse(question);
    } catch {
      object = undefined; // A sample of what is no JSON.
    }
    if (object !== undefined && JSON.stringify(await ask(object)) !== JSON.stringify(JSON.parse(answer))) {
      throw new Error(`${name}: ask answers otherwise than askText`);
    }
    writeFileSync(join(folder, name), answer);
  }
}

/** One Question a line in, one Answer a line out. */
async function lines() {
  const { askText } = await import(new URL("target/npm/node/index.js", root));
  const answers = [];
  for (const question of readFileSync(join(folder, "questions.txt"), "utf8").split("\n").filter(Boolean)) {
    answers.push(`${await askText(question)}\n`);
  }
  writeFileSync(join(folder, "answers.txt"), answers.join(""));
}

await { kernels, questions, lines }[what]();
