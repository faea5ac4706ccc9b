import { expect, test } from "vitest";
import texts from "../../../text/en/model.json" with { type: "json" };
import { problemHint, refusalHint } from "./app-hints.ts";

test("one person who has too much may hand accounts over, a level may not", () => {
  expect(problemHint({ code: "over-capacity", where: "team.ann" })).toBe("hintHandOver");
  expect(problemHint({ code: "over-capacity", where: "levels.high" })).toBe("hintOverCapacity");
});

test("whoever plans in the app is sent to no command", () => {
  const problems = ["over-capacity", "weeks-over-capacity", "accounts-without-program", "flood"];
  const refusals = ["plan-outdated", "plan-blocked", "changed-by-other"];
  const keys = [
    ...problems.map((code) => problemHint({ code, where: "programs" })),
    ...refusals.map(refusalHint),
  ];
  for (const key of keys) expect(key === null ? null : texts[key]).toMatch(/^[^`]*$/);
  for (const key of keys) expect(key === null ? null : texts[key]).not.toContain("--");
});

test("of others the server's own hint is shown", () => {
  expect(problemHint({ code: "misfit-values", where: "facts.arr" })).toBeNull();
  expect(refusalHint("toString")).toBeNull();
});
