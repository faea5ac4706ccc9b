import { request } from "node:http";
import { connect } from "node:net";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeCursor } from "./api/cursor.ts";
import { openTestStore } from "../store/testing/test-store.ts";
import { apiBook } from "./testing/api-book.ts";
import type { TestApp } from "./testing/test-app.ts";

let t: TestApp;
beforeAll(async () => {
  t = await apiBook(await openTestStore("pglite"));
  await t.app.listen({ host: "127.0.0.1", port: 0 });
});
afterAll(() => t.close());

const BAD_REQUEST = { status: 400, code: "bad-request" };

test("an address that is no URL, or far too long, is refused by a problem document", async () => {
  for (const [url, status] of [
    ["/api/accounts/%ff", 400],
    ["/api/accounts/a%ed%a0%80", 400],
    [`/api/accounts/${"x".repeat(10_000)}`, 414],
  ] as const) {
    const answer = await t.admin.get(url);
    expect(answer.headers["content-type"]).toBe("application/problem+json; charset=utf-8");
    expect(answer.json()).toMatchObject({ code: "bad-request", status });
    expect(answer.body.length).toBeLessThan(1000);
  }
});

test("what is no HTTP at all, too", async () => {
  const { port } = t.app.server.address() as AddressInfo;
  const answers = {
    "FOO / HTTP/1.1\r\nHost: x\r\n\r\n": 400,
    "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n": 400,
    [`GET / HTTP/1.1\r\nHost: x\r\nX: ${"a".repeat(20_000)}\r\n\r\n`]: 431,
  };
  for (const [text, status] of Object.entries(answers)) {
    const socket = connect(port, "127.0.0.1");
    let got = "";
    socket.on("data", (chunk) => (got += String(chunk)));
    socket.write(text);
    await once(socket, "close");
    const [head = "", body = ""] = got.split("\r\n\r\n");
    expect(head).toContain(`HTTP/1.1 ${status} `);
    expect(head).toContain("application/problem+json");
    expect(JSON.parse(body)).toMatchObject({ code: "bad-request", status });
  }
});

test("a cursor that somebody made up is refused, whatever it says", async () => {
  const text = "x";
  for (const at of [9.1e15, -1.5e300, -1e18]) {
    const made: readonly (readonly [url: string, list: string, place: unknown])[] = [
      ["/api/touches", "touches", { due: at, account: text, key: text }],
      ["/api/audit", "audit", { at, bucket: at, id: at }],
      ["/api/audit", "audit", { at: 0, bucket: at, id: 1 }],
      ["/api/accounts/acme/timeline", "timeline acme", { at, kind: "event", seq: at }],
      ["/api/accounts/acme/decisions", "decisions acme", at],
      ["/api/outbox", "outbox", { madeAt: at, id: text }],
      ["/api/unattributed", "unattributed", { arrived: at, id: text }],
      ["/api/surveys/nps/answers", "surveys/nps", { at, id: text }],
      ["/api/webhooks/messages", "webhook messages", { madeAt: at, id: text, webhook: text }],
    ];
    for (const [url, list, place] of made) {
      const answer = await t.admin.get(`${url}?cursor=${writeCursor(list, place)}`);
      expect([url, at, answer.json()]).toMatchObject([url, at, BAD_REQUEST]);
    }
  }
});

test("what no database can hold is refused, not changed into something else", async () => {
  for (const bad of ["a\u0000b", "a\uD800b"]) {
    const json = JSON.stringify(bad);
    const headers = { "content-type": "application/json" };
    for (const [url, payload, path] of [
      ["/api/contacts/acme/ann", `{"name":${json}}`, "body/name"],
      ["/api/contacts/acme/ann", `{"traits":{${json}:1}}`, "body/traits"],
      ["/api/contacts/acme/ann", `{"traits":{"plan":${json}}}`, "body/traits/plan"],
      ["/api/contacts/acme/ann/opt-outs", `{"channels":["all"],"reason":${json}}`, "body/reason"],
      ["/api/contacts/acme/new%00", `{"name":"n"}`, "params/contact"],
    ] as const) {
      const answer = await t.admin.put(url, payload, { headers });
      if (url.includes("%00") && bad.includes("\uD800")) continue;
      expect(answer.json()).toMatchObject({
        ...BAD_REQUEST,
        detail: expect.stringContaining(`${path}: `) as string,
      });
    }
  }
  const asked = await t.admin.get("/api/contacts?q=a%00");
  expect(asked.json()).toMatchObject({
    ...BAD_REQUEST,
    detail: expect.stringContaining("querystring/q: ") as string,
  });
});

test("a packed body is refused where none is unpacked", async () => {
  const payload = gzipSync(JSON.stringify({ name: "x" }));
  const headers = { "content-type": "application/json", "content-encoding": "gzip" };
  const answer = await t.admin.put("/api/contacts/acme/ann", payload, { headers });
  expect(answer.json()).toMatchObject({ status: 415, code: "wrong-media-type" });
  const { port } = t.app.server.address() as AddressInfo;
  // identity is no packing
  const plain = request({
    port,
    method: "PUT",
    path: "/api/contacts/acme/ann",
    headers: {
      ...t.admin.headers,
      "content-type": "application/json",
      "content-encoding": "identity",
    },
  });
  plain.end("{}");
  const [{ statusCode }] = (await once(plain, "response")) as [{ statusCode: number }];
  expect(statusCode).toBe(200);
});

test("the documentation's pages load nothing from elsewhere, and work without TLS", async () => {
  const policy = String((await t.nobody.get("/docs")).headers["content-security-policy"]);
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toMatch(/https?:|validator|upgrade-insecure-requests|\*/);
});
