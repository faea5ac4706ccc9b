import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestStore } from "../../store/testing/test-store.ts";
import { apiBook } from "../testing/api-book.ts";
import type { TestApp } from "../testing/test-app.ts";

interface Doer {
  readonly doer: string;
  readonly weeks: readonly { readonly minutes: number; readonly capacity: number | null }[];
}

interface Loaded {
  readonly doer: string;
  readonly weeks: readonly {
    readonly week: string;
    readonly touches: number;
    readonly minutes: number;
  }[];
}
interface Side {
  readonly unfit: { readonly touches: number };
  readonly weeks: readonly { readonly minutes: number; readonly capacity: number | null }[];
  readonly doers: readonly {
    readonly doer: string;
    readonly total: { readonly touches: number };
  }[];
}
interface WhatIf {
  readonly before: Side;
  readonly after: Side;
  readonly moves: unknown;
  readonly is_exact: boolean;
}

describe("capacity over HTTP", () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await apiBook(await openTestStore("pglite"));
  });
  afterAll(() => app.close());
  const capacityOf = async (who: string, query = "") => {
    const answer = await app.csm.get(`/api/capacity${query}`);
    expect(answer.statusCode, answer.body).toBe(200);
    const { doers } = answer.json<{ doers: Doer[] }>();
    return doers.find(({ doer }) => doer === who)?.weeks.map(({ capacity }) => capacity);
  };

  test("what is said of the team by API is what its hours are reckoned from", async () => {
    const eve = {
      name: "Eve",
      role: "CSM",
      hours_per_week: 30,
      pod: "north",
      timezone: "Europe/Paris",
      region: "EMEA",
      languages: ["fr"],
      skills: ["risk"],
      starts_on: "2026-02-03",
    };
    expect((await app.admin.put("/api/team/eve", eve)).json()).toMatchObject({ id: "eve", ...eve });
    // the second month begins on Tuesday 3 March: half of four days, then of five
    expect(await capacityOf("eve", "?weeks=2")).toEqual([4 * 180, 5 * 180]);
    expect((await app.admin.put("/api/team/eve", { starts_on: null })).json().starts_on).toBeNull();
    expect(await capacityOf("eve", "?weeks=2")).toEqual([1800, 1800]);
    const leave = [{ from: "2026-03-05", to: "2026-03-09" }];
    await app.leader.put("/api/team/eve/leave", { leave });
    expect(await capacityOf("eve", "?weeks=2")).toEqual([3 * 360, 4 * 360]);
    await app.admin.put("/api/team/eve/end", { on: "2026-03-10", reason: "moves on" });
    expect(await capacityOf("eve", "?weeks=2")).toEqual([3 * 360, 360]);
  });

  test("a question that makes no sense is answered with what would", async () => {
    const ask = async (query: string) =>
      (await app.leader.get(`/api/capacity?${query}`)).json<{ readonly what_if: unknown }>();
    expect(await ask("weeks=0")).toMatchObject({ status: 400 });
    expect(await ask("add_head=suport")).toMatchObject({
      code: "bad-value",
      hint: "Did you mean `support`?",
    });
    expect(await ask("leave=evi:2026-03-02..2026-03-03")).toMatchObject({
      code: "unknown-member",
      hint: "Did you mean `eve`?",
    });
    const { what_if: whatIf } = await ask("add_head=csm&leave=eve:2026-03-02..2026-03-03");
    expect(whatIf).toMatchObject([
      { change: { kind: "add-head", role: "csm", pod: null, from: "2026-03-02" } },
      { change: { kind: "leave", member: "eve" }, minutes: -2 * 360 },
    ]);
  });

  test("each cell of the load opens as many touches and minutes as it says", async () => {
    const { doers } = (await app.csm.get("/api/capacity?weeks=3")).json<{ doers: Loaded[] }>();
    const cells = doers.flatMap(({ doer, weeks }) => weeks.map((one) => ({ doer, ...one })));
    expect(cells.some(({ touches }) => touches > 0)).toBe(true);
    for (const { doer, week, touches, minutes } of cells) {
      const query = `doer=${doer}&week=${week}&weeks=3`;
      const { items } = (await app.csm.get(`/api/capacity/touches?${query}`)).json<{
        items: { minutes: number }[];
      }>();
      expect([items.length, items.reduce((sum, one) => sum + one.minutes, 0)]).toEqual([
        touches,
        minutes,
      ]);
    }
  });

  test("what-ifs change nothing: fewer hours, a head more, leave, another threshold", async () => {
    const ask = async (body: object) => {
      const answer = await app.csm.post("/api/capacity/what-if", { weeks: 2, ...body });
      expect(answer.statusCode, answer.body).toBe(200);
      return answer.json<WhatIf>();
    };
    const thresholds = (await app.csm.get("/api/capacity/thresholds")).json();
    expect(thresholds.items).toEqual([
      { id: "arr 100", fact: "arr", value: 100, unit: "EUR", used: ["segments.worth.big"] },
    ]);
    const { before, after } = await ask({});
    expect(after).toMatchObject(before);
    const most = before.weeks[0]?.capacity ?? 0;
    expect(most).toBeGreaterThan(0);
    const none = await ask({ hours: -40 });
    expect(none.after.weeks[0]?.capacity).toBe(0);
    expect(none.after.unfit.touches).toBeGreaterThan(before.unfit.touches);
    const more = await ask({ hours: -40, heads: [{ role: "csm", count: 1 }] });
    // a new head has those hours fewer, too: none at all
    expect(more.after.unfit).toEqual(none.after.unfit);
    const fewer = await ask({ hours: -30, heads: [{ role: "csm", count: -1 }] });
    const shorter = await ask({ hours: -30 });
    const has = ({ after: { weeks } }: WhatIf) => weeks[1]?.capacity ?? 0;
    expect(has(fewer)).toBeLessThan(has(shorter));
    for (const { doer, total } of fewer.after.doers) {
      const body = { weeks: 2, hours: -30, heads: [{ role: "csm", count: -1 }], doer };
      const tried = await app.csm.post("/api/capacity/what-if/touches", body);
      expect(tried.json().items.length, doer).toBe(total.touches);
    }
    const other = await ask({ thresholds: [{ id: "arr 100", value: 180 }] });
    expect(other.moves).toEqual([{ from: "high", to: "low", accounts: 1, revenue: 150 }]);
    expect(other.is_exact).toBe(true);
    expect(await ask({})).toEqual({ ...other, after, moves: null });
    const refused = await app.csm.post("/api/capacity/what-if", {
      thresholds: [{ id: "arr 7", value: 1 }],
    });
    expect(refused.json()).toMatchObject({ code: "bad-value" });
    const tooFew = { heads: [{ role: "csm", count: -50 }] };
    expect((await app.csm.post("/api/capacity/what-if", tooFew)).json().detail).toContain("csm");
  });
});
