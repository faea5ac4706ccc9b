/** What a worker's process is started with. */
export interface WorkerOrder {
  readonly databaseUrl: string;
  readonly id: string;
  readonly what: "decide" | "deliver";
  readonly smtpUrl: string | null;
}

/**
 * What it is told later: to take its share of the buckets, to work at a time that is so many ms
 * ahead of the machine's, to wait, to let go of its share and forget what it knows, to end.
 */
export type WorkerWord = "join" | { readonly clockAhead: number } | "wait" | "leave" | "end";

/** What it answers: to `wait` its processor time since it began to work, to `leave` that it has. */
export type WorkerAnswer = { readonly processorMs: number } | "left";
