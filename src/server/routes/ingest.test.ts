import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ENGINES } from "../../store/testing/test-database.ts";
import { openTestApp } from "../testing/compose-test-app.ts";
import { caller, type TestApp, type TestCaller } from "../testing/test-app.ts";
import { ingest } from "./ingest.ts";

const basic = (key: string) => ({ authorization: `Basic ${btoa(`${key}:`)}` });
const strict = { headers: { "x-strict-mode": "1" } };

describe.each(ENGINES)("ingestion on %s", (engine) => {
  let t: TestApp;
  let key: string;
  let client: TestCaller;
  beforeAll(async () => {
    t = await openTestApp(engine, { routes: [ingest] });
    key = (await t.newKey("write")).secret;
    client = caller(t.app, basic(key));
  });
  afterAll(() => t.close());
  const accountOf = async (id: string) => (await t.store.accounts.load([id]))[0];
  const eventsOf = async (id: string) =>
    (await accountOf(id))?.events.map(({ name }) => name).toSorted() ?? [];

  test("a user's way in, in one batch and in no order", async () => {
    const answer = await client.post("/v1/batch", {
      batch: [
        {
          type: "track",
          messageId: "w1",
          userId: "u1",
          event: "Report Viewed",
          properties: { pages: 3, deep: { a: [1] }, gone: null },
        },
        {
          type: "identify",
          messageId: "w2",
          userId: "u1",
          traits: { email: "Ann@Example.com", firstName: "Ann", lastName: "Lee", title: "CFO" },
          context: { timezone: "Europe/Berlin", locale: "de-AT" },
        },
        {
          type: "group",
          messageId: "w3",
          userId: "u1",
          groupId: "acme",
          traits: { name: "Acme", createdAt: "2025-01-02", arr: 12_000, tags: ["a", "b"] },
        },
      ],
    });
    expect([answer.statusCode, answer.json()]).toEqual([200, { success: true }]);
    const account = await accountOf("acme");
    expect(account).toMatchObject({ name: "Acme", decidedOn: null });
    expect(account?.traits.map(({ trait, value }) => [trait, value])).toEqual([
      ["arr", 12_000],
      ["tags", '["a","b"]'],
    ]);
    expect(account?.contacts).toMatchObject([
      {
        id: "u1",
        user: "u1",
        email: "ann@example.com",
        name: "Ann Lee",
        role: "CFO",
        timezone: "Europe/Berlin",
        locale: "de-AT",
      },
    ]);
    expect(account?.events).toMatchObject([
      { id: "w1", name: "Report Viewed", user: "u1", properties: { pages: 3, deep: { a: [1] } } },
    ]);
    expect(t.woken).toContain("decide");
  });

  test("every route says what its event is; long names, letters, any content type, any place for the key", async () => {
    const group = { groupId: "routes", userId: "r1" };
    const send = async (
      path: string,
      body: object,
      headers: Record<string, string> = {},
      from: TestCaller = client,
    ) => (await from.post(path, JSON.stringify(body), { headers })).statusCode;
    const plain = { "content-type": "text/plain" };
    const form = { "content-type": "application/x-www-form-urlencoded" };
    const nobody = t.nobody;
    const answers = [
      await send("/v1/group", group, { "content-type": "application/json" }),
      await send("/v1/g", { ...group, traits: { plan: "pro" } }, plain),
      await send("/v1/identify", { userId: "r1", traits: { email: "r1@x.io" } }, form),
      await send("/v1/i", { userId: "r1", traits: { name: "R" }, writeKey: key }, plain, nobody),
      await send("/v1/track", { userId: "r1", event: "One" }, {}),
      await send("/v1/t", { userId: "r1", event: "Two" }, plain),
      await send("/v1/page", { userId: "r1", name: "Pricing" }, plain),
      await send("/v1/p", { userId: "r1" }, plain),
      await send("/v1/screen", { userId: "r1", name: "Home" }, plain),
      await send("/v1/s", { userId: "r1", properties: { name: "Start" } }, plain),
      await send("/v1/alias", { userId: "r1", previousId: "was-r1" }, plain),
      await send("/v1/a", { userId: "r1", previousId: "was-r1-too" }, plain),
      await send(
        "/v1/b",
        { writeKey: key, batch: [{ type: "track", userId: "was-r1", event: "Three" }] },
        plain,
        nobody,
      ),
      await send(
        "/v1/import",
        { batch: [{ type: "track", userId: "was-r1-too", event: "Four" }] },
        plain,
      ),
      await send(
        "/batch/",
        { api_key: key, batch: [{ event: "Five", distinct_id: "r1" }] },
        plain,
        nobody,
      ),
      await send(
        "/e/",
        { api_key: key, batch: [{ event: "$pageview", properties: { distinct_id: "r1" } }] },
        plain,
        nobody,
      ),
    ];
    expect(answers).toEqual(answers.map(() => 200));
    expect(await eventsOf("routes")).toEqual([
      "Five",
      "Four",
      "One",
      "Three",
      "Two",
      "Viewed Home Screen",
      "Viewed Page",
      "Viewed Page",
      "Viewed Pricing Page",
      "Viewed Start Screen",
    ]);
    const account = await accountOf("routes");
    expect(account?.contacts).toMatchObject([{ id: "r1", email: "r1@x.io", name: "R" }]);
    expect(new Set(account?.events.map(({ user }) => user))).toEqual(new Set(["r1"]));
  });

  test("what a wrong key gets", async () => {
    const status = async (headers: Record<string, string>, body: object = {}) =>
      (
        await caller(t.app, headers).post("/v1/track", { userId: "x", event: "X", ...body })
      ).json<object>();
    const api = (await t.newKey("api", ["admin"])).secret;
    expect(await status({})).toMatchObject({ status: 401, code: "bad-key" });
    expect(await status(basic("nonsense"))).toMatchObject({ status: 401 });
    expect(await status(basic(api))).toMatchObject({ status: 401 });
    expect(await status({}, { writeKey: 17 })).toMatchObject({ status: 401 });
    expect(await status({}, { writeKey: `${key}x` })).toMatchObject({ status: 401 });
    expect(await status({ authorization: `Bearer ${api}` })).toMatchObject({ status: 401 });
    // a body is not read before its key is known to be good
    const large = await caller(t.app, basic("nonsense")).post("/v1/track", "x".repeat(400_000));
    expect(large.statusCode).toBe(401);
  });

  test("guessing keys is slowed down", async () => {
    const away = await openTestApp("pglite", { routes: [ingest] });
    const guess = caller(away.app, basic("nonsense"));
    for (let n = 0; n < 100; n++) await guess.post("/v1/track", {});
    const answer = await guess.post("/v1/track", {});
    expect([answer.statusCode, Number(answer.headers["retry-after"]) > 0]).toEqual([429, true]);
    await away.close();
  });

  test("what is malformed gets 400 with a reason, and nothing is taken", async () => {
    const told = async (path: string, body: string) => {
      const answer = await client.post(path, body, { headers: { "content-type": "text/plain" } });
      const { status, detail } = answer.json<{ status: number; detail: string }>();
      return [status, detail.replace(/(no JSON).*/, "$1")];
    };
    const event = (fields: object) => JSON.stringify({ batch: [fields] });
    expect(await told("/v1/batch", "{")).toEqual([400, "The body is no JSON"]);
    expect(await told("/v1/batch", "")).toEqual([400, "The body is empty."]);
    expect(await told("/v1/batch", "17")).toEqual([
      400,
      "The body has no list of events under `batch`.",
    ]);
    expect(await told("/v1/track", "null")).toEqual([
      400,
      "The body is no event: a JSON object is expected.",
    ]);
    expect(await told("/v1/track", `${"[".repeat(2000)}${"]".repeat(2000)}`)).toEqual([
      400,
      expect.stringContaining("JSON object"),
    ]);
    expect(await told("/v1/batch", event({}))).toEqual([
      400,
      expect.stringContaining("type is missing"),
    ]);
    expect(await told("/v1/batch", event({ type: "delete", userId: "a" }))).toEqual([
      400,
      expect.stringContaining('"delete" is none of identify'),
    ]);
    expect(await told("/v1/track", JSON.stringify({ event: "A" }))).toEqual([
      400,
      expect.stringContaining("userId or anonymousId is missing"),
    ]);
    expect(await told("/v1/track", JSON.stringify({ userId: "a" }))).toEqual([
      400,
      expect.stringContaining("event is missing"),
    ]);
    expect(await told("/v1/track", JSON.stringify({ userId: {}, event: "A" }))).toEqual([
      400,
      expect.stringContaining("userId: {} is no text"),
    ]);
    expect(
      await told("/v1/track", JSON.stringify({ userId: "a", event: "segment:x:entered" })),
    ).toEqual([400, expect.stringContaining("only Touchstone")]);
    expect(
      await told("/v1/track", JSON.stringify({ userId: "a", event: "A", messageId: "ts:1" })),
    ).toEqual([400, expect.stringContaining("Touchstone's own")]);
    expect(
      await told("/v1/track", JSON.stringify({ userId: "a".repeat(256), event: "A" })),
    ).toEqual([400, expect.stringContaining("longer than 255 bytes")]);
    expect(await told("/v1/group", JSON.stringify({ userId: "a" }))).toEqual([
      400,
      expect.stringContaining("groupId is missing"),
    ]);
    expect(await told("/v1/alias", JSON.stringify({ userId: "a" }))).toEqual([
      400,
      expect.stringContaining("previousId is missing"),
    ]);
    const deep = `{"userId":"a","event":"A","properties":{"a":${'{"a":'.repeat(40_000)}1${"}".repeat(40_000)}}}`;
    expect(await told("/v1/track", deep)).toEqual([
      400,
      expect.stringContaining("nested deeper than 32"),
    ]);
  });

  test("strict clients are told about each event", async () => {
    const answer = await client.post(
      "/v1/batch",
      {
        batch: [
          {
            type: "group",
            groupId: "strict",
            userId: "s1",
            messageId: "s-1",
            traits: { timezone: "Mars/Base", createdAt: "soon" },
          },
          { type: "track", userId: "s1", event: "Fine", messageId: "s-2" },
          { type: "track", userId: "s1", event: "Fine", messageId: "s-2" },
          { type: "track", userId: "s1", event: "Another", messageId: "s-2" },
          { type: "track", userId: "nobody yet", event: "Early", messageId: "s-3" },
          { type: "track", userId: "s1", messageId: "s-4" },
        ],
      },
      strict,
    );
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({
      code: "bad-request",
      detail: expect.stringContaining(
        "2 of 6 events were refused. Event 4: this message id was used before",
      ),
      success: false,
      results: [
        {
          messageId: "s-1",
          status: "written",
          warnings: [
            expect.stringContaining('createdAt: "soon" is no day'),
            expect.stringContaining('"Mars/Base" is no time zone'),
          ],
        },
        { messageId: "s-2", status: "written" },
        { messageId: "s-2", status: "duplicate" },
        { messageId: "s-2", status: "refused" },
        { messageId: "s-3", status: "held", reason: "its user belongs to no account yet" },
        { messageId: "s-4", status: "refused", reason: "event is missing" },
      ],
    });
    expect(await eventsOf("strict")).toEqual(["Fine"]);
    const lax = await client.post("/v1/batch", {
      batch: [{ type: "track", userId: "s1", event: "Fine", messageId: "s-5" }, { type: "track" }],
    });
    expect([lax.statusCode, lax.json()]).toEqual([
      200,
      { success: true, refused: [{ index: 1, messageId: null, reason: "event is missing" }] },
    ]);
    const good = await client.post(
      "/v1/track",
      { userId: "s1", event: "Fine", messageId: "s-6" },
      strict,
    );
    expect([good.statusCode, good.json()]).toEqual([
      200,
      { success: true, results: [{ messageId: "s-6", status: "written" }] },
    ]);
  });

  test("what is too large gets 413: an event, a batch, too many, unpacked, 4 MB of traits", async () => {
    const status = async (path: string, body: string | Buffer, headers = {}) =>
      (await client.post(path, body, { headers: { "content-type": "text/plain", ...headers } }))
        .statusCode;
    const event = (size: number) => ({
      type: "identify",
      userId: "big",
      traits: { text: "é".repeat(size / 2) },
    });
    const zip = { "content-encoding": "gzip" };
    expect(await status("/v1/identify", JSON.stringify(event(32_000)))).toBe(200);
    expect(await status("/v1/identify", JSON.stringify(event(33_000)))).toBe(413);
    expect(await status("/v1/batch", JSON.stringify({ batch: [event(10), event(33_000)] }))).toBe(
      413,
    );
    expect(
      await status(
        "/v1/batch",
        JSON.stringify({ batch: Array.from({ length: 20 }, () => event(30_000)) }),
      ),
    ).toBe(413);
    const many = (n: number) =>
      JSON.stringify({ batch: Array.from({ length: n }, () => ({ type: "track" })) });
    expect(await status("/v1/batch", many(2_500))).toBe(400);
    expect(await status("/v1/batch", many(2_501))).toBe(413);
    expect(await status("/v1/identify", JSON.stringify(event(4_000_000)))).toBe(413);
    expect(await status("/v1/batch", gzipSync(Buffer.alloc(20_000_000, " ")), zip)).toBe(413);
    expect(await status("/v1/batch", gzipSync(Buffer.alloc(20_000_000, " ")))).toBe(413);
    expect(await status("/v1/batch", gzipSync(many(2_500)), zip)).toBe(400);
    expect(await status("/v1/batch", Buffer.from("not gzip"), zip)).toBe(400);
    expect(await status("/v1/batch", gzipSync("{}").subarray(0, 12), zip)).toBe(400);
    expect(await status("/v1/batch", "{}", { "content-encoding": "zstd" })).toBe(415);
  });

  test("pages of any site may send; with origins set, only those", async () => {
    const origin = { origin: "https://app.example.com" };
    const asked = await t.app.inject({
      method: "OPTIONS",
      url: "/v1/t",
      headers: { ...origin, "access-control-request-method": "POST" },
    });
    expect(asked.statusCode).toBe(204);
    expect(asked.headers).toMatchObject({
      "access-control-allow-origin": origin.origin,
      "access-control-allow-headers": expect.stringContaining("anonymousid"),
      "cross-origin-resource-policy": "cross-origin",
    });
    const bad = await client.post("/v1/t", "{", { headers: origin });
    expect([bad.statusCode, bad.headers["access-control-allow-origin"]]).toEqual([
      400,
      origin.origin,
    ]);
    const closed = await openTestApp("pglite", {
      routes: [ingest],
      settings: { allowedOrigins: [origin.origin] },
    });
    const from = async (headers: Record<string, string>) =>
      (await closed.app.inject({ method: "OPTIONS", url: "/v1/t", headers })).statusCode;
    expect([
      await from(origin),
      await from({ origin: "https://evil.example" }),
      await from({}),
    ]).toEqual([204, 403, 204]);
    await closed.close();
  });

  test("a browser client is told where to send", async () => {
    const ask = (url: string) => t.nobody.get(url, { headers: { host: "touch.example:4600" } });
    const answer = await ask(`/v1/projects/${key}/settings`);
    expect(answer.json()).toEqual({
      integrations: {
        "Segment.io": { apiKey: key, apiHost: "touch.example:4600/v1", protocol: "http" },
      },
    });
    expect((await ask("/v1/projects/nonsense/settings")).statusCode).toBe(401);
  });

  test("what became of events is counted", async () => {
    const text = await t.deps.metrics.registry.metrics();
    expect(text).toMatch(/touchstone_ingested_messages_total\{kind="track",outcome="known"\} \d+/);
    expect(text).toMatch(/kind="unreadable",outcome="refused"/);
  });
});
