import { type Doing, doerOf, TeamOnHand } from "../../core/allocate/doer-of.ts";
import type { Day } from "../../core/time/day.ts";
import type { EngineContext } from "../context.ts";
import { momentFor, presentModel } from "../edit-account.ts";
import type { ListedTouch, TouchAfter, TouchFilter, TouchListFilter } from "../ports.ts";

/** A touch and who does it: its owner, or somebody who stands in. */
export interface DoneBy extends ListedTouch {
  readonly doing: Doing;
}

/** Tells of touches who does them. */
export class WhoDoes {
  readonly #team: TeamOnHand;
  readonly #today: Day;

  constructor(team: TeamOnHand, today: Day) {
    this.#team = team;
    this.#today = today;
  }

  /** As of the workspace's day. */
  static async read(context: Pick<EngineContext, "store" | "clock">): Promise<WhoDoes> {
    const { today } = momentFor(context, await presentModel(context));
    return new WhoDoes(new TeamOnHand(await context.store.team.list()), today);
  }

  /** What is overdue is done by whoever is there today. */
  of(touch: ListedTouch["touch"]): Doing {
    return doerOf({ ...touch, due: Math.max(touch.due, this.#today) }, this.#team);
  }

  with(one: ListedTouch): DoneBy {
    return { ...one, doing: this.of(one.touch) };
  }

  /** Whose touches have to be looked at to find those that `id` does. */
  ownersFor(id: string): string[] {
    return [id, ...this.#team.mayStandInFor(id)];
  }
}

/** `owner`: theirs, and those in which they stand in for somebody. */
export async function listTouchesOf(
  context: Pick<EngineContext, "store" | "clock">,
  { owner, ...filter }: TouchFilter,
): Promise<DoneBy[]> {
  const who = await WhoDoes.read(context);
  const owners = owner === undefined ? {} : { owners: who.ownersFor(owner) };
  const found = await context.store.touches.list({ ...filter, ...owners });
  return found.map((one) => who.with(one)).filter((one) => isOf(one, owner));
}

/** The same a page at a time; as many as asked for, as long as there are any. */
export async function touchPageOf(
  context: Pick<EngineContext, "store" | "clock">,
  { owner, ...filter }: TouchListFilter,
  after: TouchAfter | null,
  limit: number,
): Promise<DoneBy[]> {
  const who = await WhoDoes.read(context);
  const isPerson = typeof owner === "string";
  const wanted: TouchListFilter = {
    ...filter,
    ...(isPerson ? { owners: who.ownersFor(owner) } : {}),
    ...(owner === null ? { owner } : {}),
  };
  const page: DoneBy[] = [];
  let last = after;
  for (;;) {
    const found = await context.store.reading.touches(wanted, last, limit);
    for (const one of found.map((each) => who.with(each))) {
      if (page.length < limit && (!isPerson || isOf(one, owner))) page.push(one);
    }
    const end = found.at(-1)?.touch;
    if (page.length === limit || found.length < limit || !end) return page;
    last = { due: end.due, account: end.account, key: end.key };
  }
}

function isOf({ touch, doing }: DoneBy, owner: string | undefined): boolean {
  return owner === undefined || touch.owner === owner || doing.doer === owner;
}
