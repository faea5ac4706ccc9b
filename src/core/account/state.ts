import type { DecideState, Pin } from "../decide/state.ts";
import { EMPTY_SCHEDULE, type ScheduleState } from "../schedule/types.ts";

/** All that is carried from one evaluation of an account to the next: plain JSON, stored. */
export interface AccountState {
  /** null: never decided, or closed since. */
  readonly decided: DecideState | null;
  readonly schedule: ScheduleState;
  readonly pin: Pin | null;
  readonly closed: boolean;
  /** The stage a person has set since the last evaluation, which goes on from there. */
  readonly stageSet?: string;
  /** How many engine events were made for this account: numbers their ids. */
  readonly serial: number;
}

export const NEW_ACCOUNT: AccountState = {
  decided: null,
  schedule: EMPTY_SCHEDULE,
  pin: null,
  closed: false,
  serial: 0,
};
