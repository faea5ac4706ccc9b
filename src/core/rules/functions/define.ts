import type { Day } from "../../time/day.ts";
import type { FunctionName } from "../types.ts";

/** One line of the reference page: how it is written, and what it gives. */
interface Described {
  readonly name: FunctionName;
  readonly written: string;
  readonly meaning: string;
}

/** Doubles in, double out, NaN in gives NaN out. */
export interface NumberFunction extends Described {
  readonly makes: "number";
  /**
   * What it takes: numbers only; a single date or time, as its local day; or numbers, dates or
   * times as long as they are of one kind, which is then the result's too.
   */
  readonly takes: "numbers" | "day" | "alike";
  readonly atLeast: number;
  readonly atMost: number;
  evaluate(args: readonly number[], today: Day): number;
  /** The same as JavaScript about the expressions `args`; `$…` are the runtime's functions. */
  emit(args: readonly string[], today: string): string;
}

/** `text.name(wanted)`: true or false of a text; unknown when either is. */
export interface TextTest extends Described {
  readonly makes: "truth";
  /** `wanted` must stand in the rule as a text in quotes. */
  readonly fixed: boolean;
  /** Why `wanted` can't be used; asked for texts in quotes only. */
  refuse?(wanted: string): string | undefined;
  prepare(wanted: string): (text: string) => boolean;
}

/** `text.name()`: another text. */
export interface TextFunction extends Described {
  readonly makes: "text";
  evaluate(text: string): string;
}

export type FunctionDef = NumberFunction | TextTest | TextFunction;
