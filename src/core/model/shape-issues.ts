import type { z } from "zod";
import { inWords } from "./issue-words.ts";
import type { Reading } from "./reading.ts";
import { keysOfSchema } from "./schema-keys.ts";
import { entryOf, isEmpty, nodeAt, type Path, type Span, type YamlNode } from "./yaml/tree.ts";

/** What a block's entry is called in messages, and where it is pointed at as a whole. */
export interface Subject {
  /** `a touchpoint`, `the workspace`. */
  readonly what: string;
  readonly at: Span;
}

/**
 * Checks a node against a schema and reports every fault at its own place. Answers what the
 * schema makes of it, or undefined when anything was wrong.
 */
export function readShape<S extends z.ZodType>(
  reading: Reading,
  schema: S,
  node: YamlNode,
  value: unknown,
  subject: Subject,
): z.output<S> | undefined {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const report = new ShapeReport(reading, schema, node, subject);
  // Misspelt keys first: what they were meant to be is then not told to be missing.
  for (const issue of result.error.issues) {
    if (issue.code === "unrecognized_keys") report.unknownKeys(pathOf(issue), issue.keys);
  }
  for (const issue of result.error.issues) {
    if (issue.code !== "unrecognized_keys") report.fault(issue);
  }
  return undefined;
}

class ShapeReport {
  readonly #reading: Reading;
  readonly #schema: z.ZodType;
  readonly #node: YamlNode;
  readonly #subject: Subject;
  /** Keys, by their paths, that misspelt ones were meant to be. */
  readonly #meant = new Set<string>();

  constructor(reading: Reading, schema: z.ZodType, node: YamlNode, subject: Subject) {
    this.#reading = reading;
    this.#schema = schema;
    this.#node = node;
    this.#subject = subject;
  }

  unknownKeys(path: Path, keys: readonly string[]): void {
    const owner = nodeAt(this.#node, path) ?? this.#node;
    const known = keysOfSchema(this.#schema, path);
    const free = known.filter((key) => entryOf(owner, key) === undefined);
    const all = known.length > 0 ? `Its keys: ${known.join(", ")}.` : undefined;
    for (const key of keys) {
      if (this.#reading.isFull) return;
      const at = entryOf(owner, key)?.keySpan ?? this.#subject.at;
      const meant = this.#reading.nearest(key, free) ?? this.#reading.nearest(key, known);
      if (meant !== undefined) this.#meant.add([...path, meant].join("/"));
      const hint = meant === undefined ? all : `Did you mean "${meant}"?`;
      const of = path.length > 0 ? keyWord(path) : this.#subject.what;
      this.#reading.report("unknown-key", at, `"${key}" is no key of ${of}.`, hint);
    }
  }

  fault(issue: z.core.$ZodIssue): void {
    const path = pathOf(issue);
    const found = nodeAt(this.#node, path);
    if (found === undefined && path.length > 0) {
      this.#missing(path);
      return;
    }
    const whole = found === undefined || (path.length === 0 && found.kind !== "scalar");
    const at = whole ? this.#subject.at : { start: found.start, end: found.end };
    const own = /^([a-z-]+)\|(.*)\|(.*)$/s.exec(issue.message);
    if (own?.[1] !== undefined && !(found && isEmpty(found))) {
      this.#reading.report(own[1], at, own[2] ?? "", own[3] === "" ? undefined : own[3]);
      return;
    }
    const key = path.length > 0 ? keyWord(path) : capital(this.#subject.what);
    const { code, message, hint } = inWords(this.#reading, issue, found, key);
    this.#reading.report(code, at, message, hint);
  }

  #missing(path: Path): void {
    if (this.#meant.has(path.join("/"))) return;
    const parent = path.length > 1 ? keySpanOf(this.#node, path.slice(0, -1)) : undefined;
    const message = `${capital(this.#subject.what)} needs ${keyWord(path)}.`;
    this.#reading.report("missing-key", parent ?? this.#subject.at, message);
  }
}

function pathOf(issue: z.core.$ZodIssue): (string | number)[] {
  return issue.path.filter((step) => typeof step !== "symbol");
}

function keyWord(path: Path): string {
  const last = path.findLast((step) => typeof step === "string");
  return last === undefined ? "this" : `"${last}"`;
}

function keySpanOf(node: YamlNode, path: Path): Span | undefined {
  const last = path.at(-1);
  const parent = nodeAt(node, path.slice(0, -1));
  if (typeof last === "string") return entryOf(parent, last)?.keySpan;
  return nodeAt(node, path);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
