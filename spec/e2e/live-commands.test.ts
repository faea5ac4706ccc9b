import { afterAll, beforeAll, expect, test } from "vitest";
import { newPostgresDatabase } from "../../src/store/testing/test-database.ts";
import { Desk } from "./support/command.ts";
import { loadSmallBook, NOW } from "./support/small-book.ts";

/** The commands beside a running server, where none runs: keys, pauses, the outbox, what waits. */
const desk = new Desk({ TOUCHSTONE_NOW: NOW });
const DATA: string[] = [];
beforeAll(async () => {
  // a folder takes a second and a half to open, each time
  DATA.push("--database", await newPostgresDatabase());
  await loadSmallBook(desk, ...DATA);
});
afterAll(() => desk.remove());

test("a key is shown once, listed without its secret, and revoked once", async () => {
  const made = await desk.done("keys", "create", "our product", ...DATA);
  expect(made.out).toMatch(/^tsw_[0-9a-f]{16}_[\w-]{43}\n$/);
  expect(made.err).toContain("sends events to /v1 and can do nothing else");
  const [key] = await desk.json<{ id: string; name: string }[]>("keys", "list", ...DATA);
  expect(key).toMatchObject({ name: "our product", kind: "write", revokedAt: null });
  const { out } = await desk.done("keys", "list", ...DATA);
  expect(out).toContain("our product");
  expect(out).not.toContain(made.out.trim());
  expect(JSON.stringify(key)).not.toContain("hash");
  const id = key?.id ?? "";
  expect((await desk.done("keys", "revoke", id, ...DATA)).out).toBe(`Key ${id} is revoked.\n`);
  expect((await desk.done("keys", "list", ...DATA)).out).toContain("revoked");
  expect(await desk.run("keys", "revoke", id, ...DATA)).toMatchObject({ code: 3 });
});

test("sending is paused and resumed: all of it, a channel, a program that there is", async () => {
  const out = async (...args: string[]) => (await desk.done(...args, ...DATA)).out;
  expect(await out("pause", "--list")).toBe("Nothing is paused.\n");
  expect(await out("pause", "--channel", "email", "--reason", "wrong text")).toBe(
    "Sending of channel email is paused.\n",
  );
  expect(await out("pause", "--channel", "email")).toContain("was paused already");
  expect(await out("pause")).toBe("All sending is paused.\n");
  expect(await out("pause", "--list")).toMatch(
    /Sending of channel email is paused since .* by tester: wrong text/,
  );
  expect(await desk.json("resume", ...DATA)).toMatchObject([{ scope: "channel", name: "email" }]);
  expect(await out("resume")).toBe("All sending was not paused.\n");
  expect(await out("resume", "--channel", "email")).toBe("Sending of channel email goes again.\n");
  expect(await desk.run("pause", "--channel", "emial", ...DATA)).toMatchObject({
    code: 2,
    err: expect.stringContaining("email") as string,
  });
  expect(await desk.run("pause", "--channel", "email", "--program", "x", ...DATA)).toMatchObject({
    code: 2,
  });
});

test("an empty outbox and nobody waiting are said so; a message that is not there is refused", async () => {
  expect((await desk.done("outbox", "list", ...DATA)).out).toBe("No messages.\n");
  expect(await desk.json("outbox", "list", ...DATA)).toEqual([]);
  expect((await desk.done("unattributed", ...DATA)).out).toBe("Nothing waits for an account.\n");
  expect(await desk.json("unattributed", ...DATA)).toEqual({ total: 0, messages: [] });
  for (const args of [
    ["outbox", "show", "nope"],
    ["outbox", "replay", "nope"],
    ["outbox", "settle", "nope", "--as", "sent"],
  ]) {
    expect(await desk.run(...args, ...DATA)).toMatchObject({
      code: 3,
      err: expect.stringContaining("There is no message `nope`") as string,
    });
  }
  expect(await desk.run("outbox", "list", "--limit", "0", ...DATA)).toMatchObject({ code: 2 });
});
