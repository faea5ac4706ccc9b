import type { Column } from "./columns.ts";
import type { Database } from "./open-database.ts";
import { identifier } from "./sql-text.ts";

/**
 * What to select as an event's message id. An event without one gets a hash of what its row
 * says and, from the second of equal rows on, its number among them: importing the file again,
 * or a longer one that begins with the same rows, makes the same ids. Shifts, zones and
 * outcome columns change nothing about it.
 */
export async function messageIds(
  columns: readonly Column[],
  database: Database,
): Promise<{ readonly extra: string; readonly orderBy?: string }> {
  const own = columns.find((column) => column.known?.name === "message_id");
  const given = own ? `nullif(trim(${own.select}), '')` : "null";
  if (own) {
    const [row] = await database.rows(
      `select bool_and(${given} is not null) as all_given from imported.events`,
    );
    if (row?.["all_given"] !== false) return { extra: given };
  }
  const hash = rowHash(columns.filter((column) => column !== own && column.becomes !== "outcome"));
  const ordinal = `row_number() over (partition by ${hash}, ${given} is null order by rowid)`;
  const made = `${hash} || case when ${ordinal} = 1 then '' else '-' || ${ordinal} end`;
  return { extra: `coalesce(${given}, ${made})`, orderBy: "rowid" };
}

function rowHash(columns: readonly Column[]): string {
  const named = columns.map((column) => ({
    name: column.name.toLowerCase(),
    text: canonical(column),
  }));
  const parts = named
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    // With its length, no value can pass for two.
    .map(
      ({ name, text }) =>
        `coalesce('${name.replaceAll("'", "''")}=' || length(${text}) || ':' || ${text} || ';', '')`,
    );
  return `md5(${parts.join(" || ")})`;
}

/** One text per value, whichever of its possible types a file's sniffing has found. */
function canonical(column: Column): string {
  const place = identifier(column.name);
  switch (column.kind) {
    case "number":
      return `(${place}::double)::varchar`;
    case "boolean":
      return `${place}::varchar`;
    case "date":
    case "local":
      return `epoch_us(${place}::timestamp)::varchar`;
    case "instant":
      return `epoch_us(${place})::varchar`;
    case "big":
    case "text":
    case "nested":
      return `nullif(trim(${column.select}), '')`;
  }
}
