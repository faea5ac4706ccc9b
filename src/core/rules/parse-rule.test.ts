import { expect, test } from "vitest";
import { RULE_CODES } from "./codes.ts";
import { parseRule } from "./parse-rule.ts";
import { ruleOf, SAMPLE_SCOPE, scopeOf } from "./testing/sample-scope.ts";
import type { RuleProblem } from "./types.ts";

function problemsOf(text: string): readonly RuleProblem[] {
  return parseRule(text, SAMPLE_SCOPE, "boolean").problems;
}

/** Each problem as its code and the text that it points at. */
function found(text: string): string[] {
  return problemsOf(text).map(({ code, start, end }) => `${code}: ${text.slice(start, end)}`);
}

test.each([
  "true",
  "champion",
  "arr >= 100000",
  "arr / 2 > 5",
  "-arr < -3 && !champion",
  "users / seats >= 0.6",
  'plan == "pro" || plan != "free"',
  'plan in ["pro", "enterprise"]',
  'region.startsWith("eu") && region.matches("^eu-[a-z]+$")',
  '"eu-west".startsWith(region)',
  'region.lowerAscii() == "emea"',
  "known(arr) && !known(last_login)",
  "days_since(last_login) > 30",
  "days_until(renewal_date) <= 90",
  'renewal_date < date("2026-03-01")',
  "last_login >= renewal_date",
  "kickoff_held < last_login",
  "today > renewal_date",
  "min(arr, seats, users) > 3 && clamp(arr, 0, 10) == 10",
  "max(renewal_date, last_login) > today",
  '(champion ? arr : 0) > 5 && (champion ? plan : "none") == "none"',
  "champion == sponsor",
  "champion in [sponsor, true]",
  'segments.value == "strategic" && segments.power_user',
  "properties.score > 3",
  'properties.score && properties.feature.name == "search"',
  "arr in []",
  "arr > 1 // as agreed with sales",
  'arr > 1 && // as agreed\n plan == "pro"',
  "  arr\n>\t1 ",
  'region == "\\u00e9\\n\\"" || region == r"\\d" || region == """a"b"""',
  "0x1F < arr && arr < 1e3 && arr > .5",
])("is a rule: %s", (text) => {
  expect(found(text)).toEqual([]);
});

test.each([
  ["arrr > 3", ["unknown-name: arrr"]],
  ["level > 3", ["later-block: level"]],
  ['arr > 3 && planz == "a" || usrs < 2', ["unknown-name: planz", "unknown-name: usrs"]],
  ['segments.vlaue == "core"', ["unknown-name: segments.vlaue"]],
  ["known(nothing)", ["unknown-name: nothing"]],
  ['plan == "entreprise"', ['unknown-value: "entreprise"']],
  ['"entreprise" != plan', ['unknown-value: "entreprise"']],
  ['plan in ["pro", "entreprise", "fre"]', ['unknown-value: "entreprise"', 'unknown-value: "fre"']],
  ['plan == (champion ? "pro" : "entreprise")', ['unknown-value: "entreprise"']],
  ['(champion ? plan : "none") == "non"', ['unknown-value: "non"']],
  ['plan == ""', ['unknown-value: ""']],
  ['plan >= "pro"', ['level-order: plan >= "pro"']],
  ['region < "b"', ['level-order: region < "b"']],
  ['properties.score < "b"', ['level-order: properties.score < "b"']],
  ["champion < sponsor", ["rule-type: champion < sponsor"]],
  ["arr", ["rule-type: arr"]],
  ["arr + 1", ["rule-type: arr + 1"]],
  ["champion && arr", ["rule-type: arr"]],
  ["!arr", ["rule-type: arr"]],
  ["(champion ? 1 : plan) == 1", ["rule-type: 1 : plan"]],
  ['arr > "100"', ['rule-type: arr > "100"']],
  ['renewal_date < "2026-03-01"', ['rule-type: renewal_date < "2026-03-01"']],
  ["renewal_date - today > 3", ["rule-type: renewal_date - today"]],
  ['region + "x" == "ax"', ["rule-type: region", 'rule-type: "x"']],
  ["days_since(arr) > 3", ["rule-type: arr"]],
  ["min(arr, renewal_date) > 3", ["rule-type: renewal_date"]],
  ["min(champion, sponsor) > 3", ["rule-type: champion"]],
  ['min("a", "b") > 3', ['rule-type: "a"']],
  ['arr.startsWith("a")', ["rule-type: arr"]],
  ["arr > 1e999", ["rule-type: 1e999"]],
  ["plan in region", ["rule-type: region"]],
  ["min(arr) > 1", ["rule-arguments: min(arr)"]],
  ["round(arr, 2) > 1", ["rule-arguments: round(arr, 2)"]],
  ["known(arr, seats)", ["rule-arguments: known(arr, seats)"]],
  ["region.startsWith()", ["rule-arguments: region.startsWith()"]],
  ["renewal_date < date(region)", ["rule-arguments: date(region)"]],
  ['renewal_date < date("2026-02-30")', ['invalid-date: date("2026-02-30")']],
  ['region.matches("(")', ['invalid-pattern: "("']],
  ['region.matches("(?=a)b")', ['invalid-pattern: "(?=a)b"']],
  ['region.matches("(a{30}){30}")', ['invalid-pattern: "(a{30}){30}"']],
  ["region.matches(city)", ["invalid-pattern: city"]],
  ["day_since(last_login) > 1", ["unknown-function: day_since"]],
  ['region.startswith("a")', ["unknown-function: startswith"]],
  ['startsWith(region, "a")', ["unknown-function: startsWith"]],
  ["region.min(3) > 1", ["unknown-function: min"]],
  ["constructor(arr) > 1", ["unknown-function: constructor"]],
  ["region.toString() == region", ["unknown-function: toString"]],
  ["arr % 2 == 0", ["rule-unsupported: arr % 2"]],
  ["arr == null", ["rule-unsupported: null"]],
  ["has(segments.value)", ["rule-unsupported: has(segments.value)"]],
  ["size(region) > 3", ["rule-unsupported: size"]],
  ["[1, 2].exists(x, x > arr)", ["rule-unsupported: exists(x, x > arr)"]],
  ["arr[0] == 1", ["rule-unsupported: arr[0]"]],
  ['{"a": 1} == arr', ['rule-unsupported: {"a": 1}']],
  ["a.b{c: 1} == arr", ["rule-unsupported: a.b{c: 1}"]],
  ['region == b"x"', ['rule-unsupported: b"x"']],
  ["arr > 1u", ["rule-unsupported: 1u"]],
  ["[arr] == [1]", ["rule-unsupported: [arr]", "rule-unsupported: [1]"]],
])("points at what is wrong in: %s", (text, expected) => {
  expect(found(text)).toEqual(expected);
});

test.each([
  ["", "rule-syntax: "],
  ["arr >", "rule-syntax: >"],
  ["&& champion", "rule-syntax: &&"],
  ["arr > > 3", "rule-syntax: >"],
  ["(arr > 1", "rule-syntax: ("],
  ["arr > 1)", "rule-syntax: )"],
  ["arr > 1]", "rule-syntax: ]"],
  ['region == "abc', 'rule-syntax: "abc'],
  ["arr = 3", "rule-syntax: ="],
  ["arr === 3", "rule-syntax: ==="],
  ["arr <> 3", "rule-syntax: <>"],
  ["champion and sponsor", "rule-syntax: and"],
  ["not champion", "rule-syntax: not champion"],
  ["champion & sponsor", "rule-syntax: &"],
  ["arr > 100k", "rule-syntax: 100k"],
  ["days_since(last_login) < 90d", "rule-syntax: 90d"],
  ["arr > 100,000", "rule-syntax: ,"],
  ["arr ≥ 3", "rule-syntax: ≥"],
  ["region == “eu”", "rule-syntax: “"],
  ["package == 1", "rule-syntax: package"],
  ["segments.in", "rule-syntax: in"],
  ["champion ? arr > 1", "rule-syntax: ?"],
  ["arr > \u0000 1", "rule-syntax: \u0000"],
  ["arr 😀 1", "rule-syntax: 😀"],
  ['region == "\\ud800"', 'rule-syntax: region == "\\ud800"'],
])("cannot be read, and says where: %j", (text, expected) => {
  expect(found(text)).toEqual([expected]);
});

test.each([
  ["arrr > 3", "did you mean `arr`?"],
  ['plan == "entreprise"', 'did you mean "enterprise"?'],
  ["plan == pro", 'texts stand in quotes: "pro"'],
  ["region == emea", 'texts stand in quotes: "emea"'],
  ["segments.value.strategic", 'write segments.value == "strategic"'],
  ["power_user", "did you mean `segments.power_user`?"],
  ['plan >= "pro"', 'write plan in ["pro", …] and list every value that is meant'],
  ['plan == ""', "write !known(plan)"],
  ["arr == null", "write `!known(x)` for “x is unknown”"],
  ['renewal_date < "2026-03-01"', 'write date("2026-03-01")'],
  ['arr > "100"', "write 100 without quotes"],
  ["TRUE", "write true"],
  ["arr = 3", "compare with `==`"],
  ["days_since(last_login) < 90d", "days are plain numbers in rules: 90"],
])("helps on with: %s", (text, hint) => {
  expect(problemsOf(text)[0]?.hint).toBe(hint);
});

test("places count as JavaScript does, behind emoji and on later lines too", () => {
  const text = 'region == "😀👩‍👩‍👧" &&\n  arrr > 1';
  expect(found(text)).toEqual(["unknown-name: arrr"]);
  expect(problemsOf(text)[0]?.start).toBe(text.indexOf("arrr"));
});

test.each(['"a\\"("', "'\\\\'", 'r"\\"', '"""a"("""', '"//("'])(
  "what stands in the quotes of %s is not read as signs",
  (quoted) => {
    expect(found(`region == ${quoted} && (arrr > 1)`)).toEqual(["unknown-name: arrr"]);
  },
);

test("a part's place leaves out the brackets around it, and takes in those within it", () => {
  const { expr, text } = ruleOf("((arr + 1) * 2 > (3)) && (champion)");
  expect(expr).toMatchObject({ op: "and", start: 0, end: text.length });
  const left = expr.op === "and" ? expr.left : undefined;
  expect(left && text.slice(left.start, left.end)).toBe("(arr + 1) * 2 > (3)");
});

test("precedence and order are CEL's", () => {
  expect(ruleOf("arr + seats * 2 > 1 || champion && sponsor").expr).toMatchObject({
    op: "or",
    left: {
      sign: ">",
      left: { sign: "+", right: { sign: "*" } },
    },
    right: { op: "and" },
  });
  expect(ruleOf("arr - seats - users").expr).toMatchObject({ left: { sign: "-" } });
});

test("names are those read, each once, in order of appearance", () => {
  const rule = ruleOf('seats > arr && (plan == "pro" || arr > 3) && days_since(last_login) > 3');
  expect(rule.names).toEqual(["seats", "arr", "plan", "last_login"]);
});

test("a date in quotes becomes a day, whole numbers become doubles", () => {
  expect(ruleOf('date("1970-01-02")').expr).toMatchObject({ op: "literal", value: 1 });
  expect(ruleOf("5").expr).toMatchObject({ op: "literal", value: 5, type: { kind: "number" } });
});

test("a chosen text can be what either branch can be", () => {
  const { type } = ruleOf('champion ? plan : "none"').expr;
  expect(type).toEqual({
    kind: "string",
    values: ["free", "starter", "pro", "enterprise", "none"],
  });
  expect(ruleOf("champion ? plan : region").expr.type).toEqual({ kind: "string" });
});

test("the place decides which kinds are right", () => {
  expect(parseRule("arr", SAMPLE_SCOPE, "number").problems).toEqual([]);
  expect(parseRule("arr", SAMPLE_SCOPE, ["string", "number"]).problems).toEqual([]);
  expect(parseRule("last_login", SAMPLE_SCOPE, "date").problems).toHaveLength(1);
  expect(parseRule("properties.score", SAMPLE_SCOPE, "boolean").problems).toEqual([]);
});

test("names such as __proto__ are ordinary: unknown unless the scope knows them", () => {
  const text = "__proto__ > 1 && constructor > 1 && hasOwnProperty > 1 && toString > 1";
  expect(found(text)).toHaveLength(4);
  const names = ["__proto__", "constructor", "hasOwnProperty", "toString"];
  const scope = scopeOf(new Map(names.map((name) => [name, { kind: "number" }])));
  expect(parseRule(text, scope, "boolean").rule?.names).toEqual(names);
});

test("every problem's code is on the list", () => {
  const texts = [
    "",
    "arrr > 3",
    "level",
    'plan == "x"',
    "arr",
    "1 % 2",
    "f()",
    "min(1)",
    'plan < "pro"',
  ];
  for (const { code } of texts.flatMap(problemsOf)) expect(Object.keys(RULE_CODES)).toContain(code);
});
