/**
 * Asks an address that somebody else has set: never one of our own network, unless it is
 * allowed to. Follows few redirects, each checked like the first.
 */
export type SafeRequest = (url: string, options: SafeRequestOptions) => Promise<SafeAnswer>;

export interface SafeRequestOptions {
  readonly method?: "GET" | "POST" | "PUT";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** For all of it: finding the address, connecting, redirects, reading the answer. */
  readonly timeoutMs?: number;
  /** Of the answer's body that are read; the rest is left. */
  readonly maxBytes?: number;
  /** Loopback, private and link-local addresses may be asked, too. */
  readonly allowPrivate: boolean;
}

export interface SafeAnswer {
  readonly status: number;
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  /** Its first `maxBytes`, as text. */
  readonly body: string;
}

/**
 * Why there was no answer. `refused`: the address may not be asked, and was not. `unreachable`:
 * nothing was handed over, so another try does no harm. `no-answer`: the request was on its way,
 * and nobody knows what came of it.
 */
export type SafeRequestFailure = "refused" | "unreachable" | "no-answer";

export class SafeRequestError extends Error {
  readonly failure: SafeRequestFailure;

  constructor(failure: SafeRequestFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "SafeRequestError";
    this.failure = failure;
  }
}

/** What the engine asks of the network. */
export interface SafeHttp {
  readonly request: SafeRequest;
  /**
   * Why an address may not be asked, as one clause; null: it may. A name that leads nowhere at
   * present is none of the reasons.
   */
  readonly whyRefused: (url: string, allowPrivate: boolean) => Promise<string | null>;
}
