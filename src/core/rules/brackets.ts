import type { Token } from "./scan.ts";

const CLOSES: ReadonlyMap<string, string> = new Map([
  ["(", ")"],
  ["[", "]"],
  ["{", "}"],
]);

export interface Brackets {
  /** For a bracket's token index the index of its partner. */
  readonly partner: ReadonlyMap<number, number>;
  /** The first token that closes nothing or is never closed. */
  readonly astray: Token | undefined;
}

export function matchBrackets(tokens: readonly Token[]): Brackets {
  const partner = new Map<number, number>();
  const open: number[] = [];
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== "sign") continue;
    if (CLOSES.has(token.text)) open.push(index);
    if (![")", "]", "}"].includes(token.text)) continue;
    const from = open.pop();
    const opener = from === undefined ? undefined : tokens[from];
    if (from === undefined || CLOSES.get(opener?.text ?? "") !== token.text) {
      return { partner, astray: token };
    }
    partner.set(from, index);
    partner.set(index, from);
  }
  const left = open.at(-1);
  return { partner, astray: left === undefined ? undefined : tokens[left] };
}
