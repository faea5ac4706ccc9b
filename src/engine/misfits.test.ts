import { afterAll, expect, test, describe } from "vitest";
import { openTestStore } from "../store/testing/test-store.ts";
import { ENGINES_OF_ENGINE } from "../store/testing/test-database.ts";
import { examine } from "./examine.ts";
import { factsReport } from "./facts-report.ts";
import { tellMisfit } from "./misfits.ts";
import { account, GO_LIVE } from "./testing/book.ts";
import { Books } from "./testing/books.ts";

describe.each(ENGINES_OF_ENGINE)("on %s", (engine) => {
  const books = new Books(() => openTestStore(engine));
  afterAll(() => books.close());

  test("values that came in before the model said their types are told by apply, facts and doctor", async () => {
    const book = await books.book(GO_LIVE, 9);
    await book.import({
      accounts: [
        account("a", { traits: { arr: "12k", champion: "maybe", renewal_date: "2026-05-01" } }),
        account("b", { traits: { arr: "13k", champion: "true", renewal_date: "soon" } }),
        account("c", { traits: { arr: "14", champion: false, renewal_date: 7, plan: 5 } }),
      ],
    });
    const { misfits } = await book.apply();
    expect(misfits).toEqual([
      { of: "accounts", trait: "arr", count: 2, example: '"12k"', expected: "a number" },
      { of: "accounts", trait: "renewal_date", count: 2, example: '"soon"', expected: "a date" },
      {
        of: "accounts",
        trait: "champion",
        count: 1,
        example: '"maybe"',
        expected: "true or false",
      },
    ]);
    expect(misfits.map(tellMisfit)[2]).toBe(
      '1 account has `champion` that is not true or false, such as "maybe"',
    );
    const facts = new Map((await factsReport(book.context)).map((line) => [line.fact, line]));
    expect(facts.get("arr")).toMatchObject({ known: 1, misfit: misfits[0] });
    expect(facts.get("plan")?.misfit).toBeNull();
    const checks = await examine(book.context);
    expect(checks.find(({ name }) => name === "values of arr")).toMatchObject({
      ok: false,
      value:
        '2 accounts have `arr` that is not a number, such as "12k": refused, the value before it stays',
    });
  });

  test("doctor tells of workers that run, and of what troubles them", async () => {
    const book = await books.book(GO_LIVE, 9);
    await book.import({ accounts: [account("a")] });
    await book.apply();
    const { leases } = book.store;
    const details = {
      failing: [{ job: "deliver", error: "no route" }],
      troubled: [{ account: "a", error: "bad" }],
    };
    await leases.renew({ id: "w1", startedAt: book.now, details }, book.now, 1000);
    const found = async () =>
      (await examine(book.context)).filter(({ name }) => name.startsWith("worker"));
    expect(await found()).toMatchObject([
      {
        name: "worker w1",
        ok: false,
        value: "deliver fails: no route; a is set aside: bad",
      },
    ]);
    await leases.renew({ id: "w1", startedAt: book.now, details: {} }, book.now, 1000);
    expect(await found()).toMatchObject([{ ok: true }]);
    book.now += 1000;
    expect(await found()).toEqual([]);
  });
});
