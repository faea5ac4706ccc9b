import { expect, test } from "vitest";
import { readModel } from "./read-model.ts";

const HEAD = "touchstone: 1\nname: x\nworkspace: { timezone: UTC }\n";

/** Codes found, and that they were found soon; reading must never throw. */
function codesOf(text: string): readonly string[] {
  const started = performance.now();
  const { model, diagnostics } = readModel(text, { file: "hostile.yaml" });
  const took = performance.now() - started;
  // It is within a second on a free machine; a busy one must still tell it from a hang.
  expect(took).toBeLessThan(10_000);
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  expect(errors.length > 0).toBe(model === undefined);
  for (const { line, column, end_column } of diagnostics) {
    expect(line).toBeGreaterThan(0);
    expect(column).toBeGreaterThan(0);
    expect(end_column).toBeGreaterThan(column);
  }
  return [...new Set(errors.map(({ code }) => code))];
}

const BOMB = [
  "a: &a [x, x, x, x, x, x, x, x, x]",
  ..."bcdefghi".split("").map((name, i) => {
    const of = `*${"abcdefgh"[i] ?? ""}`;
    return `${name}: &${name} [${Array.from({ length: 9 }, () => of).join(", ")}]`;
  }),
].join("\n");

const CASES: readonly (readonly [string, string, string])[] = [
  ["an empty file", "", "not-a-model"],
  ["a file of comments", "# nothing\n\n# here\n", "not-a-model"],
  ["a list", "- touchstone: 1\n", "not-a-model"],
  ["a text", "touchstone\n", "not-a-model"],
  ["ten megabytes", "a: b\n".repeat(2_000_000), "file-too-large"],
  ["a NUL", `${HEAD}facts:\n  a: { type: "num\u0000ber" }\n`, "bad-character"],
  ["a lone surrogate", `${HEAD}facts: {} # \ud800\n`, "bad-character"],
  ["10,000 brackets", `${HEAD}facts: ${"[".repeat(10_000)}`, "nested-too-deep"],
  ["10,000 braces", `${HEAD}facts: ${"{a: ".repeat(10_000)}`, "nested-too-deep"],
  ["10,000 list marks", `${HEAD}facts: \n${"- ".repeat(10_000)}`, "nested-too-deep"],
  ["10,000 indents", nested(400), "nested-too-deep"],
  ["question marks", "? ".repeat(10_000), "nested-too-deep"],
  ["an alias bomb", `${BOMB}\n${HEAD}`, "yaml-alias"],
  ["an alias of itself", `${HEAD}facts: &f { a: *f }\n`, "yaml-alias"],
  ["an alias of nothing", `${HEAD}facts: *f\n`, "yaml-alias"],
  ["a tag", `${HEAD}facts: !!js/function "x"\n`, "yaml-tag"],
  ["a merge key", `${HEAD}facts:\n  a: &a { type: number }\n  b:\n    <<: *a\n`, "yaml-merge-key"],
  ["a doubled key", `${HEAD}name: y\n`, "duplicate-key"],
  ["a key that is a list", `${HEAD}facts:\n  [a]: { type: number }\n`, "yaml-key"],
  ["tabs", `${HEAD}facts:\n\ta: { type: number }\n`, "yaml-syntax"],
  ["two documents", `${HEAD}---\n${HEAD}`, "yaml-syntax"],
  ["an open brace", `${HEAD}facts: { a: { type: number }\n`, "yaml-syntax"],
  ["closing braces", "}".repeat(150_000), "yaml-syntax"],
  ["many quotes", '""'.repeat(80_000), "yaml-syntax"],
  ["many anchors", "&a ".repeat(60_000), "yaml-syntax"],
  ["broken lines", `${HEAD}${"- [a]]\n".repeat(20_000)}`, "yaml-syntax"],
  ["prototype names", `${HEAD}facts:\n  __proto__: { type: number }\n`, "bad-name"],
  ["many wrong keys", `${HEAD}${manyLines("x", ": 1", 10_000)}`, "unknown-key"],
  ["many wrong rules", `${HEAD}segments:\n${manyLines("  s", ": arr > 5", 8_000)}`, "unknown-name"],
  ["a circle of facts", `${HEAD}facts:\n${circle(1_000)}`, "fact-cycle"],
  ["a long rule", `${HEAD}segments:\n  a: "${"1 + ".repeat(40_000)}1 > 0"\n`, "rule-too-long"],
];

test.each(CASES)("%s is answered with a diagnostic", (_name, text, code) => {
  expect(codesOf(text)).toContain(code);
});

test("names of every object's prototype are names like any other", () => {
  const facts = "facts:\n  constructor: { type: number }\n  valueof: { type: number }\n";
  const rest = "segments:\n  constructor: constructor > 1\n  valueof: segments.constructor\n";
  expect(codesOf(`${HEAD}${facts}${rest}`)).toEqual([]);
});

test("CRLF and a byte order mark change nothing", () => {
  const text = `${HEAD}facts:\n  arr: { type: number }\nsegments:\n  big: arr > "x"\n`;
  const plain = readModel(text, { file: "x.yaml" });
  const windows = readModel(`\ufeff${text.replaceAll("\n", "\r\n")}`, { file: "x.yaml" });
  expect(plain.diagnostics.length).toBeGreaterThan(0);
  expect(windows.diagnostics).toEqual(plain.diagnostics);
});

test("a fault behind an anchor used twice is told once", () => {
  const text = `${HEAD}facts:\n  a: &a { type: numbr }\n  b: *a\nsegments: { c: a > b }\n`;
  const { diagnostics } = readModel(text, { file: "x.yaml" });
  expect(diagnostics.filter(({ code }) => code === "not-allowed")).toHaveLength(1);
});

test("a chain of facts may be long", () => {
  const facts = Array.from({ length: 1000 }, (_, i) =>
    i === 999 ? "  f999: { type: number }" : `  f${i}: { is: f${i + 1} + 1 }`,
  );
  const { model } = readModel(`${HEAD}facts:\n${facts.join("\n")}\n`, { file: "x.yaml" });
  expect(model?.facts.map(({ name }) => name).slice(0, 2)).toEqual(["f999", "f998"]);
});

function nested(depth: number): string {
  const lines = Array.from({ length: depth }, (_, i) => `${" ".repeat(i)}a:`);
  return `${HEAD}facts:\n${lines.map((line) => ` ${line}`).join("\n")}\n`;
}

function manyLines(before: string, after: string, count: number): string {
  return Array.from({ length: count }, (_, i) => `${before}${i}${after}\n`).join("");
}

function circle(size: number): string {
  return Array.from({ length: size }, (_, i) => `  f${i}: { is: f${(i + 1) % size} + 1 }\n`).join(
    "",
  );
}
