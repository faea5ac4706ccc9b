import type { Model } from "../model/types.ts";
import { isMovedByHand } from "../schedule/touch-by-hand.ts";
import { isAhead } from "../schedule/touch-status.ts";
import type { Touch } from "../schedule/types.ts";
import type { Day } from "../time/day.ts";
import { doerOf, TeamOnHand } from "./doer-of.ts";
import { slackByStep, stepKey } from "./slack.ts";
import type { Member, PlannedWork } from "./types.ts";

/** What of a touch says how much work it is, and whose. */
export type WorkTouch = Pick<
  Touch,
  | "id"
  | "account"
  | "touchpoint"
  | "title"
  | "program"
  | "step"
  | "due"
  | "unshifted"
  | "startsAt"
  | "by"
  | "owner"
  | "human"
  | "must"
  | "minutes"
  | "priority"
  | "status"
  | "reason"
>;

export interface WorkAccount {
  readonly name: string | null;
  readonly level: string | null;
  readonly revenue: number | null;
}

/** Reads touches as work: who does it, how much it matters, how far it may move. */
export class WorkReader {
  readonly #team: TeamOnHand;
  readonly #slack: ReadonlyMap<string, number>;
  readonly #priorities: ReadonlyMap<string, number>;
  readonly #last: number;
  readonly #today: Day;

  constructor(model: Model, team: readonly Member[], today: Day) {
    this.#team = new TeamOnHand(team);
    this.#slack = slackByStep(model);
    this.#priorities = new Map(model.caps.priority.map((name, index) => [name, index]));
    this.#last = model.caps.priority.length;
    this.#today = today;
  }

  /** null: no work for people, or no longer ahead. */
  read(touch: WorkTouch, account: WorkAccount): PlannedWork | null {
    if (!touch.human || !isAhead(touch)) return null;
    const { due, priority } = touch;
    return {
      touchId: touch.id,
      account: touch.account,
      accountName: account.name,
      touchpoint: touch.touchpoint,
      title: touch.title,
      program: touch.program,
      due,
      minutes: touch.minutes,
      must: touch.must,
      priority: priority === null ? this.#last : (this.#priorities.get(priority) ?? this.#last),
      // what is overdue is done by whoever is there today
      doer: doerOf({ ...touch, due: Math.max(due, this.#today) }, this.#team).doer,
      revenue: account.revenue,
      level: account.level,
      ...this.#window(touch),
    };
  }

  /** An appointment, and what a person has put on its day, stay where they are. */
  #window(touch: WorkTouch): Pick<PlannedWork, "earliest" | "latest"> {
    const slack = this.#slack.get(stepKey(touch.program, touch.step)) ?? 0;
    if (touch.startsAt !== null || slack === 0 || isMovedByHand(touch)) {
      return { earliest: touch.due, latest: touch.due };
    }
    return {
      earliest: Math.max(this.#today, touch.unshifted - slack),
      latest: Math.max(touch.due, touch.unshifted + slack),
    };
  }
}
