/** Where in a YAML file somebody is typing, also while the file cannot be read. */
export interface Place {
  /** Keys that lead there; -1 for an item of a list. */
  readonly path: readonly (string | -1)[];
  /** Whether a key is typed, or a value. */
  readonly at: "key" | "value";
  /** What of the key or value stands before the cursor. */
  readonly typed: string;
  /** Where that begins. */
  readonly from: number;
}

interface BlockLevel {
  readonly indent: number;
  readonly key: string | -1;
}

/** An open brace or bracket. */
interface Flow {
  readonly kind: "map" | "list";
  key: string | null;
  /** Where the key or value that is being written begins. */
  from: number;
}

const KEY = /^(?:"([^"]*)"|'([^']*)'|([^\s"'#[\]{}&*!|>%@`][^#[\]{}]*?))\s*:(?=\s|$)/;

export function placeAt(text: string, offset: number): Place {
  const block: BlockLevel[] = [];
  const scan = new FlowScan(text);
  let lineStart = 0;
  for (;;) {
    const end = text.indexOf("\n", lineStart);
    const lineEnd = Math.min(end < 0 ? text.length : end, offset);
    const from = scan.isOpen
      ? lineStart
      : enterLine(text.slice(lineStart, lineEnd), lineStart, block);
    scan.read(from, lineEnd);
    if (end < 0 || end >= offset) return placeOf(text, offset, block, scan, { from, lineStart });
    lineStart = end + 1;
  }
}

/** Takes up what a line of block style begins with; answers where its value begins. */
function enterLine(line: string, lineStart: number, block: BlockLevel[]): number {
  const text = line.trimStart();
  if (text === "" || text.startsWith("#")) return lineStart + line.length;
  let at = line.length - text.length;
  // a line of a text that goes on further in is no entry of its own
  while (block.length > 0 && (block.at(-1) as BlockLevel).indent >= at) block.pop();
  let rest = text;
  for (let dash = /^-(?:\s+|$)/.exec(rest); dash; dash = /^-(?:\s+|$)/.exec(rest)) {
    block.push({ indent: at, key: -1 });
    at += dash[0].length;
    rest = rest.slice(dash[0].length);
  }
  const key = KEY.exec(rest);
  if (!key) return lineStart + at;
  block.push({ indent: at, key: key[1] ?? key[2] ?? key[3] ?? "" });
  return lineStart + at + key[0].length;
}

/** Reads braces, brackets and quotes of a value, over as many lines as it takes. */
class FlowScan {
  readonly #text: string;
  readonly stack: Flow[] = [];
  #quote: string | null = null;

  constructor(text: string) {
    this.#text = text;
  }

  get isOpen(): boolean {
    return this.stack.length > 0;
  }

  read(from: number, to: number): void {
    if (!this.isOpen) this.#quote = null;
    for (let at = from; at < to; at++) {
      const sign = this.#text[at] ?? "";
      if (this.#quote !== null) {
        if (sign === this.#quote) this.#quote = null;
      } else if (sign === "#" && /\s/.test(this.#text[at - 1] ?? " ")) return;
      else this.#take(sign, at, from);
    }
  }

  #take(sign: string, at: number, from: number): void {
    const inner = this.stack.at(-1);
    const isFirst = this.#text.slice(inner?.from ?? from, at).trim() === "";
    if ((sign === '"' || sign === "'") && isFirst) this.#quote = sign;
    else if ((sign === "{" || sign === "[") && isFirst)
      this.stack.push({ kind: sign === "{" ? "map" : "list", key: null, from: at + 1 });
    else if (inner) this.#takeInside(inner, sign, at);
  }

  #takeInside(inner: Flow, sign: string, at: number): void {
    if (sign === "}" || sign === "]") this.stack.pop();
    else if (sign === ",") {
      inner.key = null;
      inner.from = at + 1;
    } else if (
      sign === ":" &&
      inner.kind === "map" &&
      inner.key === null &&
      /[\s{[]/.test(this.#text[at + 1] ?? " ")
    ) {
      inner.key = this.#text
        .slice(inner.from, at)
        .trim()
        .replaceAll(/^["']|["']$/g, "");
      inner.from = at + 1;
    }
  }
}

function placeOf(
  text: string,
  offset: number,
  block: readonly BlockLevel[],
  { stack }: FlowScan,
  { from, lineStart }: { readonly from: number; readonly lineStart: number },
): Place {
  const keys: (string | -1)[] = block.map(({ key }) => key);
  const inner = stack.at(-1);
  if (!inner) return blockPlace(text, offset, block, { from, lineStart });
  const path = [...keys];
  for (const { kind, key } of stack.slice(0, -1)) {
    if (kind === "list") path.push(-1);
    else if (key !== null) path.push(key);
  }
  const begin = skipSpace(text, inner.from, offset);
  const typed = text.slice(begin, offset);
  if (inner.kind === "list") return { path: [...path, -1], at: "value", typed, from: begin };
  return inner.key === null
    ? { path, at: "key", typed, from: begin }
    : { path: [...path, inner.key], at: "value", typed, from: begin };
}

function blockPlace(
  text: string,
  offset: number,
  block: readonly BlockLevel[],
  { from, lineStart }: { readonly from: number; readonly lineStart: number },
): Place {
  const line = text.slice(lineStart, offset);
  const begin = skipSpace(text, from, offset);
  const isEntry = from < offset || line.trimEnd().endsWith(":");
  const hasKey = KEY.test(line.trimStart().replace(/^(?:-\s+)*/, ""));
  if (isEntry && hasKey)
    return {
      path: block.map(({ key }) => key),
      at: "value",
      typed: text.slice(begin, offset),
      from: begin,
    };
  // a key that is begun: what holds it is what is further out
  const typed = line.trimStart().replace(/^(?:-\s+)*/, "");
  const indent = line.length - typed.length;
  const holders = block.filter(
    (level) => level.indent < indent || (level.key === -1 && level.indent < indent),
  );
  return { path: holders.map(({ key }) => key), at: "key", typed, from: offset - typed.length };
}

function skipSpace(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && /\s/.test(text[at] ?? "")) at += 1;
  return at;
}
