import {
  isAhead,
  isAssignedByHand,
  isMovedByHand,
  type Touch,
  type TouchStatus,
} from "../../core/schedule/index.ts";
import type { TouchImage } from "../ports.ts";

/** What becomes of an account's touches when a version is taken back. */
export interface RestoredTouches {
  /** All that the account has afterwards. */
  readonly all: readonly Touch[];
  /** Of these, the ones that are others than stored. */
  readonly changed: readonly Touch[];
  /** Those that go. */
  readonly removed: readonly Touch[];
  /** Made by the version, and gone out or done: they stay. */
  readonly staying: readonly Touch[];
}

export interface TouchesSince {
  /** The version that is taken back. */
  readonly version: number;
  readonly present: readonly Touch[];
  readonly images: readonly TouchImage[];
  /** Keys of touches a message of which has left, or may have. */
  readonly left: ReadonlySet<string>;
  /** Ids of touches that evaluations since then have changed. */
  readonly evaluated: ReadonlySet<string>;
}

/** Something has happened with it that no rollback can undo. */
const SETTLED: ReadonlySet<TouchStatus> = new Set(["done", "failed", "skipped", "uncertain"]);

/**
 * The touches as the version found them: what it made goes unless it has left or was done, what it
 * changed is as before, what people did with it since stays.
 */
export function restoreTouches(since: TouchesSince): RestoredTouches {
  const imageOf = new Map(since.images.map((image) => [image.after.key, image]));
  const restored: RestoredTouches & Lists = { all: [], changed: [], removed: [], staying: [] };
  for (const touch of since.present) {
    const image = imageOf.get(touch.key);
    const before = image?.before ?? null;
    if (before === null && isMadeBy(since.version, touch)) {
      if (!hasHappened(since, touch)) {
        restored.removed.push(touch);
        continue;
      }
      restored.staying.push(touch);
    }
    const after = asFound(since, touch, image);
    restored.all.push(after);
    if (after !== touch) restored.changed.push(after);
  }
  return restored;
}

interface Lists {
  readonly all: Touch[];
  readonly changed: Touch[];
  readonly removed: Touch[];
  readonly staying: Touch[];
}

function isMadeBy(version: number, { modelVersion, program }: Touch): boolean {
  return modelVersion === version && program !== null;
}

/** Done, gone out, or promised to a customer by an appointment. */
function hasHappened({ left }: TouchesSince, { key, status, startsAt }: Touch): boolean {
  return SETTLED.has(status) || left.has(key) || startsAt !== null;
}

function asFound(since: TouchesSince, touch: Touch, image: TouchImage | undefined): Touch {
  if (SETTLED.has(touch.status) || touch.status === "sending" || since.left.has(touch.key))
    return touch;
  if (image?.before) return withHands(image.before, image.after, touch);
  // evaluations since then made it due, missed it or called it off: they are made again
  return image === undefined && since.evaluated.has(touch.id)
    ? {
        ...touch,
        status: "planned",
        result: null,
        reason: isByHand(touch) ? touch.reason : null,
        doneAt: null,
      }
    : touch;
}

/** Its reason says that a person put it there or gave it to somebody: planning reads it. */
function isByHand(touch: Touch): boolean {
  return isMovedByHand(touch) || isAssignedByHand(touch);
}

/** As it was before, with what people have done to it since. */
function withHands(before: Touch, after: Touch, present: Touch): Touch {
  const kept = <F extends keyof Touch>(field: F): Touch[F] =>
    JSON.stringify(present[field]) === JSON.stringify(after[field])
      ? before[field]
      : present[field];
  return {
    ...before,
    owner: kept("owner"),
    note: kept("note"),
    actionItems: kept("actionItems"),
    minutesSpent: kept("minutesSpent"),
    // an appointment that was called off was called off to the customer too
    startsAt: after.status === "cancelled" ? null : kept("startsAt"),
    ...(isByHand(present) && isAhead(present) ? whereItWasPut(present) : {}),
  };
}

/** What a person has moved, or given to somebody, since or before stays there. */
function whereItWasPut(present: Touch): Partial<Touch> {
  const { due, status, reason } = present;
  return { reason, ...(isMovedByHand(present) ? { due, status } : {}) };
}
