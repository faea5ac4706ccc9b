/** What a worker's process is started with. */
export interface WorkerOrder {
  readonly databaseUrl: string;
  readonly id: string;
  readonly what: "decide" | "deliver";
  readonly smtpUrl: string | null;
}

/** What it is told later: to work at a time that is so many ms ahead of the machine's, to wait, to end. */
export type WorkerWord = { readonly clockAhead: number } | "wait" | "stop";

/** What it answers when it is told to wait: its processor time since it began to work. */
export interface WorkerRest {
  readonly processorMs: number;
}
