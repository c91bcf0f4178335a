// What a thread does with a message.
import { said } from "./door.js";

/** Answers a message by what `say` says: how far it has come, then the Answer or why there is none. */
export async function reply({ text, typed, progress }, say) {
  try {
    const tell = progress ? (progress) => say({ progress }) : undefined;
    const answer = await said(text, { typed, progress: tell });
    say(answer, answer.numbers ? [answer.numbers.buffer] : []);
  } catch (error) {
    say({ error: String(error?.message ?? error) });
  }
}
