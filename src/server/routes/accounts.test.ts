import { afterEach, describe, expect, test } from "vitest";
import { ENGINES } from "../../store/testing/test-database.ts";
import { openTestStore } from "../../store/testing/test-store.ts";
import { account } from "../../engine/testing/book.ts";
import type { Listed, Refused } from "../testing/answers.ts";
import { apiBook } from "../testing/api-book.ts";
import type { TestApp } from "../testing/test-app.ts";

describe.each(ENGINES)("accounts over HTTP, on %s", (engine) => {
  let open: TestApp | undefined;
  afterEach(() => open?.close());
  const start = async () => (open = await apiBook(await openTestStore(engine)));

  async function allPages(app: TestApp, url: string): Promise<string[]> {
    const ids: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const more = cursor === "" ? "" : `&cursor=${cursor}`;
      const answer = await app.csm.get(`${url}&limit=1${more}`);
      expect(answer.statusCode, answer.body).toBe(200);
      const page = answer.json() as { items: { id: string }[]; next_cursor: string | null };
      ids.push(...page.items.map(({ id }) => id));
      cursor = page.next_cursor;
      if (ids.length > 20) throw new Error("the pages go in a circle");
    }
    return ids;
  }

  test("are listed by filters, rules and orders, page by page", async () => {
    const app = await start();
    const of = (query: string) => allPages(app, `/api/accounts?${query}`);
    expect((await of("")).toSorted()).toEqual(["acme", "bolt", "core"]);
    expect(await of("sort=name")).toEqual(["acme", "bolt", "core"]);
    expect(await of("sort=-id")).toEqual(["core", "bolt", "acme"]);
    expect(await of("sort=owner")).toEqual(["acme", "core", "bolt"]);
    expect(await of("sort=arr")).toEqual(["bolt", "core", "acme"]);
    expect(await of("sort=-arr")).toEqual(["acme", "core", "bolt"]);
    expect(await of("sort=-renewal_date")).toEqual(["acme", "bolt", "core"]);
    expect((await of("level=high")).toSorted()).toEqual(["acme", "core"]);
    expect((await of("stage=onboarding")).length).toBe(3);
    expect(await of("owner=none")).toEqual(["bolt"]);
    expect(await of("owner=csm")).toEqual(["acme"]);
    expect(await of("q=BOLT")).toEqual(["bolt"]);
    expect(await of("q=%25")).toEqual([]);
    expect(await of(`where=${encodeURIComponent('level == "high" && arr > 160')}`)).toEqual([
      "acme",
    ]);
    expect(await of(`sort=id&where=${encodeURIComponent("arr > 30")}`)).toEqual(["acme", "core"]);
    expect(await of("state=undecided")).toEqual([]);
  });

  test("a page goes on where the last one ended although accounts come in between", async () => {
    const app = await start();
    const first = (await app.csm.get("/api/accounts?sort=id&limit=2")).json<Listed>();
    expect(first.items.map(({ id }) => id)).toEqual(["acme", "bolt"]);
    await app.book.import({ accounts: [account("abel"), account("cola")] });
    const second = await app.csm.get(`/api/accounts?sort=id&limit=2&cursor=${first.next_cursor}`);
    expect(second.json<Listed>().items.map(({ id }) => id)).toEqual(["cola", "core"]);
  });

  test("what cannot be listed is told with its place and a way out", async () => {
    const app = await start();
    const told = async (query: string) => {
      const answer = await app.csm.get(`/api/accounts?${query}`);
      expect(answer.headers["content-type"]).toContain("application/problem+json");
      const { code, status, detail, hint } = answer.json<Record<string, unknown>>();
      expect(answer.statusCode).toBe(status);
      return [status, code, detail, hint];
    };
    expect(await told("cursor=abc")).toEqual([
      400,
      "bad-request",
      "querystring/cursor: this is no cursor of this list.",
      "Send `next_cursor` of this list's last page as it came, or no cursor to begin anew.",
    ]);
    const other = (await app.csm.get("/api/accounts?sort=id&limit=1")).json().next_cursor;
    expect((await told(`cursor=${other}`))[0]).toBe(400);
    expect((await told("limit=0"))[2]).toContain("querystring/limit");
    expect(await told("where=levl+%3D%3D+1")).toEqual([
      422,
      "bad-rule",
      expect.stringContaining("where: "),
      expect.stringContaining("level"),
    ]);
    expect(await told("sort=arrr")).toEqual([
      422,
      "bad-value",
      "sort: there is nothing called `arrr`.",
      "Did you mean `arr`?",
    ]);
  });

  test("one is shown with what is known and decided", async () => {
    const app = await start();
    const answer = await app.csm.get("/api/accounts/acme");
    expect(answer.statusCode, answer.body).toBe(200);
    expect(answer.headers["etag"]).toMatch(/^"f\d+"$/);
    expect(answer.json()).toMatchObject({
      id: "acme",
      name: "Acme Ltd",
      owner: "csm",
      created_at: "2026-01-21",
      level: "high",
      traits: { arr: 200, plan: "pro", renewal_date: "2026-06-01" },
      traits_since: { arr: "2026-01-21" },
      contacts: 2,
      waiting: false,
      decision: { account: "acme", level: { name: "high" } },
    });
    const unknown = (await app.csm.get("/api/accounts/acm")).json();
    expect(unknown).toMatchObject({ status: 404, hint: "Did you mean acme (Acme Ltd)?" });
    expect((await app.nobody.get("/api/accounts/acme")).statusCode).toBe(401);
  });

  test("explain says why, today and on a past day", async () => {
    const app = await start();
    const today = (await app.csm.get("/api/accounts/acme/explain")).json();
    expect(today).toMatchObject({ stored: true, name: "Acme Ltd", at: "2026-03-02" });
    expect(today.rules.base[0].text).toBe('segments.worth == "big"');
    const past = await app.csm.get("/api/accounts/acme/explain?at=2026-02-20");
    expect(past.json()).toMatchObject({ at: "2026-02-20", account: "acme" });
    const ahead = (await app.csm.get("/api/accounts/acme/explain?at=2026-04-01")).json();
    expect(ahead.detail).toBe("2026-04-01 has not come yet.");
    const bad = (await app.csm.get("/api/accounts/acme/explain?at=1.4.2026")).json();
    expect(bad).toMatchObject({
      status: 400,
      errors: [
        { path: "querystring/at", message: "expected a day of the calendar like 2026-03-02" },
      ],
    });
  });

  test("decisions are listed, latest, of a past day, and as a history", async () => {
    const app = await start();
    const all = (await app.csm.get("/api/decisions?limit=2")).json();
    expect(all.items.length).toBe(2);
    const rest = (await app.csm.get(`/api/decisions?cursor=${all.next_cursor}`)).json();
    const names = [...all.items, ...rest.items].map(({ account: id }: { account: string }) => id);
    expect(names.toSorted()).toEqual(["acme", "bolt", "core"]);
    expect((await app.csm.get("/api/decisions?account=acme")).json().items[0].at).toBe(
      "2026-03-02",
    );
    const past = (await app.csm.get("/api/decisions?account=acme&at=2026-02-20")).json();
    expect(past.items[0]).toMatchObject({ at: "2026-02-20" });
    // of the whole book page by page
    const first = (await app.csm.get("/api/decisions?at=2026-02-20&limit=1")).json();
    const next = `/api/decisions?at=2026-02-20&limit=9&cursor=${first.next_cursor}`;
    const others = (await app.csm.get(next)).json();
    expect([...first.items, ...others.items].find((one) => one.account === "acme")).toEqual(
      past.items[0],
    );
    const history = (await app.csm.get("/api/accounts/acme/decisions?limit=1")).json();
    expect(history.items[0]).toMatchObject({ decision: { account: "acme" } });
  });

  test("accounts are listed as they stood on a past day", async () => {
    const app = await start();
    const on = async (query: string) =>
      (await app.csm.get(`/api/accounts?at=2026-02-20${query}`)).json<Listed & Refused>();
    const all = await on("");
    const explained = (await app.csm.get("/api/accounts/acme/explain?at=2026-02-20")).json();
    const acme = all.items.find(({ id }) => id === "acme");
    expect(acme).toMatchObject({
      level: explained.level.name,
      stored: explained.stored,
      facts: explained.facts,
      decided_on: "2026-02-20",
    });
    const here = await on(
      `&where=${encodeURIComponent(`account_id == "acme"`)}&level=${String(acme?.["level"])}`,
    );
    expect(here).toEqual({ items: [acme], next_cursor: null });
    expect((await on("&sort=name")).hint).toContain("--sort");
    const ahead = (await app.csm.get("/api/accounts?at=2026-04-01")).json();
    expect(ahead.detail).toBe("2026-04-01 has not come yet.");
  });

  test("the timeline tells moves with their causes, touches, what people did, and no daily logins", async () => {
    const app = await start();
    await app.csm.put("/api/accounts/acme/pin", { level: "low", reason: "wants to be left alone" });
    const [touch] = (await app.csm.get("/api/touches?account=core")).json().items;
    await app.leader.post(`/api/touches/${touch.id}/done`, {
      result: "held",
      note: "all well",
      minutes: 20,
    });
    const acme = (await app.csm.get("/api/accounts/acme/timeline?limit=100")).json<Listed>().items;
    expect(acme.find(({ kind }) => kind === "person")).toMatchObject({
      by: "The csm",
      what: "level pinned to low",
      reason: "wants to be left alone",
    });
    expect(acme.find(({ kind }) => kind === "decision")).toMatchObject({
      text: "Level high -> low (pinned by hand: wants to be left alone)",
      more: expect.arrayContaining(["decided because of what a person did"]) as string[],
      cause: "person",
      moves: [
        { what: "level", from: "high", to: "low", why: "pinned by hand: wants to be left alone" },
      ],
    });
    const events = (items: Listed["items"]) => items.flatMap(({ event }) => event ?? []);
    expect(events(acme)).not.toContain("Logged In");
    const all = (
      await app.csm.get("/api/accounts/acme/timeline?events=all&limit=100")
    ).json<Listed>().items;
    expect(events(all).filter((name) => name === "Logged In").length).toBe(7);
    expect(acme.length).toBeLessThan(all.length);
    const core = (await app.csm.get("/api/accounts/core/timeline")).json<Listed>().items;
    expect(core.find(({ event }) => event === "touch:call:held")).toMatchObject({
      text: expect.stringMatching(/: held( \(.*\))?, 20 minutes$/) as string,
      more: ['"all well"'],
      touch: { id: touch.id, note: "all well", minutes_spent: 20 },
    });
    const today = await app.csm.get("/api/accounts/acme/timeline?from=2026-03-02&limit=100");
    expect(today.json<Listed>().items).toEqual(
      acme.filter(({ at }) => (at ?? "") >= "2026-03-01T23:00:00Z"),
    );
    const before = await app.csm.get("/api/accounts/acme/timeline?to=2026-03-01&limit=100");
    expect([...today.json<Listed>().items, ...before.json<Listed>().items]).toEqual(acme);
    // leafing through gives the same, one by one
    const seen: unknown[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const more: string = cursor === "" ? "" : `&cursor=${cursor}`;
      const page = (
        await app.csm.get(`/api/accounts/acme/timeline?events=all&limit=3${more}`)
      ).json<Listed>();
      seen.push(...page.items);
      cursor = page.next_cursor;
    }
    expect(seen).toEqual(all);
  });
});
