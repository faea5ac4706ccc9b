import { AppError } from "../app-error.ts";
import type { EngineContext } from "../context.ts";
import type { ImportRun, ImportRunPlace, WholeImportRun } from "../ports.ts";

/** A running import says that it lives twice a second; one that is silent for so long has died. */
const SILENT_MS = 10 * 60_000;

/** Imports that were made, newest first. */
export async function listImportRuns(
  { store, clock }: EngineContext,
  limit: number,
  after?: ImportRunPlace,
): Promise<readonly ImportRun[]> {
  const found = await store.importRuns.list(limit, after);
  return found.map((run) => ended(run, clock()));
}

export async function oneImportRun(
  { store, clock }: EngineContext,
  id: string,
): Promise<WholeImportRun> {
  const found = await store.importRuns.one(id);
  if (!found)
    throw new AppError(
      "unknown-import",
      `There is no import \`${id}\`.`,
      "The list of imports has those there are.",
    );
  return ended(found, clock());
}

/** What its process could not write down any more is told all the same. */
function ended<T extends ImportRun>(run: T, now: number): T {
  if (run.status !== "running" || now - run.seenAt < SILENT_MS) return run;
  return {
    ...run,
    status: "broken",
    error: "The process that imported it ended. Import the file again: what is in stays as it is.",
  };
}
