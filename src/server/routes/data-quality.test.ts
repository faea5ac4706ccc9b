import { afterEach, describe, expect, test } from "vitest";
import { ENGINES } from "../../store/testing/test-database.ts";
import { openTestStore } from "../../store/testing/test-store.ts";
import { apiBook } from "../testing/api-book.ts";
import { openTestApp } from "../testing/compose-test-app.ts";
import type { TestApp } from "../testing/test-app.ts";

interface Quality {
  readonly renewal: string | null;
  readonly facts: readonly {
    readonly fact: string;
    readonly known: number;
    readonly missing: number;
    readonly uses: readonly unknown[];
  }[];
  readonly sources: readonly {
    readonly kind: string;
    readonly stale: boolean;
    readonly days: number;
  }[];
}
interface Check {
  readonly name: string;
}

describe.each(ENGINES)("data quality, on %s", (engine) => {
  let app: TestApp;
  afterEach(() => app.close());

  test("missing facts by where they are asked for, gaps with their rows, sources that have stopped", async () => {
    app = await apiBook(await openTestStore(engine));
    const found = (await app.csm.get("/api/data-quality")).json<Quality>();
    expect(found).toMatchObject({ accounts: 3, without_owner: 1, without_contacts: 1 });
    const renewal = found.facts.find(({ fact }) => fact === found.renewal);
    expect(found.facts.length).toBeGreaterThan(1);
    expect(found.facts.every(({ known, missing }) => known + missing === 3)).toBe(true);
    if (renewal) expect(renewal.missing).toBe(2);
    expect(found.facts.some(({ uses }) => uses.length > 0)).toBe(true);
    const event = (from: Quality) => {
      const one = from.sources.find(({ kind }) => kind === "event");
      if (!one) throw new Error("there is no source of events");
      return one;
    };
    expect(event(found).stale).toBe(false);
    app.now += 9 * 86_400_000;
    const later = (await app.csm.get("/api/data-quality")).json<Quality>();
    expect(event(later)).toMatchObject({ stale: true, days: event(found).days + 9 });
    expect(
      event((await app.csm.get("/api/data-quality?stale_after=30")).json<Quality>()).stale,
    ).toBe(false);
    const owner = (await app.csm.get("/api/data-quality/owner?limit=1")).json();
    expect(owner).toMatchObject({ items: [{ account: "bolt", contact: null }], next_cursor: null });
    const contacts = (await app.csm.get("/api/data-quality/contacts")).json().items;
    expect(contacts).toMatchObject([{ account: "core" }]);
    expect((await app.csm.get("/api/data-quality/email")).json().items).toEqual([]);
  });

  test("before a model is live there are no facts; channels and checks say what is set up", async () => {
    app = await openTestApp(engine);
    expect((await app.csm.get("/api/data-quality")).json()).toMatchObject({
      facts: [],
      accounts: 0,
    });
    expect((await app.csm.get("/api/channels")).json()).toMatchObject({
      sends: expect.any(Boolean),
    });
    const checks = (await app.ops.get("/api/checks")).json<{ items: readonly Check[] }>().items;
    expect(checks.find(({ name }) => name === "model")).toMatchObject({
      ok: false,
      mend: expect.stringContaining("apply"),
    });
    expect((await app.csm.get("/api/checks")).statusCode).toBe(403);
  });
});
