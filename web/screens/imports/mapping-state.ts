import type { components } from "../../lib/api-types.ts";

export type UploadPreview = components["schemas"]["UploadPreview"];
export type ImportMapping = components["schemas"]["ImportMappingInput"];
export type FileReading = NonNullable<ImportMapping["csv"]>;
export type ImportKind = ImportMapping["kind"];

/** What somebody says of a file so far. */
export interface MappingState {
  readonly kind: ImportKind;
  /** By column of the file: what it becomes; null: it is left out. */
  readonly targets: Readonly<Record<string, string | null>>;
  readonly fixed: Readonly<Record<string, string>>;
  readonly csv: FileReading;
}

/** The likeliest meaning, taken the file is a list of `kind`. */
export function suggestedState(
  preview: UploadPreview,
  kind: ImportKind,
  csv: FileReading = {},
): MappingState {
  const { columns = [] } = preview.suggestions.find((one) => one.kind === kind) ?? {};
  const isIgnored = othersOf(preview, kind) === "ignored";
  return {
    kind,
    targets: Object.fromEntries(
      columns.map(({ from, to, why }) => [from, isIgnored && why === "own" ? null : to]),
    ),
    fixed: {},
    csv,
  };
}

/** The file read in another way: what was said of columns that are still there stays. */
export function keptState(before: MappingState, preview: UploadPreview): MappingState {
  const fresh = suggestedState(preview, before.kind, before.csv);
  const targets = Object.fromEntries(
    Object.entries(fresh.targets).map(([from, to]) => [
      from,
      Object.hasOwn(before.targets, from) ? (before.targets[from] ?? null) : to,
    ]),
  );
  return { ...before, targets };
}

export function mappingBody({ kind, targets, fixed, csv }: MappingState): ImportMapping {
  return {
    kind,
    columns: Object.entries(targets).map(([from, to]) => ({ from, to })),
    fixed: Object.fromEntries(Object.entries(fixed).filter(([, text]) => text.trim() !== "")),
    csv,
  };
}

/** Columns that every row needs and nothing gives yet. */
export function missingColumns(preview: UploadPreview, state: MappingState): readonly string[] {
  const given = new Set(Object.values(state.targets));
  return knownOf(preview, state.kind)
    .filter(({ name, required }) => required && !given.has(name) && !state.fixed[name]?.trim())
    .map(({ name }) => name);
}

/** Targets that more than one column is to become, first and last names aside. */
export function doubledTargets(state: MappingState): readonly string[] {
  const counts = new Map<string, number>();
  for (const to of Object.values(state.targets))
    if (to !== null) counts.set(to, (counts.get(to) ?? 0) + 1);
  return [...counts].flatMap(([to, count]) => (count > 1 && !JOINED.has(to) ? [to] : []));
}

/** Several columns may make these together. */
const JOINED: ReadonlySet<string> = new Set(["name", "account_name"]);

export function knownOf(preview: UploadPreview, kind: ImportKind) {
  return preview.known.find((one) => one.kind === kind)?.columns ?? [];
}

export function othersOf(preview: UploadPreview, kind: ImportKind) {
  return preview.known.find((one) => one.kind === kind)?.others ?? "trait";
}

/** `Q3 accounts (final).CSV` → a name that the server takes. */
export function safeFileName(name: string): string {
  const plain = name.normalize("NFKD").replaceAll(/\p{M}/gu, "");
  const safe = plain.replaceAll(/[^A-Za-z0-9_.-]+/g, "-").replace(/^[^A-Za-z0-9_]+/, "");
  return (safe === "" || safe.startsWith(".") ? `file${safe}` : safe)
    .slice(-100)
    .replace(/^[^A-Za-z0-9_]+/, "");
}
