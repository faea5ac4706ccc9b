import type { Expr as CelExpr, Expr_Call } from "@bufbuild/cel-spec/cel/expr/syntax_pb.js";
import { matchBrackets } from "./brackets.ts";
import { scan, type Token } from "./scan.ts";

/** Offsets into the rule's text, in UTF-16 units; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where a part begins, by its id, as the CEL parser tells it (at a sign or before it). */
export type Positions = Readonly<Record<string, number>>;

/** Finds the whole extent of a parsed part: CEL gives one offset for each, tokens the rest. */
export class CelSpans {
  readonly #tokens: readonly Token[];
  readonly #partner: ReadonlyMap<number, number>;
  readonly #positions: Positions;
  readonly #known = new Map<bigint, Span>();
  readonly #byStart = new Map<number, number>();
  readonly #byEnd = new Map<number, number>();

  constructor(text: string, positions: Positions) {
    this.#tokens = scan(text);
    this.#partner = matchBrackets(this.#tokens).partner;
    this.#positions = positions;
    for (const [index, token] of this.#tokens.entries()) {
      this.#byStart.set(token.start, index);
      this.#byEnd.set(token.end, index);
    }
  }

  /** The part itself, without brackets around it. */
  span(node: CelExpr): Span {
    let span = this.#known.get(node.id);
    if (!span) {
      span = this.#measure(node);
      this.#known.set(node.id, span);
    }
    return span;
  }

  /** The function's name in `f(x)` and `x.f(y)`. */
  functionName(node: CelExpr): Span {
    const index = this.#tokenOf(node);
    return this.#between(this.#nameAt(index), this.#nameAt(index));
  }

  #measure(node: CelExpr): Span {
    const index = this.#tokenOf(node);
    switch (node.exprKind.case) {
      case "constExpr":
        return this.#between(index, this.#is(index, "-") ? index + 1 : index);
      case "identExpr":
        return this.#between(index, this.#nameAt(index));
      case "selectExpr":
        if (node.exprKind.value.testOnly) return this.#between(index, this.#close(index + 1));
        return this.#from(node.exprKind.value.operand, this.#nameAt(index));
      case "callExpr":
        return this.#call(index, node.exprKind.value);
      case "listExpr":
        return this.#between(index, this.#close(index));
      case "structExpr":
        return this.#between(index, this.#close(this.#opening(index, "{")));
      case "comprehensionExpr":
        return this.#between(this.#nameAt(index), this.#close(this.#opening(index, "(")));
      case undefined:
        return this.#between(index, index);
    }
  }

  #call(index: number, call: Expr_Call): Span {
    const [first, last] = [call.args[0], call.args.at(-1)];
    if (call.target) return this.#from(call.target, this.#close(this.#nameAt(index) + 1));
    if (call.function === "_[_]") return this.#from(first, this.#close(index));
    if (call.function === "!_" || call.function === "-_") {
      return { start: this.#between(index, index).start, end: this.#outer(last).end };
    }
    // CEL names signs as no person can name a function: `_&&_`, `@in`.
    if (/\W/.test(call.function))
      return { start: this.#outer(first).start, end: this.#outer(last).end };
    return this.#between(index, this.#close(this.#nameAt(index) + 1));
  }

  #from(operand: CelExpr | undefined, lastIndex: number): Span {
    return { start: this.#outer(operand).start, end: this.#between(lastIndex, lastIndex).end };
  }

  /** As a side of a sign: with the brackets around it. (A function's can't be meant: they hold the sign.) */
  #outer(node: CelExpr | undefined): Span {
    if (!node) return { start: 0, end: 0 };
    let { start, end } = this.span(node);
    for (;;) {
      const open = (this.#byStart.get(start) ?? 0) - 1;
      const close = (this.#byEnd.get(end) ?? -1) + 1;
      if (!this.#is(open, "(") || this.#partner.get(open) !== close) break;
      start = this.#between(open, open).start;
      end = this.#between(close, close).end;
    }
    return { start, end };
  }

  /** First token at or after the part's offset (which may lie on the space before it). */
  #tokenOf(node: CelExpr): number {
    const offset = this.#positions[node.id.toString()] ?? 0;
    let [low, high] = [0, this.#tokens.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#tokens[middle]?.start ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #between(first: number, last: number): Span {
    const start = this.#tokens[first]?.start ?? 0;
    return { start, end: this.#tokens[last]?.end ?? start };
  }

  #is(index: number, text: string): boolean {
    const token = this.#tokens[index];
    return token?.kind === "sign" && token.text === text;
  }

  /** The name at this token, or behind the dot that stands there. */
  #nameAt(index: number): number {
    return this.#is(index, ".") ? index + 1 : index;
  }

  #close(open: number): number {
    return this.#partner.get(open) ?? open;
  }

  #opening(index: number, bracket: string): number {
    let at = index;
    while (at < this.#tokens.length && !this.#is(at, bracket)) at++;
    return at;
  }
}
