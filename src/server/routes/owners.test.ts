import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { formatDay } from "../../core/time/day.ts";
import { GO_LIVE } from "../../engine/testing/book.ts";
import { ENGINES } from "../../store/testing/test-database.ts";
import { openTestStore } from "../../store/testing/test-store.ts";
import type { Listed } from "../testing/answers.ts";
import { apiBook } from "../testing/api-book.ts";
import type { TestApp } from "../testing/test-app.ts";

const reason = "a better fit";

interface Changed {
  readonly changed: readonly {
    readonly account: string;
    readonly from: string | null;
    readonly to: string | null;
    readonly touches_moved: number;
    readonly tasks: readonly { readonly title: string; readonly owner: string | null }[];
  }[];
}

describe.each(ENGINES)("owners on %s", (engine) => {
  let app: TestApp;
  beforeEach(async () => {
    app = await apiBook(await openTestStore(engine));
  });
  afterEach(() => app.close());

  const openTouches = async (query: string) =>
    (await app.csm.get(`/api/touches?status=planned,due&human=true&${query}`)).json<Listed>().items;

  test("everybody sees who owns what and what is suggested; a leader makes it so", async () => {
    await app.leader.post("/api/accounts/core/owner", { owner: null, reason });
    const report = (await app.csm.get("/api/owners")).json();
    expect(report.levels).toMatchObject([
      { level: "high", by: "csm", accounts: 2, without: 1, examples: ["core labs"] },
      { level: "low", by: "pool", accounts: 1, too_much: 0 },
    ]);
    const { suggestions } = (await app.csm.get("/api/owners/suggestions")).json();
    expect(suggestions).toMatchObject([
      {
        account: "core",
        from: null,
        by: "csm",
        reasons: [expect.stringContaining("it has nobody"), expect.any(String)],
      },
    ]);
    const { to } = suggestions[0];
    const asCsm = await app.csm.post("/api/owners/accept", { all: true });
    expect(asCsm.statusCode).toBe(403);
    const refused = await app.leader.post("/api/owners/accept", {
      accounts: [{ account: "core", owner: "csm" === to ? "ops" : "csm" }],
    });
    expect([refused.statusCode, refused.json().code]).toEqual([409, "not-suggested"]);
    const accepted = await app.leader.post("/api/owners/accept", {
      accounts: [{ account: "core", owner: to }],
    });
    expect(accepted.json<Changed>().changed).toMatchObject([
      { account: "core", from: null, to, tasks: [] },
    ]);
    expect((await app.csm.get("/api/owners/suggestions")).json().suggestions).toEqual([]);
    expect(
      (await app.leader.post("/api/owners/accept", { all: true })).json<Changed>().changed,
    ).toEqual([]);
  });

  test("giving an account to somebody is on record, comes with tasks, and is done once", async () => {
    const give = () =>
      app.leader.post(
        "/api/accounts/acme/owner",
        { owner: "ops", reason },
        { headers: { "idempotency-key": "give acme" } },
      );
    const first = (await give()).json<Changed>();
    expect(first.changed).toMatchObject([
      {
        account: "acme",
        from: "csm",
        to: "ops",
        tasks: [
          { title: "Hand-over notes for The ops", owner: "csm" },
          { title: "Introduction: take over from The csm", owner: "ops" },
        ],
      },
    ]);
    expect(first.changed[0]?.touches_moved).toBeGreaterThan(0);
    expect((await give()).json()).toEqual(first);
    const { items } = (await app.leader.get("/api/audit?account=acme")).json<Listed>();
    expect(items.filter(({ what }) => what === "owner changed")).toMatchObject([
      { by: "The leader", account: "acme", reason, details: { from: "csm", to: "ops" } },
    ]);
    expect((await openTouches("account=acme")).map(({ owner }) => owner).toSorted()).toEqual([
      "csm",
      ...Array.from({ length: first.changed[0]!.touches_moved + 1 }, () => "ops"),
    ]);
    for (const [who, body, status] of [
      [app.csm, { owner: "csm", reason }, 403],
      [app.leader, { owner: "nobdy", reason }, 404],
      [app.leader, { owner: "csm" }, 400],
    ] as const)
      expect((await who.post("/api/accounts/acme/owner", body)).statusCode).toBe(status);
  });

  test("whoever stands in sees the touch and may do it; before that they may not", async () => {
    const [touch] = await openTouches("account=core");
    const done = () =>
      app.csm.post(`/api/touches/${String(touch?.["id"])}/done`, { result: "held" });
    expect(touch).toMatchObject({ owner: "leader", doer: "leader", stands_in_for: null });
    expect((await done()).statusCode).toBe(403);
    const leave = [{ from: formatDay(GO_LIVE - 1), to: formatDay(GO_LIVE + 90) }];
    for (const id of ["leader", "csm"]) await app.admin.put(`/api/team/${id}`, { pod: "north" });
    expect((await app.leader.put("/api/team/leader/leave", { leave })).statusCode).toBe(200);
    const [standIn] = await openTouches("owner=csm&account=core");
    expect(standIn).toMatchObject({
      id: touch?.["id"],
      owner: "leader",
      doer: "csm",
      stands_in_for: "leader",
    });
    expect((await done()).statusCode).toBe(200);
  });
});
