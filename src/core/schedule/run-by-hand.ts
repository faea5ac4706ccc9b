import type { Model } from "../model/types.ts";
import type { Day, Instant } from "../time/day.ts";
import { changeEvents } from "./touch-event.ts";
import { runKey } from "./touch-key.ts";
import { isAhead } from "./touch-status.ts";
import type { EngineEvent, PastRuns, Run, ScheduleState, Touch } from "./types.ts";

/** Which program, and for which contact where it is `for: contact`. */
export interface RunChoice {
  readonly program: string;
  readonly contact: string | null;
}

export interface RunChange {
  readonly state: ScheduleState;
  /** Touches that were called off. */
  readonly touches: readonly Touch[];
  readonly events: readonly EngineEvent[];
  /** Why nothing was changed. */
  readonly refused?: string;
}

const unchanged = (state: ScheduleState, reason: string): RunChange => ({
  state,
  touches: [],
  events: [],
  refused: reason,
});

/**
 * Starts a program whatever its `when` and `again` say; planning then makes its touches. That
 * `when` is not true ends the run only once it has been true.
 */
export function startRun(
  model: Model,
  state: ScheduleState,
  { program: name, contact }: RunChoice,
  today: Day,
): RunChange {
  const program = model.programs.find((one) => one.name === name);
  if (!program) return unchanged(state, `the model has no program ${name}`);
  if (program.forContact && contact === null)
    return unchanged(state, `${name} is for a contact: say which`);
  if (!program.forContact && contact !== null)
    return unchanged(state, `${name} is for the whole account`);
  const key = runKey({ program: name, contact });
  if (findRun(state, key)) return unchanged(state, `${name} is running already`);
  const number = (pastOf(state, key)?.last ?? 0) + 1;
  const run: Run = {
    program: name,
    contact,
    run: number,
    entered: today,
    status: "open",
    byHand: true,
  };
  const past: PastRuns = { last: number, began: today, rearmed: false };
  return {
    state: { ...state, runs: [...state.runs, run], past: withKey(state.past, key, past) },
    touches: [],
    events: [],
  };
}

/** Stops a run: it begins anew only after its `when` has been not true. */
export function stopRun(
  state: ScheduleState,
  touches: readonly Touch[],
  choice: RunChoice,
  reason: string,
  at: Instant,
): RunChange {
  const key = runKey(choice);
  const run = findRun(state, key);
  if (!run) return unchanged(state, `${choice.program} is not running`);
  if (reason.trim() === "") return unchanged(state, "to stop it needs a reason");
  const ahead = touches.filter((touch) => isOf(touch, run) && isAhead(touch));
  const cancelled = ahead.map((touch): Touch => ({
    ...touch,
    status: "cancelled",
    reason: `stopped: ${reason.trim()}`,
  }));
  const { [key]: _stopped, ...steps } = state.steps;
  return {
    state: {
      runs: state.runs.filter((other) => other !== run),
      past: withKey(state.past, key, {
        last: run.run,
        began: run.entered,
        rearmed: false,
        stopped: true,
      }),
      steps,
    },
    touches: cancelled,
    events: cancelled.flatMap((touch, index) => changeEvents(ahead[index], touch, at)),
  };
}

function isOf(touch: Touch, run: Run): boolean {
  const isRun = touch.program === run.program && touch.run === run.run;
  return isRun && (run.contact === null || run.contact === touch.contact);
}

function findRun(state: ScheduleState, key: string): Run | undefined {
  return state.runs.find((run) => runKey(run) === key);
}

function pastOf(state: ScheduleState, key: string): PastRuns | undefined {
  return Object.hasOwn(state.past, key) ? state.past[key] : undefined;
}

function withKey(past: ScheduleState["past"], key: string, value: PastRuns): ScheduleState["past"] {
  return Object.fromEntries([
    ...Object.entries(past).filter(([name]) => name !== key),
    [key, value],
  ]);
}
