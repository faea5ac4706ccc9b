import type { DatabaseFailure } from "./database-error.ts";

/** What crosses between the adapter and the thread in which PGlite runs. */
export type WorkerRequest =
  | {
      readonly kind: "query";
      readonly sql: string;
      readonly params: readonly (string | Uint8Array | null)[];
    }
  | { readonly kind: "exec"; readonly sql: string }
  | { readonly kind: "copyIn"; readonly sql: string; readonly csv: Uint8Array }
  | { readonly kind: "copyOut"; readonly sql: string }
  | { readonly kind: "listen" | "unlisten"; readonly channel: string }
  /** A gzipped tar of the whole data folder. */
  | { readonly kind: "dump" }
  /** How many times a file has been forced to the disk so far. */
  | { readonly kind: "fsyncs" }
  | { readonly kind: "close" };

export type WorkerReply =
  | { readonly kind: "ready" }
  | { readonly kind: "notified"; readonly channel: string; readonly payload: string }
  | { readonly kind: "done"; readonly id: number; readonly value: unknown }
  | { readonly kind: "failed"; readonly id: number; readonly failure: DatabaseFailure };

export interface WorkerStart {
  /** Folder of the database's files; undefined: in memory. */
  readonly folder: string | undefined;
  /** A gzipped tar to start a new database from. */
  readonly template: Uint8Array | undefined;
}
