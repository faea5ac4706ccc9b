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
  "bad-message",
  "not-decided",
  "wrong-status",
  "plan-blocked",
  "plan-outdated",
  "nothing-before",
]);
const USAGE: ReadonlySet<string> = new Set([
  "bad-rule",
  "unsafe-host",
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
  const message =
    systemError(error) ?? (typeof known.message === "string" ? known.message : String(error));
  const hint = typeof known.hint === "string" ? `\n  ${known.hint}` : "";
  const stack =
    debug && typeof known.stack === "string" ? `\n${known.stack}${causes(known.cause)}` : "";
  const isOurs =
    systemError(error) !== undefined ||
    ["UsageError", "AppError", "StoreError", "ImportError"].includes(known.name ?? "");
  const more = isOurs || debug ? "" : "\n  Run it again with --debug for the details.";
  return {
    code: exitCode(known),
    text: `error: ${debug ? message : shortened(message)}${hint}${more}${stack}`,
  };
}

/** Lines of a message that are shown: with a hint and a pointer to --debug it is five at most. */
const MOST_LINES = 3;
const LONGEST_LINE = 400;

function shortened(message: string): string {
  const lines = message.split("\n").filter((line) => line.trim() !== "");
  const kept = lines
    .slice(0, MOST_LINES)
    .map((line) => (line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)} ...` : line));
  return lines.length > MOST_LINES ? `${kept.join("\n")} ... (--debug shows all)` : kept.join("\n");
}

const SYSTEM: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the disk is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  EISDIR: "is a folder where a file is needed",
  ENOTDIR: "is a file where a folder is needed",
  ENOENT: "is not there",
  EMFILE: "too many files are open",
};

/** What the system says about a file, in words; undefined for anything else. */
function systemError(error: unknown): string | undefined {
  const { name, code, path } = error as NodeJS.ErrnoException;
  const words = name !== "Error" || code === undefined ? undefined : SYSTEM[code];
  if (words === undefined) return undefined;
  return path === undefined ? words : `${path}: ${words}`;
}

function exitCode({ name, code }: { name?: string; code?: unknown }): number {
  if (name === "UsageError" || (typeof code === "string" && USAGE.has(code))) return EXIT.usage;
  return typeof code === "string" && NOT_SO.has(code) ? EXIT.notSo : EXIT.trouble;
}

function causes(cause: unknown): string {
  if (!(cause instanceof Error)) return "";
  return `\ncaused by ${cause.stack ?? cause.message}${causes(cause.cause)}`;
}
