import type { Day } from "../core/time/day.ts";
import { localDay } from "../core/time/zone.ts";
import type { Column } from "./columns.ts";
import { ImportError } from "./import-error.ts";
import type { Database } from "./open-database.ts";
import { identifier } from "./sql-text.ts";
import type { ImportDefinition, OpenOptions } from "./types.ts";

/**
 * How many days every date is moved by so that the last event falls on the day that the import
 * file asks for. What an earlier import of the file was moved by is used again: moved by
 * another number, the same file would be another history.
 */
export async function findShift(
  definition: ImportDefinition,
  options: OpenOptions,
  zone: string,
  eventColumns: readonly Column[] | undefined,
  database: Database,
): Promise<number | undefined> {
  const { shiftTo } = definition;
  if (shiftTo === undefined) return undefined;
  if (options.shiftDays !== undefined) return options.shiftDays;
  const last = eventColumns && (await lastEventDay(eventColumns, zone, database));
  if (last === undefined) {
    const message = `${definition.file}: shift_to moves the last event to a day, and there are no events`;
    throw new ImportError("import-file-invalid", message);
  }
  return (shiftTo === "yesterday" ? options.today - 1 : shiftTo) - last;
}

async function lastEventDay(
  columns: readonly Column[],
  zone: string,
  database: Database,
): Promise<Day | undefined> {
  const at = columns.find((column) => column.known?.name === "at");
  if (!at) return undefined;
  const place = identifier(at.name);
  const local = at.kind === "date" || at.kind === "local";
  // Text is read as DuckDB reads it, in the session's zone, which is ours.
  const time = local ? `${place}::timestamp` : `try_cast(${place} as timestamptz)`;
  // Rows outside these years are rejected and say nothing about when the data ends.
  const [row] = await database.rows(
    `select max(epoch_ms(${time}))::double as last from imported.events
     where isfinite(${time}) and year(${time}) between 1970 and 2100`,
  );
  const last = row?.["last"];
  if (typeof last !== "number") return undefined;
  return local ? Math.floor(last / 86_400_000) : localDay(last, zone);
}
