import { afterEach, describe, expect, test } from "vitest";
import { openChannels } from "../../deliver/open-channels.ts";
import { TEST_SETTINGS } from "../../engine/testing/settings.ts";
import { GO_LIVE, login } from "../../engine/testing/book.ts";
import { SMALL_MODEL } from "../../engine/testing/small-model.ts";
import { ENGINES } from "../../store/testing/test-database.ts";
import { openTestStore } from "../../store/testing/test-store.ts";
import { apiBook } from "../testing/api-book.ts";
import type { TestCaller } from "../testing/test-app.ts";

const DAY = 86_400_000;

interface Row {
  readonly id: string;
  readonly account: string;
  readonly due: string;
  readonly why: string;
  readonly may_change: boolean;
  readonly snoozed_until: string | null;
}
interface Day {
  readonly owner: { readonly id: string } | null;
  readonly due: readonly Row[];
  readonly coming: readonly Row[];
  readonly open: readonly Row[];
  readonly snoozed: readonly Row[];
  readonly done: readonly { readonly id: string }[];
  readonly next: Row | null;
  readonly load: { readonly weeks: readonly { readonly days: readonly unknown[] }[] } | null;
}

describe.each(ENGINES)("a day's list over HTTP, on %s", (engine) => {
  type Open = Awaited<ReturnType<typeof apiBook>>;
  let open: Open | undefined;
  afterEach(() => open?.close());
  /** On a Thursday, the day on which the first calls are due. */
  async function start(): Promise<Open> {
    open = await apiBook(await openTestStore(engine), { channels: openChannels(TEST_SETTINGS) });
    await open.book.on(GO_LIVE + 3, 9).decide();
    open.now = open.book.now;
    return open;
  }
  const day = async (who: TestCaller, query = ""): Promise<Day> => {
    const answer = await who.get(`/api/today${query}`);
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json<Day>();
  };
  const accounts = (rows: readonly Row[]): string[] => rows.map(({ account }) => account);

  test("is that of whoever asks, or of whom they ask for, or everybody's", async () => {
    const app = await start();
    const mine = await day(app.csm);
    expect(mine.owner).toMatchObject({ id: "csm" });
    expect(accounts(mine.due)).toEqual(["acme"]);
    expect(mine.due[0]).toMatchObject({
      account_name: "Acme Ltd",
      title: "Call",
      channel: "call",
      due: "2026-03-05",
      overdue_days: 0,
      minutes: 30,
      why: "Every 2 weeks while level is high (worth is big).",
      place: ["EUR 200 renews in 88 days", "health is yellow"],
      revenue: 200,
      renews_on: "2026-06-01",
      level: "high",
      health: { band: "yellow" },
      results: ["held", "no_show", "replied", "converted", "dismissed"],
      asks: [{ trait: "champion", type: "boolean", values: null, known: false }],
      may_change: true,
    });
    const theirs = await day(app.csm, "?owner=leader");
    expect(theirs.due).toMatchObject([{ account: "core", may_change: false }]);
    expect((await day(app.leader, "?owner=csm")).due[0]?.may_change).toBe(true);
    const all = await day(app.ops, "?owner=all");
    expect(accounts(all.due)).toEqual(expect.arrayContaining(["acme", "core"]));
    expect([all.owner, all.load]).toEqual([null, null]);
    const reader = await app.withKey(["read"]);
    expect((await day(reader)).due.every(({ may_change }) => !may_change)).toBe(true);
    const nobody = await app.csm.get("/api/today?owner=csn");
    expect(nobody.json()).toMatchObject({ code: "unknown-member", hint: "Did you mean `csm`?" });
  });

  test("says what is late, what is done and what comes next, and how full the week is", async () => {
    const app = await start();
    app.now += 4 * DAY;
    await app.book.on(GO_LIVE + 7, 9).decide();
    const late = await day(app.csm);
    expect(late.due[0]).toMatchObject({
      overdue_days: 4,
      place: ["4 days overdue", "EUR 200 renews in 84 days", "health is red"],
    });
    expect(late.load?.weeks[0]).toMatchObject({ week: "2026-03-09", minutes: 30, touches: 1 });
    expect(late.load?.weeks[0]?.days).toMatchObject([
      { day: "2026-03-09", capacity: 480, minutes: 30, touches: 1 },
      { day: "2026-03-10", touches: 0 },
      { day: "2026-03-11", touches: 0 },
      { day: "2026-03-12", touches: 0 },
      { day: "2026-03-13", touches: 0 },
      { day: "2026-03-14", working: false },
      { day: "2026-03-15", working: false },
    ]);
    const { id = "" } = late.due[0] ?? {};
    await app.csm.post(`/api/touches/${id}/done`, { result: "held", minutes: 20 });
    const after = await day(app.csm);
    expect(after.due).toEqual([]);
    expect(after.done).toMatchObject([{ id, account_name: "Acme Ltd", result: "held" }]);
    expect(after.coming[0]).toMatchObject({ account: "acme", due: "2026-03-19" });
  });

  test("leaves out what is snoozed until its time has come", async () => {
    const app = await start();
    const [row] = (await day(app.csm)).due;
    const until = new Date(app.now + 3_600_000).toISOString();
    const post = (verb: string, body: object) =>
      app.csm.post(`/api/touches/${row?.id}/${verb}`, body);
    expect((await post("snooze", { until })).statusCode).toBe(200);
    const hidden = await day(app.csm);
    expect(hidden.due).toEqual([]);
    expect(hidden.snoozed).toMatchObject([
      { id: row?.id, snoozed_until: until.replace(".000", "") },
    ]);
    app.now += 3_600_001;
    expect(accounts((await day(app.csm)).due)).toEqual(["acme"]);
    const moved = await post("reschedule", { due: "2026-03-10", reason: "their wish" });
    expect(moved.json().touch).toMatchObject({ due: "2026-03-10", status: "planned" });
    expect((await day(app.csm)).coming[0]).toMatchObject({
      id: row?.id,
      why: "Every 2 weeks while level is high (worth is big). Moved by hand: their wish.",
    });
    for (const body of [{ reason: "x" }, { due: "2026-03-10" }, { due: "x", reason: "y" }])
      expect((await post("reschedule", body)).statusCode).toBe(400);
    expect((await post("snooze", {})).statusCode).toBe(400);
  });

  test("others' touches can be moved and snoozed by nobody but leaders", async () => {
    const app = await start();
    const [row] = (await day(app.csm, "?owner=leader")).due;
    const bodies = {
      reschedule: { due: "2026-03-10", reason: "x" },
      snooze: { until: new Date(app.now + 1000).toISOString() },
    };
    for (const [verb, body] of Object.entries(bodies)) {
      const url = `/api/touches/${row?.id}/${verb}`;
      expect((await app.csm.post(url, body)).json()).toMatchObject({ code: "forbidden" });
      expect((await app.leader.post(url, body)).statusCode).toBe(200);
    }
  });

  test("what is the pool's is on the list of whoever may take it, and is theirs once taken", async () => {
    const app = await start();
    await app.leader.put("/api/accounts/bolt/pin", { level: "high", reason: "they ask" });
    app.now += 4 * DAY;
    await app.book.on(GO_LIVE + 7, 9).decide();
    const seen = await day(app.csm);
    expect(accounts(seen.open)).toContain("bolt");
    expect(accounts(seen.due)).not.toContain("bolt");
    expect(accounts((await day(app.leader, "?owner=nobody")).due)).toContain("bolt");
    expect(accounts((await day(app.csm, "?owner=all")).open)).toEqual([]);
    const id = seen.open.find(({ account }) => account === "bolt")?.id;
    const assign = (owner: string) =>
      app.csm.post(`/api/touches/${id}/assign`, { owner, reason: "I know them" });
    expect((await app.csm.post(`/api/touches/${id}/done`, { result: "held" })).statusCode).toBe(
      403,
    );
    expect((await assign("leader")).statusCode).toBe(403);
    expect((await assign("csm")).statusCode).toBe(200);
    const taken = await day(app.csm);
    expect(taken.due.find((row) => row.id === id)).toMatchObject({ may_change: true });
    expect(taken.open.map((row) => row.id)).not.toContain(id);
    expect((await app.csm.post(`/api/touches/${id}/done`, { result: "held" })).statusCode).toBe(
      200,
    );
  });

  test("a touch's brief has all that one needs for the call", async () => {
    const app = await start();
    const [row] = (await day(app.csm)).due;
    const brief = async () =>
      (await app.csm.get(`/api/touches/${row?.id}/brief`)).json<{ since: { day: string } }>();
    expect(await brief()).toMatchObject({
      touch: { id: row?.id, why: row?.why, may_change: true },
      account: { id: "acme", name: "Acme Ltd", owner: "csm", owner_name: "The csm" },
      health: {
        band: "yellow",
        was: { band: "red", score: 0, on: "2026-02-03" },
        measures: [
          { name: "usage", rule: "logins_7d * 20", actual: { logins_7d: expect.any(Number) } },
        ],
      },
      stage: {
        name: "onboarding",
        exit: [
          { name: "called", met: false, rule: "known(last_call)", actual: { last_call: null } },
        ],
      },
      level: { name: "high", because: [] },
      since: { day: "2026-02-03", touch: null },
      contacts: [{ name: "Ann Archer", role: "admin", opt_outs: [] }, { name: "Bob Baker" }],
      contact_count: 2,
      notes: [],
      action_items: [],
      talking_points: null,
      appointment: null,
      next_of_series: "2026-03-19",
    });
    await app.csm.put("/api/contacts/acme/ann/opt-outs", { channels: ["email"], reason: "asked" });
    await app.csm.post(`/api/touches/${row?.id}/done`, {
      result: "held",
      note: "they grow",
      action_items: [{ text: "send the slides", owner: "csm", due: "2026-03-09" }],
    });
    app.now += 3 * DAY;
    await app.book.import({
      events: [4, 5].map((n) => login("acme", GO_LIVE + n)),
    });
    await app.book.on(GO_LIVE + 6, 9).decide();
    expect(await brief()).toMatchObject({
      contacts: [{ opt_outs: ["email"] }, {}],
      notes: [{ note: "they grow", by: "The csm", touch: { id: row?.id } }],
      action_items: [{ text: "send the slides", due: "2026-03-09", touch: row?.id }],
      since: { day: "2026-03-05", touch: { id: row?.id, result: "held" } },
      stage: { name: "growth" },
    });
    expect((await app.csm.get("/api/touches/none/brief")).statusCode).toBe(404);
  });

  test("a promise is ticked off by whoever may change the touch it was made in", async () => {
    const app = await start();
    const open = async () => {
      const answer = await app.leader.get(
        "/api/touches?account=core&human=true&status=planned,due",
      );
      return answer.json<{ items: readonly { id: string }[] }>().items[0]?.id ?? "";
    };
    const first = await open();
    const promised = [{ text: "send the slides", owner: "leader" }];
    const done = { result: "held", action_items: promised };
    expect((await app.leader.post(`/api/touches/${first}/done`, done)).statusCode).toBe(200);
    const next = await open();
    expect(next).not.toBe(first);
    const toCsm = { owner: "csm", reason: "help out" };
    expect((await app.leader.post(`/api/touches/${next}/assign`, toCsm)).statusCode).toBe(200);
    const brief = async (who: TestCaller) =>
      (await who.get(`/api/touches/${next}/brief`)).json<object>();
    const item = { text: "send the slides", touch: first };
    expect(await brief(app.csm)).toMatchObject({
      touch: { may_change: true },
      action_items: [{ ...item, may_change: false }],
    });
    const tick = await app.csm.post(`/api/touches/${first}/notes`, { action_items: [] });
    expect(tick.statusCode).toBe(403);
    expect(await brief(app.leader)).toMatchObject({
      action_items: [{ ...item, may_change: true }],
    });
  });

  test("a brief's talking points are the touchpoint's message, filled in", async () => {
    const app = await start();
    const source = SMALL_MODEL.replace("asks: [champion]", "asks: [champion], template: talk");
    const apply = (text: string) =>
      app.ops.post("/api/models/apply", {
        source,
        messages: { "talk.en": text },
        allow: ["over-capacity", "accounts-without-program"],
        reason: "words",
      });
    const points = async () => {
      const [row] = (await day(app.csm)).due;
      const answer = await app.csm.get(`/api/touches/${row?.id}/brief`);
      return answer.json<{ talking_points: unknown }>().talking_points;
    };
    const text = "subject: Call {{ account.name }}\n\n1. They pay {{ facts.arr }}.\n";
    const applied = await apply(text);
    expect(applied.statusCode, applied.body).toBe(200);
    expect(await points()).toMatchObject({
      subject: "Call Acme Ltd",
      text: expect.stringContaining("They pay 200."),
      html: expect.stringContaining("<li"),
      problem: null,
    });
  });
});
