import type { Day } from "../time/day.ts";
import { FALSE, TRUE, UNKNOWN } from "./columns.ts";
import { COMPARISONS } from "./comparisons.ts";
import { asDay, asInstant, asNumber, asText, asTruth, converted } from "./event-values.ts";
import { functionOf } from "./functions/registry.ts";
import { isNumeric, meet, type NumericKind } from "./kinds.ts";
import { and3, finite, isKnown, not3, or3, truth, type Truth } from "./three-valued.ts";
import type { Env, Expr, Value } from "./types.ts";

/** Parts compiled to functions of one account, event or contact. NaN and null are unknown. */
type NumberClosure = (env: Env) => number;
type TextClosure = (env: Env) => string | null;
type TruthClosure = (env: Env) => Truth;
export type ValueClosure = (env: Env) => Value;

type Part<Op extends Expr["op"]> = Expr & { readonly op: Op };

const unknownNumber = (): number => Number.NaN;

/** A part as a double of the kind its place needs: a time where a date is needed is its day. */
function numberClosure(expr: Expr, wanted: NumericKind): NumberClosure {
  const { kind } = expr.type;
  if (wanted === "date" && kind === "time" && expr.op !== "choose") {
    const time = numberClosure(expr, "time");
    return (env) => localDay(time(env), env);
  }
  switch (expr.op) {
    case "literal": {
      const value = Number(expr.value);
      return () => value;
    }
    case "name":
      return kind === "any" ? eventNumber(expr.name, wanted) : namedNumber(expr.name);
    case "choose":
      return chooser(expr, (branch) => numberClosure(branch, wanted), unknownNumber);
    case "arithmetic":
      return arithmetic(expr);
    case "negate": {
      const of = numberClosure(expr.of, "number");
      return (env) => finite(0 - of(env));
    }
    case "call":
      return numberCall(expr);
    default:
      throw wrongPlace(expr, "number");
  }
}

function localDay(at: number, env: Env): Day {
  return isKnown(at) ? env.localDay(at) : at;
}

function namedNumber(name: string): NumberClosure {
  if (name === "today") return (env) => env.today;
  return (env) => asNumber(env.get(name));
}

function eventNumber(name: string, wanted: NumericKind): NumberClosure {
  if (wanted === "number") return namedNumber(name);
  if (wanted === "time") return (env) => asInstant(env.get(name));
  return (env) => asDay(env.get(name), env);
}

function arithmetic(expr: Part<"arithmetic">): NumberClosure {
  const [x, y] = [numberClosure(expr.left, "number"), numberClosure(expr.right, "number")];
  switch (expr.sign) {
    case "+":
      return (env) => finite(x(env) + y(env));
    case "-":
      return (env) => finite(x(env) - y(env));
    case "*":
      return (env) => finite(x(env) * y(env));
    case "/":
      return (env) => finite(x(env) / y(env));
  }
}

function numberCall(expr: Part<"call">): NumberClosure {
  const def = functionOf(expr.fn);
  if (def.makes !== "number") throw wrongPlace(expr, "number");
  const { kind } = expr.type;
  const own = isNumeric(kind) ? kind : "number";
  const args = expr.args.map((arg) => numberClosure(arg, def.takes === "day" ? "date" : own));
  return (env) =>
    def.evaluate(
      args.map((arg) => arg(env)),
      env.today,
    );
}

function textClosure(expr: Expr): TextClosure {
  switch (expr.op) {
    case "literal": {
      const value = String(expr.value);
      return () => value;
    }
    case "name":
      return (env) => asText(env.get(expr.name));
    case "choose":
      return chooser(expr, textClosure, () => null);
    case "call": {
      const def = functionOf(expr.fn);
      if (def.makes !== "text") throw wrongPlace(expr, "text");
      const of = textClosure(argument(expr, 0));
      return (env) => {
        const text = of(env);
        return text === null ? null : def.evaluate(text);
      };
    }
    default:
      throw wrongPlace(expr, "text");
  }
}

function truthClosure(expr: Expr): TruthClosure {
  switch (expr.op) {
    case "literal": {
      const value = expr.value === true ? TRUE : FALSE;
      return () => value;
    }
    case "name":
      return (env) => asTruth(env.get(expr.name));
    case "known": {
      const of = valueClosure(expr.of);
      return (env) => (of(env) === null ? FALSE : TRUE);
    }
    case "not": {
      const of = truthClosure(expr.of);
      return (env) => not3(of(env));
    }
    case "and":
    case "or":
      return joined(expr);
    case "choose":
      return chooser(expr, truthClosure, () => UNKNOWN);
    case "compare":
      return sameOrOrder(expr);
    case "in":
      return inList(expr);
    case "call":
      return textTest(expr);
    default:
      throw wrongPlace(expr, "truth");
  }
}

function joined(expr: Part<"and" | "or">): TruthClosure {
  const [left, right] = [truthClosure(expr.left), truthClosure(expr.right)];
  const [join, decided] = expr.op === "and" ? ([and3, FALSE] as const) : ([or3, TRUE] as const);
  return (env) => {
    const first = left(env);
    return first === decided ? first : join(first, right(env));
  };
}

function sameOrOrder(expr: Part<"compare">): TruthClosure {
  const same = expr.sign === "==" || expr.sign === "!=";
  const kind = meet(expr.left.type.kind, expr.right.type.kind);
  // What an event brings has an order only if both sides turn out to be numbers.
  const wanted = kind === "any" && !same ? "number" : kind;
  if (wanted !== undefined && isNumeric(wanted)) {
    const comparison = COMPARISONS[expr.sign];
    const [x, y] = [numberClosure(expr.left, wanted), numberClosure(expr.right, wanted)];
    return (env) => {
      const [a, b] = [x(env), y(env)];
      return truth(comparison.holds(a, b), comparison.fails(a, b));
    };
  }
  const equal = equality(expr.left, expr.right);
  return expr.sign === "==" ? equal : (env) => not3(equal(env));
}

/** Are two parts the same? Of any two kinds that meet but those compared as doubles. */
function equality(left: Expr, right: Expr): TruthClosure {
  const kind = meet(left.type.kind, right.type.kind);
  const [x, y] =
    kind === "string"
      ? [textClosure(left), textClosure(right)]
      : kind === "boolean"
        ? [valueOfTruth(truthClosure(left)), valueOfTruth(truthClosure(right))]
        : [valueClosure(left), valueClosure(right)];
  return (env) => sameValue(x(env), y(env));
}

function sameValue(a: Value, b: Value): Truth {
  if (a === null || b === null || typeof a !== typeof b) return UNKNOWN;
  return a === b ? TRUE : FALSE;
}

/** True on a known match, even when another element is unknown. */
function inList(expr: Part<"in">): TruthClosure {
  // Once for all elements: an item that holds another `in` would else be worked out 3^depth times.
  const item = valueClosure(expr.item);
  const from = expr.item.type.kind;
  const elements = expr.list.map((element) => ({
    kind: meet(from, element.type.kind) ?? from,
    from: element.type.kind,
    value: valueClosure(element),
  }));
  return (env) => {
    const value = item(env);
    if (value === null) return UNKNOWN;
    let found: Truth = FALSE;
    for (const element of elements) {
      const a = converted(value, from, element.kind, env);
      const b = converted(element.value(env), element.from, element.kind, env);
      found = or3(found, sameValue(a, b));
      if (found === TRUE) return TRUE;
    }
    return found;
  };
}

function textTest(expr: Part<"call">): TruthClosure {
  const def = functionOf(expr.fn);
  if (def.makes !== "truth") throw wrongPlace(expr, "truth");
  const text = textClosure(argument(expr, 0));
  const wanted = argument(expr, 1);
  const test = wanted.op === "literal" ? def.prepare(String(wanted.value)) : undefined;
  const other = textClosure(wanted);
  return (env) => {
    const [a, b] = [text(env), other(env)];
    if (a === null || b === null) return UNKNOWN;
    return (test ?? def.prepare(b))(a) ? TRUE : FALSE;
  };
}

/** As the value that people see: null is unknown. */
export function valueClosure(expr: Expr): ValueClosure {
  const { kind } = expr.type;
  if (isNumeric(kind)) {
    const number = numberClosure(expr, kind);
    return (env) => {
      const value = number(env);
      return isKnown(value) ? value : null;
    };
  }
  if (kind === "string") return textClosure(expr);
  if (kind === "boolean") return valueOfTruth(truthClosure(expr));
  if (expr.op === "name") return (env) => env.get(expr.name);
  // Apart from names only `? :` between them is without a kind.
  if (expr.op === "choose") return chooser(expr, valueClosure, () => null);
  throw wrongPlace(expr, "value");
}

function valueOfTruth(closure: TruthClosure): (env: Env) => boolean | null {
  return (env) => VALUES[closure(env)];
}

const VALUES = { [FALSE]: false, [TRUE]: true, [UNKNOWN]: null } as const;

function chooser<T>(
  expr: Part<"choose">,
  branch: (expr: Expr) => (env: Env) => T,
  unknown: (env: Env) => T,
): (env: Env) => T {
  const test = truthClosure(expr.test);
  const branches = [branch(expr.no), branch(expr.yes), unknown];
  return (env) => (branches[test(env)] ?? unknown)(env);
}

function argument(expr: Part<"call">, index: number): Expr {
  const arg = expr.args[index];
  if (!arg) throw wrongPlace(expr, "argument");
  return arg;
}

function wrongPlace(expr: Expr, place: string): Error {
  return new Error(`an unchecked rule: \`${expr.op}\` as a ${place}`);
}
