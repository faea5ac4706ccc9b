import http from "node:http";
import https from "node:https";
import type { LookupFunction, Socket } from "node:net";
import {
  type SafeAnswer,
  type SafeHttp,
  type SafeRequest,
  SafeRequestError,
  type SafeRequestOptions,
} from "../engine/ports/http.ts";
import { notPublic } from "./public-address.ts";
import {
  bareHost,
  findTarget,
  readTargetUrl,
  type Judge,
  type Resolved,
  resolveByDns,
  type Target,
} from "./safe-target.ts";

const TIMEOUT_MS = 15_000;
const MAX_BYTES = 64 * 1024;
const MAX_REDIRECTS = 3;

/** Headers that are for the host they were meant for, and no other. */
const FOR_ONE_HOST: ReadonlySet<string> = new Set(["authorization", "cookie"]);

/**
 * Requests to addresses that customers set (model: "webhook targets may not be loopback, private
 * or link-local"). The name is resolved once, what came of it is checked, and the connection goes
 * to exactly that machine; a redirect is a new address and goes through all of it again.
 */
export function safeHttp(given: Partial<Judge> = {}): SafeHttp {
  const judge: Judge = { resolve: resolveByDns, notPublic, ...given };
  return {
    request: (url, options) => withTimeout(options.timeoutMs ?? TIMEOUT_MS, url, options, judge),
    whyRefused: (url, allowPrivate) => whyRefused(url, allowPrivate, judge),
  };
}

export const safeRequest: SafeRequest = safeHttp().request;

async function whyRefused(
  url: string,
  allowPrivate: boolean,
  judge: Judge,
): Promise<string | null> {
  try {
    await findTarget(readTargetUrl(url), allowPrivate, judge);
    return null;
  } catch (error) {
    if (!(error instanceof SafeRequestError)) throw error;
    return error.failure === "refused" ? error.message : null;
  }
}

/** How far a request has come, which says what a failure means. */
interface Way {
  isConnected: boolean;
  stop: AbortSignal;
}

async function withTimeout(
  timeoutMs: number,
  url: string,
  options: SafeRequestOptions,
  judge: Judge,
): Promise<SafeAnswer> {
  const stop = new AbortController();
  const way: Way = { isConnected: false, stop: stop.signal };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(failure(way, `no answer within ${timeoutMs / 1000} s`));
      stop.abort();
    }, timeoutMs);
  });
  try {
    return await Promise.race([follow(url, options, judge, way), late]);
  } finally {
    clearTimeout(timer);
    stop.abort();
  }
}

function failure({ isConnected }: Way, message: string, cause?: unknown): SafeRequestError {
  return new SafeRequestError(isConnected ? "no-answer" : "unreachable", message, { cause });
}

async function follow(
  address: string,
  options: SafeRequestOptions,
  judge: Judge,
  way: Way,
): Promise<SafeAnswer> {
  let url = readTargetUrl(address);
  let headers = options.headers ?? {};
  for (let redirects = 0; ; redirects++) {
    const target = await findTarget(url, options.allowPrivate, judge);
    way.stop.throwIfAborted();
    const answer = await ask(target, { ...options, headers }, way);
    const next = nextUrl(url, options.method ?? "GET", answer);
    if (!next) return answer;
    if (redirects === MAX_REDIRECTS) throw failure(way, `more than ${MAX_REDIRECTS} redirects`);
    if (next.host !== url.host) headers = withoutHostsOwn(headers);
    url = next;
  }
}

/** Where an answer sends us on; null: it is the answer. */
function nextUrl(url: URL, method: string, { status, headers }: SafeAnswer): URL | null {
  const location = headers["location"];
  if (location === undefined || ![301, 302, 303, 307, 308].includes(status)) return null;
  // Only 307 and 308 keep what was posted; the others would make it a GET of nothing.
  if (method !== "GET" && status !== 307 && status !== 308) return null;
  const next = readTargetUrl(location, url);
  if (url.protocol === "https:" && next.protocol === "http:") {
    throw new SafeRequestError("refused", "it redirects from https: to http:");
  }
  return next;
}

function withoutHostsOwn(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !FOR_ONE_HOST.has(name.toLowerCase())),
  );
}

/** One request to one machine. */
function ask(
  { url, addresses }: Target,
  { method = "GET", headers = {}, body, maxBytes = MAX_BYTES }: SafeRequestOptions,
  way: Way,
): Promise<SafeAnswer> {
  way.isConnected = false;
  const isTls = url.protocol === "https:";
  const host = bareHost(url);
  return new Promise((resolve, reject) => {
    const request = (isTls ? https : http).request({
      method,
      host,
      // Those that were checked, whatever the name says by now.
      lookup: answering(addresses),
      port: url.port === "" ? (isTls ? 443 : 80) : Number(url.port),
      path: url.pathname + url.search,
      headers: {
        "user-agent": "Touchstone",
        "accept-encoding": "identity",
        ...headers,
        host: url.host,
        ...(body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) }),
      },
      agent: false,
      signal: way.stop,
    });
    request.once("socket", (socket: Socket) => {
      socket.once(isTls ? "secureConnect" : "connect", () => (way.isConnected = true));
    });
    request.once("error", (error) => reject(failure(way, error.message, error)));
    request.once("response", (response) => {
      read(response, maxBytes).then(resolve, (error: unknown) =>
        reject(failure(way, "the connection broke within the answer", error)),
      );
    });
    request.end(body);
  });
}

/** In the place of DNS: these addresses, whatever is asked. */
function answering(addresses: readonly Resolved[]): LookupFunction {
  return (_, { all }, done) => {
    const [first] = addresses;
    if (all === true) done(null, [...addresses]);
    else done(null, first?.address ?? "", first?.family);
  };
}

async function read(response: http.IncomingMessage, maxBytes: number): Promise<SafeAnswer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    // Leaving the loop closes the connection.
    if (size >= maxBytes) break;
  }
  const headers = Object.entries(response.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(", ") : (value ?? ""),
  ]);
  return {
    status: response.statusCode ?? 0,
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: Buffer.concat(chunks).subarray(0, maxBytes).toString("utf8"),
  };
}
