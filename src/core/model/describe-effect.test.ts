import { expect, test } from "vitest";
import { describeEffect } from "./describe-effect.ts";

test("effects are told in words", () => {
  expect(describeEffect({ kind: "at_least", level: "high" })).toBe("at least high");
  expect(describeEffect({ kind: "at_most", level: "low" })).toBe("at most low");
  expect(describeEffect({ kind: "set", level: "tech" })).toBe("set tech");
  expect(describeEffect({ kind: "raise", by: 1, bound: "high" })).toBe(
    "raise by 1, not above high",
  );
  expect(describeEffect({ kind: "lower", by: 2, bound: undefined })).toBe("lower by 2");
});
