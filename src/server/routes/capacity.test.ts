import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestStore } from "../../store/testing/test-store.ts";
import { apiBook } from "../testing/api-book.ts";
import type { TestApp } from "../testing/test-app.ts";

interface Doer {
  readonly doer: string;
  readonly weeks: readonly { readonly minutes: number; readonly capacity: number | null }[];
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
});
