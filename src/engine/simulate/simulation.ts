import type { Model } from "../../core/model/types.ts";
import type { EndFindings } from "../../core/simulate/judge-ends.ts";
import type { PeriodLength } from "../../core/simulate/periods.ts";
import type { PeriodFigures, SimulationTotals } from "../../core/simulate/tally-days.ts";
import type { Day } from "../../core/time/day.ts";
import type { ConstantFact } from "./book-survey.ts";

/** A week or month with the hours that the present team would have had in it. */
export interface SimulatedPeriod extends PeriodFigures {
  /** Minutes of those who own accounts or work for the pool; null: nobody's hours are known. */
  readonly capacityMinutes: number | null;
}

/** History lived through with one model. */
export interface ModelSimulation {
  readonly model: Model;
  readonly periods: readonly SimulatedPeriod[];
  readonly totals: SimulationTotals & { readonly capacityMinutes: number | null };
  /** null: nobody asked how accounts ended. */
  readonly ends: EndFindings | null;
  /** What the model reads and the book knows only as it is now. */
  readonly mayLeak: readonly ConstantFact[];
}

export interface Simulation {
  readonly from: Day;
  readonly to: Day;
  /** From this day on the accounts were decided, so that what takes days to build up is there. */
  readonly decidedFrom: Day;
  readonly by: PeriodLength;
  readonly ended: string | null;
  readonly book: {
    readonly accounts: number;
    /** The first day on which anything is known of anybody. */
    readonly firstDay: Day;
    /** The last event's; null: there are none. */
    readonly lastEvent: Day | null;
    readonly withoutCreation: number;
    readonly team: number;
  };
  /** One, or the two that are held side by side. */
  readonly models: readonly ModelSimulation[];
}
