import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { applyModel } from "../../engine/apply-model.ts";
import { addressHash } from "../../engine/outbox/address-hash.ts";
import type { Outgoing, Store } from "../../engine/ports.ts";
import { contact, GO_LIVE, login } from "../../engine/testing/book.ts";
import { SMALL_MODEL } from "../../engine/testing/small-model.ts";
import { CHANGED, NOT_PERSONAL, REMOVED } from "../../store/privacy/places.ts";
import { TABLES } from "../../store/archive/tables.ts";
import { ENGINES } from "../../store/testing/test-database.ts";
import { openTestStore } from "../../store/testing/test-store.ts";
import type { Listed } from "../testing/answers.ts";
import { apiBook } from "../testing/api-book.ts";
import type { TestApp } from "../testing/test-app.ts";

/** With a program for contacts: their ids stand in runs, touch keys and decisions. */
const MODEL = SMALL_MODEL.replace(
  "programs:\n",
  `programs:
  welcome:
    for: contact
    when: stage == "onboarding"
    steps: [{ touch: hello, after: 5d }]
`,
).replace(
  "touchpoints:\n",
  `touchpoints:
  hello: { title: Hello, purpose: educational, channel: in_app, by: automation, template: hello, succeeds: clicked }
`,
);

/** Every table as text, but for what is sealed. */
async function everything(store: Store): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "touchstone-all-"));
  try {
    await store.archive.exportTo(join(folder, "all"));
    const files = readdirSync(join(folder, "all"), { recursive: true, encoding: "utf8" });
    const texts = files.filter((file) => /\.(csv|jsonl)$/.test(file));
    expect(texts.length).toBeGreaterThan(20);
    return texts.map((file) => readFileSync(join(folder, "all", file), "utf8")).join("\n");
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const NAMED = [
  /ann@acme\.test/i,
  /ann\.former@acme\.test/i,
  /Ann Archer/i,
  /Annie Former/i,
  /\bu-ann-1\b/,
  /\banon-77\b/,
  /\bcontact-ann\b/,
  /welcome\/(?:contact-)?ann\b/,
  /\/for:(?:contact-)?ann\b/,
];

describe.each(ENGINES)("a contact's data, on %s", (engine) => {
  let open: TestApp | undefined;
  afterEach(() => open?.close());

  async function start() {
    const app = await apiBook(await openTestStore(engine));
    open = app;
    const { book } = app;
    const source = MODEL;
    await book.import({
      contacts: [
        contact("acme", "contact-ann", {
          userId: "u-ann-1",
          email: "ann.former@acme.test",
          name: "Annie Former",
          asOf: GO_LIVE - 30,
        }),
      ],
    });
    await book.import({
      contacts: [
        contact("acme", "contact-ann", {
          userId: "u-ann-1",
          email: "Ann@Acme.test",
          name: "Ann Archer",
          traits: { nickname: "ann@acme.test" },
        }),
        contact("bolt", "ann-too", { email: "ann@acme.test", name: "Ann Archer" }),
      ],
      events: [
        login("acme", GO_LIVE - 1, {
          userId: "u-ann-1",
          messageId: "m1",
          properties: { by: "ann@acme.test", plan: "pro" },
        }),
        login("acme", GO_LIVE - 1, {
          userId: "u2",
          messageId: "m2",
          event: "Invited",
          properties: { who: "u-ann-1", text: "Ann Archer was invited" },
        }),
      ],
    });
    await applyModel(app.context, {
      file: "m.yaml",
      source,
      messages: { "hello.en": "subject: Hi\n\nHi" },
    });
    const touches = (
      await app.csm.get("/api/touches?account=acme&human=true&status=planned,due")
    ).json().items;
    const [call] = touches as { id: string }[];
    await app.csm.post(`/api/touches/${call?.id}/schedule`, {
      starts_at: "2026-03-05T10:00:00Z",
      with: ["contact-ann"],
    });
    await app.csm.post(`/api/touches/${call?.id}/notes`, {
      note: "Ann Archer (ANN@acme.test) wants a demo; Annabel not",
      action_items: [{ text: "Write to Ann Archer", owner: "csm" }],
    });
    const sent: Outgoing = {
      id: "x.inv.0",
      account: "acme",
      kind: "invitation",
      touch: null,
      touchId: null,
      touchpoint: null,
      program: null,
      attempt: 0,
      channel: "email",
      contact: "contact-ann",
      userId: "u-ann-1",
      receiver: "ann@acme.test",
      countedAs: "ann@acme.test",
      status: "queued",
      messageId: "<x@y>",
      message: {
        subject: "Dear Ann",
        text: "Dear Ann",
        html: "",
        preheader: null,
        locale: null,
        links: [],
        extra: { to: "ann@acme.test" },
      },
      error: "550 no such user <ann@acme.test>",
      madeAt: app.now,
      tryAt: null,
      sentAt: null,
      settledAt: null,
      worker: null,
      leaseUntil: null,
    };
    await app.store.outbox.queue([sent]);
    await app.store.surveys.put(
      [
        {
          account: "acme",
          id: "t.nps",
          survey: "nps",
          score: 9,
          comment: "Regards, Ann Archer",
          user: "u-ann-1",
          contact: "contact-ann",
          touchId: null,
          at: app.now,
        },
      ],
      { now: app.now, today: GO_LIVE },
    );
    const base = {
      hash: new Uint8Array(32),
      at: app.now,
      anonymousId: null,
      accountId: null,
      asOf: null,
    };
    const bulk = {
      madeAt: app.now,
      by: "csm",
      onlyOwner: null,
      action: { kind: "pin", level: "high", until: null },
      done: 0,
      changed: 0,
      failed: [],
      finishedAt: app.now,
    } as const;
    await app.store.bulk.add({
      ...bulk,
      id: "b1",
      accounts: ["other", "acme"],
      reason: "Ann Archer asked for calls",
    });
    await app.store.ingest.take(
      [
        {
          ...base,
          id: "h1",
          kind: "track",
          event: "Seen",
          properties: { mail: "ann@acme.test" },
          userId: "anon-77",
        },
        { ...base, id: "h2", kind: "alias", userId: "u-ann-1", previousId: "anon-77" },
      ],
      { now: app.now, today: GO_LIVE },
    );
    return app;
  }

  test("is exported whole, and after erasure is in no table, while counts stay and refusals hold", async () => {
    const app = await start();
    await app.csm.put("/api/contacts/acme/contact-ann/opt-outs", {
      channels: ["email"],
      reason: "asked for it",
    });
    const before = await everything(app.store);
    for (const named of NAMED) expect(before).toMatch(named);

    const exported = await app.admin.get("/api/contacts/acme/contact-ann/export");
    expect(exported.statusCode, exported.body).toBe(200);
    const told = exported.json<{ contacts: { id: string }[]; records: Record<string, unknown> }>();
    const ids = told.contacts.map(({ id }) => id);
    expect(ids.toSorted()).toEqual(["ann", "ann-too", "contact-ann"]);
    expect(Object.keys(told.records)).toEqual(
      expect.arrayContaining([
        "contact",
        "contact_trait",
        "event",
        "touch",
        "outgoing",
        "survey_answer",
        "audit",
        "account_state",
        "user_alias",
      ]),
    );

    // which other accounts it was done to is nobody's affair
    expect(told.records["bulk_run"]).toEqual([{ id: "b1", reason: "Ann Archer asked for calls" }]);

    const touches = async () =>
      (await app.csm.get("/api/touches?limit=500")).json<Listed>().items.length;
    const events = async () => (await app.store.accounts.counts()).events;
    const users = async () => {
      const [acme] = await app.store.accounts.load(["acme"]);
      return new Set(acme?.events.flatMap(({ user, engine: own }) => (own ? [] : [user]))).size;
    };
    const counted = [await touches(), await users()];
    const eventsBefore = await events();
    const answer = await app.admin.post("/api/contacts/acme/contact-ann/erase", {
      reason: "asked for it",
    });
    expect(answer.statusCode, answer.body).toBe(200);
    expect(answer.json().rows).toMatchObject({
      contact: 3,
      user_alias: 1,
      outgoing: expect.any(Number),
      survey_answer: 1,
    });

    const after = await everything(app.store);
    for (const named of NAMED) expect(after.match(named)?.[0]).toBeUndefined();
    expect(after).toContain("wants a demo; Annabel not");
    expect(await app.store.bulk.get("b1")).toMatchObject({
      reason: "[erased] asked for calls",
      accounts: ["other", "acme"],
    });
    expect(after).toContain(addressHash("ann@acme.test"));
    expect([await touches(), await users()]).toEqual(counted);
    expect(await events()).toBeGreaterThanOrEqual(eventsBefore);
    expect((await app.csm.get("/api/contacts/acme/contact-ann")).json().code).toBe(
      "unknown-contact",
    );
    expect(
      (await app.csm.get("/api/contacts?account=acme")).json<Listed>().items.map(({ id }) => id),
    ).toEqual(["bob"]);
    // the account is decided on as ever
    expect((await app.csm.get("/api/accounts/acme")).json()).toMatchObject({
      level: "high",
      waiting: false,
    });
    const again = await app.admin.post("/api/contacts/acme/contact-ann/erase", { reason: "x" });
    expect(again.statusCode).toBe(404);
  });

  test("only an administrator may", async () => {
    const app = await start();
    expect((await app.ops.get("/api/contacts/acme/contact-ann/export")).statusCode).toBe(403);
    expect(
      (await app.leader.post("/api/contacts/acme/contact-ann/erase", { reason: "x" })).statusCode,
    ).toBe(403);
  });
});

test("of every table it is known whether it speaks of people", () => {
  const known = [
    "contact",
    "contact_trait",
    ...CHANGED.map(({ table }) => table),
    ...Object.keys(REMOVED),
    ...Object.keys(NOT_PERSONAL),
  ];
  expect(known.toSorted()).toEqual([...TABLES].toSorted());
});
