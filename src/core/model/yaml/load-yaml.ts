import { Composer, type Document, type ErrorCode, type ParsedNode, type YAMLError } from "yaml";
import { buildTree } from "./build-tree.ts";
import { type EatenRule, findEatenRules, quoted } from "./eaten-rules.ts";
import { type FileProblem, guardText, readTokens } from "./guard-text.ts";
import type { MapNode } from "./tree.ts";

export interface LoadedYaml {
  /** Undefined when the file is too broken to say anything about its blocks. */
  readonly root: MapNode | undefined;
  readonly problems: readonly FileProblem[];
  /** Starts of rules that YAML ate: they are told of already. */
  readonly eaten: ReadonlySet<number>;
}

/** A large broken file is not parsed over and over for the sake of its rules. */
const MAX_MENDED_CHARACTERS = 60_000;
const MAX_ROUNDS = 4;
/** Errors of YAML's that are looked at for eaten rules; more are no slips of the pen. */
const MAX_ERRORS = 200;

/**
 * A file's text → its tree and what is wrong with it as YAML. Rules that YAML ate are mended in
 * place (same length, so no position moves) and the reading goes on.
 */
export function loadYaml(text: string): LoadedYaml {
  const problem = guardText(text);
  if (problem) return { root: undefined, problems: [problem], eaten: new Set() };
  const { parsed, eaten } = parseMended(text);
  if ("problem" in parsed) {
    return { root: undefined, problems: [parsed.problem], eaten: new Set() };
  }
  const problems = [...eaten.map(eatenProblem), ...syntaxProblems(text, parsed)];
  const fatal = parsed.errors.some((error) => !HARMLESS.has(error.code));
  const places = new Map(eaten.map((rule) => [rule.start, rule]));
  const tree = buildTree({ text, contents: parsed.contents, eaten: places });
  problems.push(...tree.problems.filter(() => !fatal));
  const root = tree.root?.kind === "map" && !fatal ? tree.root : undefined;
  if (!root && problems.length === 0) problems.push(notAModel(tree.root?.start ?? 0));
  return { root, problems, eaten: new Set(places.keys()) };
}

interface Parsed {
  readonly contents: ParsedNode | null;
  readonly errors: readonly YAMLError[];
  /** Where a second document starts, which is one too many. */
  readonly second: number | undefined;
}

/** What can be wrong without making the rest of the tree doubtful. */
const HARMLESS: ReadonlySet<string> = new Set(["DUPLICATE_KEY"]);

function parse(text: string): Parsed | { readonly problem: FileProblem } {
  const { tokens, problem } = readTokens(text);
  if (problem) return { problem };
  const composer = new Composer({ prettyErrors: false, uniqueKeys: false, logLevel: "silent" });
  const documents: Document.Parsed[] = [...composer.compose(tokens, true, text.length)];
  const first = documents[0];
  return {
    contents: first?.contents ?? null,
    errors: documents.flatMap((document) => document.errors),
    second: documents[1]?.range[0],
  };
}

function parseMended(text: string): {
  readonly parsed: ReturnType<typeof parse>;
  readonly eaten: readonly EatenRule[];
} {
  let eaten: EatenRule[] = [];
  let parsed = parse(text);
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    if ("problem" in parsed || (text.length > MAX_MENDED_CHARACTERS && round > 0)) break;
    const mended = blank(text, eaten);
    const known = new Set(eaten.map(({ start }) => start));
    const more = findEatenRules(mended, parsed.contents, parsed.errors.slice(0, MAX_ERRORS))
      .filter(({ start }) => !known.has(start))
      .map((rule) => ({ ...rule, text: text.slice(rule.start, rule.end) }));
    if (more.length === 0) break;
    const next = parse(blank(text, [...eaten, ...more]));
    if ("problem" in next) break;
    // Quotes that did not help were not what the line lacked.
    const helped = more.filter((rule) => !rule.bySyntaxError || !hasErrorOnLine(text, next, rule));
    eaten = [...eaten, ...helped];
    parsed = helped.length === more.length ? next : parse(blank(text, eaten));
    if (helped.length === 0) break;
  }
  return { parsed, eaten };
}

/** The text with each eaten rule made a plain word of the same length. */
function blank(text: string, eaten: readonly EatenRule[]): string {
  let result = "";
  let at = 0;
  for (const { start, end } of [...eaten].sort((a, b) => a.start - b.start)) {
    result += text.slice(at, start) + "x".repeat(end - start);
    at = end;
  }
  return result + text.slice(at);
}

function hasErrorOnLine(text: string, parsed: Parsed, rule: EatenRule): boolean {
  const lineEnd = text.indexOf("\n", rule.start);
  const end = lineEnd < 0 ? text.length : lineEnd;
  return parsed.errors.some(({ pos }) => pos[0] >= rule.start && pos[0] <= end);
}

function eatenProblem(rule: EatenRule): FileProblem {
  const ended = rule.as.startsWith("ended");
  const message = ended
    ? `To YAML this rule is ${rule.as} inside it.`
    : `YAML reads this rule as ${rule.as}.`;
  const { start, end } = rule;
  const hint = `Write it in quotes: ${quoted(rule.text)}`;
  return { code: "rule-needs-quotes", message, span: { start, end }, hint };
}

/** What mostly lies behind YAML's errors, which are written for those who know YAML. */
const HINTS: Readonly<Partial<Record<ErrorCode, string>>> = {
  TAB_AS_INDENT: "Indent with spaces.",
  BAD_INDENT: "Look at the lines above, too: a bracket may be open, or the indentation be off.",
  MISSING_CHAR: "A quote, bracket, comma or colon is missing here or above.",
  BLOCK_AS_IMPLICIT_KEY: 'A text with ": " in it needs quotes.',
  BAD_SCALAR_START: "A text that begins with this character needs quotes.",
  UNEXPECTED_TOKEN: "Something is left over; a text with special characters in it needs quotes.",
};

/** YAML's own errors, the first of each line: those behind it mostly follow from it. */
function syntaxProblems(text: string, parsed: Parsed): FileProblem[] {
  const problems: FileProblem[] = [];
  let lineEnd = -1;
  for (const error of parsed.errors.toSorted((a, b) => a.pos[0] - b.pos[0])) {
    const [start, end] = error.pos;
    if (start <= lineEnd) continue;
    const next = text.indexOf("\n", start);
    lineEnd = next < 0 ? text.length : next;
    const message = `This is not valid YAML: ${error.message}${/[.!]$/.test(error.message) ? "" : "."}`;
    const span = { start, end: Math.max(end, start + 1) };
    const hint = HINTS[error.code];
    problems.push({ code: "yaml-syntax", message, span, ...(hint === undefined ? {} : { hint }) });
  }
  if (parsed.second !== undefined) {
    const span = { start: parsed.second, end: parsed.second + 3 };
    const message = "A second YAML document starts here; a model is one.";
    problems.push({ code: "yaml-syntax", message, span });
  }
  return problems;
}

function notAModel(start: number): FileProblem {
  return {
    code: "not-a-model",
    message: "A touch model is a block of keys such as `touchstone: 1`, and here is none.",
    span: { start, end: start + 1 },
    hint: "`touchstone init` writes a model to start from.",
  };
}
