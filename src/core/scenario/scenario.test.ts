import { describe, expect, test } from "vitest";
import { readModel } from "../model/index.ts";
import type { Model } from "../model/types.ts";
import { workCalendar } from "../time/work-calendar.ts";
import { matchTouches } from "./match-touches.ts";
import { readScenarios } from "./read-scenarios.ts";
import { type CaseResult, runCase } from "./run-case.ts";
import { same } from "./same-value.ts";

const { model } = readModel(
  `
touchstone: 1
name: Small
workspace: { timezone: UTC, plan_ahead: 10d }
facts: { arr: { type: number }, logins: { count: Logged In, over: 7d } }
segments: { rich: arr >= 10 }
levels: { high: { by: csm }, low: { by: pool } }
touch: { base: [ { when: arr >= 10, level: high }, { otherwise: low } ], adjust: [ { name: busy, when: logins >= 2, raise: 1 } ] }
touchpoints: { call: { title: Call, purpose: proactive, channel: call, by: owner, minutes: 5, succeeds: held } }
programs: { calls: { when: arr >= 10, steps: [ { touch: call, every: 1w, first: 0d } ] } }
`,
  { file: "small.yaml" },
);

function run(cases: string): CaseResult[] {
  const { file, diagnostics } = readScenarios(`model: small.yaml\ncases:\n${cases}`, "x.yaml");
  expect(diagnostics).toEqual([]);
  return (file?.cases ?? []).map((one) =>
    runCase(one, {
      model: model as Model,
      calendarOf: () => workCalendar([1, 2, 3, 4, 5], () => new Set()),
      modelAt: () => model as Model,
    }),
  );
}

/** The failures of a case of these steps, after an account `a` was seen on Monday 1 June 2026. */
function failuresOf(steps: string): string[] {
  const [result] = run(`  - name: x
    steps:
      - { at: 2026-06-01T12:00:00Z, group: { id: a, traits: { created_at: 2026-01-01, arr: 20 } } }
${steps}`);
  return (result?.failures ?? []).flatMap(({ step, error, mismatches }) =>
    error === null
      ? mismatches.map(
          ({ what, expected, actual }) =>
            `${step} ${what}: ${JSON.stringify(expected)} not ${JSON.stringify(actual)}`,
        )
      : [`${step} ${error}`],
  );
}

describe("a file with faults says where each is and what was meant", () => {
  const faults = (text: string) =>
    readScenarios(text, "x.yaml").diagnostics.map(({ code, line, column, message, hint }) => ({
      code,
      line,
      column,
      message,
      hint,
    }));

  test("unknown keys, at their places, with the nearest known one", () => {
    expect(
      faults(
        "model: m.yaml\ncases:\n  - name: x\n    steps:\n      - { at: 2026-06-01T00:00:00Z, expct: { level: low } }\n      - expect: { levle: low, touches: [ { touch: call, statsu: due } ] }\n",
      ),
    ).toEqual([
      {
        code: "unknown-key",
        line: 5,
        column: 37,
        message: "unknown key `expct`",
        hint: "did you mean expect?",
      },
      {
        code: "unknown-key",
        line: 6,
        column: 57,
        message: "unknown key `statsu`",
        hint: "did you mean status?",
      },
      {
        code: "unknown-key",
        line: 6,
        column: 19,
        message: "unknown key `levle`",
        hint: "did you mean level?",
      },
    ]);
  });

  test("values of the wrong type", () => {
    expect(
      faults("model: m.yaml\ncases:\n  - { name: x, steps: [ { advance: tomorrow } ] }\n"),
    ).toMatchObject([
      { code: "wrong-type", line: 3, column: 36, message: "advance: a duration like 14d or 2w" },
    ]);
    expect(faults("cases: []\n")).toMatchObject([
      { code: "wrong-type", line: 1 },
      { code: "wrong-type", line: 1 },
    ]);
  });

  test("broken YAML and aliases without end are told, not thrown", () => {
    expect(faults("model: m.yaml\ncases: [\n")).toMatchObject([{ code: "yaml-syntax" }]);
    const bomb = [
      "a0: &a0 [x, x]",
      ...Array.from({ length: 9 }, (_, n) => `a${n + 1}: &a${n + 1} [*a${n}, *a${n}, *a${n}]`),
    ];
    expect(faults(`${bomb.join("\n")}\nmodel: m\n`)).toMatchObject([{ code: "yaml-alias" }]);
  });

  test("each case knows its line", () => {
    const { lines } = readScenarios(
      "model: m.yaml\ncases:\n  - name: x\n    steps: []\n  - { name: y, steps: [] }\n",
      "x.yaml",
    );
    expect(lines).toEqual([3, 5]);
  });
});

describe("what is not as expected", () => {
  test("is listed with what was found", () => {
    expect(
      failuresOf(
        "      - expect: { level: low, facts: { arr: 21 }, segments: { rich: false }, because: [busy], programs: [], held: true, missing: [arr] }",
      ),
    ).toEqual([
      "2 facts.arr: 21 not 20",
      "2 segments.rich: false not true",
      '2 level: "low" not "high"',
      "2 held: true not false",
      '2 because: ["busy"] not []',
      '2 programs: [] not ["calls"]',
      '2 missing: "arr" not []',
    ]);
  });

  test("a failing expectation does not hide those after it; a step that cannot be done does", () => {
    expect(
      failuresOf(
        "      - expect: { level: low }\n      - expect: { level: low }\n      - { outcome: { account: b, touch: call, result: held } }\n      - expect: { level: low }",
      ),
    ).toEqual([
      '2 level: "low" not "high"',
      '3 level: "low" not "high"',
      "4 there is no account `b` yet: a `group` step makes one",
    ]);
  });

  test.each([
    ["expect: { facts: { ar: unknown } }", "the model has no fact `ar`; did you mean arr?"],
    [
      "expect: { segments: { ritch: null } }",
      "the model has no segment `ritch`; did you mean rich?",
    ],
    [
      "expect: { touches_only: [ { touch: cal } ] }",
      "the model has no touchpoint `cal`; did you mean call?",
    ],
    [
      "{ outcome: { account: a, touch: call, result: helt } }",
      "there is no result `helt`; did you mean held?",
    ],
    ["{ pin: { account: a, level: hihg } }", "there is no level `hihg`; did you mean high?"],
    [
      "{ at: 2026-05-31T00:00:00Z }",
      "the clock never goes back: it is 2026-06-01T12:00:00.000Z, the step says 2026-05-31T00:00:00.000Z",
    ],
    ["{ at: noon }", "`noon` is no time; write 2026-03-02T09:00:00Z"],
    ["{ opt_out: { contact: u9, channel: email } }", "there is no contact `u9`"],
  ])("%s", (step, message) => {
    expect(failuresOf(`      - ${step}`)).toEqual([`2 ${message}`]);
  });

  test("with several accounts an expectation has to say which", () => {
    expect(failuresOf("      - { group: { id: b } }\n      - expect: { level: high }")).toEqual([
      "3 `expect` has to say `account:`",
    ]);
  });

  test("a case's own expect is judged after its steps", () => {
    const [short, both] =
      run(`  - { name: short, at: 2026-06-01T12:00:00Z, account: { id: a, traits: { arr: 5 } }, expect: { level: high } }
  - name: both
    at: 2026-06-01T12:00:00Z
    account: { id: a, traits: { arr: 5 } }
    steps: [ { group: { id: a, traits: { arr: 50 } } } ]
    expect: { level: low }`);
    expect(short?.failures.map(({ step, mismatches }) => [step, mismatches[0]?.actual])).toEqual([
      [0, "low"],
    ]);
    expect(both?.failures.map(({ step, mismatches }) => [step, mismatches[0]?.actual])).toEqual([
      [0, "high"],
    ]);
  });
});

describe("touches", () => {
  const touches = [
    { touchpoint: "call", due: "2026-06-01", status: "due" },
    { touchpoint: "call", due: "2026-06-08", status: "planned" },
  ];
  const mismatches = (only: boolean, ...wanted: Record<string, unknown>[]) =>
    matchTouches("touches", wanted, touches, only, 1e-9).map(({ what }) => what);

  test("each listed one must be there, and as often as it is written", () => {
    expect(
      mismatches(false, { touch: "call" }, { touch: "call", due: "2026-06-01" }, { status: "due" }),
    ).toEqual([]);
    expect(mismatches(false, { touch: "call" }, { touch: "call" })).toEqual([]);
    expect(mismatches(false, { touch: "call" }, { touch: "call" }, { touch: "call" })).toEqual([
      "touches[2]",
    ]);
    expect(mismatches(false, { touch: "call", status: "done" })).toEqual(["touches[0]"]);
  });

  test("only these, one to one, in whatever order they are written", () => {
    expect(mismatches(true, { touch: "call" }, { due: "2026-06-01" })).toEqual([]);
    expect(mismatches(true, { due: "2026-06-01" }, { touch: "call", due: "2026-06-01" })).toEqual([
      "touches[1]",
      "touches",
    ]);
    expect(mismatches(true, { touch: "call" })).toEqual(["touches"]);
    expect(mismatches(true)).toEqual(["touches", "touches"]);
  });
});

test("what counts as the same", () => {
  expect(same(null, undefined, 0)).toBe(true);
  expect(same("unknown", null, 0)).toBe(true);
  expect(same("unknown", "unknown", 0)).toBe(true);
  expect(same(0.3, 0.1 + 0.2, 1e-9)).toBe(true);
  expect(same(0.31, 0.3, 1e-9)).toBe(false);
  expect(same({ value: 0.31, within: 0.1 }, 0.3, 1e-9)).toBe(true);
  expect(same("2026-06-01T02:00:00+02:00", "2026-06-01T00:00:00.000Z", 0)).toBe(true);
  expect(same("2026-06-01", "2026-06-01T00:00:00.000Z", 0)).toBe(false);
  expect(same(false, null, 0)).toBe(false);
  expect(same(0, null, 1)).toBe(false);
});
