import http from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook as Verifier } from "standardwebhooks";
import { afterEach, describe, expect, test } from "vitest";
import { NOTICE_TYPES } from "../../engine/ports/webhooks.ts";
import { LiveBook } from "../../engine/live-book.ts";
import { webhooksJob } from "../../engine/webhooks/webhooks-job.ts";
import { account, contact } from "../../engine/testing/book.ts";
import { BUCKETS, bucketOf } from "../../store/bucket.ts";
import { ENGINES } from "../../store/testing/test-database.ts";
import { openTestApp, realHttp } from "../testing/compose-test-app.ts";
import type { TestApp } from "../testing/test-app.ts";

interface Got {
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

const MINUTE_MS = 60_000;

describe.each(ENGINES)("webhooks on %s", (engine) => {
  const open: (() => Promise<void> | void)[] = [];
  afterEach(async () => {
    for (const close of open.splice(0).reverse()) await close();
  });

  async function receiver(status: () => number = () => 204) {
    const got: Got[] = [];
    const server = http.createServer((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => {
        got.push({ headers: request.headers, body });
        response.writeHead(status()).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    open.push(() => {
      server.closeAllConnections();
      server.close();
    });
    return { got, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` };
  }

  /** A server with an account, allowed to tell receivers on loopback. */
  async function opened(allowPrivateTargets = true): Promise<TestApp> {
    // signatures of another time are refused by those who verify them
    const now = Date.now();
    const settings = { allowPrivateTargets };
    const app = await openTestApp(engine, { settings, http: realHttp, now });
    open.push(() => app.close());
    const moment = { now: app.now, today: 20_000 };
    await app.store.intake.accounts([account("acme", { name: "Acme" })], moment);
    const ann = contact("acme", "ann", { email: "ann@acme.test", userId: "user-ann" });
    await app.store.intake.contacts([ann], moment);
    return app;
  }

  async function add(app: TestApp, url: string, types: readonly string[] = NOTICE_TYPES) {
    const made = await app.ops.post("/api/webhooks", { url, types });
    expect(made.statusCode, made.body).toBe(201);
    return made.json<{ id: string; secret: string }>();
  }

  /** Makes something to tell: an answer to a survey. */
  async function tell(app: TestApp, score: number, id = `answer ${score}`): Promise<void> {
    const answer = { account: "acme", contact: "ann", score, id };
    const posted = await app.ops.post("/api/surveys/nps/answers", answer);
    expect(posted.json()).toMatchObject({ results: [{ status: "recorded" }] });
  }

  /** One round of a worker. */
  function work(app: TestApp, worker = "w", buckets: readonly number[] | null = null) {
    return webhooksJob(app.deps.http, app.deps.settings).run({
      context: app.context,
      worker,
      book: new LiveBook(app.store),
      live: () => Promise.resolve(null),
      buckets: () => buckets,
      signal: new AbortController().signal,
      wake: () => undefined,
    });
  }

  interface Listed {
    readonly status: string;
    readonly attempts: number;
    readonly error: string | null;
    readonly try_at: string | null;
  }
  async function messages(app: TestApp, query = ""): Promise<Listed[]> {
    const answer = await app.ops.get(`/api/webhooks/messages${query}`);
    return answer.json<{ items: Listed[] }>().items;
  }

  test("a message arrives signed in the Standard Webhooks way", async () => {
    const app = await opened();
    const { got, url } = await receiver();
    const { id, secret } = await add(app, url, ["survey.answered"]);
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const shown = await app.ops.get(`/api/webhooks/${id}/secret`);
    expect(shown.json()).toEqual({ secret });
    await tell(app, 9);
    expect(await work(app)).toBe(1);
    expect(await work(app)).toBe(0);
    expect(got).toHaveLength(1);
    const [{ headers, body }] = got as [Got];
    const verified = new Verifier(secret).verify(body, headers as Record<string, string>);
    expect(verified).toEqual({
      type: "survey.answered",
      timestamp: new Date(app.now).toISOString(),
      data: expect.objectContaining({ account: "acme", survey: "nps", score: 9, user: "user-ann" }),
    });
    expect(headers["content-type"]).toBe("application/json");
    expect(() =>
      new Verifier(secret).verify(`${body} `, headers as Record<string, string>),
    ).toThrow("No matching signature found");
    const other = await add(app, url, ["survey.answered"]);
    const verifier = new Verifier(other.secret);
    expect(() => verifier.verify(body, headers as Record<string, string>)).toThrow(
      "No matching signature found",
    );
    expect(await messages(app)).toMatchObject([{ status: "sent", attempts: 1, error: null }]);
  });

  test("each is told what it asked for, and nobody anything while switched off", async () => {
    const app = await opened();
    const wanted = await receiver();
    const other = await receiver();
    const { id } = await add(app, wanted.url, ["survey.answered"]);
    await add(app, other.url, ["touch.done"]);
    await tell(app, 1);
    await app.ops.patch(`/api/webhooks/${id}`, { active: false });
    await tell(app, 2);
    expect(await work(app)).toBe(0);
    await app.ops.patch(`/api/webhooks/${id}`, { active: true });
    expect(await work(app)).toBe(1);
    expect(wanted.got).toHaveLength(1);
    expect(other.got).toHaveLength(0);
  });

  test("what fails is tried again for about a day, then kept as dead, and may be sent again", async () => {
    const app = await opened();
    let status = 500;
    const { got, url } = await receiver(() => status);
    const { id } = await add(app, url);
    await tell(app, 3);
    const began = app.now;
    const waits: number[] = [];
    for (let tries = 1; tries <= 10; tries++) {
      expect(await work(app)).toBe(1);
      expect(await work(app)).toBe(0);
      const [message] = await messages(app);
      expect(message?.attempts).toBe(tries);
      if (message?.try_at === null || message === undefined) break;
      const next = Date.parse(message.try_at);
      waits.push(Math.round((next - app.now) / MINUTE_MS));
      app.now = next;
    }
    expect(got).toHaveLength(10);
    expect(waits).toHaveLength(9);
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    const hours = (app.now - began) / 3_600_000;
    expect(hours).toBeGreaterThan(24);
    expect(hours).toBeLessThan(32);
    expect(new Set(got.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    expect(await messages(app, "?status=dead")).toMatchObject([{ error: "it answered 500" }]);

    status = 200;
    const replayed = await app.ops.post("/api/webhooks/messages/replay", { webhook: id });
    expect(replayed.json()).toEqual({ replayed: 1 });
    expect(app.woken).toContain("webhooks");
    expect(await work(app)).toBe(1);
    expect(await messages(app)).toMatchObject([{ status: "sent", attempts: 1, error: null }]);
    expect(got.at(-1)?.headers["webhook-id"]).toBe(got[0]?.headers["webhook-id"]);
  });

  test("a receiver that is gone is not asked any more", async () => {
    const app = await opened();
    const { got, url } = await receiver(() => 410);
    const { id } = await add(app, url);
    await tell(app, 4);
    await work(app);
    await tell(app, 5);
    await work(app);
    expect(got).toHaveLength(1);
    const shown = await app.ops.get(`/api/webhooks/${id}`);
    expect(shown.json()).toMatchObject({
      active: false,
      stopped: "its receiver answered 410 Gone",
    });
    const again = await app.ops.patch(`/api/webhooks/${id}`, { active: true });
    expect(again.json()).toMatchObject({ active: true, stopped: null });
  });

  test("two workers never have one message at once, and a dead one's is taken over", async () => {
    const app = await opened();
    const { got, url } = await receiver();
    await add(app, url);
    for (let score = 0; score <= 10; score++) await tell(app, score);
    const counts = await Promise.all([work(app, "a"), work(app, "b")]);
    const rest = await work(app, "a");
    expect((counts[0] ?? 0) + (counts[1] ?? 0) + rest).toBe(11);
    expect(new Set(got.map(({ headers }) => headers["webhook-id"])).size).toBe(11);
    expect(got).toHaveLength(11);

    app.now += 1000;
    await tell(app, 7, "one more");
    const lease = { worker: "dead", until: app.now + MINUTE_MS };
    expect(await app.store.webhooks.take(null, lease, app.now, 10)).toHaveLength(1);
    expect(await work(app)).toBe(0);
    app.now += MINUTE_MS + 1;
    expect(await work(app)).toBe(1);
    // the dead one wakes up and has nothing to say any more
    const [message] = await app.store.webhooks.messages({}, 1);
    if (!message) throw new Error("no message");
    const late = { ...message, status: "queued" as const, error: "late", sentAt: null };
    await app.store.webhooks.settle([late], "dead");
    expect(await messages(app, "?limit=1")).toMatchObject([{ status: "sent", attempts: 2 }]);
  });

  test("a receiver that takes nothing is left alone for a while, whatever else waits for it", async () => {
    const app = await opened();
    const down = await receiver(() => 503);
    await add(app, down.url);
    for (let score = 0; score <= 10; score++) await tell(app, score);
    for (let score = 0; score <= 10; score++) await tell(app, score, `again ${score}`);
    expect(await work(app)).toBe(20);
    const up = await receiver();
    await add(app, up.url);
    await tell(app, 1, "for both");
    expect(await work(app)).toBe(2);
    expect(await work(app)).toBe(0);
    expect(up.got).toHaveLength(1);
    expect(down.got).toHaveLength(21);
    app.now += 15_000;
    expect(await work(app)).toBeGreaterThan(0);
  });

  test("a worker leaves a receiver alone for its own buckets, not for another's", async () => {
    const app = await opened();
    const { id } = await add(app, (await receiver()).url);
    await tell(app, 1);
    const own = bucketOf("acme");
    const { webhooks } = app.store;
    await webhooks.hold([(own + 1) % BUCKETS], id, app.now + 15_000);
    expect(await work(app, "w", [own])).toBe(1);
    app.now += 1000;
    await tell(app, 2);
    await webhooks.hold([own], id, app.now + 15_000);
    expect(await work(app, "w", [own])).toBe(0);
  });

  test("a ping shows what the receiver answers", async () => {
    const app = await opened();
    const { got, url } = await receiver(() => 202);
    const { id, secret } = await add(app, url, ["touch.done"]);
    const ping = await app.ops.post(`/api/webhooks/${id}/ping`);
    expect(ping.json()).toEqual({ delivered: true, status: 202, error: null });
    const [{ headers, body }] = got as [Got];
    expect(new Verifier(secret).verify(body, headers as Record<string, string>)).toMatchObject({
      type: "ping",
    });
    expect(await messages(app)).toEqual([]);
  });

  test("addresses of our own network are refused when saved, and again when sent", async () => {
    const app = await opened(false);
    const { got, url } = await receiver();
    const refused = [
      url,
      "http://localhost:4600/",
      "http://[::1]/",
      "http://0x7f.1/",
      "http://2130706433/",
      "http://169.254.169.254/latest/meta-data/",
      "http://10.0.0.8/hook",
      "https://user:word@hooks.example.com/",
      "ftp://hooks.example.com/",
    ];
    for (const target of refused) {
      const answer = await app.ops.post("/api/webhooks", { url: target });
      expect(answer.statusCode, target).toBeGreaterThanOrEqual(400);
      expect(answer.statusCode, target).toBeLessThan(500);
    }
    // saved while it was allowed, or public by then
    const webhook = {
      id: "wh_old",
      url,
      types: ["survey.answered" as const],
      active: true,
      stopped: null,
      note: null,
      createdAt: app.now,
      createdBy: null,
    };
    const audit = { by: null, what: "webhook added", account: null, reason: null, details: {} };
    await app.store.webhooks.put(webhook, audit, { now: app.now, today: 20_000 });
    await tell(app, 8);
    await work(app);
    expect(got).toEqual([]);
    const [message] = await messages(app);
    expect(message).toMatchObject({ status: "queued", attempts: 1 });
    expect(message?.error).toMatch(/127\.0\.0\.1 is no public address: loopback/);
    const ping = await app.ops.post("/api/webhooks/wh_old/ping");
    expect(ping.json()).toMatchObject({ delivered: false, status: null });
    expect(got).toEqual([]);
  });

  test("who may set them up, and what is kept of it", async () => {
    const app = await opened();
    const { url } = await receiver();
    for (const person of [app.csm, app.leader, app.nobody]) {
      expect((await person.post("/api/webhooks", { url })).statusCode).toBeGreaterThanOrEqual(401);
      expect((await person.get("/api/webhooks")).statusCode).toBeGreaterThanOrEqual(401);
    }
    const writer = await app.withKey(["write"]);
    const { id } = await add(app, url);
    expect((await writer.get(`/api/webhooks/${id}/secret`)).statusCode).toBe(403);
    expect((await app.ops.get("/api/webhooks")).body).not.toContain("whsec_");
    await tell(app, 6);
    expect((await app.ops.delete(`/api/webhooks/${id}`)).statusCode).toBe(204);
    expect((await app.ops.delete(`/api/webhooks/${id}`)).statusCode).toBe(404);
    expect(await messages(app)).toEqual([]);
    expect(await work(app)).toBe(0);
    const log = await app.store.audit.list({ limit: 10 });
    expect(log.map(({ what, by }) => `${what} by ${by ?? ""}`).slice(0, 3)).toEqual([
      "webhook removed by The ops",
      "survey answers posted by The ops",
      "webhook added by The ops",
    ]);
  });
});
