export { changeEvents, sameDecision } from "./changes.ts";
export { type CompiledModel, compileModel } from "./compiled-model.ts";
export { BookDecider } from "./decide-book.ts";
export {
  actualOf,
  type Decision,
  decisionOf,
  type DecisionStep,
  effectText,
  factCount,
  factPlace,
  factValues,
  rowEnv,
  showName,
} from "./decision.ts";
export { armOf, asksContact, contactExperiment } from "./program-signals.ts";
export type { DecideState, LevelState, Pin, SegmentState } from "./state.ts";
