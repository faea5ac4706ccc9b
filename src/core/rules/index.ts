export { nearest } from "../text/nearest.ts";
export { RULE_CODES, type RuleCode } from "./codes.ts";
export {
  FALSE,
  TRUE,
  UNKNOWN,
  Dictionary,
  newColumn,
  type ColumnData,
  type Layout,
} from "./columns.ts";
export { compileRule } from "./compile-rule.ts";
export { RuleEmitter } from "./emit.ts";
export { evaluateRule } from "./evaluate.ts";
export { candidateValues } from "./flips.ts";
export { linkBlock, type BlockFunction, type LinkedBlock, type RuleHelpers } from "./link.ts";
export { parseRule } from "./parse-rule.ts";
export { traceRule } from "./trace.ts";
