import type { Answer, Options, Question, Verb, Verbs } from "./index.js";

export interface WorkerOptions extends Options {
  /** Gives the question up: what is under way ends at once. */
  signal?: AbortSignal;
}

/** A thread that answers one question after the other. */
export type IsoflopWorker = { readonly [V in keyof Verbs]: Verb<V, WorkerOptions> } & {
  ask(question: Question, options?: WorkerOptions): Promise<Answer>;
  /** Ends it; what it was asked has no answer. */
  close(): void;
};

/** Starts a worker when it is first asked. */
export function openWorker(): IsoflopWorker;
