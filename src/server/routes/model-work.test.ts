import { afterEach, describe, expect, test } from "vitest";
import { LATER_MODEL, SMALL_MODEL } from "../../engine/testing/small-model.ts";
import { ENGINES } from "../../store/testing/test-database.ts";
import { openTestStore } from "../../store/testing/test-store.ts";
import { apiBook } from "../testing/api-book.ts";
import type { TestApp } from "../testing/test-app.ts";

const SOURCE = LATER_MODEL.replace("hold: 3d", "hold: 0d");
const SCENARIOS = `model: model.yaml
cases:
  - name: a big one is called
    at: 2026-03-02T09:00:00Z
    account: { id: a, traits: { arr: 400, created_at: 2024-01-10 } }
    expect: { level: high }
`;

describe.each(ENGINES)("working on the model over HTTP, on %s", (engine) => {
  let open: TestApp | undefined;
  afterEach(() => open?.close());
  const start = async () => (open = await apiBook(await openTestStore(engine)));

  test("a draft is kept for each person, with the version it was made from", async () => {
    const app = await start();
    expect((await app.leader.get("/api/models/draft")).statusCode).toBe(403);
    expect((await app.ops.get("/api/models/draft")).json()).toEqual({ draft: null });
    const sent = { source: "levles:", messages: {}, scenarios: { "scenarios.yaml": "x" }, base: 1 };
    const kept = await app.ops.put("/api/models/draft", { ...sent, rev: null });
    expect(kept.json(), kept.body).toEqual({ rev: 1, live: 1 });
    const late = await app.ops.put("/api/models/draft", { ...sent, source: "y", rev: null });
    expect(late.json()).toMatchObject({ status: 412, code: "changed-by-other" });
    expect((await app.admin.get("/api/models/draft")).json()).toEqual({ draft: null });

    const allow = ["over-capacity", "accounts-without-program"];
    const apply = { source: SOURCE, allow, reason: "fewer in high touch" };
    expect((await app.admin.post("/api/models/apply", apply)).statusCode).toBe(200);
    const { draft } = (await app.ops.get("/api/models/draft")).json();
    expect(draft).toMatchObject({ ...sent, rev: 1, live: 2, base: 1 });
    expect((await app.ops.delete("/api/models/draft")).json()).toEqual({ dropped: true });
  });

  test("the impact of a change is shown to ops, and versions are compared for all", async () => {
    const app = await start();
    expect((await app.csm.post("/api/models/impact", { source: SOURCE })).statusCode).toBe(403);
    const impact = (await app.ops.post("/api/models/impact", { source: SOURCE })).json();
    expect(impact).toMatchObject({
      today: "2026-03-02",
      live: { version: 1 },
      accounts: { total: 3, moving: 2, revenue: 370, revenue_moving: 350 },
      exact: { moves: true, work: true },
    });
    expect(impact.movers[0]).toMatchObject({
      account: "acme",
      moves: expect.arrayContaining([{ what: "level", from: "high", to: "low" }]),
    });
    const broken = await app.ops.post("/api/models/impact", { source: "levels: 3" });
    expect(broken.json()).toMatchObject({ status: 422, code: "invalid-model" });

    const allow = ["over-capacity", "accounts-without-program"];
    await app.ops.post("/api/models/apply", { source: SOURCE, allow, reason: "x" });
    const diff = (await app.csm.get("/api/models/diff?from=1&to=2")).json();
    expect(diff.changes.length).toBeGreaterThan(0);
    expect(diff.changes[0].sentence).toEqual(expect.any(String));
    expect((await app.csm.get("/api/models/diff?from=1&to=9")).json().code).toBe("unknown-version");
  });

  test("scenarios are kept beside the model and run on what is posted", async () => {
    const app = await start();
    const files = { "scenarios.yaml": SCENARIOS };
    expect((await app.leader.put("/api/models/scenarios", { files })).statusCode).toBe(403);
    const bad = await app.ops.put("/api/models/scenarios", { files: { "../x.yaml": "" } });
    expect(bad.statusCode).toBe(400);
    expect((await app.ops.put("/api/models/scenarios", { files })).json()).toEqual({
      changed: true,
    });
    expect((await app.csm.get("/api/models/scenarios")).json()).toEqual({ files });
    const run = (source: string, text = SCENARIOS) =>
      app.ops.post("/api/models/scenarios/run", {
        source,
        scenarios: { "sub/scenarios.yaml": text.replace("model.yaml", "../model.yaml") },
      });
    expect((await run(SMALL_MODEL)).json()).toMatchObject({ passed: 1, failed: 0 });
    expect((await run(SOURCE)).json()).toMatchObject({
      passed: 0,
      failed: 1,
      files: [
        {
          file: "sub/scenarios.yaml",
          cases: [
            {
              line: 3,
              failures: [
                { step: 0, mismatches: [{ what: "level", expected: "high", actual: "low" }] },
              ],
            },
          ],
        },
      ],
    });
    const typo = (await run(SMALL_MODEL, SCENARIOS.replace("traits", "trails"))).json();
    expect(typo.files[0].diagnostics).toMatchObject([{ severity: "error", line: 5 }]);
  });

  test("anybody may look at segments and the lifecycle in numbers", async () => {
    const app = await start();
    const overlaps = (await app.csm.get("/api/segments/overlaps")).json();
    expect(overlaps).toMatchObject({ accounts: 3, revenue: 370 });
    const flow = (await app.csm.get("/api/lifecycle")).json();
    expect(flow.stages.length).toBeGreaterThan(0);
    const stage = String(flow.stages[0].name);
    const stuck = (await app.csm.get(`/api/lifecycle/${stage}/stuck?limit=5`)).json();
    expect(stuck.total).toBe(flow.stages[0].overdue);
    expect((await app.csm.get("/api/lifecycle/nowhere/stuck")).json().code).toBe("bad-value");
  });
});
