import fc from "fast-check";
import { expect, test } from "vitest";
import { DAY_MS, parseDay } from "../time/day.ts";
import { evaluateRule } from "./evaluate.ts";
import { candidateValues } from "./flips.ts";
import { envOf, ruleOf, TODAY } from "./testing/sample-scope.ts";
import type { Value } from "./types.ts";

function candidates(
  text: string,
  name: string,
  facts: Readonly<Record<string, Value>> = {},
): readonly Value[] {
  return candidateValues(ruleOf(text), envOf(facts)).get(name) ?? [];
}

test.each<[string, string, Readonly<Record<string, Value>>, Value[]]>([
  ["arr >= 100000", "arr", {}, [100_000, 99_999, 100_001]],
  ["users / seats >= 0.6", "users", { seats: 50 }, [30, 29, 31]],
  ["users / seats >= 0.5", "seats", { users: 20 }, [40, 39, 41]],
  ["arr * 100 - 5 >= 60 + arr * 50", "arr", {}, [1.3]],
  ["1 / arr > 0.25", "arr", {}, [4]],
  ["clamp(arr, 0, 100) >= 60 && min(arr, seats) > 7", "arr", { seats: 9 }, [60, 7]],
  ["round(arr) == 3", "arr", {}, [2.5, 3.5]],
  ["abs(arr - 10) > 5", "arr", {}, [5, 15]],
  ["arr * (champion ? 0.5 : 0.1) > 100", "arr", { champion: true }, [200]],
  ["arr in [3, seats]", "arr", { seats: 12 }, [3, 12]],
  ["-arr > 4", "arr", {}, [-4]],
  ['plan == "pro"', "plan", {}, ["free", "starter", "pro", "enterprise"]],
  [
    'region == "emea" || region in ["apac", city]',
    "region",
    { city: "kl" },
    ["emea", "apac", "kl"],
  ],
  ['region.startsWith("eu")', "region", {}, ["eu"]],
  ["champion && arr > 1", "champion", {}, [true, false]],
  ["days_until(renewal_date) <= 90", "renewal_date", {}, [TODAY + 90, TODAY + 91, TODAY + 89]],
  ["days_since(renewal_date) > 30", "renewal_date", {}, [TODAY - 30, TODAY - 31]],
  ['renewal_date < date("2026-05-01")', "renewal_date", {}, [parseDay("2026-05-01") ?? 0]],
  ["renewal_date > signed_on", "renewal_date", { signed_on: 100 }, [100, 101]],
  ["last_login > kickoff_held", "last_login", { kickoff_held: 5e11 }, [5e11, 5e11 + 1]],
  ["known(arr)", "arr", {}, [null, 0]],
  ["known(signed_on)", "signed_on", {}, [null, TODAY]],
])("in %s, %s may become", (text, name, facts, expected) => {
  expect(candidates(text, name, facts)).toEqual(expect.arrayContaining(expected));
});

test.each([-11, -3, 0, 8, 14])(
  "a time may become an instant of the local day on which the rule turns, %d hours from Greenwich",
  (hours) => {
    const localDay = (at: number) => Math.floor((at + hours * 3_600_000) / DAY_MS);
    const rule = ruleOf("days_since(last_login) > 30");
    const found = candidateValues(rule, { ...envOf({}), localDay }).get("last_login") ?? [];
    const days = found.map((at) => localDay(Number(at)));
    expect(days).toEqual([TODAY - 31, TODAY - 30, TODAY - 29]);
  },
);

test("what grows with a square is not solved, rather than solved wrong", () => {
  expect(candidates("arr * arr > 25", "arr")).toEqual([]);
});

test("every name of the rule has an entry, today has none", () => {
  const rule = ruleOf("arr * seats * arr > 5 && renewal_date > today");
  expect([...candidateValues(rule).keys()]).toEqual(["arr", "seats", "renewal_date"]);
});

test("without facts, comparisons with constants are solved still", () => {
  const found = candidateValues(ruleOf("arr + 1 > 51 && users / seats > 0.5"));
  expect(found.get("arr")).toContain(50);
  expect(found.get("users")).toEqual([]);
});

test("where a simple comparison holds, one of the candidates makes it fail, and the other way", () => {
  const sign = fc.constantFrom("<", "<=", ">", ">=", "==", "!=");
  const left = fc.constantFrom(
    "arr",
    "arr * 2 + 1",
    "arr / seats",
    "seats - arr",
    "(arr + seats) / 4",
    "max(arr, 3)",
  );
  const whole = fc.integer({ min: 4, max: 50 });
  fc.assert(
    fc.property(
      left,
      sign,
      whole,
      whole,
      fc.integer({ min: 1, max: 9 }),
      (side, sign, limit, arr, seats) => {
        const rule = ruleOf(`${side} ${sign} ${limit}`);
        const now = evaluateRule(rule, envOf({ arr, seats }));
        const values = candidateValues(rule, envOf({ arr, seats })).get("arr") ?? [];
        const others = values.map((value) => evaluateRule(rule, envOf({ arr: value, seats })));
        expect(others).toContain(now !== true);
      },
    ),
  );
});
