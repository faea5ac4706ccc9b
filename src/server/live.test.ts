import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { setTimeout } from "node:timers/promises";
import { afterEach, expect, test, vi } from "vitest";
import { bareAccount } from "../engine/bare-rows.ts";
import { LiveChanges } from "../engine/live-changes.ts";
import { Book } from "../engine/testing/book.ts";
import { openTestApp } from "./testing/compose-test-app.ts";
import type { TestApp } from "./testing/test-app.ts";

let t: TestApp;
afterEach(async () => {
  vi.restoreAllMocks();
  await t.close();
});

/** What comes down the stream, until the predicate holds. */
async function until(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  holds: (text: string) => boolean,
): Promise<string> {
  let text = "";
  const decoder = new TextDecoder();
  while (!holds(text)) {
    const { value, done } = await reader.read();
    if (done) throw new Error(`the stream ended after: ${text}`);
    text += decoder.decode(value, { stream: true });
  }
  return text;
}

async function listen(): Promise<ReadableStreamDefaultReader<Uint8Array>> {
  const address = await t.app.listen({ host: "127.0.0.1", port: 0 });
  const answer = await fetch(`${address}/api/live`, {
    headers: { ...t.csm.headers, accept: "text/event-stream" },
  });
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toContain("text/event-stream");
  if (!answer.body) throw new Error("no body");
  return answer.body.getReader();
}

test("nobody listens for whoever left before the stream was opened", async () => {
  t = await openTestApp("pglite");
  const listening = vi.spyOn(LiveChanges.prototype, "listen");
  const { access } = t.store;
  const who = access.session.bind(access);
  const asked = once(t.app.server, "request");
  const left = asked.then(([, reply]) => once(reply as ServerResponse, "close"));
  const knowing = vi.spyOn(access, "session").mockImplementation(async (...session) => {
    const found = await who(...session);
    await left;
    return found;
  });
  const address = await t.app.listen({ host: "127.0.0.1", port: 0 });
  const leaving = new AbortController();
  const answer = fetch(`${address}/api/live`, {
    headers: { ...t.csm.headers, accept: "text/event-stream" },
    signal: leaving.signal,
  });
  await asked;
  leaving.abort();
  await expect(answer).rejects.toThrow("aborted");
  await knowing.mock.results[0]?.value;
  await setTimeout(50);
  expect(listening).not.toHaveBeenCalled();
});

test("what somebody changes through the API is told to those who listen", async () => {
  t = await openTestApp("pglite");
  const reader = await listen();
  await until(reader, (text) => text.includes("event: open"));
  const paused = await t.ops.post("/api/pauses", {
    scope: "channel",
    name: "email",
    reason: "wrong text",
  });
  expect(paused.statusCode).toBeLessThan(300);
  const told = await until(reader, (text) => text.includes("event: change"));
  expect(told).toContain('"kinds":["pauses"]');
  await reader.cancel();
});

test("what another process changes in the book is seen by its revisions, and named", async () => {
  t = await openTestApp("pglite");
  const book = new Book(t.store);
  const write = (name: string) =>
    book.import({ accounts: [{ ...bareAccount("acme"), name, asOf: 20_000 }] });
  await write("acme");
  const reader = await listen();
  await until(reader, (text) => text.includes("event: open"));
  let told = "";
  const reading = until(reader, (text) => text.includes("event: change")).then(
    (text) => (told = text),
  );
  // the first look only learns how things stand: change until something is told
  await expect
    .poll(async () => {
      await write(`acme ${performance.now()}`);
      return told;
    })
    .toContain('"kinds":["accounts","touches"]');
  await reading;
  await reader.cancel();
});

test("nobody listens who is not signed in, and a plain request is told what it is", async () => {
  t = await openTestApp("pglite");
  expect((await t.nobody.get("/api/live")).statusCode).toBe(401);
  const plain = await t.csm.get("/api/live");
  expect(plain.statusCode).toBe(400);
  expect(plain.json<{ hint: string }>().hint).toContain("text/event-stream");
});

test("what only asks is told to nobody, and a draft to those who show drafts", async () => {
  t = await openTestApp("pglite");
  const reader = await listen();
  await until(reader, (text) => text.includes("event: open"));
  const files = { source: "model: a\n", messages: {} };
  expect((await t.ops.post("/api/models/validate", files)).statusCode).toBe(200);
  const draft = { ...files, scenarios: {}, base: null, rev: null };
  expect((await t.ops.put("/api/models/draft", draft)).statusCode).toBe(200);
  const told = await until(reader, (text) => text.includes("event: change"));
  expect(told).toContain('"kinds":["drafts"]');
  await reader.cancel();
});
