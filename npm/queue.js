// Questions answered by a thread: one after the other, each to be given up at any time.
import { read, verbs, written } from "./inner.js";

/**
 * Asks a thread, which is started when it is first asked. `start(hear, fail)` gives one that can `post` a message, `rest` while
 * nothing is asked of it, and `end`; it calls `hear` with what it says and `fail` with why it died.
 */
export function queue(start) {
  const waiting = [];
  let thread;
  let current;

  function next() {
    if (current) return;
    current = waiting.shift();
    if (!current) return thread?.rest();
    thread ??= start(heard, failed);
    const { text, typed, progress } = current;
    thread.post({ text, typed, progress: Boolean(progress) });
  }

  /** Ends what is under way: a program that runs hears nothing, so the next question gets a fresh thread. */
  function end() {
    thread?.end();
    thread = undefined;
    current = undefined;
  }

  function heard({ progress, text, numbers, error }) {
    if (!current) return;
    if (progress) return current.progress?.(progress);
    const { answer, refuse } = current;
    current = undefined;
    if (error === undefined) answer(read(text, numbers));
    else refuse(new Error(error));
    next();
  }

  function failed(error) {
    const lost = current;
    end();
    lost?.refuse(error);
    next();
  }

  function ask(question, { signal, progress, typed = false } = {}) {
    return new Promise((answered, refused) => {
      signal?.throwIfAborted();
      const job = { text: written(question), typed, progress };
      const giveUp = () => {
        if (current === job) end();
        else waiting.splice(waiting.indexOf(job), 1);
        refused(signal.reason);
        next();
      };
      const last = (say) => (what) => {
        signal?.removeEventListener("abort", giveUp);
        say(what);
      };
      job.answer = last(answered);
      job.refuse = last(refused);
      signal?.addEventListener("abort", giveUp, { once: true });
      waiting.push(job);
      next();
    });
  }

  /** Ends it; what it was asked has no answer. */
  function close() {
    const lost = [current, ...waiting.splice(0)];
    end();
    for (const job of lost) job?.refuse(new Error("the worker was closed"));
  }

  return { ask, close, ...verbs(ask) };
}
