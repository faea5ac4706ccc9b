import { expect, test } from "vitest";
import { editRuleNumber, editYaml, lineOf, numbersIn } from "./edit-yaml.ts";

const SOURCE = `# ours
levels:   # highest first
  high: { often: 2w,  channels: [call, email], by: csm }   # the few
  low:
    often: 13w
    channels:
      [call,
       email]
    by: pool          # all

segments:
  tier:
    one:
      top:  'arr >= 100000 || plan_28d == "x" || (arr + 1 >= 5.5)'
      rest: "true"
`;

test("a value's own characters change and nothing else", () => {
  const edited = editYaml(SOURCE, ["levels", "high", "often"], "4w");
  expect(edited).toBe(SOURCE.replace("often: 2w", "often: 4w"));
  expect(editYaml(SOURCE, ["levels", "low", "by"], "pod")).toBe(
    SOURCE.replace("by: pool", "by: pod"),
  );
  expect(editYaml(SOURCE, ["levels", "low", "channels"], ["call"])).toBe(
    SOURCE.replace("[call,\n       email]", "[call]"),
  );
  expect(editYaml(SOURCE, ["segments", "tier", "one", "rest"], "arr > 1")).toBe(
    SOURCE.replace('"true"', '"arr > 1"'),
  );
});

test("a key that is not there is put after the last one, one that goes takes its comma along", () => {
  expect(editYaml(SOURCE, ["levels", "high", "respond"], "1d")).toBe(
    SOURCE.replace("by: csm }", "by: csm, respond: 1d }"),
  );
  expect(editYaml(SOURCE, ["levels", "low", "respond"], "1d")).toBe(
    SOURCE.replace("# all\n", "# all\n    respond: 1d\n"),
  );
  expect(editYaml(SOURCE, ["levels", "high", "by"], undefined)).toBe(
    SOURCE.replace(", by: csm", ""),
  );
  expect(editYaml(SOURCE, ["levels", "high", "often"], undefined)).toBe(
    SOURCE.replace("often: 2w,  ", ""),
  );
  expect(editYaml(SOURCE, ["levels", "low", "often"], undefined)).toBe(
    SOURCE.replace("\n    often: 13w", ""),
  );
  expect(editYaml(SOURCE, ["levels", "gone", "often"], "1w")).toBeNull();
});

test("a number of a rule is moved where it stands", () => {
  const path = ["segments", "tier", "one", "top"];
  const rule = 'arr >= 100000 || plan_28d == "x" || (arr + 1 >= 5.5)';
  expect(numbersIn(rule).map(({ value }) => value)).toEqual([100000, 1, 5.5]);
  expect(editRuleNumber(SOURCE, path, 0, 60000)).toBe(SOURCE.replace("100000", "60000"));
  expect(editRuleNumber(SOURCE, path, 2, 6)).toBe(SOURCE.replace("5.5", "6"));
  expect(editRuleNumber(SOURCE, path, 3, 6)).toBeNull();
});

test("says on which line something stands, or what holds it", () => {
  expect(lineOf(SOURCE, ["levels", "low", "by"])).toBe(9);
  expect(lineOf(SOURCE, ["levels", "low", "respond"])).toBe(4);
  expect(lineOf(SOURCE, ["segments", "tier", "one", "top"])).toBe(14);
});
