import type { Model } from "../../core/model/types.ts";
import type { ScheduleState, Touch } from "../../core/schedule/index.ts";
import { stepName } from "../../core/schedule/steps/step-kinds.ts";
import type { BookTouch } from "../ports.ts";
import type { TouchChange } from "./types.ts";

/** What a touch only copies: nothing else that happens to it, or to another one, goes by these. */
type Copied = Pick<Touch, "title" | "minutes" | "accountable" | "drives">;

/** An account's open touches once they copy anew, and which of them are other ones by it. */
export interface Renewed {
  readonly touches: readonly BookTouch[];
  readonly changes: readonly TouchChange[];
}

/**
 * What a new model changes of touches by what they copy alone: titles, minutes, who answers for
 * them, what they drive. It can be told from the touches themselves, as planning does it
 * (`placeTouches`): those ahead of open runs follow their step, all others stay as they were.
 */
export class Renewals {
  /** Touchpoints whose touches have to be known in detail. */
  readonly touchpoints: readonly string[];
  /** By program and step, where they are others. */
  readonly #steps = new Map<string, Copied>();

  constructor(live: Model, target: Model) {
    const before = copiedBySteps(live);
    const touchpoints = new Set<string>();
    for (const [step, { copied, touchpoint }] of copiedBySteps(target)) {
      const was = before.get(step);
      if (!was || textOf(was.copied) === textOf(copied)) continue;
      this.#steps.set(step, copied);
      touchpoints.add(touchpoint);
    }
    this.touchpoints = [...touchpoints];
  }

  /** Of an account that stays as it is but for this; null: only an evaluation can tell. */
  of(schedule: ScheduleState | null, touches: readonly BookTouch[]): Renewed | null {
    if (!schedule || this.touchpoints.length === 0) return { touches, changes: [] };
    const changes: TouchChange[] = [];
    let areAlike = true;
    const renewed: BookTouch[] = [];
    for (const touch of touches) {
      const copied = this.#copied(schedule, touch);
      if (!copied) {
        renewed.push(touch);
        continue;
      }
      // one that waits to be sent may be held back or given up meanwhile
      if (!touch.human && touch.status !== "planned") return null;
      changes.push(changed(touch));
      areAlike &&= copied.minutes === touch.minutes;
      renewed.push({ ...touch, minutes: copied.minutes });
    }
    return { touches: areAlike ? touches : renewed, changes };
  }

  /** What it would copy now, where that is something else. */
  #copied({ runs }: ScheduleState, touch: BookTouch): Copied | null {
    const { program, contact, minutes, detail } = touch;
    if (!detail || program === null || detail.step === null) return null;
    const copied = this.#steps.get(keyOf(program, detail.step));
    if (!copied || textOf(copied) === textOf({ ...detail, minutes })) return null;
    const goesOn = runs.some(
      (run) =>
        run.program === program &&
        run.run === detail.run &&
        (run.contact === null || run.contact === contact),
    );
    return goesOn ? copied : null;
  }
}

function changed({
  account,
  contact,
  touchpoint,
  program,
  human,
  channel,
  due,
  detail,
}: BookTouch): TouchChange {
  return {
    fate: "changed",
    key: detail?.key ?? "",
    account,
    contact,
    touchpoint,
    program,
    human,
    channel,
    dueBefore: due,
    due,
    reason: detail?.reason ?? null,
  };
}

interface CopiedByStep {
  readonly touchpoint: string;
  readonly copied: Copied;
}

function copiedBySteps({ programs, touchpoints }: Model): ReadonlyMap<string, CopiedByStep> {
  const byName = new Map(touchpoints.map((one) => [one.name, one]));
  const found = new Map<string, CopiedByStep>();
  for (const { name, steps } of programs) {
    for (const step of steps) {
      const touchpoint = byName.get(step.touchpoint);
      if (!touchpoint) continue;
      const { title, accountable = null, drives = null } = touchpoint;
      const copied = { title, minutes: step.minutes, accountable, drives };
      found.set(keyOf(name, stepName(step)), { touchpoint: touchpoint.name, copied });
    }
  }
  return found;
}

function keyOf(program: string, step: string): string {
  return JSON.stringify([program, step]);
}

function textOf({ title, minutes, accountable, drives }: Copied): string {
  return JSON.stringify([title, minutes, accountable, drives]);
}
