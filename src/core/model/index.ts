export { CODES } from "./codes.ts";
export { describeEffect } from "./describe-effect.ts";
export type { Diagnostic } from "./diagnostic.ts";
export { formatDiagnostic } from "./format-diagnostic.ts";
export { weeklyHumanMinutes } from "./checks/human-minutes.ts";
export { modelSchema } from "./model-schema.ts";
export { readModel, readModelInSteps } from "./read-model.ts";
export type { ReadOptions, ReadResult } from "./read-model.ts";
export type * from "./types.ts";
