import { afterEach, describe, expect, test } from "vitest";
import { LATER_MODEL } from "../../engine/testing/small-model.ts";
import { ENGINES } from "../../store/testing/test-database.ts";
import { openTestStore } from "../../store/testing/test-store.ts";
import type { Listed } from "../testing/answers.ts";
import { apiBook } from "../testing/api-book.ts";
import type { TestApp } from "../testing/test-app.ts";

const SOURCE = LATER_MODEL.replace("hold: 3d", "hold: 0d");

describe.each(ENGINES)("changing the model over HTTP, on %s", (engine) => {
  let open: TestApp | undefined;
  afterEach(() => open?.close());
  const start = async () => (open = await apiBook(await openTestStore(engine)));

  test("is shown first, held to what was shown, recorded, and taken back", async () => {
    const app = await start();
    const allow = ["over-capacity", "accounts-without-program"];
    expect((await app.leader.post("/api/models/plan", { source: SOURCE })).statusCode).toBe(403);
    const planned = await app.ops.post("/api/models/plan", { source: SOURCE, allow });
    expect(planned.statusCode, planned.body).toBe(200);
    const plan = planned.json();
    expect(plan).toMatchObject({
      today: "2026-03-02",
      is_same: false,
      live: { version: 1 },
      accounts: { total: 3, moving: 2 },
    });
    expect((await app.csm.get("/api/models/live")).json().version).toBe(1);

    // reality moves: an account's level is pinned
    const pin = { level: "low", until: "2026-03-20", reason: "quiet please" };
    expect((await app.leader.put("/api/accounts/acme/pin", pin)).statusCode).toBe(200);
    const apply = { source: SOURCE, allow, reason: "fewer in high touch", existing: "new" };
    const late = await app.ops.post("/api/models/apply", { ...apply, existing: "all", plan });
    expect(late.json()).toMatchObject({
      status: 409,
      code: "plan-outdated",
      errors: [{ path: "accounts/acme", message: expect.stringContaining("level: high → low") }],
    });
    const fresh = (
      await app.ops.post("/api/models/plan", { source: SOURCE, allow, existing: "new" })
    ).json();
    const other = await app.ops.post("/api/models/apply", {
      ...apply,
      existing: "all",
      plan: fresh,
    });
    expect(other.json()).toMatchObject({ status: 422, code: "bad-value" });
    const done = await app.ops.post("/api/models/apply", { ...apply, plan: fresh });
    expect(done.json()).toMatchObject({ version: 2, is_new: true, accounts: 3, decided: 3 });
    expect((await app.csm.get("/api/accounts/core")).json().base_level).toBe("low");
    expect((await app.csm.get("/api/models/2")).json()).toMatchObject({
      parent: 1,
      existing: "new",
      reason: "fewer in high touch",
      live: true,
    });

    const preview = (await app.ops.get("/api/models/rollback")).json();
    expect((await app.csm.get("/api/models/live")).json().version).toBe(2);
    const back = await app.ops.post("/api/models/rollback", { reason: "they miss us" });
    expect(back.json()).toEqual(preview);
    expect(preview).toMatchObject({
      from: { version: 2 },
      to: { version: 1 },
      accounts: { total: 3, restored: 3 },
      is_kept: true,
    });
    expect((await app.csm.get("/api/accounts/core")).json().base_level).toBe("high");
    const versions = (await app.csm.get("/api/models")).json<Listed>().items;
    expect(versions.map(({ version, live }) => [version, live])).toEqual([
      [2, false],
      [1, true],
    ]);
    const changes = (await app.csm.get("/api/models/changes")).json<Listed>().items;
    expect(changes.map(({ kind, version, reason }) => [kind, version, reason])).toEqual([
      ["rollback", 1, "they miss us"],
      ["apply", 2, "fewer in high touch"],
      ["apply", 1, null],
    ]);
    expect((await app.ops.post("/api/models/rollback", { reason: "x" })).json().code).toBe(
      "nothing-before",
    );
  });

  test("a problem that blocks refuses, each said with its place", async () => {
    const app = await start();
    const source = SOURCE.replace(`when: level == "high"`, "when: arr > 100000");
    const refused = await app.ops.post("/api/models/apply", { source, reason: "x" });
    expect(refused.json()).toMatchObject({ status: 409, code: "plan-blocked" });
    expect(refused.json().errors[0].message).toContain("accounts-without-program");
    expect((await app.csm.get("/api/models/live")).json().version).toBe(1);
  });
});
