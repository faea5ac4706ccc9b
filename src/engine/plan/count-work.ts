import { capacityOf } from "../../core/allocate/capacity-of.ts";
import { frameOf } from "../../core/allocate/frame.ts";
import { doerOf, TeamOnHand } from "../../core/allocate/doer-of.ts";
import { WEEK } from "../../core/allocate/hours.ts";
import type { Frame, Member, OwnedAccount, PlannedWork } from "../../core/allocate/types.ts";
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
  readonly #before: Counted = { work: [], accounts: [] };
  readonly #after: Counted = { work: [], accounts: [] };
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

  add({ id, name, owner, before, after }: PlanAccount): void {
    const [was, is] = [before && owned(id, owner, before), owned(id, owner, after)];
    if (was) this.#before.accounts.push(was);
    if (is) this.#after.accounts.push(is);
    const known = this.#before.work.length;
    if (before) this.#addWork(this.#before.work, name, before);
    // who stays as it is has the same work, which is kept once
    if (before?.touches === after.touches && before.revenue === after.revenue) {
      for (let at = known; at < this.#before.work.length; at++)
        this.#after.work.push(this.#before.work[at] as PlannedWork);
      if (was?.base !== is?.base) this.#isSame = false;
    } else {
      this.#addWork(this.#after.work, name, after);
      this.#isSame = false;
    }
  }

  result(): ModelPlan["hours"] {
    const { live, target } = this.#models;
    const before = live ? this.#hours(live, this.#before) : NO_HOURS;
    const isSame = live !== null && this.#isSame && hoursText(live) === hoursText(target);
    return { before, after: isSame ? before : this.#hours(target, this.#after) };
  }

  #hours({ levels, workspace }: Model, { work, accounts }: Counted): PlannedHours {
    const frame = planFrame(workspace, this.#today);
    return capacityOf({ levels, accounts, work, team: this.#team, frame });
  }

  #addWork(
    work: PlannedWork[],
    name: string | null,
    { decided, revenue, touches }: PlanSide,
  ): void {
    const level = decided?.level?.name ?? null;
    for (const touch of touches) {
      if (!touch.human || touch.due >= this.#end) continue;
      const due = Math.max(touch.due, this.#today);
      work.push({
        account: touch.account,
        accountName: name,
        touchpoint: touch.touchpoint,
        program: touch.program,
        due: touch.due,
        minutes: touch.minutes,
        must: touch.must,
        // what is overdue is done by whoever is there today
        doer: doerOf(due === touch.due ? touch : { ...touch, due }, this.#onHand).doer,
        revenue,
        level,
        ...UNASKED,
      });
    }
  }
}

interface Counted {
  readonly work: PlannedWork[];
  readonly accounts: OwnedAccount[];
}

function owned(id: string, owner: string | null, { decided, revenue }: PlanSide) {
  return decided ? { id, owner, revenue, base: decided.level?.base ?? null } : null;
}

function planFrame(workspace: Model["workspace"], today: Day): Frame {
  return frameOf(today, WEEKS, workspaceCalendar(workspace), workspace);
}

/** What of a model hours go by. */
function hoursText({ levels, workspace }: Model): string {
  return JSON.stringify([levels, workspace]);
}

/** What loads do not ask for: how a touch is called, what it gives way to, where it could move to. */
const UNASKED = { touchId: "", title: "", priority: 0, earliest: 0, latest: 0 };

/** No model is live: nobody has work by it. */
const NO_HOURS: PlannedHours = { doers: [], levels: [], roles: [] };
