import { isMap, isNode, isScalar, LineCounter, type Node, parseDocument } from "yaml";
import { z } from "zod";
import type { Diagnostic } from "../model/diagnostic.ts";
import { nearest } from "../text/nearest.ts";
import { scenarioFile, type ScenarioFile } from "./scenario-schema.ts";

export interface ReadScenarios {
  readonly file: ScenarioFile | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** Line on which each case starts, from 1. */
  readonly lines: readonly number[];
}

type Document = ReturnType<typeof parseDocument>;

/** A scenario file's text → its cases, or every fault with its line. Never throws. */
export function readScenarios(text: string, file: string): ReadScenarios {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false, uniqueKeys: true });
  const at = (offset: number, end: number): Pick<Diagnostic, "line" | "column" | "end_column"> => {
    const { line, col } = lineCounter.linePos(offset);
    return { line, column: col, end_column: Math.max(col + 1, col + end - offset) };
  };
  const problem = (
    code: string,
    message: string,
    [start, end]: readonly [number, number],
    hint?: string,
  ): Diagnostic => ({
    code,
    severity: "error",
    message,
    file,
    ...at(start, end),
    ...(hint === undefined ? {} : { hint }),
  });
  const syntax = document.errors.map((error) => problem("yaml-syntax", error.message, error.pos));
  if (syntax.length > 0) return { file: undefined, diagnostics: syntax, lines: [] };
  let content: unknown;
  try {
    content = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    return {
      file: undefined,
      diagnostics: [problem("yaml-alias", String(error), [0, 1])],
      lines: [],
    };
  }
  const parsed = scenarioFile.safeParse(content);
  if (!parsed.success) {
    const diagnostics = parsed.error.issues.flatMap((issue) =>
      issueProblems(document, issue, problem),
    );
    return { file: undefined, diagnostics, lines: [] };
  }
  return { file: parsed.data, diagnostics: [], lines: caseLines(document, parsed.data, at) };
}

function caseLines(
  document: Document,
  file: ScenarioFile,
  at: (offset: number, end: number) => Pick<Diagnostic, "line">,
): number[] {
  return file.cases.map((_, index) => {
    const [start] = rangeAt(document, ["cases", index]);
    return at(start, start).line;
  });
}

function issueProblems(
  document: Document,
  issue: z.core.$ZodIssue,
  problem: (
    code: string,
    message: string,
    range: readonly [number, number],
    hint?: string,
  ) => Diagnostic,
): Diagnostic[] {
  const path = issue.path.filter((step) => typeof step !== "symbol");
  if (issue.code === "unrecognized_keys") {
    const known = knownKeys(path);
    return issue.keys.map((key) => {
      const near = nearest(key, known);
      const hint = near === undefined ? `known here: ${known.join(", ")}` : `did you mean ${near}?`;
      return problem("unknown-key", `unknown key \`${key}\``, keyRange(document, path, key), hint);
    });
  }
  const where =
    path.length === 0 ? "the file" : path.filter((step) => typeof step === "string").at(-1);
  return [problem("wrong-type", `${where ?? "this"}: ${issue.message}`, rangeAt(document, path))];
}

/** Keys that the schema has at a path, for "did you mean". */
function knownKeys(path: readonly (string | number)[]): string[] {
  let here: unknown = scenarioFile;
  for (const step of path) {
    here = open(here);
    if (here instanceof z.ZodArray) here = here.element;
    else if (here instanceof z.ZodObject)
      here = (here.shape as Record<string, unknown>)[String(step)];
  }
  const found = open(here);
  return found instanceof z.ZodObject ? Object.keys(found.shape) : [];
}

function open(schema: unknown): unknown {
  let here = schema;
  while (here instanceof z.ZodOptional || here instanceof z.ZodNullable) here = here.unwrap();
  return here;
}

/** Where a path stands in the file; the nearest thing around it when it is not there. */
function rangeAt(
  document: Document,
  path: readonly (string | number)[],
): readonly [number, number] {
  for (let length = path.length; length >= 0; length--) {
    const range = nodeAt(document, path.slice(0, length))?.range;
    if (range) return [range[0], range[1]];
  }
  return [0, 1];
}

function nodeAt(document: Document, path: readonly (string | number)[]): Node | undefined {
  const node: unknown = path.length === 0 ? document.contents : document.getIn(path, true);
  return isNode(node) ? node : undefined;
}

function keyRange(
  document: Document,
  path: readonly (string | number)[],
  key: string,
): readonly [number, number] {
  const map = nodeAt(document, path);
  if (!isMap(map)) return rangeAt(document, path);
  const pair = map.items.find((item) => isScalar(item.key) && item.key.value === key);
  const range = (pair?.key as Node | undefined)?.range;
  return range ? [range[0], range[1]] : rangeAt(document, path);
}
