import { afterEach, describe, expect, test } from "vitest";
import { addressHash } from "../../engine/outbox/address-hash.ts";
import { ENGINES } from "../../store/testing/test-database.ts";
import { type MailedApp, openMailedApp } from "../testing/compose-sent-mail.ts";

const ANN = addressHash("ann@acme.test");

describe.each(ENGINES)("posted results on %s", (engine) => {
  let it: MailedApp | undefined;
  afterEach(async () => {
    await it?.close();
    it = undefined;
  });
  async function opened(): Promise<MailedApp> {
    it = await openMailedApp(engine);
    return it;
  }
  async function report(here: MailedApp, ...results: readonly object[]) {
    const answer = await here.app.ops.post("/api/results", { results });
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json<{ results: readonly { status: string; reason?: string }[] }>().results;
  }
  function optOuts({ app }: MailedApp, account: string) {
    return app.store.accounts
      .load([account])
      .then(([stored]) => stored?.contacts.flatMap((contact) => contact.optOuts));
  }

  test("each item is taken for itself, and the same again changes nothing", async () => {
    const here = await opened();
    const { app, mail } = here;
    const { touchId } = mail.to("acme");
    const messageId = mail.to("beta").messageId ?? "";
    const batch = [
      {
        touch: touchId,
        result: "replied",
        at: new Date(app.now - 1000).toISOString(),
        note: "Thanks!",
      },
      { message_id: messageId.replace(/[<>]/g, ""), result: "opened" },
      { message_id: "<nobody@acme.test>", result: "opened" },
      { touch: "aaaaaaaaaaaaaaaa", result: "replied" },
    ];
    expect(await report(here, ...batch)).toMatchObject([
      { status: "recorded", touch: touchId, account: "acme" },
      { status: "recorded", account: "beta" },
      { status: "refused", reason: "No message or touch of ours is named by it." },
      { status: "refused", reason: "There is no touch `aaaaaaaaaaaaaaaa`." },
    ]);
    expect(app.woken).toContain("decide");
    app.woken.length = 0;
    expect((await report(here, ...batch)).map(({ status }) => status)).toEqual([
      "unchanged",
      "unchanged",
      "refused",
      "refused",
    ]);
    expect(app.woken).not.toContain("decide");
    // a late report of less does not take back what went further
    await report(here, { touch: touchId, result: "opened" });
    expect(await mail.result("acme")).toBe("replied");
    const [reply, ...others] = await mail.events("acme", "touch:welcome:replied");
    expect(others).toEqual([]);
    expect(reply).toMatchObject({ at: app.now - 1000, pending: true });
    const [touch] = await mail.delivery.touches("acme");
    expect(touch?.note).toBe("Thanks!");
    for (const body of [
      { result: "opened" },
      { touch: touchId, result: "enjoyed" },
      { results: [] },
    ])
      expect((await app.ops.post("/api/results", body)).statusCode).toBe(400);
    expect((await app.leader.post("/api/results", batch[0])).statusCode).toBe(403);
  });

  test("a hard bounce fails the touch and stops mail to the address; a soft one only fails the touch", async () => {
    const here = await opened();
    const { app, mail } = here;
    const soft = { touch: mail.to("gamma").touchId, result: "bounced", bounce: "soft" };
    const hard = { message_id: mail.to("acme").messageId, result: "bounced" };
    expect(await report(here, soft, hard)).toMatchObject([
      { status: "recorded" },
      { status: "recorded", suppressed: true },
    ]);
    const gus = addressHash("gus@gamma.test");
    expect(await app.store.persons.suppressions([ANN, gus])).toEqual([
      { address: ANN, channel: "email", reason: "bounced" },
    ]);
    const [touch] = await mail.delivery.touches("acme");
    expect(touch).toMatchObject({ status: "failed", result: "bounced" });
    expect(await app.store.outbox.byId(mail.to("acme").id)).toMatchObject({ status: "failed" });
    expect(await optOuts(here, "acme")).toEqual([]);
  });

  test("who complains is written to no more, by whatever account", async () => {
    const here = await opened();
    const { app, mail } = here;
    // a provider that knows only the address
    expect(await report(here, { email: " Ann@Acme.test ", result: "complained" })).toEqual([
      { status: "recorded", suppressed: true },
    ]);
    expect(await optOuts(here, "acme")).toEqual(["email"]);
    expect(await optOuts(here, "beta")).toEqual(["email"]);
    expect(await optOuts(here, "gamma")).toEqual([]);
    expect(await report(here, { email: "ann@acme.test", result: "opened" })).toMatchObject([
      { status: "refused" },
    ]);
    expect(
      await report(here, { touch: mail.to("acme").touchId, result: "complained" }),
    ).toMatchObject([{ status: "recorded" }]);
    expect(await mail.result("acme")).toBe("complained");
    expect(await app.store.persons.suppressions([ANN])).toHaveLength(1);
  });

  test("mail providers report in their own words, with the key as the password of the address", async () => {
    const here = await opened();
    const { app, mail } = here;
    const { secret } = await app.newKey("api", ["write"]);
    const basic = (password: string) => ({
      authorization: `Basic ${Buffer.from(`ses:${password}`).toString("base64")}`,
      "content-type": "text/plain; charset=UTF-8",
    });
    const message = {
      notificationType: "Complaint",
      complaint: {
        complainedRecipients: [{ emailAddress: "ann@acme.test" }],
        timestamp: "2026-03-02T08:00:30.000Z",
      },
      mail: { headers: [{ name: "Message-ID", value: mail.to("acme").messageId }] },
    };
    const body = JSON.stringify({ Type: "Notification", Message: JSON.stringify(message) });
    const post = (headers: Record<string, string>, payload = body) =>
      app.nobody.post("/api/results/mail", payload, { headers });
    const reader = await app.newKey("api", ["read"]);
    expect((await post(basic("wrong"))).statusCode).toBe(401);
    expect((await post({ "content-type": "text/plain" })).statusCode).toBe(401);
    expect((await post(basic(reader.secret))).statusCode).toBe(403);
    expect((await post(basic(secret), "no json")).statusCode).toBe(400);
    expect(await mail.result("acme")).toBe("delivered");
    const answer = await post(basic(secret));
    expect(answer.json()).toMatchObject({
      results: [{ status: "recorded", account: "acme", suppressed: true }],
      unknown: 0,
    });
    expect(await mail.result("acme")).toBe("complained");
    expect(await optOuts(here, "beta")).toEqual(["email"]);
    const other = await post(basic(secret), JSON.stringify([{ hello: 1 }]));
    expect(other.json()).toEqual({ results: [], unknown: 1 });
  });

  test("a dry run's messages come to nothing", async () => {
    const here = await opened();
    const { app, mail } = here;
    const { id, account } = mail.to("acme");
    const [attempt] = await app.store.outbox.attempts([{ account, id }]);
    if (!attempt) throw new Error("no attempt");
    const { outgoing, stateRev } = attempt;
    await app.store.outbox.settle(
      [
        {
          account,
          id,
          stateRev,
          from: "sent",
          outgoing: { ...outgoing, status: "dry_run" },
          touch: null,
          events: [],
          tryAt: null,
          releases: false,
          suppression: null,
          notices: [],
          audit: null,
        },
      ],
      app.now,
    );
    expect(await report(here, { message_id: outgoing.messageId, result: "clicked" })).toMatchObject(
      [{ status: "refused", reason: "The message has not gone out, so nothing came of it." }],
    );
    expect((await app.nobody.post(mail.links("acme").unsubscribe())).statusCode).toBe(404);
    expect(await optOuts(here, "acme")).toEqual([]);
  });

  test("answers to surveys are posted and listed; one that is wrong does not stop the others", async () => {
    const here = await opened();
    const { app, mail } = here;
    const at = new Date(app.now - 3_600_000).toISOString();
    const posted = await app.ops.post("/api/surveys/csat/answers", {
      answers: [
        { account: "acme", contact: "ann", score: 5, comment: " Fine ", at },
        { account: "beta", user: "somebody", score: 1 },
        { touch: mail.to("gamma").touchId, score: 3 },
        { email: "ann@acme.test", score: 4 },
        { account: "nowhere", contact: "x", score: 4 },
        { account: "acme", score: 6 },
        { score: 4 },
      ],
    });
    expect(posted.json()).toMatchObject({
      results: [
        { status: "recorded", account: "acme" },
        { status: "recorded", account: "beta" },
        { status: "recorded", account: "gamma" },
        { status: "refused", reason: "The mail address belongs to contacts of 2 accounts." },
        { status: "refused", reason: "There is no account `nowhere`." },
        { status: "refused", reason: expect.stringContaining("from 1 to 5") },
        { status: "refused", reason: "It is not said whose it is." },
      ],
    });
    expect(await mail.events("acme", "survey:csat:answered")).toMatchObject([
      { user: "user-ann", properties: { score: 5, comment: "Fine" } },
    ]);
    const first = await app.csm.get("/api/surveys/csat/answers?limit=2");
    const { items, next_cursor: cursor } = first.json<{ items: object[]; next_cursor: string }>();
    expect(items).toHaveLength(2);
    const rest = await app.csm.get(`/api/surveys/csat/answers?limit=2&cursor=${cursor}`);
    expect(rest.json()).toMatchObject({
      items: [
        {
          account: "acme",
          score: 5,
          comment: "Fine",
          contact: "ann",
          at: at.replace(".000Z", "Z"),
        },
      ],
      next_cursor: null,
    });
    expect((await app.csm.get("/api/surveys")).json()).toEqual({
      items: [
        { name: "csat", lowest: 1, highest: 5, answers: 3, scores: { "1": 1, "3": 1, "5": 1 } },
      ],
    });
  });
});
