import { expect, test } from "vitest";
import { readStoredModel } from "./read-stored.ts";
import { LATER_MODEL, SMALL_MODEL } from "./testing/small-model.ts";

test("a model is read once, another text or name by itself, and errors are told under the name", () => {
  const first = readStoredModel(SMALL_MODEL, "one");
  expect(first.model?.name).toBe("Small book");
  expect(readStoredModel(SMALL_MODEL, "one")).toBe(first);
  expect(readStoredModel(LATER_MODEL, "one").model?.hash).not.toBe(first.model?.hash);
  expect(readStoredModel(SMALL_MODEL, "two")).not.toBe(first);
  const broken = SMALL_MODEL.replace("arr >= 100", "arrr >= 100");
  expect(readStoredModel(broken, "three").diagnostics[0]?.file).toBe("three");
});

test("only what was read lately is kept", () => {
  const first = readStoredModel(SMALL_MODEL, "kept");
  for (let n = 0; n < 30; n++) {
    readStoredModel(SMALL_MODEL, `other ${n}`);
    if (n < 20) expect(readStoredModel(SMALL_MODEL, "kept")).toBe(first);
  }
  readStoredModel(SMALL_MODEL, "last");
  for (let n = 0; n < 12; n++) readStoredModel(SMALL_MODEL, `more ${n}`);
  expect(readStoredModel(SMALL_MODEL, "kept")).not.toBe(first);
});
