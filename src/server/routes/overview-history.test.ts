import { afterEach, describe, expect, test } from "vitest";
import { account, GO_LIVE } from "../../engine/testing/book.ts";
import { ENGINES } from "../../store/testing/test-database.ts";
import { openTestStore } from "../../store/testing/test-store.ts";
import { apiBook } from "../testing/api-book.ts";
import type { TestApp } from "../testing/test-app.ts";

interface Flows {
  readonly points: readonly { readonly day: string; readonly standing: Record<string, number> }[];
  readonly moves: readonly { readonly from: string | null; readonly to: string | null }[];
  readonly net: readonly {
    readonly from: string | null;
    readonly to: string | null;
    readonly accounts: number;
  }[];
}
interface Page {
  readonly items: readonly Record<string, unknown>[];
  readonly next_cursor: string | null;
}

describe.each(ENGINES)("the book's past over HTTP, on %s", (engine) => {
  let open: (TestApp & Awaited<ReturnType<typeof apiBook>>) | undefined;
  afterEach(() => open?.close());
  const start = async () => (open = await apiBook(await openTestStore(engine)));

  test("flows add up to the book as it is, and each cell opens as many accounts as it says", async () => {
    const app = await start();
    await app.book.import({
      accounts: [
        account("bolt", { asOf: GO_LIVE, traits: { arr: 500 } }),
        account("core", { asOf: GO_LIVE, closedAt: GO_LIVE }),
        account("dale", { name: "Dale", traits: { arr: 5 } }),
      ],
    });
    await app.book.decide();
    const query = "of=level&from=2026-02-15";
    const flows = (await app.csm.get(`/api/overview/flows?${query}`)).json<Flows>();
    const overview = (await app.csm.get("/api/overview")).json<{
      levels: { name: string; accounts: number }[];
      accounts: number;
      bands: { accounts: number }[];
    }>();
    const now = Object.fromEntries(
      overview.levels.filter((one) => one.accounts > 0).map((one) => [one.name, one.accounts]),
    );
    expect(flows.points.at(-1)).toEqual({ day: "2026-03-02", standing: now });
    expect(overview.bands.reduce((sum, one) => sum + one.accounts, 0)).toBe(overview.accounts);
    expect(flows.points[0]).toEqual({ day: "2026-02-15", standing: { high: 2, low: 1 } });
    const reached = flows.net.filter(({ to }) => to !== null);
    expect(reached.reduce((sum, one) => sum + one.accounts, 0)).toBe(overview.accounts);
    for (const { from, to, accounts } of flows.net) {
      const cell = `${query}&to=2026-03-02&was=${from ?? "-"}&is=${to ?? "-"}`;
      const page = (await app.csm.get(`/api/overview/flows/accounts?${cell}`)).json<Page>();
      expect(page.items.length, cell).toBe(accounts);
      for (const { why } of page.items) expect(why).not.toBe("");
    }
    const asked = "from=2026-02-15&to=2026-03-02&of=level&was=low&is=high";
    const raised = (await app.csm.get(`/api/overview/flows/accounts?${asked}`)).json<Page>();
    expect(raised.items).toMatchObject([
      { id: "bolt", revenue: 500, why: 'base high: segments.worth == "big"' },
    ]);
    const stood = "from=2026-02-15&to=2026-03-02&of=level&was=low";
    const wherever = (await app.csm.get(`/api/overview/flows/accounts?${stood}`)).json<Page>();
    expect(wherever.items.length).toBe(flows.points[0]?.standing["low"]);
    const wrong = await app.csm.get("/api/overview/flows?of=level&from=2026-04-02&to=2026-03-01");
    expect(wrong.json()).toMatchObject({ status: 422, code: "bad-value" });
  });

  test("groups of movers and accounts in need open as many accounts as they say, page by page", async () => {
    const app = await start();
    await app.book.import({
      accounts: [
        account("bolt", { asOf: GO_LIVE, traits: { arr: 500 } }),
        account("dale", { name: "Dale", traits: { arr: 5 } }),
      ],
    });
    await app.book.decide();
    const since = "since=2026-02-15";
    const { movers, needing } = (await app.csm.get(`/api/overview?${since}`)).json<{
      movers: {
        what: string;
        from: string | null;
        to: string | null;
        why: string;
        accounts: number;
      }[];
      needing: number;
    }>();
    expect(movers.length).toBeGreaterThan(0);
    for (const { what, from, to, why, accounts } of movers) {
      const query = new URLSearchParams({ what, why, limit: "1" });
      if (from !== null) query.set("from", from);
      if (to !== null) query.set("to", to);
      const ids = await allOf(app, `/api/overview/movers/accounts?${since}&${query.toString()}`);
      expect(ids.size, why).toBe(accounts);
    }
    expect((await allOf(app, "/api/overview/needs?limit=1")).size).toBe(needing);
  });

  test("renewals are told by month and band, each with the rule that finds its accounts", async () => {
    const app = await start();
    const found = (await app.csm.get("/api/overview/renewals")).json<{
      fact: string;
      from: string;
      to: string;
      unknown: number;
      months: { from: string; bands: { accounts: number; revenue: number; where: string }[] }[];
    }>();
    expect(found).toMatchObject({
      fact: "renewal_date",
      from: "2026-03-02",
      to: "2026-06-30",
      unknown: 2,
    });
    const cells = found.months.flatMap(({ bands }) => bands).filter((one) => one.accounts > 0);
    expect(cells).toMatchObject([{ accounts: 1, revenue: 200 }]);
    const where = encodeURIComponent(cells[0]?.where ?? "");
    const rows = (await app.csm.get(`/api/accounts?where=${where}`)).json<Page>();
    expect(rows.items.map(({ id }) => id)).toEqual(["acme"]);
  });

  test("touches are tallied by level and outcome, and the rows behind are as many", async () => {
    const app = await start();
    const days = "from=2026-03-02&to=2026-04-30";
    const tallies = (await app.csm.get(`/api/overview/touches?${days}`)).json<{
      cells: { level: string; outcome: string; human: boolean; touches: number }[];
    }>();
    const sum = tallies.cells
      .filter(({ level, outcome }) => level === "high" && outcome === "open")
      .reduce((all, { touches }) => all + touches, 0);
    expect(sum).toBeGreaterThan(1);
    const list = `/api/overview/touches/list?${days}&level=high&outcome=open&limit=1`;
    const ids = await allOf(app, list);
    expect(ids.size).toBe(sum);
    const planned = tallies.cells
      .filter(({ level, outcome }) => level === "high" && outcome !== "off")
      .reduce((all, { touches }) => all + touches, 0);
    const rows = `/api/overview/touches/list?${days}&level=high&outcome=planned&limit=2`;
    expect((await allOf(app, rows)).size).toBe(planned);
  });
});

async function allOf(app: TestApp, address: string): Promise<ReadonlySet<unknown>> {
  const ids = new Set<unknown>();
  for (let cursor: string | null = ""; cursor !== null;) {
    const page: Page = (
      await app.csm.get(`${address}${cursor === "" ? "" : `&cursor=${cursor}`}`)
    ).json<Page>();
    for (const { id } of page.items) ids.add(id);
    cursor = page.next_cursor;
  }
  return ids;
}
