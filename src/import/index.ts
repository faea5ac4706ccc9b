export { ImportError, type ImportErrorCode } from "./import-error.ts";
export { SHAPES } from "./known-columns.ts";
export { type ImportMapping, mappedText } from "./mapped-form.ts";
export { openImport } from "./open-import.ts";
export { readDefinition, readImportFile } from "./read-definition.ts";
export { shortForm, type ShortFormKind, type ShortFormOptions } from "./short-form.ts";
export { sniffFile, type SniffedFile } from "./sniff-file.ts";
export {
  likeliestKind,
  type Suggestion,
  suggestMapping,
  type WantedTrait,
} from "./suggest-mapping.ts";
export type * from "./types.ts";
export { csvField, rejectsFile, type RejectWriter, writeRejects } from "./write-rejects.ts";
