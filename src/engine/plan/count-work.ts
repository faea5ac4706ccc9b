import { capacityOf } from "../../core/allocate/capacity-of.ts";
import { frameOf } from "../../core/allocate/frame.ts";
import { WorkReader } from "../../core/allocate/planned-work.ts";
import type { Frame, Member, OwnedAccount, PlannedWork } from "../../core/allocate/types.ts";
import type { Model } from "../../core/model/index.ts";
import type { Day } from "../../core/time/day.ts";
import { workspaceCalendar } from "../holidays.ts";
import { WEEKS } from "./count-messages.ts";
import type { PlanAccount, PlanSide } from "./plan-account.ts";
import type { PlannedHours } from "./types.ts";

/** Work of people and the hours there are, by one of the two models. */
export class WorkCounts {
  readonly #model: Model;
  readonly #team: readonly Member[];
  readonly #reader: WorkReader;
  readonly #frame: Frame;
  readonly #work: PlannedWork[] = [];
  readonly #accounts: OwnedAccount[] = [];

  constructor(model: Model, team: readonly Member[], today: Day) {
    const { workspace } = model;
    this.#model = model;
    this.#team = team;
    this.#reader = new WorkReader(model, team, today);
    this.#frame = frameOf(today, WEEKS, workspaceCalendar(workspace), workspace);
  }

  add({ id, name, owner }: PlanAccount, { decided, revenue, touches }: PlanSide): void {
    const level = decided?.level ?? null;
    if (decided) this.#accounts.push({ id, owner, revenue, base: level?.base ?? null });
    const account = { name, revenue, level: level?.name ?? null };
    for (const touch of touches) {
      const work = touch.human && this.#reader.read({ ...touch, ...UNASKED(touch.due) }, account);
      if (work) this.#work.push(work);
    }
  }

  result(): PlannedHours {
    const { levels } = this.#model;
    const [work, accounts, team, frame] = [this.#work, this.#accounts, this.#team, this.#frame];
    return capacityOf({ levels, accounts, work, team, frame });
  }
}

/** What loads do not ask for: where a touch could move to, and how it is called. */
const UNASKED = (due: Day) =>
  ({ id: "", title: "", step: null, unshifted: due, startsAt: null, reason: null }) as const;

/** Nobody's work yet: no model is live. */
export const NO_HOURS: PlannedHours = { doers: [], levels: [], roles: [] };
