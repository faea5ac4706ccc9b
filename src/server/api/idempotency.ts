import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { HttpProblem } from "../http-problem.ts";
import type { App, ServerDeps } from "../route.ts";

const DAY_MS = 86_400_000;
/** Without a sign of life for so long, whoever was at a request is taken for dead. */
const LEASE_MS = 30_000;
const SIGN_OF_LIFE_MS = 10_000;
const LONGEST_KEY = 255;

interface Held {
  readonly key: string;
  readonly raw: string;
  readonly claim: number;
}

declare module "fastify" {
  interface FastifyRequest {
    /** The request's Idempotency-Key, once it is this process's to work on. */
    idempotency: Held | null;
  }
}

/**
 * `Idempotency-Key` on every POST under /api: the same request again gets the same answer and
 * does nothing twice. The claim is stored before anything is done and the answer before it is
 * sent. A request that a crash cut off is done again by whoever repeats it once its sign of life
 * has run out: what it may have done before the crash was whole transactions, and every POST is
 * made so that doing those again does no harm.
 */
export function addIdempotency(app: App, { store, settings, clock }: ServerDeps): void {
  const held = new Set<string>();
  let lastForgotten = 0;
  const alive = setInterval(() => {
    if (held.size > 0)
      store.idempotency.hold([...held], clock() + LEASE_MS).catch((error: unknown) => {
        app.log.warn({ err: error }, "the sign of life of requests was not stored");
      });
  }, SIGN_OF_LIFE_MS);
  alive.unref();
  app.addHook("onClose", (_app, done) => {
    clearInterval(alive);
    done();
  });
  app.decorateRequest("idempotency", null);

  app.addHook("preHandler", async (request, reply) => {
    const raw = keyOf(request);
    if (raw === null) return;
    const now = clock();
    if (now - lastForgotten > DAY_MS / 24) {
      lastForgotten = now;
      await store.idempotency.forget(now - DAY_MS);
    }
    const key = storedKey(request, raw);
    const bodyHash = sha256(JSON.stringify([request.url, request.body ?? null]));
    const found = await store.idempotency.claim(key, bodyHash, now, now + LEASE_MS);
    if (found.kind === "yours") {
      held.add(key);
      request.idempotency = { key, raw, claim: found.claim };
      return;
    }
    if (found.kind === "other")
      throw new HttpProblem(
        "idempotency-mismatch",
        "This Idempotency-Key came with another request before.",
        { hint: "Use a new key for each new request; the same key only to send the same again." },
      );
    if (found.kind === "busy")
      throw new HttpProblem(
        "idempotency-busy",
        "The first request with this key is still being worked on.",
        {
          hint: "Wait, then send the same request again: its answer will be the first one's.",
          retryAfter: Math.max(1, Math.ceil((found.until - now) / 1000)),
        },
      );
    return answerAgain(reply, found.status, open(settings.secret, raw, found.answer));
  });

  app.addHook("onSend", async (request, reply, payload) => {
    const mine = request.idempotency;
    if (!mine || typeof payload !== "string") return payload;
    try {
      // what failed for a reason of ours has to be tried again, not told again
      if (reply.statusCode >= 500) await store.idempotency.release(mine.key, mine.claim);
      else {
        const type = String(reply.getHeader("content-type") ?? "application/json");
        const answer = seal(settings.secret, mine.raw, JSON.stringify([type, payload]));
        await store.idempotency.finish(mine.key, mine.claim, reply.statusCode, answer);
      }
    } finally {
      // where even that failed, its sign of life runs out and the next who asks may do it
      letGo(request);
    }
    return payload;
  });
  app.addHook("onResponse", async (request) => {
    const mine = request.idempotency;
    if (!mine) return;
    // answered without a text to keep: nothing can be told again
    await store.idempotency.release(mine.key, mine.claim);
    letGo(request);
  });

  function letGo(request: FastifyRequest): void {
    if (request.idempotency) held.delete(request.idempotency.key);
    request.idempotency = null;
  }
}

/** null: this request needs none. */
function keyOf(request: FastifyRequest): string | null {
  const raw = request.headers["idempotency-key"];
  if (request.method !== "POST" || raw === undefined || !request.url.startsWith("/api/"))
    return null;
  if (typeof raw === "string" && raw.length > 0 && raw.length <= LONGEST_KEY) return raw;
  throw new HttpProblem(
    "bad-request",
    `headers/idempotency-key: expected a text of 1 to ${LONGEST_KEY} characters.`,
    { hint: "A new UUID for each new request does." },
  );
}

/** Two callers' keys never meet; what is stored does not give the key away. */
function storedKey(request: FastifyRequest, raw: string): string {
  const caller = request.caller;
  const who = caller ? [caller.actor, caller.member, caller.access] : ["nobody"];
  return sha256(JSON.stringify([...who, raw]));
}

async function answerAgain(
  reply: FastifyReply,
  status: number,
  opened: string,
): Promise<FastifyReply> {
  const [type, payload] = JSON.parse(opened) as [string, string];
  return reply
    .status(status)
    .header("idempotency-replayed", "true")
    .header("content-type", type)
    .serializer((text: unknown) => String(text))
    .send(payload);
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}

// Answers may hold secrets (a new key) and names: they can only be read with the key that the
// caller sent, of which nothing but a hash is stored.

function seal(secret: string, raw: string, text: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", secretOf(secret, raw), iv);
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64");
}

function open(secret: string, raw: string, sealed: string): string {
  const bytes = Buffer.from(sealed, "base64");
  const decipher = createDecipheriv("aes-256-gcm", secretOf(secret, raw), bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, 28));
  return decipher.update(bytes.subarray(28), undefined, "utf8") + decipher.final("utf8");
}

function secretOf(secret: string, raw: string): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, raw, "touchstone idempotency", 32));
}
