import { capacityOfCounted } from "../../core/allocate/capacity-of.ts";
import { frameOf } from "../../core/allocate/frame.ts";
import { doerOf, TeamOnHand } from "../../core/allocate/doer-of.ts";
import { WEEK } from "../../core/allocate/hours.ts";
import { OwnedTally } from "../../core/allocate/owned-tally.ts";
import type { Frame, Member } from "../../core/allocate/types.ts";
import { sumInWeeks, WorkTally } from "../../core/allocate/work-tally.ts";
import type { Model } from "../../core/model/index.ts";
import type { Day } from "../../core/time/day.ts";
import { workspaceCalendar } from "../holidays.ts";
import type { Models } from "./account-move.ts";
import { WEEKS } from "./count-messages.ts";
import type { PlanAccount, PlanSide } from "./plan-account.ts";
import type { ModelPlan, PlannedHours } from "./types.ts";

/** Work of people and the hours there are, by both models. */
export class WorkCounts {
  readonly #models: Models;
  readonly #team: readonly Member[];
  readonly #onHand: TeamOnHand;
  readonly #today: Day;
  /** Of accounts that stay as they are, and of the others by each of the models. */
  readonly #same = new Counted();
  readonly #before = new Counted();
  readonly #after = new Counted();
  /** What is due from then on is in none of the weeks. */
  readonly #end: Day;
  /** Nobody's work or place is another one so far. */
  #isSame = true;

  constructor(models: Models, team: readonly Member[], today: Day) {
    this.#models = models;
    const ends = [models.live ?? models.target, models.target].map(
      ({ workspace }) => (planFrame(workspace, today).weeks.at(-1) ?? today) + WEEK,
    );
    this.#end = Math.max(...ends);
    this.#team = team;
    this.#onHand = new TeamOnHand(team);
    this.#today = today;
  }

  add({ id, owner, before, after }: PlanAccount): void {
    if (
      before?.touches === after.touches &&
      before.revenue === after.revenue &&
      baseOf(before) === baseOf(after)
    ) {
      this.#count(this.#same, id, owner, after);
      return;
    }
    if (before) this.#count(this.#before, id, owner, before);
    this.#count(this.#after, id, owner, after);
    this.#isSame = false;
  }

  result(): ModelPlan["hours"] {
    const { live, target } = this.#models;
    const before = live ? this.#hours(live, this.#before) : NO_HOURS;
    const isSame = live !== null && this.#isSame && hoursText(live) === hoursText(target);
    return { before, after: isSame ? before : this.#hours(target, this.#after) };
  }

  #hours({ levels, workspace }: Model, counted: Counted): PlannedHours {
    const frame = planFrame(workspace, this.#today);
    const owned = new OwnedTally();
    for (const one of [this.#same, counted]) owned.addAll(one.owned);
    const byDoer = sumInWeeks([this.#same.work, counted.work], frame);
    return capacityOfCounted({ levels, team: this.#team, frame, owned, byDoer });
  }

  #count({ work, owned }: Counted, id: string, owner: string | null, side: PlanSide): void {
    const base = baseOf(side);
    if (side.decided) owned.add({ base, owner, revenue: side.revenue });
    for (const touch of side.touches) {
      if (!touch.human || touch.due >= this.#end) continue;
      const due = Math.max(touch.due, this.#today);
      // what is overdue is done by whoever is there today
      const { doer } = doerOf(due === touch.due ? touch : { ...touch, due }, this.#onHand);
      work.add(doer, id, touch.due, touch.minutes, base);
    }
  }
}

class Counted {
  readonly work = new WorkTally();
  readonly owned = new OwnedTally();
}

function baseOf({ decided }: PlanSide): string | null {
  return decided?.level?.base ?? null;
}

function planFrame(workspace: Model["workspace"], today: Day): Frame {
  return frameOf(today, WEEKS, workspaceCalendar(workspace), workspace);
}

/** What of a model hours go by. */
function hoursText({ levels, workspace }: Model): string {
  return JSON.stringify([levels, workspace]);
}

/** No model is live: nobody has work by it. */
const NO_HOURS: PlannedHours = { doers: [], levels: [], roles: [] };
