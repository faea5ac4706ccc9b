import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { type Document, isMap, isScalar, LineCounter, type Node, parseDocument } from "yaml";
import type { z } from "zod";
import type { Diagnostic } from "../core/model/diagnostic.ts";
import { nearest } from "../core/text/nearest.ts";
import { parseDay } from "../core/time/day.ts";
import { isTimeZone } from "../core/time/zone.ts";
import {
  type DefinitionFile,
  definitionSchema,
  FILE_KEYS,
  fileObject,
  TOP_KEYS,
} from "./definition-schema.ts";
import type { StatementName } from "../engine/ports.ts";
import { describeMissing } from "./find-files.ts";
import { ImportError } from "./import-error.ts";
import type { FileTable, ImportDefinition, ImportStatement } from "./types.ts";

const STATEMENTS: readonly StatementName[] = ["accounts", "contacts", "events", "team"];
type Path = readonly PropertyKey[];

/** Reads an import file. Throws ImportError with all its problems at once, each with its line. */
export async function readImportFile(file: string): Promise<ImportDefinition> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (cause) {
    const isAbsent = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
    const why = isAbsent
      ? await describeMissing(resolve(file), file)
      : `${file} cannot be read: ${String(cause)}`;
    throw new ImportError("import-file-missing", why, { cause });
  }
  const { definition, diagnostics } = readDefinition(text, file);
  if (definition) return definition;
  const lines = diagnostics.map((d) => `${d.file}:${d.line}:${d.column}: ${d.message}`);
  throw new ImportError("import-file-invalid", lines.join("\n"), { diagnostics });
}

export interface DefinitionResult {
  readonly definition: ImportDefinition | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** The text of an import file → what it asks for, or every problem in the order of the file. */
export function readDefinition(text: string, file: string): DefinitionResult {
  const lines = new LineCounter();
  const doc = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = new Places(doc, lines, file);
  if (doc.errors.length > 0) {
    return {
      definition: undefined,
      diagnostics: doc.errors.map((e) => place.atOffset(e.pos[0], "yaml-syntax", e.message)),
    };
  }
  const parsed = definitionSchema.safeParse(valuesOf(doc));
  const diagnostics = parsed.success
    ? checkValues(parsed.data, place)
    : parsed.error.issues.flatMap((issue) => explain(issue, place));
  if (!parsed.success || diagnostics.length > 0) {
    return {
      definition: undefined,
      diagnostics: diagnostics.sort((a, b) => a.line - b.line || a.column - b.column),
    };
  }
  return { definition: build(parsed.data, place, file), diagnostics };
}

/** Undefined where aliases grow beyond all measure: the schema then says what is missing. */
function valuesOf(doc: Document.Parsed): unknown {
  try {
    return doc.toJS({ maxAliasCount: 100 });
  } catch (error) {
    if (error instanceof ReferenceError) return undefined;
    throw error;
  }
}

/** What the schema cannot say: days that exist, zones that exist. */
function checkValues(data: DefinitionFile, place: Places): Diagnostic[] {
  const found: Diagnostic[] = [];
  if (data.shift_to && data.shift_to !== "yesterday" && parseDay(data.shift_to) === undefined) {
    found.push(
      place.at(["shift_to"], "import-value", `${data.shift_to} is no day of the calendar`),
    );
  }
  if (data.timezone !== undefined && !isTimeZone(data.timezone)) {
    found.push(
      place.at(
        ["timezone"],
        "import-value",
        `${data.timezone} is no IANA time zone, such as Europe/Berlin`,
      ),
    );
  }
  return found;
}

function explain(issue: z.core.$ZodIssue, place: Places): Diagnostic[] {
  if (issue.code === "unrecognized_keys") {
    const allowed = issue.path.length === 0 ? TOP_KEYS : FILE_KEYS;
    return issue.keys.map((key) => place.unknownKey([...issue.path, key], key, allowed));
  }
  if (issue.code === "invalid_key") {
    const why = issue.issues[0]?.message ?? issue.message;
    return [
      { ...place.atKey(issue.path, "import-value"), message: `${issue.path.join(".")}: ${why}` },
    ];
  }
  if (issue.code === "invalid_union" && issue.path[0] === "files") return explainFile(issue, place);
  const missing =
    issue.code === "invalid_type" &&
    issue.input === undefined &&
    place.node(issue.path) === undefined;
  const name = issue.path.join(".");
  const message = missing
    ? `${name} is missing`
    : `${name === "" ? "" : `${name}: `}${issue.message}`;
  return [place.at(issue.path, "import-value", message)];
}

/** A file's entry may be a path, a list of paths or a block; for a block its own problems are shown. */
function explainFile(issue: z.core.$ZodIssue, place: Places): Diagnostic[] {
  const node = place.node(issue.path);
  if (!isMap(node)) {
    return [
      place.at(
        issue.path,
        "import-value",
        `${issue.path.join(".")}: expected a path, a list of paths, or a block with path`,
      ),
    ];
  }
  const block = fileObject.safeParse(node.toJS(place.doc));
  const inner = block.success ? [] : block.error.issues;
  return inner.flatMap((part) => explain({ ...part, path: [...issue.path, ...part.path] }, place));
}

function build(data: DefinitionFile, place: Places, file: string): ImportDefinition {
  const folder = dirname(resolve(file));
  const statements = STATEMENTS.flatMap((name): ImportStatement[] => {
    const sql = data[name];
    return sql === undefined
      ? []
      : [{ name, sql: place.textOf([name]) ?? sql, line: place.textLine([name]) }];
  });
  const shiftTo =
    data.shift_to === undefined || data.shift_to === "yesterday"
      ? data.shift_to
      : parseDay(data.shift_to);
  return {
    file,
    folder,
    files: Object.entries(data.files).map(([table, entry]) => fileTable(table, entry, place)),
    prepare: listOf(data.prepare).map((path) => resolve(folder, path)),
    shiftTo,
    timezone: data.timezone,
    outcome: listOf(data.outcome),
    statements,
  };
}

function fileTable(
  table: string,
  entry: DefinitionFile["files"][string],
  place: Places,
): FileTable {
  const line = place.at(["files", table], "", "").line;
  if (typeof entry === "string" || Array.isArray(entry)) {
    return { table, paths: listOf(entry), format: undefined, csv: {}, line };
  }
  const { path, format, ...csv } = entry;
  return { table, paths: listOf(path), format, csv, line };
}

function listOf(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined) return [];
  return typeof value === "string" ? [value] : value;
}

/** Finds where in the file a value or a key stands. */
class Places {
  readonly doc: Document.Parsed;
  readonly #lines: LineCounter;
  readonly #file: string;

  constructor(doc: Document.Parsed, lines: LineCounter, file: string) {
    this.doc = doc;
    this.#lines = lines;
    this.#file = file;
  }

  node(path: Path): Node | undefined {
    const found = path.length === 0 ? this.doc.contents : this.doc.getIn(path as unknown[], true);
    return (found as Node | null | undefined) ?? undefined;
  }

  /** At the value; where there is none, at the nearest block that should hold it. */
  at(path: Path, code: string, message: string): Diagnostic {
    const range = this.node(path)?.range;
    if (range) return this.atOffset(range[0], code, message, range[1]);
    return path.length === 0
      ? this.atOffset(0, code, message)
      : this.at(path.slice(0, -1), code, message);
  }

  unknownKey(path: Path, key: string, allowed: readonly string[]): Diagnostic {
    const meant = nearest(key, allowed) ?? allowed.find((name) => key.startsWith(name));
    const hint = meant ? `did you mean ${meant}?` : `known here: ${allowed.join(", ")}`;
    const message = `${key} is no key of an import file (${hint})`;
    return { ...this.atKey(path, "import-unknown-key"), message, hint };
  }

  atKey(path: Path, code: string): Diagnostic {
    const parent = this.node(path.slice(0, -1));
    const key = String(path.at(-1));
    const pair = isMap(parent)
      ? parent.items.find((item) => isScalar(item.key) && String(item.key.value) === key)
      : undefined;
    const range = isScalar(pair?.key) ? pair.key.range : undefined;
    return this.atOffset(range?.[0] ?? 0, code, "", range?.[1]);
  }

  atOffset(start: number, code: string, message: string, end?: number): Diagnostic {
    const { line, col } = this.#lines.linePos(start);
    const to = end === undefined ? undefined : this.#lines.linePos(end);
    const sameLine = to && to.line === line && to.col > col;
    return {
      code,
      severity: "error",
      message,
      file: this.#file,
      line,
      column: col,
      end_column: sameLine ? to.col : col + 1,
    };
  }

  textOf(path: Path): string | undefined {
    const node = this.node(path);
    return isScalar(node) && typeof node.value === "string" ? node.value : undefined;
  }

  /** The line on which a text's content begins: after the `|` of a block. */
  textLine(path: Path): number | undefined {
    const node = this.node(path);
    if (!isScalar(node) || !node.range) return undefined;
    const { line } = this.#lines.linePos(node.range[0]);
    return node.type === "BLOCK_LITERAL" || node.type === "BLOCK_FOLDED" ? line + 1 : line;
  }
}
