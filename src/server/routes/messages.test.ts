import { afterAll, beforeAll, expect, test } from "vitest";
import { openMailedApp, type MailedApp } from "../testing/compose-sent-mail.ts";
import { openChannels } from "../../deliver/open-channels.ts";
import { TEST_SETTINGS } from "../testing/test-app.ts";

let it: MailedApp;
beforeAll(async () => {
  it = await openMailedApp("pglite", { channels: openChannels(TEST_SETTINGS) });
});
afterAll(() => it.close());

test("a message is shown as a contact would get it, and nothing is sent", async () => {
  const before = (await it.app.ops.get("/api/outbox")).json();
  const wanted = { account: "acme", touchpoint: "welcome" };
  const answer = await it.app.ops.post("/api/messages/preview", wanted);
  expect(answer.statusCode, answer.body).toBe(200);
  expect(answer.json()).toMatchObject({ channel: "email", contact: "ann" });
  expect(answer.json<{ subject: string }>().subject).not.toBe("");
  expect((await it.app.ops.get("/api/outbox")).json()).toEqual(before);
});

test("what cannot be shown says why", async () => {
  for (const [wanted, status, code] of [
    [{ account: "acme", touchpoint: "welcom" }, 422, "unknown-touchpoint"],
    [{ account: "none", touchpoint: "welcome" }, 404, "unknown-account"],
    [{ account: "acme", touchpoint: "welcome", draft: { source: "x" } }, 422, "invalid-model"],
  ] as const) {
    const answer = await it.app.ops.post("/api/messages/preview", wanted);
    expect(answer.json()).toMatchObject({ status, code });
  }
});
