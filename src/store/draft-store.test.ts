import { afterEach, describe, expect, test } from "vitest";
import type { Store } from "../engine/ports.ts";
import { ENGINES } from "./testing/test-database.ts";
import { openTestStore } from "./testing/test-store.ts";

const NOW = Date.UTC(2026, 2, 2, 9);
const FILES = {
  base: 3,
  source: "touchstone: 1\n",
  messages: { "welcome.en": "subject: Hi\n\nHi" },
  scenarios: { "scenarios.yaml": "cases: []\n" },
};

describe.each(ENGINES)("drafts on %s", (engine) => {
  let store: Store | undefined;
  afterEach(() => store?.close());
  const start = async () => (store = await openTestStore(engine));

  test("one for each person, kept only where nobody else kept it meanwhile", async () => {
    const { drafts } = await start();
    expect(await drafts.get("ann")).toBeNull();
    expect(await drafts.save("ann", FILES, 1, NOW)).toBeNull();
    expect(await drafts.save("ann", FILES, null, NOW)).toBe(1);
    expect(await drafts.save("ann", { ...FILES, source: "other" }, null, NOW)).toBeNull();
    expect(await drafts.save("ann", { ...FILES, source: "later" }, 1, NOW + 5)).toBe(2);
    expect(await drafts.save("ann", { ...FILES, source: "late" }, 1, NOW + 9)).toBeNull();
    expect(await drafts.get("ann")).toEqual({
      ...FILES,
      source: "later",
      rev: 2,
      madeAt: NOW,
      changedAt: NOW + 5,
    });
    expect(await drafts.save("bob", { ...FILES, base: null }, null, NOW)).toBe(1);
    expect(await drafts.remove("ann")).toBe(true);
    expect(await drafts.remove("ann")).toBe(false);
    expect((await drafts.get("bob"))?.base).toBeNull();
  });

  test("scenario files are written as a whole, and who did it is in the audit log", async () => {
    const { drafts, audit } = await start();
    const entry = { by: "ann", what: "scenarios", account: null, reason: null, details: {} };
    expect(await drafts.scenarios()).toEqual({});
    expect(await drafts.writeScenarios({ "a.yaml": "1", "b.yaml": "2" }, entry, NOW)).toBe(true);
    expect(await drafts.writeScenarios({ "b.yaml": "3", "c.yaml": "4" }, entry, NOW)).toBe(true);
    expect(await drafts.writeScenarios({ "c.yaml": "4", "b.yaml": "3" }, entry, NOW)).toBe(false);
    expect(await drafts.scenarios()).toEqual({ "b.yaml": "3", "c.yaml": "4" });
    expect(await audit.list({ limit: 9 })).toHaveLength(2);
  });
});
