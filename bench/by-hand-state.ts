/** Stands for "no day". */
export const NEVER = -0x8000_0000;

/** What the hand-written loop remembers of a book from one day to the next, as columns. */
export class ByHand {
  readonly stage: Int16Array;
  readonly stageSince: Int32Array;
  readonly band: Int16Array;
  /** In the order of SEGMENTS; `tier` by entry, the others 0 or 1. */
  readonly segments: readonly SegmentState[];
  readonly level: Int16Array;
  readonly levelSince: Int32Array;
  readonly base: Int16Array;
  readonly baseSince: Int32Array;
  readonly lowerSince: Int32Array;
  readonly held: Uint8Array;
  readonly keepRaise: Int32Array;
  readonly keepPerson: Int32Array;
  /** Which programs' `when` hold: bits in the order of PROGRAMS. */
  readonly programs: Int32Array;

  constructor(size: number) {
    this.stage = new Int16Array(size);
    this.stageSince = new Int32Array(size);
    this.band = new Int16Array(size);
    this.segments = SEGMENTS.map(() => ({
      member: new Int16Array(size),
      since: new Int32Array(size),
      streak: new Int32Array(size),
    }));
    this.level = new Int16Array(size);
    this.levelSince = new Int32Array(size);
    this.base = new Int16Array(size);
    this.baseSince = new Int32Array(size);
    this.lowerSince = new Int32Array(size);
    this.held = new Uint8Array(size);
    this.keepRaise = new Int32Array(size);
    this.keepPerson = new Int32Array(size);
    this.programs = new Int32Array(size);
    this.reset();
  }

  /** Forgets everything, as before the first day. */
  reset(): void {
    this.stage.fill(-1);
    this.level.fill(-1);
    this.base.fill(-1);
    this.lowerSince.fill(NEVER);
    this.keepRaise.fill(NEVER);
    this.keepPerson.fill(NEVER);
    this.segments.forEach(({ member, streak }, index) => {
      member.fill(index === 0 ? -1 : 0);
      streak.fill(NEVER);
    });
  }
}

export interface SegmentState {
  readonly member: Int16Array;
  readonly since: Int32Array;
  readonly streak: Int32Array;
}

export const SEGMENTS = [
  "tier",
  "key_account",
  "milestone",
  "near_limit",
  "expansion_sign",
  "needs_help",
  "fortnight_begun",
  "month_begun",
  "quarter_begun",
] as const;

/** Those whose `when` is about the account. */
export const PROGRAMS = [
  "kickoff",
  "weekly_high",
  "weekly_medium",
  "weekly_low",
  "calendar_high",
  "calendar_medium",
  "calendar_low",
  "first_month_low",
  "health_watch_low",
  "calendar_tech",
  "activation_tech",
  "rhythm_high",
  "rhythm_raised",
  "rhythm_medium",
  "rhythm_low",
  "rhythm_tech",
  "reviews_high",
  "reviews_medium",
  "visits",
  "key_accounts",
  "renewal_high",
  "renewal_medium",
  "renewal_mails",
  "health_drop",
  "milestone_by_person",
  "milestone_in_app",
  "expansion",
  "upgrade",
  "asks_for_help",
] as const;
