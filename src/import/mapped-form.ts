import { stringify } from "yaml";
import type { StatementName } from "../engine/ports.ts";
import { ImportError } from "./import-error.ts";
import { SHAPES } from "./known-columns.ts";
import { identifier, literal } from "./sql-text.ts";
import type { CsvOptions } from "./types.ts";

/** What somebody said of a file's columns, on a screen: it becomes an import file like any other. */
export interface ImportMapping {
  readonly kind: StatementName;
  readonly columns: readonly {
    readonly from: string;
    /** A known column, or the name of a trait or property; null: left out. */
    readonly to: string | null;
  }[];
  /** Known column → what it is in every row: `event: Logged in`. */
  readonly fixed: Readonly<Record<string, string>>;
  readonly csv: CsvOptions;
}

/** Several columns may make these together: first and last name, say. */
const JOINED: ReadonlySet<string> = new Set(["name", "account_name"]);

/** The text of the import file that does what was said, for a file beside it. */
export function mappedText(mapping: ImportMapping, file: string): string {
  const csv = Object.fromEntries(
    Object.entries(mapping.csv).filter(([, value]) => value !== undefined),
  );
  const rows = Object.keys(csv).length === 0 ? file : { path: file, ...csv };
  return stringify(
    { files: { rows }, [mapping.kind]: `${mappedSql(mapping)}\n` },
    { lineWidth: 0 },
  );
}

export function mappedSql({ kind, columns, fixed }: ImportMapping): string {
  const shape = SHAPES[kind];
  const made = new Map<string, string[]>();
  for (const { from, to } of columns) {
    if (to === null || to === "") continue;
    const sources = made.get(to) ?? [];
    sources.push(identifier(from));
    made.set(to, sources);
  }
  const parts = [...made].map(([to, sources]) => `${joined(to, sources)} as ${identifier(to)}`);
  for (const [to, text] of Object.entries(fixed)) {
    if (made.has(to)) throw bad(`${to} is a column of the file and a fixed text at once`);
    parts.push(`${literal(text)} as ${identifier(to)}`);
  }
  const missing = shape.known
    .filter(({ name, key }) => key && !made.has(name) && !Object.hasOwn(fixed, name))
    .map(({ name }) => name);
  if (missing.length > 0)
    throw bad(
      `no column of the file gives ${missing.join(" and ")}, which every row of ${kind} needs`,
    );
  return `select\n  ${parts.join(",\n  ")}\nfrom rows`;
}

function joined(to: string, sources: readonly string[]): string {
  const [first = "", ...more] = sources;
  if (more.length === 0) return first;
  if (!JOINED.has(to)) throw bad(`${to} is given by ${sources.join(" and ")}; choose one of them`);
  return `nullif(trim(concat_ws(' ', ${sources.join(", ")})), '')`;
}

function bad(message: string): ImportError {
  return new ImportError("import-file-invalid", `The columns cannot be read so: ${message}.`);
}
