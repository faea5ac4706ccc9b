export type { Diagnostic } from "./diagnostic.ts";
export { readModel } from "./read-model.ts";
export type { ReadOptions, ReadResult } from "./read-model.ts";
export type * from "./types.ts";
