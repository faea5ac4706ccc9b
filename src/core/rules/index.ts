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
export { linkBlock, linkFunction, type BlockFunction, type LinkedBlock } from "./link.ts";
export type { RuleHelpers } from "./runtime.ts";
export { RESERVED_WORDS } from "./words.ts";
export { FUNCTION_NAMES } from "./functions/registry.ts";
export { parseRule } from "./parse-rule.ts";
export { traceRule } from "./trace.ts";
