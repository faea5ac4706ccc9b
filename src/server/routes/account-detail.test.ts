import { afterEach, describe, expect, test } from "vitest";
import { formatDay } from "../../core/time/day.ts";
import { account, GO_LIVE } from "../../engine/testing/book.ts";
import { ENGINES } from "../../store/testing/test-database.ts";
import { openTestStore } from "../../store/testing/test-store.ts";
import type { Listed } from "../testing/answers.ts";
import { apiBook } from "../testing/api-book.ts";

interface Series {
  readonly days: readonly string[];
  readonly events: readonly { readonly counts: readonly number[] }[];
  readonly users: readonly number[];
  readonly last_event_at: string;
}
interface Past {
  readonly days: readonly string[];
  readonly since: string;
  readonly decisions: readonly unknown[];
  readonly facts: { readonly arr: readonly (number | null)[] };
}
interface Ways {
  readonly level: {
    readonly up: readonly { readonly fact: string; readonly to: number; readonly makes: string }[];
  };
}
interface Then {
  readonly touches: readonly { readonly id: unknown; readonly status: string }[];
  readonly about: { readonly levels: readonly string[]; readonly facts: object };
}

const day = (n: number): string => formatDay(GO_LIVE + n);

describe.each(ENGINES)("the page of one account, on %s", (engine) => {
  let open: Awaited<ReturnType<typeof apiBook>> | undefined;
  afterEach(() => open?.close());
  const start = async () => (open = await apiBook(await openTestStore(engine)));

  test("notes are added, changed and removed by who wrote them, and the log keeps what was said", async () => {
    const app = await start();
    const url = "/api/accounts/acme/notes";
    const key = { headers: { "idempotency-key": "n1" } };
    const added = await app.csm.post(url, { note: "  Ann likes calls early. " }, key);
    expect([added.statusCode, added.json()]).toMatchObject([
      200,
      {
        by: "csm",
        author: "The csm",
        note: "Ann likes calls early.",
        changed_at: null,
        touch: null,
      },
    ]);
    const { id } = added.json<{ id: string }>();
    const leaders = await app.leader.post(url, { note: "Renewal talk in May." });
    app.now += 60_000;
    const list = async () => (await app.csm.get(url)).json<Listed>().items;
    expect((await list()).map(({ note }) => note).toSorted()).toEqual([
      "Ann likes calls early.",
      "Renewal talk in May.",
    ]);
    const changed = await app.csm.put(`${url}/${id}`, { note: "Ann likes calls late." });
    expect(changed.json()).toMatchObject({ id, note: "Ann likes calls late." });
    expect(changed.json<{ changed_at: string }>().changed_at).toBe("2026-03-02T08:01:00Z");
    const others = `${url}/${leaders.json<{ id: string }>().id}`;
    expect((await app.csm.put(others, { note: "mine now" })).statusCode).toBe(403);
    expect((await app.csm.delete(others)).statusCode).toBe(403);
    expect((await app.csm.post("/api/accounts/core/notes", { note: "x" })).statusCode).toBe(403);
    expect((await app.leader.delete(`${url}/${id}?reason=wrong%20account`)).statusCode).toBe(204);
    expect((await app.csm.delete(`${url}/${id}`)).json()).toMatchObject({ code: "unknown-note" });
    expect((await list()).map(({ note }) => note)).toEqual(["Renewal talk in May."]);
    const told = (await app.csm.get("/api/accounts/acme/timeline?limit=100")).json<Listed>().items;
    const texts = told.filter(({ kind }) => kind === "person").map(({ text }) => text);
    expect(texts).toEqual(
      expect.arrayContaining([
        "Note by The csm: Ann likes calls early.",
        "Note changed by The csm: Ann likes calls late.",
        "Note removed by The leader: wrong account",
      ]),
    );
  });

  test("notes of touches stand among the free ones, page by page, newest first", async () => {
    const app = await start();
    const touches = (await app.csm.get("/api/touches?account=acme")).json<Listed>().items;
    const touch = touches[0]?.["id"];
    await app.csm.post("/api/accounts/acme/notes", { note: "first" });
    app.now += 60_000;
    await app.csm.post(`/api/touches/${String(touch)}/done`, { result: "held", note: "all well" });
    app.now += 60_000;
    await app.csm.post("/api/accounts/acme/notes", { note: "last" });
    const seen: unknown[] = [];
    let cursor: string | null = "";
    while (cursor !== null && seen.length < 10) {
      const more: string = cursor === "" ? "" : `&cursor=${cursor}`;
      const answer = await app.csm.get(`/api/accounts/acme/notes?limit=1${more}`);
      const page: Listed = answer.json<Listed>();
      seen.push(...page.items.map(({ note, touch: of }) => [note, of !== null]));
      cursor = page.next_cursor;
    }
    expect(seen).toEqual([
      ["last", false],
      ["all well", true],
      ["first", false],
    ]);
  });

  test("a person who is erased is gone from the notes too", async () => {
    const app = await start();
    await app.csm.post("/api/accounts/acme/notes", { note: "Ann Archer is leaving" });
    const exported = await app.admin.get("/api/contacts/acme/ann/export");
    expect(JSON.stringify(exported.json().records.account_note)).toContain("is leaving");
    await app.admin.post("/api/contacts/acme/ann/erase", { reason: "asked for it" });
    const [note] = (await app.csm.get("/api/accounts/acme/notes")).json<Listed>().items;
    expect(note?.["note"]).toMatch(/is leaving$/);
    expect(note?.["note"]).not.toContain("Ann");
  });

  test("usage counts what users did by local days and by weeks", async () => {
    const app = await start();
    const url = `/api/accounts/acme/usage?from=${day(-8)}&to=${day(0)}`;
    const byDay = (await app.csm.get(url)).json<Series>();
    expect(byDay.days).toEqual([-8, -7, -6, -5, -4, -3, -2, -1, 0].map(day));
    expect(byDay.events).toEqual([
      { name: "Logged In", total: 7, counts: [0, 1, 1, 1, 1, 1, 1, 1, 0] },
    ]);
    expect(byDay.users.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(7);
    const byWeek = (await app.csm.get(`${url}&by=week`)).json<Series>();
    expect([byWeek.days, byWeek.events[0]?.counts]).toEqual([
      [day(-8), day(-1)],
      [6, 1],
    ]);
    expect(byWeek.last_event_at.slice(0, 10)).toBe(day(-1));
    const wrong = await app.csm.get(`/api/accounts/acme/usage?from=${day(0)}&to=${day(-1)}`);
    expect([wrong.statusCode, wrong.json().code]).toEqual([422, "bad-value"]);
  });

  test("history tells stored decisions, and facts as they were on each day", async () => {
    const app = await start();
    await app.leader.put("/api/accounts/acme/pin", { level: "low", reason: "asked to be left" });
    const url = `/api/accounts/acme/history?from=${day(-3)}&to=${day(0)}&facts=arr`;
    const told = (await app.csm.get(url)).json<Past>();
    expect(told.days).toEqual([day(-3), day(-2), day(-1), day(0)]);
    expect(told.facts.arr.at(-1)).toBe(200);
    const stored = (await app.csm.get("/api/accounts/acme/timeline?limit=100"))
      .json<Listed>()
      .items.filter(({ kind }) => kind === "decision");
    expect(told.decisions.at(-1)).toMatchObject({
      day: day(0),
      cause: "person",
      level: "low",
      pinned: true,
    });
    expect(told.decisions.length).toBeGreaterThanOrEqual(stored.length);
    expect(told.since).toBe(day(-40));
    const before = (
      await app.csm.get(`/api/accounts/acme/history?from=${day(-60)}&to=${day(-50)}&facts=arr`)
    ).json<Past>();
    expect([before.decisions, new Set(before.facts.arr)]).toEqual([[], new Set([null])]);
    const wrong = await app.csm.get("/api/accounts/acme/history?facts=plan");
    expect(wrong.json()).toMatchObject({ code: "bad-value" });
  });

  test("facts tell where they come from and since when; on a past day what held then", async () => {
    const app = await start();
    app.now += 3 * 86_400_000;
    await app.leader.patch("/api/accounts/acme", { traits: { arr: 60 }, reason: "new contract" });
    const factOf = async (query: string) => {
      const { facts } = (await app.csm.get(`/api/accounts/acme/facts${query}`)).json<{
        facts: { name: string }[];
      }>();
      return facts.find(({ name }) => name === "arr");
    };
    expect(await factOf("")).toMatchObject({
      value: 60,
      kind: "trait",
      trait: "arr",
      since: day(3),
      times: 2,
    });
    expect(await factOf(`?at=${day(1)}`)).toMatchObject({ value: 200, times: 1 });
  });

  test("ties tell the accounts around it, and why its owner is its owner", async () => {
    const app = await start();
    await app.book.import({
      accounts: [account("acme-fr", { name: "Acme France", parentId: "acme" })],
    });
    await app.leader.patch("/api/accounts/acme", { owner: "leader", reason: "speaks French" });
    const acme = (await app.csm.get("/api/accounts/acme/ties")).json();
    expect(acme).toMatchObject({
      owner: "leader",
      owner_name: "The leader",
      by_hand: true,
      imports_say: "The csm",
      changed: { by: "The leader", reason: "speaks French", from: "csm", from_name: "The csm" },
      parent: null,
      children: [{ id: "acme-fr", name: "Acme France" }],
    });
    const child = (await app.csm.get("/api/accounts/acme-fr/ties")).json();
    expect(child.parent).toEqual({ id: "acme", name: "Acme Ltd" });
  });

  test("what would change it: the way to the next level, as deciding really takes it", async () => {
    const app = await start();
    const told = (await app.csm.get("/api/accounts/bolt/what-would-change")).json<Ways>();
    const way = told.level.up.find(({ fact }) => fact === "arr");
    if (!way) throw new Error("no way up by arr");
    const { to, makes: wanted } = way;
    expect(told.level.up[0]).toMatchObject({ makes: expect.any(String) as string });
    const levelWith = async (arr: number) => {
      await app.leader.patch("/api/accounts/bolt", { traits: { arr }, reason: "to see" });
      return (await app.csm.get("/api/accounts/bolt")).json<{ level: string }>().level;
    };
    expect(await levelWith(to - 1)).not.toBe(wanted);
    expect(await levelWith(to)).toBe(wanted);
  });

  test("a past day has its touches as they stood, and what the model says of what is named", async () => {
    const app = await start();
    const touches = (
      await app.csm.get("/api/touches?account=acme&status=planned,due")
    ).json<Listed>().items;
    app.now += 2 * 86_400_000;
    await app.csm.post(`/api/touches/${String(touches[0]?.["id"])}/skip`, { reason: "asked" });
    const then = (await app.csm.get(`/api/accounts/acme/explain?at=${day(0)}`)).json<Then>();
    const one = then.touches.find(({ id }) => id === touches[0]?.["id"]);
    expect(one?.status).toMatch(/planned|due/);
    expect(then.about.levels).toEqual(["high", "low"]);
    expect(then.about.facts).toMatchObject({ arr: { type: "number" } });
  });
});
