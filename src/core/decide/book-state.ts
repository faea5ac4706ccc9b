import type { Model } from "../model/types.ts";
import type { Day } from "../time/day.ts";
import { NamedValues } from "./named-values.ts";
import { StageLists } from "./stage-lists.ts";
import type { DecideState, LevelState, Pin, SegmentState } from "./state.ts";

/** Stands for "no day" in the integer columns. */
export const NO_DAY = -0x8000_0000;
/** A pin without an end. */
const FOR_EVER = 0x7fff_ffff;
/** A day whose score was never stored (NaN is a stored unknown). */
const NOT_STORED = Number.POSITIVE_INFINITY;

export interface SegmentColumns {
  /** `one`: entry index or -1; otherwise 0 or 1. */
  readonly member: Int16Array;
  readonly since: Int32Array;
  readonly streak: Int32Array;
}

/**
 * The states of a book's accounts as columns, one row an account. Names are numbers here:
 * indexes into the model's stages, levels, bands, segments and adjustments; -1 is none.
 */
export class BookState {
  readonly model: Model;
  /** 1: to be decided for the first time (or again after it was closed). */
  readonly fresh: Uint8Array;
  readonly stage: Int16Array;
  readonly stageSince: Int32Array;
  /** Stages left today, first to last. */
  readonly left: StageLists;
  readonly band: Int16Array;
  readonly segments: readonly SegmentColumns[];
  readonly level: Int16Array;
  readonly levelSince: Int32Array;
  readonly base: Int16Array;
  readonly baseSince: Int32Array;
  readonly lowerSince: Int32Array;
  readonly held: Uint8Array;
  readonly pinned: Uint8Array;
  readonly pinLevel: Int16Array;
  readonly pinUntil: Int32Array;
  /** Last true day by adjustment index. */
  readonly keep: readonly Int32Array[];
  /** Scores of the last `healthDays` days, newest last. */
  readonly health: Float64Array;
  readonly healthDays: number;
  readonly #segmentStates: NamedValues<SegmentState>;

  constructor(model: Model, size: number, healthDays: number) {
    this.model = model;
    this.healthDays = healthDays;
    this.#segmentStates = new NamedValues(model.segments.map(({ name }) => name));
    this.fresh = new Uint8Array(size).fill(1);
    this.stage = new Int16Array(size).fill(-1);
    this.stageSince = days(size);
    this.left = new StageLists(size, model.lifecycle?.stages.length ?? 0);
    this.band = new Int16Array(size).fill(-1);
    this.segments = model.segments.map(({ kind }) => ({
      member: new Int16Array(size).fill(kind === "one" ? -1 : 0),
      since: days(size),
      streak: days(size),
    }));
    this.level = new Int16Array(size).fill(-1);
    this.levelSince = days(size);
    this.base = new Int16Array(size).fill(-1);
    this.baseSince = days(size);
    this.lowerSince = days(size);
    this.held = new Uint8Array(size);
    this.pinned = new Uint8Array(size);
    this.pinLevel = new Int16Array(size).fill(-1);
    this.pinUntil = days(size);
    this.keep = (model.touch?.adjust ?? []).map(() => days(size));
    this.health = new Float64Array(size * healthDays).fill(NOT_STORED);
  }

  /** Puts an account's remembered state into a row, as of an evaluation on `today`. */
  load(row: number, state: DecideState | null, pin: Pin | null, today: Day): void {
    const { model } = this;
    this.#loadStage(row, state, today);
    this.band[row] = state ? bandIndex(model, state.band) : -1;
    model.segments.forEach((segment, index) => {
      const known = state?.segments[segment.name];
      const columns = this.segments[index] as SegmentColumns;
      columns.member[row] = memberIndex(segment, known);
      columns.since[row] = known?.since ?? NO_DAY;
      columns.streak[row] = known?.streak ?? NO_DAY;
    });
    this.#loadLevel(row, state?.level ?? null);
    this.pinLevel[row] = pin ? indexByName(model.levels, pin.level) : -1;
    this.pinUntil[row] = pin ? (pin.until ?? FOR_EVER) : NO_DAY;
    (model.touch?.adjust ?? []).forEach((adjustment, index) => {
      (this.keep[index] as Int32Array)[row] = state?.keep[adjustment.name] ?? NO_DAY;
    });
    this.#loadHealth(row, state, today);
    // an account whose stage is gone from the model starts again, its other memories kept
    this.fresh[row] = state ? 0 : 1;
  }

  /** The row as a state to remember, as of the evaluation on `today`. */
  save(row: number, today: Day): DecideState {
    const { model } = this;
    const segments = this.#segmentStates.make((index) => this.segmentState(row, index));
    const keep: { [adjustment: string]: Day } = {};
    (model.touch?.adjust ?? []).forEach(({ name }, index) => {
      const last = this.keep[index]?.[row] ?? NO_DAY;
      if (last !== NO_DAY) keep[name] = last;
    });
    const stage = model.lifecycle?.stages[this.stage[row] as number];
    return {
      day: today,
      stage: stage
        ? {
            name: stage.name,
            since: this.stageSince[row] as number,
            left: this.left.of(row).map((index) => model.lifecycle?.stages[index]?.name ?? ""),
          }
        : null,
      band: bandName(model, this.band[row] as number),
      segments,
      level: this.#saveLevel(row),
      keep,
      health: this.#saveHealth(row),
    };
  }

  /** Carries all rows some days on, as saving and loading them again would. */
  advance(days: number): void {
    this.left.clear(0, this.stage.length);
    this.fresh.fill(0);
    const { health, healthDays } = this;
    if (healthDays === 0) return;
    for (let start = 0; start < health.length; start += healthDays) {
      const end = start + healthDays;
      health.copyWithin(start, Math.min(start + days, end), end);
      health.fill(NOT_STORED, Math.max(start, end - days), end);
    }
  }

  /** Memory that the columns take. */
  get bytes(): number {
    const { segments, keep } = this;
    const columns = Object.values(this).filter((value) => ArrayBuffer.isView(value));
    const ofSegments = segments.flatMap(({ member, since, streak }) => [member, since, streak]);
    const all = [...columns, ...keep, ...ofSegments];
    return all.reduce((sum, { byteLength }) => sum + byteLength, this.left.bytes);
  }

  segmentState(row: number, index: number): SegmentState {
    const segment = this.model.segments[index];
    const columns = this.segments[index] as SegmentColumns;
    const member = columns.member[row] as number;
    return {
      in: segment?.kind === "one" ? (segment.entries[member]?.name ?? null) : member === 1,
      since: day(columns.since[row] as number),
      streak: day(columns.streak[row] as number),
    };
  }

  /** The stored score of some days before the state's newest day; undefined when none is stored. */
  healthDaysAgo(row: number, daysAgo: number): number | undefined {
    const place = this.healthDays - 1 - daysAgo;
    const score = place < 0 ? NOT_STORED : (this.health[row * this.healthDays + place] as number);
    return score === NOT_STORED ? undefined : score;
  }

  setHealthToday(row: number, score: number): void {
    if (this.healthDays > 0) this.health[(row + 1) * this.healthDays - 1] = score;
  }

  #loadStage(row: number, state: DecideState | null, today: Day): void {
    const stages = this.model.lifecycle?.stages ?? [];
    const index = state?.stage ? indexByName(stages, state.stage.name) : -1;
    this.stage[row] = index;
    this.stageSince[row] = index < 0 ? NO_DAY : (state?.stage?.since ?? NO_DAY);
    this.left.clear(row, row + 1);
    if (!state?.stage || state.day !== today) return;
    for (const name of state.stage.left) {
      const stage = indexByName(stages, name);
      // another version of the model may not have it
      if (stage >= 0 && !this.left.has(row, stage)) this.left.push(row, stage);
    }
  }

  #loadLevel(row: number, level: LevelState | null): void {
    const { levels } = this.model;
    const name = level ? indexByName(levels, level.name) : -1;
    const base = level ? indexByName(levels, level.base) : -1;
    this.level[row] = name;
    this.levelSince[row] = name < 0 ? NO_DAY : (level?.since ?? NO_DAY);
    this.base[row] = base;
    this.baseSince[row] = base < 0 ? NO_DAY : (level?.baseSince ?? NO_DAY);
    this.lowerSince[row] = level?.lowerSince ?? NO_DAY;
    this.pinned[row] = level?.pinned ? 1 : 0;
    this.held[row] = 0;
  }

  #saveLevel(row: number): LevelState | null {
    const level = this.model.levels[this.level[row] as number];
    const base = this.model.levels[this.base[row] as number];
    if (!level || !base) return null;
    return {
      name: level.name,
      since: this.levelSince[row] as number,
      base: base.name,
      baseSince: this.baseSince[row] as number,
      lowerSince: day(this.lowerSince[row] as number),
      pinned: this.pinned[row] === 1,
    };
  }

  #loadHealth(row: number, state: DecideState | null, today: Day): void {
    const { healthDays, health } = this;
    const shift = state ? today - state.day : 0;
    for (let place = 0; place < healthDays; place++) {
      const fromEnd = healthDays - 1 - place - shift;
      const stored = state && fromEnd >= 0 ? state.health.at(-1 - fromEnd) : undefined;
      health[row * healthDays + place] =
        stored === undefined || stored === "none" ? NOT_STORED : (stored ?? Number.NaN);
    }
  }

  #saveHealth(row: number): (number | null | "none")[] {
    const scores: (number | null | "none")[] = [];
    for (let place = 0; place < this.healthDays; place++) {
      const score = this.health[row * this.healthDays + place] as number;
      if (score === NOT_STORED) {
        if (scores.length > 0) scores.push("none");
      } else scores.push(Number.isNaN(score) ? null : score);
    }
    return scores;
  }
}

function days(size: number): Int32Array {
  return new Int32Array(size).fill(NO_DAY);
}

function day(value: number): Day | null {
  return value === NO_DAY ? null : value;
}

function indexByName(list: readonly { readonly name: string }[], name: string): number {
  return list.findIndex((one) => one.name === name);
}

/** Bands count from the lowest; `unknown` stands after the last. */
export function bandIndex(model: Model, name: string): number {
  const index = indexByName(model.health?.bands ?? [], name);
  return index >= 0 ? index : name === "unknown" ? (model.health?.bands.length ?? 0) : -1;
}

export function bandName(model: Model, index: number): string {
  return model.health?.bands[index]?.name ?? "unknown";
}

function memberIndex(segment: Model["segments"][number], known: SegmentState | undefined): number {
  if (segment.kind === "flag") return known?.in === true ? 1 : 0;
  return typeof known?.in === "string" ? indexByName(segment.entries, known.in) : -1;
}
