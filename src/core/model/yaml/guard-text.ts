import { Lexer, Parser, type CST } from "yaml";
import type { ModelCode } from "../codes.ts";
import type { Span } from "./tree.ts";

export interface FileProblem {
  readonly code: ModelCode;
  readonly message: string;
  readonly span: Span;
  readonly hint?: string;
}

/** Some 4,000 lines. A file of this size still answers within a second. */
export const MAX_CHARACTERS = 200_000;

/** The language itself nests seven deep. */
const MAX_DEPTH = 40;

/** After so many pieces that are no YAML, the rest says nothing new. */
const MAX_BROKEN_TOKENS = 50;

/** What makes a text no model file before YAML is even looked at; undefined when it may go on. */
export function guardText(text: string): FileProblem | undefined {
  if (text.length > MAX_CHARACTERS) {
    return {
      code: "file-too-large",
      message: `The file has ${text.length} characters; a touch model may have ${MAX_CHARACTERS}.`,
      span: { start: 0, end: 1 },
      hint: "Customer data does not belong into a model: import it.",
    };
  }
  // Everything that YAML forbids: control characters, lone surrogates, U+FFFE and U+FFFF.
  const found =
    // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
    /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.exec(
      text,
    );
  if (!found) return undefined;
  const code = (found[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  return {
    code: "bad-character",
    message: `The character U+${code} cannot stand in a model file.`,
    span: { start: found.index, end: found.index + 1 },
    hint: "Save the file as plain UTF-8 text.",
  };
}

/** YAML's tokens up to where the text nests too deep or stops being YAML at all. */
export function readTokens(text: string): {
  readonly tokens: readonly CST.Token[];
  readonly problem: FileProblem | undefined;
} {
  const tokens: CST.Token[] = [];
  const parser = new Parser();
  let broken = 0;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) {
      tokens.push(token);
      if (token.type === "error") broken += 1;
    }
    if (parser.stack.length > MAX_DEPTH) {
      const span = { start: parser.offset - 1, end: parser.offset };
      const message = `Lists and blocks are nested more than ${MAX_DEPTH} deep here.`;
      return { tokens: [], problem: { code: "nested-too-deep", message, span } };
    }
    if (broken > MAX_BROKEN_TOKENS) break;
  }
  tokens.push(...parser.end());
  return { tokens, problem: undefined };
}
