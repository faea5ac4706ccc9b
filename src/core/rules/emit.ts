import type { Layout } from "./columns.ts";
import { COMPARISONS } from "./comparisons.ts";
import { functionOf } from "./functions/registry.ts";
import { isHeavy } from "./heavy.ts";
import { isNumeric, meet, type NumericKind } from "./kinds.ts";
import { RUNTIME_NAMES } from "./runtime.ts";
import type { Expr } from "./types.ts";

type Part<Op extends Expr["op"]> = Expr & { readonly op: Op };

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
export class RuleEmitter {
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
    return this.#declare("$k", `$dict.code(${quoted(text)})`);
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

  #declare(prefix: string, made: string): string {
    const name = this.#declared.get(made) ?? `${prefix}${this.#declared.size}`;
    this.#declared.set(made, name);
    return name;
  }

  /** A function of the row, for what one expression cannot say. */
  #rowFunction(body: string): string {
    return `${this.#declare("$f", `(i, $today) => ${body}`)}(i, $today)`;
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
        return `${this.#declare("$l", `$map(${quoted(expr.fn)})`)}(${this.text(of)})`;
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
        return this.#compare(expr, true);
      case "in":
        return this.#isIn(expr, true);
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
        return this.#compare(expr, false);
      case "in":
        return this.#isIn(expr, false);
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
        return this.#compareTruth(expr);
      case "in":
        return this.#inTruth(expr);
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

  #compare(expr: Part<"compare">, wanted: boolean): string {
    const kind = comparedKind(expr.left, expr.right);
    const { left, right, sign } = expr;
    if (isNumeric(kind)) {
      const [x, y] = [this.number(left, kind), this.number(right, kind)];
      const comparison = COMPARISONS[sign];
      return wanted ? comparison.emitHolds(x, y) : comparison.emitFails(x, y);
    }
    if (kind === "boolean") return `(${this.#compareTruth(expr)} === ${wanted ? 1 : 0})`;
    const [a, b] = [this.text(left), this.text(right)];
    if ((sign === "==") !== wanted) return `$differCode(${a}, ${b})`;
    const isKnown = left.op === "literal" || right.op === "literal";
    return isKnown ? `(${a} === ${b})` : `$sameCode(${a}, ${b})`;
  }

  #compareTruth(expr: Part<"compare">): string {
    const kind = comparedKind(expr.left, expr.right);
    const { left, right, sign } = expr;
    if (isNumeric(kind)) {
      return COMPARISONS[sign].emitTruth(this.number(left, kind), this.number(right, kind));
    }
    const same =
      kind === "boolean"
        ? `$same3(${this.boolean(left)}, ${this.boolean(right)})`
        : `$sameCode3(${this.text(left)}, ${this.text(right)})`;
    return sign === "==" ? same : `$not3(${same})`;
  }

  /** The item is worked out once, as `$v` of a function. */
  #isIn(expr: Part<"in">, wanted: boolean): string {
    if (isHeavy(expr)) return `(${this.boolean(expr)} === ${wanted ? 1 : 0})`;
    const { item, list } = expr;
    const tests = list.map((element) => {
      const kind = comparedKind(item, element);
      const e = isNumeric(kind) ? this.number(element, kind) : this.text(element);
      const v = asDay("$v", item, kind);
      // NaN equals nothing, but two unknown texts are both -1.
      const isSure = kind !== "string" || element.op === "literal";
      if (wanted) return isSure ? `${v} === ${e}` : `$sameCode(${v}, ${e})`;
      return kind === "string" ? `$differCode($v, ${e})` : `$differ(${v}, ${e})`;
    });
    const isKnown = item.type.kind === "string" ? "$v >= 0" : "$known($v)";
    const test = wanted ? tests.join(" || ") || "false" : [isKnown, ...tests].join(" && ");
    return this.#itemFunction(item, test);
  }

  #inTruth(expr: Part<"in">): string {
    const { item, list } = expr;
    const tests = list.map((element) => {
      const kind = comparedKind(item, element);
      if (kind === "boolean") return `$same3($v, ${this.boolean(element)})`;
      if (kind === "string") return `$sameCode3($v, ${this.text(element)})`;
      if (!isNumeric(kind)) throw wrongPlace(element, "element");
      return COMPARISONS["=="].emitTruth(asDay("$v", item, kind), this.number(element, kind));
    });
    const { kind } = item.type;
    const isKnown = kind === "boolean" ? "$v !== 2" : kind === "string" ? "$v >= 0" : "$known($v)";
    return this.#itemFunction(item, `${isKnown} ? ${anyOf(tests)} : 2`);
  }

  #itemFunction(item: Expr, test: string): string {
    const made = this.#declare("$f", `($v, i, $today) => ${test}`);
    return `${made}(${this.value(item)}, i, $today)`;
  }

  #textTest(expr: Part<"call">): string {
    const def = functionOf(expr.fn);
    if (def.makes !== "truth") throw wrongPlace(expr, "truth");
    const [text, wanted] = [argument(expr, 0), argument(expr, 1)];
    if (wanted.op === "literal") {
      const made = `$test(${quoted(def.name)}, ${quoted(String(wanted.value))})`;
      return `${this.#declare("$m", made)}(${this.text(text)})`;
    }
    const made = this.#declare("$m", `$testPair(${quoted(def.name)})`);
    return `${made}(${this.text(text)}, ${this.text(wanted)})`;
  }
}

function comparedKind(left: Expr, right: Expr): "string" | "boolean" | NumericKind {
  const kind = meet(left.type.kind, right.type.kind);
  if (kind === undefined || kind === "any") throw wrongPlace(left, "comparison over columns");
  return kind;
}

function numericKind(expr: Expr): NumericKind {
  const { kind } = expr.type;
  if (isNumeric(kind)) return kind;
  throw wrongPlace(expr, "number");
}

function asDay(variable: string, item: Expr, kind: string): string {
  return item.type.kind === "time" && kind === "date" ? `$day(${variable})` : variable;
}

/** As a balanced tree: a list may be long, and code must not nest as deep. */
function anyOf(truths: readonly string[]): string {
  if (truths.length <= 1) return truths[0] ?? "0";
  const middle = truths.length >> 1;
  return `$or3(${anyOf(truths.slice(0, middle))}, ${anyOf(truths.slice(middle))})`;
}

function argument(expr: Part<"call">, index: number): Expr {
  const arg = expr.args[index];
  if (!arg) throw wrongPlace(expr, "argument");
  return arg;
}

/** A negative number in brackets: `1 - -1` is fine, `1--1` would not be. */
function numeral(value: number): string {
  return value < 0 ? `(${value})` : String(value);
}

/** A text as a JavaScript constant that can end no line and no script. */
function quoted(text: string): string {
  return JSON.stringify(text)
    .replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029")
    .replaceAll("<", "\\u003c");
}

function wrongPlace(expr: Expr, place: string): Error {
  return new Error(`a rule that cannot run over columns: \`${expr.op}\` as a ${place}`);
}
