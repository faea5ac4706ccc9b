import type { BookTouch } from "../ports.ts";
import type { TouchChange, TouchTally } from "./types.ts";

type Tally = { -readonly [K in keyof TouchTally]: TouchTally[K] };

/** What becomes of open touches, program by program and touchpoint by touchpoint. */
export class TouchCounts {
  readonly #tallies = new Map<string | null, Map<string, ByKind>>();

  /** All that are ahead before; `changes` among them, and those made new. */
  add(before: readonly BookTouch[], changes: readonly TouchChange[]): void {
    for (const touch of before) this.#of(touch).kept += 1;
    for (const change of changes) {
      const tally = this.#of(change);
      tally[change.fate] += 1;
      // it was counted as kept, whatever it was called then
      if (change.fate !== "made") tally.kept -= 1;
    }
  }

  result(): TouchTally[] {
    return [...this.#tallies.values()]
      .flatMap((ofProgram) => [...ofProgram.values()])
      .flatMap(({ human, automated }) => [human, automated])
      .filter((tally) => tally !== null)
      .filter(
        ({ made, kept, moved, cancelled, changed }) =>
          made + kept + moved + cancelled + changed > 0,
      )
      .toSorted((a, b) => (name(a) < name(b) ? -1 : 1));
  }

  #of({ program, touchpoint, human }: Pick<BookTouch, "program" | "touchpoint" | "human">): Tally {
    let ofProgram = this.#tallies.get(program);
    if (!ofProgram) this.#tallies.set(program, (ofProgram = new Map<string, ByKind>()));
    let both = ofProgram.get(touchpoint);
    if (!both) ofProgram.set(touchpoint, (both = { human: null, automated: null }));
    return (both[human ? "human" : "automated"] ??= { program, touchpoint, human, ...NONE });
  }
}

/** Of a touchpoint that another model gives to people, or takes from them. */
interface ByKind {
  human: Tally | null;
  automated: Tally | null;
}

const NONE = { made: 0, kept: 0, moved: 0, cancelled: 0, changed: 0 };

function name({ program, touchpoint, human }: TouchTally): string {
  return `${program ?? ""} ${touchpoint} ${human}`;
}
