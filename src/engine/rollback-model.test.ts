import { afterEach, describe, expect, test } from "vitest";
import { ENGINES_OF_ENGINE } from "../store/testing/test-database.ts";
import { openTestStore } from "../store/testing/test-store.ts";
import { pinLevel, setStage } from "./account-by-hand.ts";
import { type Applied, applyPlan } from "./apply-plan.ts";
import { type Book, GO_LIVE, login } from "./testing/book.ts";
import { Books } from "./testing/books.ts";
import { importTiers, lowerThreshold, tiersModel } from "./testing/tiers-book.ts";
import { runDecisions } from "./run-decisions.ts";
import { previewRollback, rollbackModel } from "./rollback-model.ts";
import { completeTouch } from "./touch-actions.ts";

const ACCOUNTS = 20;
/** The demo's own problems are not what these tests are about. */
const ALLOW = [
  "over-capacity",
  "program-impossible",
  "accounts-without-program",
  "too-many-accounts",
  "flood",
  "misfit-values",
];

const before = tiersModel();
const after = tiersModel(lowerThreshold);

interface RowsOfAccount {
  readonly state: unknown;
  readonly decision: unknown;
  readonly decidedOn: unknown;
  readonly decidedModel: number | null;
  readonly touches: unknown;
  readonly events: unknown;
}

/** All that is stored of each account but its history of decisions. */
async function rows(book: Book): Promise<ReadonlyMap<string, RowsOfAccount>> {
  const { accounts, decisions } = book.store;
  const current = new Map<string, unknown>();
  for await (const page of decisions.current()) {
    for (const { id, decision } of page) current.set(id, decision);
  }
  const found = await accounts.load(await accounts.ids({}));
  return new Map(
    found.map(({ id, state, decidedOn, decidedModel, touches, events }) => [
      id,
      {
        state,
        decision: current.get(id) ?? null,
        decidedOn,
        decidedModel,
        touches: touches.toSorted((a, b) => (a.key < b.key ? -1 : 1)),
        events: events.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
      },
    ]),
  );
}

/** Where accounts differ. */
function differing(
  one: ReadonlyMap<string, RowsOfAccount>,
  other: ReadonlyMap<string, RowsOfAccount>,
): string[] {
  return [...one.keys()].filter(
    (id) => JSON.stringify(one.get(id)) !== JSON.stringify(other.get(id)),
  );
}

function apply(book: Book, files = after): Promise<Applied> {
  return applyPlan(book.context, files, { allow: ALLOW, reason: "more people at the top" });
}

describe.each(ENGINES_OF_ENGINE)("taking a model back on %s", (engine) => {
  const books = new Books(() => openTestStore(engine));
  afterEach(() => books.close());

  async function tiers(): Promise<Book> {
    const book = await books.book(GO_LIVE, 15);
    await importTiers(book, ACCOUNTS, GO_LIVE);
    await applyPlan(book.context, before, { since: GO_LIVE - 2 });
    book.on(GO_LIVE + 1, 15);
    // mails whose day has come wait for a worker; whoever changes the model has none and holds them
    await runDecisions({ ...book.context, delivers: true });
    return book;
  }

  test("on the same day everything is as it was, to the row; applied again it is as it was then", async () => {
    const book = await tiers();
    const was = await rows(book);
    const { plan } = await apply(book);
    const applied = await rows(book);
    const moved = differing(was, applied);
    expect(plan?.moves.length).toBeGreaterThan(3);
    expect(moved.length).toBe(ACCOUNTS);
    expect((await book.store.models.live())?.version).toBe(2);

    const preview = await previewRollback(book.context);
    expect(differing(applied, await rows(book))).toEqual([]);
    const { from, to, accounts, touches } = await rollbackModel(book.context, { reason: "no" });
    expect(preview).toMatchObject({ accounts, touches });
    expect([from.version, to.version]).toEqual([2, 1]);
    expect(accounts).toMatchObject({ total: ACCOUNTS, restored: ACCOUNTS, caughtUp: 0 });
    expect(touches.removed).toBe(plan?.touches.reduce((sum, one) => sum + one.made, 0));
    expect(touches.removed).toBeGreaterThan(0);
    const others = plan?.touches.map(
      ({ cancelled, moved: due, changed }) => cancelled + due + changed,
    );
    expect(touches.restored).toBe(others?.reduce((sum, one) => sum + one, 0));
    expect(touches.restored).toBeGreaterThan(0);
    expect(touches.staying).toEqual([]);
    const back = await rows(book);
    for (const [id, row] of was) expect(back.get(id)).toEqual(row);
    expect((await book.store.models.live())?.version).toBe(1);

    // what was decided then is still to be seen, and that it was taken back
    const mover = plan?.moves[0]?.account ?? "";
    const history = await book.store.decisions.history(mover, 9);
    expect(history.slice(0, 2).map((one) => [one.cause, one.modelVersion])).toEqual([
      ["rollback", 1],
      ["model", 2],
    ]);

    await apply(book);
    const again = await rows(book);
    const renumbered = (all: ReadonlyMap<string, RowsOfAccount>, version: number): string =>
      JSON.stringify([...all.values()])
        .replaceAll(`"modelVersion":${version}`, '"modelVersion":"new"')
        .replaceAll(`"decidedModel":${version}`, '"decidedModel":"new"')
        .replaceAll(`"version":${version}`, '"version":"new"');
    expect(renumbered(again, 3)).toBe(renumbered(applied, 2));
    expect((await book.store.models.live())?.parent).toBe(1);
  });

  test("goes back one version after the other, and not beyond the first", async () => {
    const book = await tiers();
    const first = await rows(book);
    await apply(book);
    const second = await rows(book);
    await apply(
      book,
      tiersModel((source) => lowerThreshold(source).replace("arr >= 25000", "arr >= 40000")),
    );
    expect((await rollbackModel(book.context)).to.version).toBe(2);
    for (const [id, row] of second) expect((await rows(book)).get(id)).toEqual(row);
    const { to, accounts } = await rollbackModel(book.context);
    expect([to.version, accounts.restored]).toEqual([1, ACCOUNTS]);
    const back = await rows(book);
    for (const [id, row] of first) expect(back.get(id)).toEqual(row);
    await expect(rollbackModel(book.context)).rejects.toMatchObject({ code: "nothing-before" });
    const changes = (await book.store.changes.list()).map((one) => [
      one.kind,
      one.version,
      one.before,
    ]);
    expect(changes).toEqual([
      ["rollback", 1, 2],
      ["rollback", 2, 3],
      ["apply", 3, 2],
      ["apply", 2, 1],
      ["apply", 1, null],
    ]);
  });

  test("touches that were done stay, and their runs keep their numbers", async () => {
    const book = await tiers();
    const was = await rows(book);
    const { plan } = await apply(book);
    const made = plan?.touchChanges.filter(({ fate, human }) => fate === "made" && human) ?? [];
    const listed = await book.store.touches.list({});
    const done = listed.filter(({ touch }) =>
      made.slice(0, 2).some(({ key }) => key === touch.key),
    );
    expect(done.length).toBe(2);
    for (const { touch } of done)
      await completeTouch(book.context, touch.id, { result: "held", set: {} });
    const doneOf = new Set(done.map(({ touch }) => touch.account));

    const { accounts, touches } = await rollbackModel(book.context);
    expect(touches.staying.map(({ key }) => key).toSorted()).toEqual(
      done.map(({ touch }) => touch.key).toSorted(),
    );
    expect(accounts).toMatchObject({ caughtUp: doneOf.size, restored: ACCOUNTS - doneOf.size });
    const back = await rows(book);
    for (const [id, row] of was) if (!doneOf.has(id)) expect(back.get(id)).toEqual(row);
    for (const { touch } of done) {
      const [stored] = await book.store.touches.byId(touch.id);
      expect(stored?.touch).toMatchObject({ status: "done", result: "held" });
      const [owner] = await book.store.accounts.load([touch.account]);
      expect(owner?.state?.schedule.past[touch.program ?? ""]?.last).toBeGreaterThanOrEqual(
        touch.run ?? 0,
      );
      expect(owner?.state?.decided?.level?.name).toBe(levelOf(was.get(touch.account)));
    }
    // what is planned again by the same model has keys of its own
    await apply(book);
    for (const { touch } of done) {
      const same = (await book.store.touches.list({ account: touch.account })).filter(
        (one) => one.touch.key === touch.key,
      );
      expect(same.map((one) => one.touch.status)).toEqual(["done"]);
    }
  });

  test("what has happened since is caught up by the older model as if the other had never been", async () => {
    const book = await tiers();
    const other = await tiers();
    const { plan } = await apply(book);
    const mover = plan?.moves[0]?.account ?? "";
    for (const one of [book, other]) {
      one.on(GO_LIVE + 2, 10);
      await one.import({
        events: [
          login("acc-1", GO_LIVE + 2, { event: "Ticket Opened", messageId: "t1" }),
          login("acc-1", GO_LIVE + 2, { event: "Ticket Opened", messageId: "t2" }),
        ],
      });
      await one.decide();
      one.on(GO_LIVE + 4, 10);
      await one.decide();
    }
    const pin = { level: "low", until: null, reason: "asked" };
    await pinLevel(book.context, "acc-2", pin);
    await pinLevel(other.context, "acc-2", pin);
    await setStage(book.context, mover, "growth", "they are through");
    const pinned = plan?.moves.length ?? 0;
    expect(pinned).toBeGreaterThan(0);

    const { accounts } = await rollbackModel(book.context);
    expect(accounts).toMatchObject({ caughtUp: ACCOUNTS - 1, keptByHand: 1, restored: 0 });
    const [back, never] = [await rows(book), await rows(other)];
    for (const [id, row] of never) {
      if (id === mover) continue;
      const found = back.get(id);
      expect([id, levelOf(found), touchesOf(found)]).toEqual([id, levelOf(row), touchesOf(row)]);
      expect(segmentsOf(found)).toEqual(segmentsOf(row));
    }
  });
});

interface Parts {
  readonly state: {
    readonly decided: {
      readonly level: { readonly name: string } | null;
      readonly segments: unknown;
    } | null;
  } | null;
  readonly touches: readonly {
    readonly key: string;
    readonly status: string;
    readonly due: number;
  }[];
}

function levelOf(row: RowsOfAccount | undefined): string | undefined {
  return (row as Parts | undefined)?.state?.decided?.level?.name;
}

function segmentsOf(row: RowsOfAccount | undefined): unknown {
  return (row as Parts | undefined)?.state?.decided?.segments;
}

function touchesOf(row: RowsOfAccount | undefined): string[] {
  return ((row as Parts | undefined)?.touches ?? []).map(
    ({ key, status, due }) => `${key} ${status} ${due}`,
  );
}
