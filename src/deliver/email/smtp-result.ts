import type { SendResult } from "../../engine/ports/channel.ts";

/** How far a mail had come when something went wrong. */
export interface SmtpProgress {
  /** Logged in and about to name sender and receiver. */
  isReady: boolean;
  /** The last byte of the mail has been given to the connection: it may be delivered. */
  isHandedOver: boolean;
}

/**
 * What an SMTP failure means. An answer of the server is believed; silence is judged by how far
 * the mail had come. A refused sender or login is about our own set-up: it is tried again, and
 * the outbox goes on once somebody has mended it.
 */
export function smtpFailure(error: unknown, progress: SmtpProgress): SendResult {
  const { message, code, command, responseCode } = readError(error);
  const answered = responseCode !== undefined;
  if (code === "EAUTH")
    return { kind: "temporary", error: `the mail server refused the login: ${message}` };
  if (!progress.isReady)
    return { kind: "temporary", error: `the mail server cannot be used: ${message}` };
  if (answered && responseCode >= 500) return refusal(message, command);
  if (answered) return { kind: "temporary", error: message };
  if (progress.isHandedOver) {
    return { kind: "uncertain", error: `no answer after the mail was handed over: ${message}` };
  }
  // Nothing was sent at all: the mail itself is at fault (its size, its address).
  if (code === "EMESSAGE" || code === "EENVELOPE") return { kind: "permanent", error: message };
  return { kind: "temporary", error: message };
}

function refusal(message: string, command: string): SendResult {
  if (command === "MAIL FROM") {
    return { kind: "temporary", error: `the mail server refused the sender: ${message}` };
  }
  return {
    kind: "permanent",
    error: message,
    bounced: command === "RCPT TO" && !isPolicy(message),
  };
}

/** 5.7.x: not the address is wrong, but the server does not want our mail. */
function isPolicy(message: string): boolean {
  return /\b5\.7\.\d+\b/.test(message);
}

interface ReadError {
  readonly message: string;
  readonly code: string;
  readonly command: string;
  readonly responseCode: number | undefined;
}

function readError(error: unknown): ReadError {
  if (!(error instanceof Error)) {
    return { message: String(error), code: "", command: "", responseCode: undefined };
  }
  const { code, command, responseCode } = error as Error & {
    code?: unknown;
    command?: unknown;
    responseCode?: unknown;
  };
  return {
    message: error.message.replace(/\s+/g, " ").trim(),
    code: typeof code === "string" ? code : "",
    command: typeof command === "string" ? command : "",
    responseCode: typeof responseCode === "number" && responseCode > 0 ? responseCode : undefined,
  };
}
