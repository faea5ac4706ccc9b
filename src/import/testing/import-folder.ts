import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RuleType } from "../../core/rules/types.ts";
import { parseDay, type Day } from "../../core/time/day.ts";
import type { Reject } from "../../engine/ports.ts";
import { openImport } from "../open-import.ts";
import type { ImportDefinition, OpenedImport, OpenOptions } from "../types.ts";

/** A folder with these files, for as long as `use` lasts. */
export async function withFolder<T>(
  files: Readonly<Record<string, string | Uint8Array>>,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "touchstone-import-test-"));
  try {
    for (const [name, content] of Object.entries(files))
      await writeFile(join(folder, name), content);
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export const TODAY = day("2026-06-15");

export interface Read {
  readonly rows: Record<string, unknown>[];
  readonly rejects: Reject[];
  readonly source: OpenedImport;
}

/** All rows of one statement of `x.import.yaml` beside these files. */
export async function readAll(
  statement: "accounts" | "contacts" | "events" | "team",
  files: Readonly<Record<string, string | Uint8Array>>,
  options: Partial<OpenOptions> = {},
): Promise<Read> {
  return withFolder(files, (folder) => readFrom(statement, join(folder, "x.import.yaml"), options));
}

export async function readFrom(
  statement: "accounts" | "contacts" | "events" | "team",
  definition: string | ImportDefinition,
  options: Partial<OpenOptions> = {},
): Promise<Read> {
  const rejects: Reject[] = [];
  const onReject = (reject: Reject): void => void rejects.push(reject);
  const source = await openImport(definition, { today: TODAY, onReject, ...options });
  try {
    const rows: Record<string, unknown>[] = [];
    for await (const batch of source[statement]()) for (const row of batch) rows.push({ ...row });
    return { rows, rejects, source };
  } finally {
    await source.close();
  }
}

export function day(text: string): Day {
  const found = parseDay(text);
  if (found === undefined) throw new Error(`${text} is no day`);
  return found;
}

export function typesOf(
  kinds: Readonly<Record<string, RuleType["kind"]>>,
): ReadonlyMap<string, RuleType> {
  return new Map(Object.entries(kinds).map(([name, kind]) => [name, { kind }]));
}
