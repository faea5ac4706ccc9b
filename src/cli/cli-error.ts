/** Exit codes of contracts.md §1. */
export const EXIT = { ok: 0, notSo: 1, usage: 2, trouble: 3 } as const;

/** The command was called wrongly. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}

/** What was asked about is not so; all there is to say has been printed already. */
export class NotSo extends Error {
  override readonly name = "NotSo";
}

/** AppError codes that mean "it is not so" rather than trouble with data. */
const NOT_SO: ReadonlySet<string> = new Set([
  "invalid-model",
  "missing-message",
  "not-decided",
  "wrong-status",
]);
const USAGE: ReadonlySet<string> = new Set([
  "bad-rule",
  "bad-value",
  "unknown-touchpoint",
  "unknown-level",
]);

interface Told {
  readonly code: number;
  readonly text: string;
}

/** An error as the command line tells it: what, then what to do; the stack only with --debug. */
export function tellError(error: unknown, debug: boolean): Told {
  if (error instanceof NotSo) return { code: EXIT.notSo, text: "" };
  const known = error as {
    name?: string;
    code?: unknown;
    hint?: unknown;
    message?: unknown;
    stack?: unknown;
    cause?: unknown;
  };
  const message = typeof known.message === "string" ? known.message : String(error);
  const hint = typeof known.hint === "string" ? `\n  ${known.hint}` : "";
  const stack =
    debug && typeof known.stack === "string" ? `\n${known.stack}${causes(known.cause)}` : "";
  const isOurs = ["UsageError", "AppError", "StoreError", "ImportError"].includes(known.name ?? "");
  const more = isOurs || debug ? "" : "\n  Run it again with --debug for the details.";
  return { code: exitCode(known), text: `error: ${message}${hint}${more}${stack}` };
}

function exitCode({ name, code }: { name?: string; code?: unknown }): number {
  if (name === "UsageError" || (typeof code === "string" && USAGE.has(code))) return EXIT.usage;
  return typeof code === "string" && NOT_SO.has(code) ? EXIT.notSo : EXIT.trouble;
}

function causes(cause: unknown): string {
  if (!(cause instanceof Error)) return "";
  return `\ncaused by ${cause.stack ?? cause.message}${causes(cause.cause)}`;
}
