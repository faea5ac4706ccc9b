import { celEnv, type CelInput, isCelError, parse, plan } from "@bufbuild/cel";
import fc from "fast-check";
import { expect, test } from "vitest";
import { DAY_MS, formatDay } from "../time/day.ts";
import { compileRule } from "./compile-rule.ts";
import { RuleEmitter } from "./emit.ts";
import { evaluateRule } from "./evaluate.ts";
import { linkFunction } from "./link.ts";
import { namedOnce } from "./row-locals.ts";
import { bookOf, type Row, type SampleBook } from "./testing/sample-book.ts";
import { envOf, localDay, ruleOf, SAMPLE_TYPES, TODAY } from "./testing/sample-scope.ts";
import { traceRule } from "./trace.ts";
import type { Expr, Rule, RuleKind, Value } from "./types.ts";

/** Random cases of each property; ten thousand in the soak. */
const RUNS = Number(process.env["TOUCHSTONE_RUNS"] ?? 1000);

/** A random part of a rule, and the same for CEL's own evaluator where CEL knows it. */
interface Part {
  readonly rule: string;
  readonly cel: string | undefined;
}

type Grammar = Record<"number" | "text" | "truth" | "date" | "time", Part>;

const NUMBERS = [-3, -1, 0, 0.1, 0.5, 1, 2, 2.5, 3, 7, 100];
const TEXTS = ["free", "pro", "enterprise", "", "Pro", "a.b", "é", "日本", "x\u2028y"];
const DAYS = [-40, -1, 0, 1, 30].map((days) => TODAY + days);

function namesOf(kind: RuleKind): string[] {
  return [...SAMPLE_TYPES].filter(([, type]) => type.kind === kind).map(([name]) => name);
}

const same = (text: string): Part => ({ rule: text, cel: text });
const ours = (text: string): Part => ({ rule: text, cel: undefined });
const name = (kind: RuleKind) => fc.constantFrom(...namesOf(kind)).map(same);

/** `§` stands for the parts, in turn; `defined`: has CEL the same? */
function made(template: string, parts: readonly Part[], defined = true): Part {
  const between = template.split("§");
  const fill = (texts: readonly string[]) =>
    between.map((text, i) => text + (texts[i] ?? "")).join("");
  const cels = parts.map(({ cel }) => cel).filter((cel) => cel !== undefined);
  const cel = defined && cels.length === parts.length ? fill(cels) : undefined;
  return { rule: fill(parts.map(({ rule }) => rule)), cel };
}

const numeral = fc.constantFrom(...NUMBERS).map((value) => {
  const whole = Number.isInteger(value) ? `${value}.0` : `${value}`;
  return { rule: `${value}`, cel: whole };
});
const huge = fc.constantFrom("1e308", "-1e308").map(ours);
const textLiteral = fc.constantFrom(...TEXTS).map((text) => same(JSON.stringify(text)));
// Only free texts: against an enumerated fact most would be refused.
const freeText = fc.constantFrom("region", "city").map(same);
const day = fc.constantFrom(...DAYS).map((value) => ({
  rule: `date("${formatDay(value)}")`,
  cel: `${value}.0`,
}));
const SIGNS = ["==", "!=", "<", "<=", ">", ">="] as const;

const { truth, number, text, date } = fc.letrec<Grammar>((tie) => {
  const [number, text, truth, date, time] = [
    tie("number"),
    tie("text"),
    tie("truth"),
    tie("date"),
    tie("time"),
  ];
  const pairs = (kind: fc.Arbitrary<Part>, signs: readonly string[], defined = true) =>
    fc
      .tuple(fc.constantFrom(...signs), kind, kind)
      .map(([sign, a, b]) => made(`(§ ${sign} §)`, [a, b], defined));
  const choice = (kind: fc.Arbitrary<Part>) =>
    fc.tuple(truth, kind, kind).map((parts) => made("(§ ? § : §)", parts));
  const call = (fn: string, ...kinds: fc.Arbitrary<Part>[]) =>
    fc
      .tuple(...kinds)
      .map((parts) => made(`${fn}(${parts.map(() => "§").join(", ")})`, parts, false));
  const list = (item: fc.Arbitrary<Part>, elements: fc.Arbitrary<Part>) =>
    fc
      .tuple(item, fc.array(elements, { maxLength: 4 }))
      // CEL gives up on a list with an unknown element, so only known ones can be compared.
      .map(([one, all]) =>
        made(`(§ in [${all.map(() => "§").join(", ")}])`, [one, ...all], all.every(isLiteral)),
      );
  return {
    number: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      name("number"),
      numeral,
      huge,
      pairs(number, ["+", "-", "*"]),
      // CEL divides by zero to infinity; only by numerals other than 0 do the two agree.
      fc.tuple(number, numeral).map(([a, b]) => made("(§ / §)", [a, b], Number(b.rule) !== 0)),
      pairs(number, ["/"], false),
      number.map((part) => made("(-(§))", [part])),
      choice(number),
      call("min", number, number, number),
      call("max", number, number),
      call("clamp", number, number, number),
      call("abs", number),
      call("round", number),
      call("days_since", fc.oneof(date, time)),
      call("days_until", fc.oneof(date, time)),
    ),
    text: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      freeText,
      textLiteral,
      // One branch is free, or most comparisons would be refused as never true.
      fc.tuple(truth, text, freeText).map((parts) => made("(§ ? § : §)", parts)),
      text.map((part) => made("§.lowerAscii()", [part], false)),
    ),
    truth: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      name("boolean"),
      fc.constantFrom("true", "false").map(same),
      pairs(number, SIGNS),
      pairs(text, ["==", "!="]),
      pairs(truth, ["&&", "||", "==", "!="]),
      pairs(date, SIGNS),
      pairs(time, SIGNS, false),
      fc
        .tuple(fc.constantFrom(...SIGNS), date, time)
        .map(([sign, a, b]) => made(`(§ ${sign} §)`, [a, b], false)),
      truth.map((part) => made("(!(§))", [part])),
      choice(truth),
      list(number, number),
      list(text, text),
      list(truth, truth),
      list(time, fc.oneof(date, time)),
      list(date, fc.oneof(date, time)),
      fc.oneof(number, text, truth, date, time).map((part) => made("known(§)", [part], false)),
      fc
        .tuple(fc.constantFrom("startsWith", "endsWith", "contains"), text, text)
        .map(([fn, a, b]) => made(`§.${fn}(§)`, [a, b])),
      fc
        .tuple(text, fc.constantFrom("^p", "o$", "a.b", "é|日", "^$", "[A-Z]"))
        .map(([a, pattern]) => made(`§.matches(${JSON.stringify(pattern)})`, [a])),
    ),
    date: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      name("date"),
      day,
      choice(date),
      call("min", date, fc.oneof(date, time)),
      call("max", date, date),
    ),
    time: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      name("time").map(({ rule }) => ours(rule)),
      choice(time),
      call("max", time, time),
    ),
  };
});

function isLiteral({ rule }: Part): boolean {
  return /^(-?[\d.]+|"[^"\\]*"|true|false|date\("[^"]*"\))$/.test(rule);
}

const VALUES: Readonly<Record<Exclude<RuleKind, "any">, fc.Arbitrary<Value>>> = {
  number: fc.constantFrom(...NUMBERS, 1e308),
  string: fc.constantFrom(...TEXTS),
  boolean: fc.boolean(),
  date: fc.constantFrom(...DAYS),
  time: fc
    .tuple(fc.constantFrom(...DAYS), fc.constantFrom(0, 15, 16, 23))
    .map(([d, h]) => d * DAY_MS + h * 3_600_000),
};

const row: fc.Arbitrary<Row> = fc.record(
  Object.fromEntries(
    [...SAMPLE_TYPES].flatMap(([name, { kind }]) =>
      kind === "any" || name === "today" ? [] : [[name, fc.option(VALUES[kind], { freq: 3 })]],
    ),
  ),
);
const rows = fc.array(row, { minLength: 1, maxLength: 5 });

function compiledValue(rule: Rule, book: SampleBook, i: number): Value {
  const result = compileRule(rule, book.layout, book.dict, book.columns, { localDay })(i, TODAY);
  if (rule.expr.type.kind === "boolean") return [false, true, null][result] ?? null;
  if (rule.expr.type.kind === "string") return book.dict.text(result);
  return Number.isNaN(result) ? null : result;
}

/** The two forms that blocks use for conditions: known true, known false. */
function sides(rule: Rule, book: SampleBook, i: number, otherwise: Value): Value {
  if (rule.expr.type.kind !== "boolean") return otherwise;
  const emitter = new RuleEmitter(book.layout, { today: "(today - 1)" });
  const [isTrue, isFalse] = [emitter.isTrue(rule.expr), emitter.isFalse(rule.expr)];
  const body = `return (${isTrue} ? 1 : 0) + (${isFalse} ? 2 : 0);`;
  const run = linkFunction(emitter, "i, today", body)(book.columns, book.dict, { localDay });
  return [null, true, false, "both"][run(i, TODAY + 1)] ?? null;
}

/** As a loop over a book answers conditions: no branches, what is common to them named once. */
function inALoop(rule: Rule, book: SampleBook, i: number, otherwise: Value): Value {
  const { expr } = rule;
  if (expr.type.kind !== "boolean") return otherwise;
  const emitter = new RuleEmitter(book.layout, { today: "today" });
  const opposite: Expr = { ...expr, op: "not", of: expr };
  const { locals, expressions } = namedOnce([emitter.bit(expr), emitter.bit(opposite)]);
  const body = `${locals}\nreturn ${expressions.join(" + 2 * ")};`;
  const run = linkFunction(emitter, "i, today", body)(book.columns, book.dict, { localDay });
  return [null, true, false, "both"][run(i, TODAY)] ?? null;
}

test("over columns, evaluated and traced, every rule comes to the same", () => {
  fc.assert(
    fc.property(fc.oneof(truth, truth, number, text, date), rows, (part, facts) => {
      const rule = ruleOf(part.rule);
      const book = bookOf(facts);
      for (const [i, values] of facts.entries()) {
        const value = evaluateRule(rule, envOf(values));
        expect(traceRule(rule, envOf(values)).result, "traced").toBe(value);
        expect(compiledValue(rule, book, i), "compiled").toBe(value);
        expect(sides(rule, book, i, value), "is true, is false").toBe(value);
        expect(inALoop(rule, book, i, value), "in a loop").toBe(value);
      }
    }),
    { numRuns: RUNS },
  );
});

function celValue(cel: string, values: Row): Value {
  const known = Object.entries(values).filter(([, value]) => value !== null);
  // Dates are given as their number, and so is today.
  const bindings = Object.fromEntries([...known, ["today", TODAY]]) as Record<string, CelInput>;
  const result = plan(celEnv(), parse(cel))(bindings);
  if (isCelError(result)) return null;
  if (typeof result !== "number") return result as Value;
  // We have one zero only.
  return Number.isFinite(result) ? result + 0 : null;
}

test("where CEL defines a rule, its own evaluator comes to the same; its errors are our unknowns", () => {
  let compared = 0;
  fc.assert(
    fc.property(fc.oneof(truth, truth, number, text), rows, (part, facts) => {
      fc.pre(part.cel !== undefined);
      const rule = ruleOf(part.rule);
      for (const values of facts) {
        // Overflow within a rule is infinity to CEL and unknown to us.
        const small = Object.fromEntries(
          Object.entries(values).map(([name, value]) => [name, value === 1e308 ? 5 : value]),
        );
        expect(evaluateRule(rule, envOf(small))).toBe(celValue(part.cel ?? "", small));
        compared++;
      }
    }),
    { numRuns: RUNS },
  );
  expect(compared).toBeGreaterThanOrEqual(RUNS);
});
