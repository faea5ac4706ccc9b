/**
 * Cuts a rule's text into tokens, as CEL does. The parser's own positions name only where a part
 * begins; with the tokens a part's end, its brackets and the place of a slip are known too, and
 * nesting is measured before any parser recurses into it. Any text can be scanned.
 */
export interface Token {
  /** `bad`: a sign or character that no rule can contain; `open`: a quote that is never closed. */
  readonly kind: "name" | "number" | "string" | "sign" | "bad" | "open";
  readonly text: string;
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

const SPACE = /(?:[ \t\n\f\r]|\/\/[^\n]*)+/y;
const NUMBER = /0x[0-9a-fA-F]+u?|(?:\d+\.\d+|\.\d+|\d+)(?:[eE][+-]?\d+)?u?/y;
const QUOTE = /([rRbB]{0,2})("""|'''|"|')/y;
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const SIGN = /&&|\|\||==|!=|<=|>=|[<>!+\-*/%?:,.()[\]{}]/y;

export function scan(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = end(SPACE, text, 0) ?? 0;
  while (at < text.length) {
    const token = next(text, at);
    tokens.push(token);
    at = end(SPACE, text, token.end) ?? token.end;
  }
  return tokens;
}

function next(text: string, start: number): Token {
  QUOTE.lastIndex = start;
  const quote = QUOTE.exec(text);
  if (quote) return string(text, start, quote[1] ?? "", quote[2] ?? '"');
  const name = end(NAME, text, start);
  if (name !== undefined) return token("name", text, start, name);
  const number = end(NUMBER, text, start);
  if (number !== undefined) return token("number", text, start, number);
  const sign = end(SIGN, text, start);
  if (sign !== undefined) return token("sign", text, start, sign);
  const character = String.fromCodePoint(text.codePointAt(start) ?? 0);
  return token("bad", text, start, start + character.length);
}

/** `prefix` with an r means that backslashes are plain characters. */
function string(text: string, start: number, prefix: string, quote: string): Token {
  const raw = prefix.toLowerCase().includes("r");
  let at = start + prefix.length + quote.length;
  while (at < text.length) {
    if (text.startsWith(quote, at)) return token("string", text, start, at + quote.length);
    if (quote.length === 1 && (text[at] === "\n" || text[at] === "\r")) break;
    at += !raw && text[at] === "\\" ? 2 : 1;
  }
  return token("open", text, start, Math.min(at, text.length));
}

function token(kind: Token["kind"], text: string, start: number, stop: number): Token {
  return { kind, text: text.slice(start, stop), start, end: stop };
}

function end(pattern: RegExp, text: string, from: number): number | undefined {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
