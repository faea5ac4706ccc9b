import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Store, TeamRow } from "../engine/ports.ts";
import { accountRow, evaluatedNow, moment, TODAY } from "./testing/sample-rows.ts";
import { ENGINES } from "./testing/test-database.ts";
import { openTestStore } from "./testing/test-store.ts";

describe.each(ENGINES)("on %s", (engine) => {
  let store: Store;
  beforeAll(async () => {
    store = await openTestStore(engine);
  });
  afterAll(() => store.close());

  test("models get the next version, the newest is live, each is in the log", async () => {
    expect(await store.models.live()).toBeNull();
    const model = {
      name: "Four tiers",
      hash: "sha256:1",
      source: "touchstone: 1\n# ünïcode\n",
      messages: { "welcome.en": "Hi {{ name }}" },
      appliedAt: moment().now,
      by: "ann",
      reason: null,
    };
    expect(await store.models.add(model)).toBe(1);
    expect(await store.models.add({ ...model, hash: "sha256:2", by: null, reason: "better" })).toBe(
      2,
    );
    const whole = { ...model, version: 1, parent: null, existing: "all" };
    expect(await store.models.version(1)).toEqual(whole);
    expect(await store.models.live()).toMatchObject({
      version: 2,
      hash: "sha256:2",
      reason: "better",
      parent: 1,
    });
    expect(await store.models.version(3)).toBeNull();
    const { source: _, messages: __, ...listed } = whole;
    expect((await store.models.list()).map(({ version }) => version)).toEqual([2, 1]);
    expect((await store.models.list())[1]).toEqual(listed);
    expect(
      (await store.audit.list({ limit: 9 })).map(({ what, by, details }) => [what, by, details]),
    ).toEqual([
      ["model applied", null, { version: 2, name: "Four tiers", hash: "sha256:2" }],
      ["model applied", "ann", { version: 1, name: "Four tiers", hash: "sha256:1" }],
    ]);
  });

  test("a new model marks every account to be decided", async () => {
    await store.intake.accounts([accountRow("a"), accountRow("b")], moment());
    await store.accounts.save(
      [
        await evaluatedNow(store, "a", { modelVersion: 2 }),
        await evaluatedNow(store, "b", { modelVersion: 2 }),
      ],
      moment(),
    );
    expect(await store.accounts.ids({ toDecideOn: TODAY })).toEqual([]);
    const model = { name: "N", hash: "n", source: "", messages: {}, by: null, reason: null };
    await store.models.add({ ...model, appliedAt: 0 });
    expect((await store.accounts.ids({ toDecideOn: TODAY })).toSorted()).toEqual(["a", "b"]);
  });

  test("two that apply at once get two versions", async () => {
    const model = {
      name: "N",
      hash: "h",
      source: "",
      messages: {},
      appliedAt: 0,
      by: null,
      reason: null,
    };
    const versions = await Promise.all([store.models.add(model), store.models.add(model)]);
    expect(Math.abs(versions[0] - versions[1])).toBe(1);
  });

  const member: TeamRow = {
    id: "ann",
    name: "Ann",
    email: "ann@us.test",
    role: "csm",
    access: "csm",
    hoursPerWeek: 37.5,
    pod: "north",
    timezone: "Europe/Paris",
    region: null,
    languages: ["en", "fr"],
    skills: [],
    startsOn: TODAY,
    leave: [{ from: TODAY + 1, to: TODAY + 5 }],
  };

  test("the team is written by id; who is left out stays, the same again is unchanged", async () => {
    const bob = { ...member, id: "bob", startsOn: null, leave: [], hoursPerWeek: null };
    expect(await store.team.write([{ ...member, row: 1 }, bob], moment())).toMatchObject({
      written: 2,
      unchanged: 0,
    });
    expect(await store.team.write([member], moment())).toMatchObject({ written: 0, unchanged: 1 });
    expect(await store.team.write([{ ...member, skills: ["x"] }], moment())).toMatchObject({
      written: 1,
    });
    expect(await store.team.list()).toEqual([
      { ...member, skills: ["x"], endsOn: null },
      { ...bob, endsOn: null },
    ]);
  });

  test("settings are set, replaced and removed", async () => {
    expect(await store.settings.get("paused")).toBeNull();
    await store.settings.set("paused", { email: true });
    await store.settings.set("paused", ["all", null, 1.5]);
    expect(await store.settings.get("paused")).toEqual(["all", null, 1.5]);
    await store.settings.remove("paused");
    expect(await store.settings.get("paused")).toBeNull();
  });

  test("the log has what was done, newest first, of one account or of all", async () => {
    const entry = {
      by: "ann",
      what: "pin",
      account: "acme",
      reason: "asked for",
      details: { level: "high" },
    };
    await store.audit.add(entry, moment(TODAY + 1));
    await store.audit.add({ ...entry, account: "other" }, moment(TODAY + 2));
    expect(await store.audit.list({ account: "acme", limit: 9 })).toEqual([
      { ...entry, at: moment(TODAY + 1).now },
    ]);
    expect((await store.audit.list({ limit: 2 })).map(({ account }) => account)).toEqual([
      "other",
      "acme",
    ]);
  });
});
