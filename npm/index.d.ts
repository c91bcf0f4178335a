import type { Answer, ErrorAnswer, Question, Verbs } from "./contract.js";

export type * from "./contract.js";

/** How far an Answer has come. */
export interface Progress {
  done: number;
  of: number;
  stage: string;
}

export interface Options {
  /** Hears how far the Answer has come. */
  progress?: (progress: Progress) => void;
  /** Whether the columns of a sweep are to be `Float64Array`s, in which NaN stands for none. */
  typed?: boolean;
}

/** Reads and compiles the program, once; `ask` does it by itself. A source is what `WebAssembly` takes, or its address. */
export function load(source?: string | URL | Response | BufferSource | WebAssembly.Module): Promise<void>;

/** Answers a Question. An Answer has the verb of its Question, or `error`. */
export function ask(question: Question, options?: Options): Promise<Answer>;

/** Answers a Question written as JSON with an Answer written as JSON: the bytes of every other Isoflop. */
export function askText(question: string, options?: Pick<Options, "progress">): Promise<string>;

/** Why a Question has no Answer. */
export class IsoflopError extends Error {
  readonly code: ErrorAnswer["code"];
  readonly at?: ErrorAnswer["at"];
  readonly expected?: ErrorAnswer["expected"];
  readonly given?: ErrorAnswer["given"];
  readonly unit?: ErrorAnswer["unit"];
}

/** One verb: what it is asked, what it comes to; throws an IsoflopError where it has no answer. */
export type Verb<V extends keyof Verbs, O = Options> = (question: Verbs[V]["question"], options?: O) => Promise<Verbs[V]["answer"]>;

/** Every verb of the contract. */
export const VERBS: readonly (keyof Verbs)[];

export const laws: Verb<"laws">;
export const predict: Verb<"predict">;
export const allocate: Verb<"allocate">;
export const fit: Verb<"fit">;
export const isoflop: Verb<"isoflop">;
export const envelope: Verb<"envelope">;
export const profile: Verb<"profile">;
export const crossing: Verb<"crossing">;
export const multiplier: Verb<"multiplier">;
export const compare: Verb<"compare">;
export const backtest: Verb<"backtest">;
export const sweep: Verb<"sweep">;
export const split: Verb<"split">;
export const merge: Verb<"merge">;
export const table: Verb<"table">;
export const write: Verb<"write">;
