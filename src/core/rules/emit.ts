import type { Layout } from "./columns.ts";
import { bit } from "./emit-bits.ts";
import { compare, compareTruth, inTruth, isIn } from "./emit-compare.ts";
import {
  argument,
  numeral,
  numericKind,
  type Part,
  quoted,
  type Writer,
  wrongPlace,
} from "./emit-pieces.ts";
import { functionOf } from "./functions/registry.ts";
import { isHeavy } from "./heavy.ts";
import type { NumericKind } from "./kinds.ts";
import { RUNTIME_NAMES } from "./runtime.ts";
import type { Expr } from "./types.ts";

/**
 * Writes rules as JavaScript over columns. Every method returns an expression about row `i`
 * that may stand anywhere in a block's body (see linkBlock), any number of times and in any
 * order: what needs more than an expression becomes a function in the prologue.
 *
 * "Is true" and "is false" are written separately (`a && b` is false when `a` is or `b` is), so
 * that unknowns cost nothing: a comparison with NaN is neither. Only parts that need a truth in
 * all three values (isHeavy) are written as 0, 1 or 2.
 *
 * Nothing of a rule's text reaches the code: names become column numbers, texts become constants
 * through JSON. All its identifiers but `i` begin with `$`; `$today` is declared by linkBlock.
 */
export class RuleEmitter implements Writer {
  /** The JavaScript expression for the Day that rules call today, of the block's own `today`. */
  readonly today: string;
  readonly #layout: Layout;
  readonly #columns = new Map<string, number>();
  /** Declarations by what they declare, so that each is there once: `$k0` → `$dict.code("a")`. */
  readonly #declared = new Map<string, string>();
  readonly #written = new Map<Expr, Map<string, string>>();

  constructor(layout: Layout, options: { readonly today: string }) {
    this.#layout = layout;
    this.today = options.today;
  }

  /** A number, date (Day) or time (Instant) as a double; NaN is unknown. */
  number(expr: Expr, wanted: NumericKind = numericKind(expr)): string {
    return this.#once(expr, wanted, () => this.#number(expr, wanted));
  }

  /** A string as its dictionary code; -1 is unknown. */
  text(expr: Expr): string {
    return this.#once(expr, "text", () => this.#text(expr));
  }

  /** JavaScript true only when the rule is known to be true. */
  isTrue(expr: Expr): string {
    return this.#once(expr, "true", () => this.#isTrue(expr));
  }

  /** JavaScript true only when the rule is known to be false. */
  isFalse(expr: Expr): string {
    return this.#once(expr, "false", () => this.#isFalse(expr));
  }

  /** 1 when the rule is known to be true, else 0: without a branch where that is cheaper. */
  bit(expr: Expr): string {
    return this.#once(expr, "bit", () => bit(this, expr, true));
  }

  /** FALSE, TRUE or UNKNOWN (0, 1, 2). */
  boolean(expr: Expr): string {
    return this.#once(expr, "truth", () => this.#truth(expr));
  }

  /** The form that a column of the expression's type holds: number, text or boolean. */
  value(expr: Expr): string {
    const { kind } = expr.type;
    return kind === "string"
      ? this.text(expr)
      : kind === "boolean"
        ? this.boolean(expr)
        : this.number(expr);
  }

  /** The variable that holds a name's whole column: `${column("arr")}[i]` is its cell. */
  column(name: string): string {
    const column = this.#layout.column(name);
    if (!column) throw new Error(`no column for ${name}`);
    const variable = `$c${column.index}`;
    this.#columns.set(variable, column.index);
    return variable;
  }

  /** The variable that holds a text's dictionary code, for comparing with string cells. */
  code(text: string): string {
    return this.declare("$k", `$dict.code(${quoted(text)})`);
  }

  /** The declarations that all expressions written so far need, once, outside the loop. */
  prologue(): string {
    const columns = [...this.#columns].map(
      ([name, index]) => `const ${name} = $columns[${index}];`,
    );
    const others = [...this.#declared].map(([made, name]) => `const ${name} = ${made};`);
    return [`const { ${RUNTIME_NAMES.join(", ")} } = $rt;`, ...columns, ...others].join("\n");
  }

  #once(expr: Expr, form: string, write: () => string): string {
    let forms = this.#written.get(expr);
    if (!forms) {
      forms = new Map<string, string>();
      this.#written.set(expr, forms);
    }
    const text = forms.get(form) ?? write();
    forms.set(form, text);
    return text;
  }

  /** The name of a constant made so in the prologue; the same for the same making. */
  declare(prefix: string, made: string): string {
    const name = this.#declared.get(made) ?? `${prefix}${this.#declared.size}`;
    this.#declared.set(made, name);
    return name;
  }

  /** A function of the row, for what one expression cannot say. */
  #rowFunction(body: string): string {
    return `${this.declare("$f", `(i, $today) => ${body}`)}(i, $today)`;
  }

  #cell(expr: Part<"name">): string {
    const column = this.column(expr.name);
    const kind = this.#layout.column(expr.name)?.type.kind;
    if (kind === expr.type.kind) return `${column}[i]`;
    throw new Error(`the column of ${expr.name} holds ${kind}, the rule wants ${expr.type.kind}`);
  }

  #number(expr: Expr, wanted: NumericKind): string {
    if (wanted === "date" && expr.type.kind === "time" && expr.op !== "choose") {
      return `$day(${this.number(expr, "time")})`;
    }
    switch (expr.op) {
      case "literal":
        return numeral(Number(expr.value));
      case "name":
        return expr.name === "today" ? "$today" : this.#cell(expr);
      case "choose":
        return this.#choice(expr, (branch) => this.number(branch, wanted), "NaN");
      case "arithmetic": {
        const [x, y] = [this.number(expr.left, "number"), this.number(expr.right, "number")];
        return `$finite(${x} ${expr.sign} ${y})`;
      }
      case "negate":
        return `$finite(0 - ${this.number(expr.of, "number")})`;
      case "call": {
        const def = functionOf(expr.fn);
        if (def.makes !== "number") throw wrongPlace(expr, "number");
        const kind = def.takes === "day" ? "date" : numericKind(expr);
        return def.emit(
          expr.args.map((arg) => this.number(arg, kind)),
          "$today",
        );
      }
      default:
        throw wrongPlace(expr, "number");
    }
  }

  #text(expr: Expr): string {
    switch (expr.op) {
      case "literal":
        return this.code(String(expr.value));
      case "name":
        return this.#cell(expr);
      case "choose":
        return this.#choice(expr, (branch) => this.text(branch), "-1");
      case "call": {
        const of = argument(expr, 0);
        return `${this.declare("$l", `$map(${quoted(expr.fn)})`)}(${this.text(of)})`;
      }
      default:
        throw wrongPlace(expr, "text");
    }
  }

  #isTrue(expr: Expr): string {
    switch (expr.op) {
      case "literal":
        return String(expr.value === true);
      case "name":
        return `(${this.#cell(expr)} === 1)`;
      case "known":
        return this.#isKnown(expr.of);
      case "not":
        return this.isFalse(expr.of);
      case "and":
        return `(${this.isTrue(expr.left)} && ${this.isTrue(expr.right)})`;
      case "or":
        return `(${this.isTrue(expr.left)} || ${this.isTrue(expr.right)})`;
      case "choose":
        return this.#chosenTruth(expr, (branch) => this.isTrue(branch), 1);
      case "compare":
        return compare(this, expr, true);
      case "in":
        return isIn(this, expr, true);
      case "call":
        return `(${this.#textTest(expr)} === 1)`;
      default:
        throw wrongPlace(expr, "truth");
    }
  }

  #isFalse(expr: Expr): string {
    switch (expr.op) {
      case "literal":
        return String(expr.value !== true);
      case "name":
        return `(${this.#cell(expr)} === 0)`;
      case "known":
        return `!${this.#isKnown(expr.of)}`;
      case "not":
        return this.isTrue(expr.of);
      case "and":
        return `(${this.isFalse(expr.left)} || ${this.isFalse(expr.right)})`;
      case "or":
        return `(${this.isFalse(expr.left)} && ${this.isFalse(expr.right)})`;
      case "choose":
        return this.#chosenTruth(expr, (branch) => this.isFalse(branch), 0);
      case "compare":
        return compare(this, expr, false);
      case "in":
        return isIn(this, expr, false);
      case "call":
        return `(${this.#textTest(expr)} === 0)`;
      default:
        throw wrongPlace(expr, "truth");
    }
  }

  #truth(expr: Expr): string {
    switch (expr.op) {
      case "literal":
        return expr.value === true ? "1" : "0";
      case "name":
        return this.#cell(expr);
      case "known":
        return `(${this.#isKnown(expr.of)} ? 1 : 0)`;
      case "choose":
        return this.#choice(expr, (branch) => this.boolean(branch), "2");
      case "call":
        return this.#textTest(expr);
      default:
        if (isHeavy(expr)) return this.#heavyTruth(expr);
        return `(${this.isTrue(expr)} ? 1 : ${this.isFalse(expr)} ? 0 : 2)`;
    }
  }

  /** Without naming any part twice. */
  #heavyTruth(expr: Expr): string {
    switch (expr.op) {
      case "not":
        return `$not3(${this.boolean(expr.of)})`;
      case "and":
      case "or":
        return `$${expr.op}3(${this.boolean(expr.left)}, ${this.boolean(expr.right)})`;
      case "compare":
        return compareTruth(this, expr);
      case "in":
        return inTruth(this, expr);
      default:
        throw wrongPlace(expr, "truth");
    }
  }

  #isKnown(of: Expr): string {
    const { kind } = of.type;
    if (kind === "string") return `(${this.text(of)} >= 0)`;
    if (kind === "boolean") return `(${this.boolean(of)} !== 2)`;
    return `$known(${this.number(of)})`;
  }

  #choice(expr: Part<"choose">, write: (branch: Expr) => string, unknown: string): string {
    const { test, yes, no } = expr;
    if (!isHeavy(test)) {
      return `(${this.isTrue(test)} ? ${write(yes)} : ${this.isFalse(test)} ? ${write(no)} : ${unknown})`;
    }
    const which = `const which = ${this.boolean(test)};`;
    const pick = `which === 1 ? ${write(yes)} : which === 0 ? ${write(no)} : ${unknown}`;
    return this.#rowFunction(`{ ${which} return ${pick}; }`);
  }

  #chosenTruth(expr: Part<"choose">, write: (branch: Expr) => string, wanted: 0 | 1): string {
    const { test, yes, no } = expr;
    if (isHeavy(test)) return `(${this.boolean(expr)} === ${wanted})`;
    return `(${this.isTrue(test)} ? ${write(yes)} : ${this.isFalse(test)} && ${write(no)})`;
  }

  #textTest(expr: Part<"call">): string {
    const def = functionOf(expr.fn);
    if (def.makes !== "truth") throw wrongPlace(expr, "truth");
    const [text, wanted] = [argument(expr, 0), argument(expr, 1)];
    if (wanted.op === "literal") {
      const made = `$test(${quoted(def.name)}, ${quoted(String(wanted.value))})`;
      return `${this.declare("$m", made)}(${this.text(text)})`;
    }
    const made = this.declare("$m", `$testPair(${quoted(def.name)})`);
    return `${made}(${this.text(text)}, ${this.text(wanted)})`;
  }
}
