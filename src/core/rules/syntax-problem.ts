import { matchBrackets } from "./brackets.ts";
import type { Token } from "./scan.ts";
import type { RuleProblem } from "./types.ts";
import { RESERVED_WORDS } from "./words.ts";

/**
 * Why a text is no rule, said at the slip itself. The parser only knows where it gave up, which
 * is often far before the slip, so the usual slips are looked for first.
 */
export function syntaxProblem(
  text: string,
  tokens: readonly Token[],
  gaveUpAt: number | undefined,
): RuleProblem {
  return (
    nothing(text, tokens) ??
    first(tokens, (token, index) => strangeToken(token) ?? slip(token, tokens[index + 1])) ??
    astrayBracket(tokens) ??
    wrongNeighbours(tokens) ??
    cannotRead(text, tokens, gaveUpAt)
  );
}

function nothing(text: string, tokens: readonly Token[]): RuleProblem | undefined {
  if (tokens.length > 0) return undefined;
  return problem("This rule is empty.", 0, text.length);
}

function strangeToken(token: Token): RuleProblem | undefined {
  if (token.kind === "open") {
    return problem("This quote is never closed.", token.start, token.end);
  }
  if (token.kind !== "bad") return undefined;
  const hint = HINTS.get(token.text);
  const shown = /^\p{C}$/u.test(token.text) ? codePoint(token.text) : token.text;
  return problem(`\`${shown}\` means nothing in a rule.`, token.start, token.end, hint);
}

const HINTS: ReadonlyMap<string, string> = new Map([
  ["=", "compare with `==`"],
  ["&", "write `&&` for “and”"],
  ["|", "write `||` for “or”"],
  ["“", 'write plain quotes: "…"'],
  ["”", 'write plain quotes: "…"'],
  ["„", 'write plain quotes: "…"'],
  ["‘", "write plain quotes: '…'"],
  ["’", "write plain quotes: '…'"],
  ["≥", "write `>=`"],
  ["≤", "write `<=`"],
  ["≠", "write `!=`"],
  ["$", "write amounts as plain numbers: 100000"],
  ["€", "write amounts as plain numbers: 100000"],
  ["£", "write amounts as plain numbers: 100000"],
  ["`", "names stand without quotes, texts in double quotes"],
]);

const WORDS: ReadonlyMap<string, string> = new Map([
  ["and", "write `&&` for “and”"],
  ["or", "write `||` for “or”"],
  ["not", "write `!` for “not”"],
  ["is", "compare with `==`"],
]);

/** Two tokens that are right by themselves and wrong together. */
function slip(token: Token, after: Token | undefined): RuleProblem | undefined {
  if (!after) return undefined;
  const glued = token.end === after.start;
  const both = token.text + after.text;
  if (token.kind === "number" && after.kind === "name" && glued) {
    const hint = /^[dw]$/.test(after.text)
      ? "days are plain numbers in rules: 90"
      : "numbers are plain digits: 100000";
    return problem(`\`${both}\` is no number.`, token.start, after.end, hint);
  }
  if (both === "<>" && glued) {
    return problem("`<>` means nothing in a rule.", token.start, after.end, "write `!=`");
  }
  if (glued && (both === "===" || both === "!==")) {
    const hint = `write \`${both.slice(0, 2)}\``;
    return problem(`\`${both}\` means nothing in a rule.`, token.start, after.end, hint);
  }
  return undefined;
}

function astrayBracket(tokens: readonly Token[]): RuleProblem | undefined {
  const { astray } = matchBrackets(tokens);
  if (!astray) return undefined;
  const what = "([{".includes(astray.text) ? "is never closed" : "closes nothing";
  return problem(`This \`${astray.text}\` ${what}.`, astray.start, astray.end);
}

/** A value beside a value, a sign beside a sign, or one of CEL's own words. */
function wrongNeighbours(tokens: readonly Token[]): RuleProblem | undefined {
  let before: Token | undefined;
  for (const token of tokens) {
    const word = ownWord(token, before);
    if (word) return word;
    if (isValueStart(token) && before && isValueEnd(before)) {
      const hint = WORDS.get(token.text) ?? WORDS.get(before.text);
      if (hint && WORDS.has(token.text)) {
        return problem(`\`${token.text}\` means nothing in a rule.`, token.start, token.end, hint);
      }
      const said = `Something is missing between \`${before.text}\` and \`${token.text}\`.`;
      return problem(said, before.start, token.end, hint);
    }
    if (isJoint(token) && (!before || isJoint(before) || "([{,".includes(before.text))) {
      return problem(`Something is missing before \`${token.text}\`.`, token.start, token.end);
    }
    before = token;
  }
  const last = tokens.at(-1);
  if (!last || isValueEnd(last)) return undefined;
  return problem(`Something is missing after \`${last.text}\`.`, last.start, last.end);
}

function ownWord(token: Token, before: Token | undefined): RuleProblem | undefined {
  if (token.kind !== "name" || !RESERVED_WORDS.has(token.text)) return undefined;
  // `true`, `in` and the like stand anywhere but behind a dot, the other words only there.
  if (VALUE_WORDS.has(token.text) !== (before?.text === ".")) return undefined;
  const said = `\`${token.text}\` is a word of the rule language itself and names nothing.`;
  return problem(said, token.start, token.end);
}

const VALUE_WORDS: ReadonlySet<string> = new Set(["true", "false", "null", "in"]);

function isValueStart(token: Token): boolean {
  return token.kind === "number" || token.kind === "string" || isName(token);
}

function isValueEnd(token: Token): boolean {
  return isValueStart(token) || (token.kind === "sign" && ")]}".includes(token.text));
}

function isName(token: Token): boolean {
  return token.kind === "name" && token.text !== "in";
}

/** Signs that need a value on their left; `-` may do without. */
function isJoint(token: Token): boolean {
  if (token.kind === "name") return token.text === "in";
  return token.kind === "sign" && !"!-.([{)]}".includes(token.text);
}

function cannotRead(
  text: string,
  tokens: readonly Token[],
  gaveUpAt: number | undefined,
): RuleProblem {
  if (gaveUpAt === undefined) return problem("This rule cannot be read.", 0, text.length);
  const token = tokens.find(({ end }) => end > gaveUpAt);
  if (!token) return problem("Something is missing at the end.", text.length, text.length);
  const hint = stuckHint(tokens, token);
  return problem(
    `The rule cannot be read from \`${token.text}\` on.`,
    token.start,
    token.end,
    hint,
  );
}

function stuckHint(tokens: readonly Token[], token: Token): string | undefined {
  const index = tokens.indexOf(token);
  const around = [tokens[index - 1], tokens[index + 1]];
  if (token.text === "," && around.every((one) => one?.kind === "number")) {
    return "numbers are plain digits: 100000";
  }
  return token.text === "?" ? "`?` needs a `:`, as in `c ? a : b`" : undefined;
}

function first(
  tokens: readonly Token[],
  check: (token: Token, index: number) => RuleProblem | undefined,
): RuleProblem | undefined {
  for (const [index, token] of tokens.entries()) {
    const found = check(token, index);
    if (found) return found;
  }
  return undefined;
}

function codePoint(text: string): string {
  return `U+${(text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

function problem(message: string, start: number, end: number, hint?: string): RuleProblem {
  const plain = { code: "rule-syntax", message, start, end };
  return hint === undefined ? plain : { ...plain, hint };
}
