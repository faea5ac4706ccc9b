import { SHAPES, type KnownColumn } from "./known-columns.ts";
import { columnsOf } from "./table-columns.ts";
import type { Database } from "./open-database.ts";
import { identifier } from "./sql-text.ts";
import type { StatementName } from "../engine/ports.ts";

/** How a column's values come out of DuckDB into JavaScript. */
export type SourceKind =
  | "number"
  /** 64 bits or more, or decimal, with a value that a double cannot hold: as text. */
  | "big"
  | "boolean"
  /** Days since 1970. */
  | "date"
  /** A clock's time without a zone: milliseconds since 1970-01-01 00:00 on that clock. */
  | "local"
  /** Milliseconds since 1970 in UTC. */
  | "instant"
  | "text"
  /** Lists and structs: JSON text. */
  | "nested";

export interface Column {
  readonly name: string;
  /** DuckDB's type, for people. */
  readonly type: string;
  readonly kind: SourceKind;
  readonly becomes: "known" | "trait" | "property" | "outcome" | "ignored";
  readonly known: KnownColumn | undefined;
  /** What to select so that the value arrives as `kind` says. */
  readonly select: string;
}

const NUMBERS = new Set(["TINYINT", "SMALLINT", "INTEGER", "UTINYINT", "USMALLINT", "UINTEGER"]);
const BIG = /^(BIGINT|UBIGINT|HUGEINT|UHUGEINT|BIGNUM|DECIMAL)/;
const SAFE = "between -9007199254740991 and 9007199254740991";
/** Stands for a date at infinity: outside every range, so its row is rejected. */
const FAR = "1e17";

/** The columns of a statement's result, each with its meaning and the way to read it. */
export async function planColumns(
  statement: StatementName,
  outcome: readonly string[],
  database: Database,
): Promise<readonly Column[]> {
  const shape = SHAPES[statement];
  const outcomes = new Set(outcome.map((name) => name.toLowerCase()));
  const columns = await columnsOf(database, statement, "imported");
  const unsafe = await unsafeColumns(
    statement,
    columns.filter((c) => BIG.test(c.type)).map((c) => c.name),
    database,
  );
  return columns.map(({ name, type }) => {
    const known = shape.known.find((column) => column.name === name.toLowerCase());
    const kind = kindOf(type, unsafe.has(name));
    const place = identifier(name);
    if (known) {
      const asText = known.kind === "text" && (kind === "number" || kind === "big");
      const select = asText ? numberAsText(place, type) : selectAs(kind, place, type);
      return { name, type, kind: asText ? "text" : kind, becomes: "known", known, select };
    }
    const kept = name === "__proto__" ? "ignored" : shape.others;
    const becomes = outcomes.has(name.toLowerCase()) && kept !== "ignored" ? "outcome" : kept;
    return { name, type, kind, becomes, known: undefined, select: selectAs(kind, place, type) };
  });
}

function kindOf(type: string, unsafe: boolean): SourceKind {
  if (type.endsWith("]") || /^(STRUCT|MAP|UNION|VARIANT|JSON)/.test(type)) return "nested";
  if (type === "BOOLEAN") return "boolean";
  if (type === "DATE") return "date";
  if (type === "TIMESTAMP WITH TIME ZONE") return "instant";
  if (type.startsWith("TIMESTAMP")) return "local";
  if (BIG.test(type)) return unsafe ? "big" : "number";
  return NUMBERS.has(type) || type === "DOUBLE" || type === "FLOAT" ? "number" : "text";
}

function selectAs(kind: SourceKind, place: string, type: string): string {
  switch (kind) {
    case "number":
      // A FLOAT goes by its text, or 0.1 would become 0.10000000149.
      return type === "FLOAT" ? `${place}::varchar::double` : `${place}::double`;
    case "boolean":
      return place;
    case "date":
      return `case when isfinite(${place}) then (${place} - date '1970-01-01')::double when ${place} is not null then ${FAR} end`;
    case "local":
      return `case when isfinite(${place}::timestamp) then epoch_us(${place}::timestamp)::double / 1000 when ${place} is not null then ${FAR} end`;
    case "instant":
      return `case when isfinite(${place}) then epoch_us(${place})::double / 1000 when ${place} is not null then ${FAR} end`;
    case "nested":
      // A JSON scalar is its value, without the quotes.
      return type === "JSON"
        ? `case when json_type(${place}) in ('OBJECT', 'ARRAY') then ${place}::varchar else ${place}->>'$' end`
        : `to_json(${place})::varchar`;
    case "big":
    case "text":
      return textOf(place);
  }
}

/** Postgres holds no NUL in a text, and nobody means one. */
function textOf(place: string): string {
  return `replace(${place}::varchar, chr(0), '')`;
}

/** Ids are text: 17.0 (a column of integers with holes, say) is `17`. */
function numberAsText(place: string, type: string): string {
  if (type !== "DOUBLE" && type !== "FLOAT") return `${place}::varchar`;
  return `case when ${place} = trunc(${place}) and abs(${place}) < 1e18 then ${place}::hugeint::varchar else ${place}::varchar end`;
}

async function unsafeColumns(
  statement: StatementName,
  names: readonly string[],
  database: Database,
): Promise<ReadonlySet<string>> {
  if (names.length === 0) return new Set();
  const checks = names.map((name, i) => `bool_or(not (${identifier(name)} ${SAFE})) as c${i}`);
  const [row] = await database.rows(
    `select ${checks.join(", ")} from imported.${identifier(statement)}`,
  );
  return new Set(names.filter((_, i) => row?.[`c${i}`] === true));
}
