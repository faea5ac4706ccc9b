import { createHash } from "node:crypto";
import os from "node:os";
import path from "node:path";
import type { Store } from "../../engine/ports.ts";

/** The nouns of a store: all that is called over the socket is `noun.method`. */
type Noun = Exclude<
  { [K in keyof Store]: Store[K] extends object ? K : never }[keyof Store],
  "close"
>;

type StreamsOf<N extends Noun> = {
  [M in keyof Store[N] & string]: Store[N][M] extends (...args: never[]) => AsyncIterable<unknown>
    ? `${N}.${M}`
    : never;
}[keyof Store[N] & string];

/** Said by the server once, before anything is asked. */
export interface Hello {
  readonly kind: Store["kind"];
  readonly place: string;
  readonly nouns: readonly string[];
  /** Both ends have to be the same program. */
  readonly version: string;
  readonly schema: string;
}

export interface Call {
  readonly id: number;
  readonly noun: string;
  readonly method: string;
  readonly args: readonly unknown[];
  /** The answer comes page by page. */
  readonly stream: boolean;
}

export type Answer =
  | { readonly id: number; readonly kind: "value" | "page"; readonly value: unknown }
  | { readonly id: number; readonly kind: "end" }
  | { readonly id: number; readonly kind: "error"; readonly error: SentError };

export interface SentError {
  readonly name: string;
  readonly message: string;
  readonly code: string | undefined;
  readonly hint: string | undefined;
  readonly stack: string | undefined;
}

/** Methods that answer page by page: all of the store's, or this does not compile. */
const STREAM_NAMES: Record<{ [N in Noun]: StreamsOf<N> }[Noun], true> = {
  "decisions.current": true,
  "decisions.moves": true,
  "reading.wholeBook": true,
  "owners.needs": true,
};
export const STREAMS: ReadonlySet<string> = new Set(Object.keys(STREAM_NAMES));

/** Methods whose paths mean the caller's working folder, not the server's. */
export const WITH_PATHS: ReadonlySet<string> = new Set([
  "archive.backup",
  "archive.restore",
  "archive.exportTo",
]);

/** What the system takes for the path of a socket is about this long at most. */
const LONGEST_PATH = 100;

/** Where the server of a data folder listens: in the folder, which is its owner's alone. */
export function socketFile(folder: string): string {
  const whole = path.resolve(folder);
  const inside = path.join(whole, "server.sock");
  if (Buffer.byteLength(inside) <= LONGEST_PATH) return inside;
  const name = createHash("sha256").update(whole).digest("hex").slice(0, 24);
  return path.join(os.tmpdir(), `touchstone-${name}.sock`);
}
