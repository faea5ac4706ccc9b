import { z } from "zod";
import { type Reading, shortList } from "./reading.ts";
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
  for (const issue of result.error.issues) reportIssue(reading, schema, node, issue, subject);
  return undefined;
}

type Issue = z.core.$ZodIssue;

function reportIssue(
  reading: Reading,
  schema: z.ZodType,
  node: YamlNode,
  issue: Issue,
  subject: Subject,
): void {
  const path = issue.path.filter((step) => typeof step !== "symbol");
  if (issue.code === "unrecognized_keys") {
    unknownKeys(reading, schema, nodeAt(node, path) ?? node, path, issue.keys, subject);
    return;
  }
  const found = nodeAt(node, path);
  const key = keyWord(path);
  if (found === undefined && path.length > 0) {
    const parent = path.length > 1 ? keySpanOf(node, path.slice(0, -1)) : undefined;
    reading.report("missing-key", parent ?? subject.at, `${capital(subject.what)} needs ${key}.`);
    return;
  }
  const at = found && !(path.length === 0 && found.kind !== "scalar") ? spanOf(found) : subject.at;
  const own = /^([a-z-]+)\|(.*)\|(.*)$/s.exec(issue.message);
  if (own?.[1] !== undefined && !isEmptyOf(found)) {
    reading.report(own[1], at, own[2] ?? "", own[3] === "" ? undefined : own[3]);
    return;
  }
  const { code, message, hint } = inWords(
    reading,
    issue,
    found,
    path.length > 0 ? key : capital(subject.what),
  );
  reading.report(code, at, message, hint);
}

function inWords(
  reading: Reading,
  issue: Issue,
  found: YamlNode | undefined,
  key: string,
): { readonly code: string; readonly message: string; readonly hint?: string | undefined } {
  if (isEmptyOf(found)) return { code: "wrong-type", message: `${key} has no value.` };
  switch (issue.code) {
    case "invalid_value": {
      const allowed = issue.values.map(String);
      const given = found?.kind === "scalar" ? String(found.value) : "this";
      const hint = reading.didYouMean(given, allowed, `It can be: ${shortList(allowed)}.`);
      return { code: "not-allowed", message: `${key} cannot be "${given}".`, hint };
    }
    case "too_small": {
      const least = `${issue.inclusive === false ? "more than" : "at least"} ${issue.minimum}`;
      return issue.origin === "number" || issue.origin === "int"
        ? { code: "out-of-range", message: `${key} has to be ${least}.` }
        : { code: "out-of-range", message: `${key} needs ${least} in its list.` };
    }
    case "too_big": {
      const most = `${issue.inclusive === false ? "less than" : "at most"} ${issue.maximum}`;
      return issue.origin === "number" || issue.origin === "int"
        ? { code: "out-of-range", message: `${key} has to be ${most}.` }
        : { code: "out-of-range", message: `${key} can have ${most} in its list.` };
    }
    case "invalid_type": {
      const needed = KINDS[issue.expected] ?? issue.expected;
      return {
        code: "wrong-type",
        message: `${key} needs ${needed}, and this is ${kindOf(found)}.`,
      };
    }
    default:
      return { code: "wrong-type", message: `${key} cannot be ${kindOf(found)} like this.` };
  }
}

const KINDS: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  tuple: "a list",
  object: "a block of keys",
  record: "a block of keys",
};

function kindOf(node: YamlNode | undefined): string {
  if (node === undefined) return "nothing";
  if (node.kind === "map") return "a block of keys";
  if (node.kind === "list") return "a list";
  switch (typeof node.value) {
    case "number":
      return Number.isInteger(node.value) ? "a number" : "no whole number";
    case "boolean":
      return "true or false";
    case "string":
      return "text";
    default:
      return "nothing";
  }
}

function unknownKeys(
  reading: Reading,
  schema: z.ZodType,
  node: YamlNode,
  path: Path,
  keys: readonly string[],
  subject: Subject,
): void {
  const known = keysOfSchema(schema, path);
  const owner = path.length > 0 ? keyWord(path) : subject.what;
  for (const key of keys) {
    if (reading.isFull) return;
    const at = entryOf(node, key)?.keySpan ?? subject.at;
    const hint = reading.didYouMean(
      key,
      known,
      known.length > 0 ? `Its keys: ${known.join(", ")}.` : undefined,
    );
    reading.report("unknown-key", at, `"${key}" is no key of ${owner}.`, hint);
  }
}

/** The keys that the object schema at a path may have. */
function keysOfSchema(schema: z.ZodType, path: Path): readonly string[] {
  let here: unknown = unwrapped(schema);
  for (const step of path) {
    if (here instanceof z.ZodObject)
      here = unwrapped((here.shape as Record<string, unknown>)[String(step)]);
    else if (here instanceof z.ZodArray) here = unwrapped(here.element);
    else if (here instanceof z.ZodRecord) here = unwrapped(here.valueType);
    else return [];
  }
  return here instanceof z.ZodObject ? Object.keys(here.shape) : [];
}

function unwrapped(schema: unknown): unknown {
  let here = schema;
  while (
    here instanceof z.ZodOptional ||
    here instanceof z.ZodNullable ||
    here instanceof z.ZodDefault
  ) {
    here = here.unwrap();
  }
  return here;
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

function spanOf(node: YamlNode): Span {
  return { start: node.start, end: node.end };
}

function isEmptyOf(node: YamlNode | undefined): boolean {
  return node !== undefined && isEmpty(node);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
