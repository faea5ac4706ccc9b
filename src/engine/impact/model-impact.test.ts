import { afterEach, describe, expect, it } from "vitest";
import { openTestStore } from "../../store/testing/test-store.ts";
import { applyModel } from "../apply-model.ts";
import { planModel } from "../plan/plan-model.ts";
import { everythingBook, everythingFiles } from "../plan/testing/everything-book.ts";
import { edited, EDITS } from "../plan/testing/model-edits.ts";
import { PROBLEM_CODES } from "../plan/problems.ts";
import type { ModelPlan, ProblemCode } from "../plan/types.ts";
import { type Book, GO_LIVE, login } from "../testing/book.ts";
import { Books } from "../testing/books.ts";
import { type ImpactOptions, modelImpact } from "./model-impact.ts";
import type { ModelImpact } from "./types.ts";

const ALLOW = Object.keys(PROBLEM_CODES) as ProblemCode[];

describe("the impact of a change", () => {
  const books = new Books(() => openTestStore("pglite"));
  afterEach(() => books.close());

  async function decided(): Promise<Book> {
    const book = await everythingBook(books);
    await applyModel(book.context, everythingFiles(edited([])), {
      since: GO_LIVE - 3,
      allow: ALLOW,
    });
    book.on(GO_LIVE, 9);
    await book.decide();
    return book;
  }

  function impact(book: Book, source: string, options?: ImpactOptions): Promise<ModelImpact> {
    return modelImpact(book.context, everythingFiles(source), options);
  }

  it("says what the plan says, for each of many edits, with and without news", async () => {
    const book = await decided();
    let moved = 0;
    for (const [turn, news] of [[], [1, 4, 7]].entries()) {
      await book.import({
        events: news.map((place) => login(`a${place}`, GO_LIVE, { messageId: `news ${place}` })),
      });
      for (const place of everyThird(turn)) {
        const source = edited([place]);
        const plan = await planModel(book.context, everythingFiles(source), { allow: ALLOW });
        const told = await impact(book, source);
        expect(pictureOf(told), EDITS[place]?.join(" → ")).toEqual(pictureOfPlan(plan));
        expect(told.exact).toEqual({ moves: true, work: true });
        moved += told.accounts.moving;
      }
    }
    expect(moved).toBeGreaterThan(20);
  });

  it("tells moves of thresholds, levels and segments exactly also where nobody is evaluated in full", async () => {
    const book = await decided();
    let partly = 0;
    for (const place of everyThird(2)) {
      const source = edited([place]);
      const told = await impact(book, source, { isEnough: () => true });
      expect(told.evaluated).toBeLessThanOrEqual(12);
      if (told.evaluated < told.affected) partly += 1;
      if (!told.exact.moves) continue;
      const plan = await planModel(book.context, everythingFiles(source), { allow: ALLOW });
      const { accounts, levels, stages, segments } = pictureOf(told);
      const { accounts: a, levels: l, stages: s, segments: g } = pictureOfPlan(plan);
      expect({ accounts, levels, stages, segments }, EDITS[place]?.join(" → ")).toEqual({
        accounts: a,
        levels: l,
        stages: s,
        segments: g,
      });
    }
    expect(partly).toBeGreaterThan(1);
  });

  it("says so where it estimates, and answers nobody who has gone", async () => {
    const book = await decided();
    // everybody's touches may move
    const source = edited([]).replace("plan_ahead: 30d", "plan_ahead: 60d");
    const some = await impact(book, source, { isEnough: () => true });
    expect(some.exact.work).toBe(false);
    expect(some.evaluated).toBeLessThan(some.affected);
    const all = await impact(book, source);
    const made = ({ touches }: ModelImpact): number => touches.human.made + touches.automated.made;
    expect(made(all)).toBeGreaterThan(0);
    expect(made(some)).toBeGreaterThan(made(all) / 4);
    expect(made(some)).toBeLessThan(made(all) * 4);
    const gone = AbortSignal.abort();
    await expect(impact(book, source, { signal: gone })).rejects.toThrow(/abort/i);
    await expect(impact(book, "touchstone: 1\nlevles: {}\n")).rejects.toMatchObject({
      code: "invalid-model",
    });
  });
});

/** What is tried costs a plan each. */
function everyThird(from: number): number[] {
  return [...EDITS.keys()].filter((place) => place % 3 === from % 3);
}

function pictureOf(told: ModelImpact) {
  const { accounts, levels, stages, segments, touches, messages, work, movers } = told;
  return {
    accounts,
    levels,
    stages,
    segments,
    touches,
    messages: messages.filter(({ before, after }) => before !== after),
    work: work.map(({ week, before, after }) => ({ week, before, after })),
    movers: movers
      .map(({ account, moves }) => [account, moves.map(({ what }) => what).toSorted()])
      .toSorted(),
  };
}

function pictureOfPlan(plan: ModelPlan): ReturnType<typeof pictureOf> {
  const { total, moving, revenue, revenueMoving } = plan.accounts;
  const fates = (human: boolean) => {
    const sum = { made: 0, cancelled: 0, moved: 0, changed: 0 };
    for (const change of plan.touchChanges) if (change.human === human) sum[change.fate] += 1;
    return sum;
  };
  const weeks = (side: "before" | "after") => {
    const minutes = new Map<number, number>();
    for (const { weeks: of } of plan.hours[side].doers)
      for (const one of of) minutes.set(one.week, (minutes.get(one.week) ?? 0) + one.minutes);
    return minutes;
  };
  const [before, after] = [weeks("before"), weeks("after")];
  return {
    accounts: { total, moving, revenue, revenueMoving },
    levels: plan.levels,
    stages: plan.stages,
    segments: plan.segments,
    touches: { human: fates(true), automated: fates(false) },
    messages: plan.messages.filter((one) => one.before !== one.after),
    work: [...new Set([...before.keys(), ...after.keys()])]
      .toSorted((a, b) => a - b)
      .map((week) => ({ week, before: before.get(week) ?? 0, after: after.get(week) ?? 0 })),
    movers: plan.moves
      .map(({ account, reasons }) => [account, reasons.map(({ what }) => what).toSorted()])
      .toSorted(),
  };
}
