import type { BookDecider } from "../../core/decide/index.ts";
import type { Model, SegmentDef } from "../../core/model/types.ts";

type State = BookDecider["state"];
type Columns = Pick<
  State,
  "stage" | "stageSince" | "band" | "level" | "base" | "lowerSince" | "pinned"
> & { readonly members: readonly Int16Array[] };

/**
 * Two models' decisions about the same rows, compared in their columns: nothing is made for each
 * account. Rows are as they were stored until `note`, and as they are decided now when asked.
 */
export class SideBySide {
  readonly #old: State;
  readonly #new: State;
  readonly #names: { readonly old: Names; readonly new: Names };
  readonly #segments: readonly SegmentPair[];
  #stored: Columns | undefined;

  constructor(live: BookDecider, target: BookDecider) {
    this.#old = live.state;
    this.#new = target.state;
    this.#names = { old: namesOf(live.state.model), new: namesOf(target.state.model) };
    this.#segments = pairSegments(live.state.model, target.state.model);
  }

  /** Takes down what is loaded, before the live model decides it anew. */
  note(): void {
    const { stage, stageSince, band, level, base, lowerSince, pinned, segments } = this.#old;
    this.#stored = {
      stage: stage.slice(),
      stageSince: stageSince.slice(),
      band: band.slice(),
      level: level.slice(),
      base: base.slice(),
      lowerSince: lowerSince.slice(),
      pinned: pinned.slice(),
      members: segments.map(({ member }) => member.slice()),
    };
  }

  /** Whether both models decide the row as it is stored: what is only counted left aside. */
  isAlike(row: number): boolean {
    return this.#isAsStored(row) && this.#isAsOld(row);
  }

  #isAsStored(row: number): boolean {
    const [was, is] = [this.#stored, this.#old];
    return (
      was !== undefined &&
      was.stage[row] === is.stage[row] &&
      was.stageSince[row] === is.stageSince[row] &&
      was.band[row] === is.band[row] &&
      was.level[row] === is.level[row] &&
      was.base[row] === is.base[row] &&
      was.lowerSince[row] === is.lowerSince[row] &&
      was.pinned[row] === is.pinned[row] &&
      is.segments.every(({ member }, index) => was.members[index]?.[row] === member[row])
    );
  }

  #isAsOld(row: number): boolean {
    const [was, is] = [this.#old, this.#new];
    const { old: before, new: after } = this.#names;
    return (
      before.stages[was.stage[row] as number] === after.stages[is.stage[row] as number] &&
      before.levels[was.level[row] as number] === after.levels[is.level[row] as number] &&
      before.levels[was.base[row] as number] === after.levels[is.base[row] as number] &&
      (before.bands[was.band[row] as number] ?? UNKNOWN) ===
        (after.bands[is.band[row] as number] ?? UNKNOWN) &&
      was.pinned[row] === is.pinned[row] &&
      this.#segments.every((pair) => this.#isSameMember(pair, row))
    );
  }

  #isSameMember({ old, new: now, before, after }: SegmentPair, row: number): boolean {
    const was = before(old < 0 ? undefined : this.#old.segments[old]?.member[row]);
    return was === after(now < 0 ? undefined : this.#new.segments[now]?.member[row]);
  }
}

const UNKNOWN = "unknown";

interface Names {
  readonly stages: readonly string[];
  readonly levels: readonly string[];
  readonly bands: readonly string[];
}

function namesOf({ lifecycle, levels, health }: Model): Names {
  return {
    stages: (lifecycle?.stages ?? []).map(({ name }) => name),
    levels: levels.map(({ name }) => name),
    bands: (health?.bands ?? []).map(({ name }) => name),
  };
}

/** What a segment's column says: its entry's name, whether it is a member, or null for not in it. */
type ReadMember = (member: number | undefined) => string | true | null;

/** A segment of one of the models or both; -1: the model has none of that name. */
interface SegmentPair {
  readonly old: number;
  readonly new: number;
  readonly before: ReadMember;
  readonly after: ReadMember;
}

function pairSegments(live: Model, target: Model): readonly SegmentPair[] {
  const names = [...live.segments, ...target.segments].map(({ name }) => name);
  return [...new Set(names)].map((name) => {
    const old = live.segments.findIndex((one) => one.name === name);
    const now = target.segments.findIndex((one) => one.name === name);
    return {
      old,
      new: now,
      before: reader(live.segments[old]),
      after: reader(target.segments[now]),
    };
  });
}

function reader(segment: SegmentDef | undefined): ReadMember {
  if (segment?.kind !== "one") return (member) => (member === 1 ? true : null);
  const names = segment.entries.map(({ name }) => name);
  return (member) => names[member ?? -1] ?? null;
}
