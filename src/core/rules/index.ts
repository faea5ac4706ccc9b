export { nearest } from "../text/nearest.ts";
export type { Layout } from "./columns.ts";
export { RuleEmitter } from "./emit.ts";
export { evaluateRule } from "./evaluate.ts";
export { candidateValues } from "./flips.ts";
export { linkBlock, type BlockFunction, type LinkedBlock } from "./link.ts";
export { parseRule } from "./parse-rule.ts";
export { namedOnce } from "./row-locals.ts";
export { traceRule } from "./trace.ts";
