import { afterEach, expect, test } from "vitest";
import { Chance } from "../../core/account/testing/random-life.ts";
import { isAhead, type Touch } from "../../core/schedule/index.ts";
import { openTestStore } from "../../store/testing/test-store.ts";
import { applyModel } from "../apply-model.ts";
import { planModel } from "../plan/plan-model.ts";
import { PROBLEM_CODES } from "../plan/problems.ts";
import { ACCOUNTS, everythingBook, everythingFiles } from "../plan/testing/everything-book.ts";
import { edited, EDITS } from "../plan/testing/model-edits.ts";
import type { ModelPlan } from "../plan/types.ts";
import { previewRollback, rollbackModel } from "../rollback-model.ts";
import { type Book, GO_LIVE, login } from "../testing/book.ts";
import { Books } from "../testing/books.ts";
import { completeTouch } from "../touch-actions.ts";

/** Changes of the model, one after the other, on one book. */
const CHANGES = Math.max(4, Math.round(Number(process.env["TOUCHSTONE_RUNS"] ?? 1000) / 250));
const SEED = Number(process.env["TOUCHSTONE_SEED"] ?? 1);
const ALLOW = Object.keys(PROBLEM_CODES);

const books = new Books(() => openTestStore("pglite"));
afterEach(() => books.close());

async function rowsOf(book: Book): Promise<ReadonlyMap<string, Rows>> {
  const { accounts, decisions } = book.store;
  const current = new Map<string, unknown>();
  for await (const page of decisions.current())
    for (const { id, decision } of page) current.set(id, decision);
  const all = await accounts.load((await accounts.ids({})).toSorted());
  return new Map(
    all.map(({ id, state, decidedOn, decidedModel, touches, events }) => [
      id,
      {
        kept: { state, decidedOn, decidedModel, decision: current.get(id) ?? null, events },
        touches: new Map(touches.map((touch) => [touch.key, touch])),
        level: state?.decided?.level?.name ?? null,
      },
    ]),
  );
}

interface Rows {
  readonly kept: unknown;
  readonly touches: ReadonlyMap<string, Touch>;
  readonly level: string | null;
}

async function goLive(book: Book, edits: readonly number[], existing: "all" | "new" = "all") {
  const files = everythingFiles(edited(edits));
  return applyModel(book.context, files, { existing, allow: ALLOW, since: GO_LIVE - 3 });
}

/** Somebody does a few of the calls whose day has come. */
async function doSome(book: Book, chance: Chance): Promise<void> {
  const due = (await book.store.touches.list({}))
    .filter(({ touch }) => touch.human && isAhead(touch))
    .toSorted((a, b) => (a.touch.key < b.touch.key ? -1 : 1));
  for (const { touch } of due.filter(() => chance.whole(8) === 0))
    await completeTouch(book.context, touch.id, { result: "held", set: {} });
}

/** The same few calls, which are there for the same day by either model. */
async function doSomeOfBoth(both: readonly Book[], chance: Chance): Promise<void> {
  const [open, other] = await Promise.all(
    both.map(async ({ store }) => {
      const listed = (await store.touches.list({})).map(({ touch }) => touch);
      const calls = listed.filter((touch) => touch.human && isAhead(touch));
      return new Map(calls.map((touch) => [`${touch.key} ${touch.due}`, touch.id]));
    }),
  );
  const known = [...(open ?? [])].filter(([key]) => other?.has(key)).toSorted();
  for (const [, id] of known.filter(() => chance.whole(10) === 0))
    for (const { context } of both) await completeTouch(context, id, { result: "held", set: {} });
}

function news(chance: Chance, day: number, salt: string) {
  return Array.from({ length: chance.whole(4) }, (_, n) =>
    login(`a${chance.whole(ACCOUNTS)}`, day, { messageId: `${salt} ${n}` }),
  );
}

function someEdits(chance: Chance): number[] {
  const count = 1 + chance.whole(3);
  return [...new Set(Array.from({ length: count }, () => chance.whole(EDITS.length)))];
}

const toggled = (made: readonly number[], others: readonly number[]): number[] => [
  ...made.filter((one) => !others.includes(one)),
  ...others.filter((one) => !made.includes(one)),
];

function changesBetween(
  before: ReadonlyMap<string, Rows>,
  after: ReadonlyMap<string, Rows>,
): { readonly touches: string[]; readonly levels: string[] } {
  const touches: string[] = [];
  const levels: string[] = [];
  for (const [id, is] of after) {
    const was = before.get(id);
    if (was?.level !== is.level) levels.push(`${id} ${was?.level} ${is.level}`);
    for (const [key, touch] of is.touches) {
      const known = was?.touches.get(key);
      const wasDue = known && isAhead(known) ? known.due : null;
      const due = isAhead(touch) ? touch.due : null;
      if (wasDue !== due) touches.push(`${key} ${wasDue} ${due}`);
    }
    for (const key of was?.touches.keys() ?? []) expect(is.touches.has(key)).toBe(true);
  }
  return { touches: touches.toSorted(), levels: levels.toSorted() };
}

function changesPlanned({ moves, touchChanges }: ModelPlan): ReturnType<typeof changesBetween> {
  return {
    touches: touchChanges
      .filter(({ dueBefore, due }) => dueBefore !== due)
      .map(({ key, dueBefore, due }) => `${key} ${dueBefore} ${due}`)
      .toSorted(),
    levels: moves
      .flatMap(({ account, reasons }) =>
        reasons
          .filter(({ what }) => what === "level")
          .map(({ from, to }) => `${account} ${from} ${to}`),
      )
      .toSorted(),
  };
}

test("whatever is edited: what is stored is what was planned, and going back restores it to the row", async () => {
  const chance = new Chance(SEED);
  const book = await everythingBook(books);
  let made: readonly number[] = [];
  await goLive(book, made);
  let day = GO_LIVE;
  let touched = 0;
  for (let step = 0; step < CHANGES; step++) {
    day += chance.whole(4);
    book.on(day, 9);
    await book.import({ events: news(chance, day, `${step}`) });
    await book.decide();
    await doSome(book, chance);
    await book.decide();
    const others = toggled(made, someEdits(chance));
    const existing = chance.whole(3) === 0 ? "new" : "all";
    const told = `seed ${SEED}, change ${step}: ${others.map((place) => EDITS[place]?.join(" → ")).join("; ")} ${existing}`;
    const before = await rowsOf(book);
    const plan = await planModel(book.context, everythingFiles(edited(others)), {
      existing,
      allow: ALLOW,
    });
    await goLive(book, others, existing);
    const after = await rowsOf(book);
    expect(changesBetween(before, after), told).toEqual(changesPlanned(plan));
    touched += plan.touchChanges.length;
    if (plan.isSame) continue;
    const preview = await previewRollback(book.context);
    const { accounts, touches } = await rollbackModel(book.context);
    expect({ accounts, touches }, told).toEqual({
      accounts: preview.accounts,
      touches: preview.touches,
    });
    const fates = plan.touchChanges.map(({ fate }) => fate);
    expect(touches, told).toMatchObject({
      removed: fates.filter((fate) => fate === "made").length,
      restored: fates.filter((fate) => fate !== "made").length,
      staying: [],
    });
    expect(await rowsOf(book), told).toEqual(before);
    if (chance.whole(2) === 0) {
      await goLive(book, others, existing);
      made = others;
    }
  }
  expect(touched).toBeGreaterThan(0);
}, 600_000);

test("days later, with news in between: all is as in a book that never had the other model", async () => {
  const chance = new Chance(SEED + 1);
  const [book, control] = [await everythingBook(books), await everythingBook(books)];
  for (const one of [book, control]) await goLive(one, []);
  let day = GO_LIVE;
  for (let step = 0; step < CHANGES; step++) {
    day += 1 + chance.whole(3);
    for (const one of [book, control]) {
      one.on(day, 9);
      await one.decide();
    }
    const edits = someEdits(chance);
    const told = `seed ${SEED}, change ${step}: ${edits.map((place) => EDITS[place]?.join(" → ")).join("; ")}`;
    const { version } = await goLive(book, edits);
    const until = day + chance.whole(3);
    const events = news(chance, until, `later ${step}`);
    day = until;
    for (const one of [book, control]) {
      one.on(day, 15);
      await one.import({ events });
      await one.decide();
    }
    await doSomeOfBoth([book, control], chance);
    if ((await book.store.models.live())?.parent === null) continue;
    const { from, touches } = await rollbackModel(book.context);
    expect(from.version, told).toBe(version);
    // a call that both models have planned by now may have been made by this one, and done
    for (const { status } of touches.staying) expect(status, told).toBe("done");
    expect(standing(await rowsOf(book)), told).toEqual(standing(await rowsOf(control)));
  }
}, 600_000);

function standing(rows: ReadonlyMap<string, Rows>): Record<string, unknown> {
  return Object.fromEntries(
    [...rows].map(([id, { level, touches }]) => [
      id,
      {
        level,
        touches: [...touches.values()]
          .map(({ key, status, due, reason }) => `${key} ${status} ${due} ${reason ?? ""}`)
          .toSorted(),
      },
    ]),
  );
}
