export { ImportError, type ImportErrorCode } from "./import-error.ts";
export { openImport } from "./open-import.ts";
export { readDefinition, readImportFile } from "./read-definition.ts";
export { shortForm, type ShortFormKind, type ShortFormOptions } from "./short-form.ts";
export type * from "./types.ts";
export { rejectsFile, type RejectWriter, writeRejects } from "./write-rejects.ts";
