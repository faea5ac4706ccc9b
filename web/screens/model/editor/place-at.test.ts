import { expect, test } from "vitest";
import { placeAt } from "./place-at.ts";

const at = (text: string) => {
  const offset = text.indexOf("|");
  const { path, at: what, typed } = placeAt(text.replace("|", ""), offset);
  return [path.join("."), what, typed];
};

test("in block style it goes by how far in a line begins", () => {
  expect(at("le|")).toEqual(["", "key", "le"]);
  expect(at("levels:\n  high:\n    of|")).toEqual(["levels.high", "key", "of"]);
  expect(at("levels:\n  high:\n    often: 2w\n  lo|")).toEqual(["levels", "key", "lo"]);
  expect(at("levels:\n  high:\n    by: c|")).toEqual(["levels.high.by", "value", "c"]);
  expect(at("levels:\n  high:\n    by: |")).toEqual(["levels.high.by", "value", ""]);
  expect(at("touch:\n  base:\n    - { when: x, level: h|")).toEqual([
    "touch.base.-1.level",
    "value",
    "h",
  ]);
  expect(at("touch:\n  base:\n    - when: a\n      le|")).toEqual(["touch.base.-1", "key", "le"]);
  expect(at("touch:\n  base:\n    - wh|")).toEqual(["touch.base.-1", "key", "wh"]);
});

test("in braces it goes by commas and colons, over several lines", () => {
  const level = "levels:\n  high: { often: 2w, channels: [call,\n    em";
  expect(at(`${level}|`)).toEqual(["levels.high.channels.-1", "value", "em"]);
  expect(at(`${level}ail], b|`)).toEqual(["levels.high", "key", "b"]);
  expect(at("programs:\n  save: { on: a:b:entered, steps: [{ touch: ca|")).toEqual([
    "programs.save.steps.-1.touch",
    "value",
    "ca",
  ]);
  expect(at("levels:\n  high: { often: 2w }\n  low: { by: p|")).toEqual([
    "levels.low.by",
    "value",
    "p",
  ]);
});

test("quotes and comments hold no braces", () => {
  expect(at('segments:\n  a: { when: \'plan == "x, {y" && lo|')).toEqual([
    "segments.a.when",
    "value",
    '\'plan == "x, {y" && lo',
  ]);
  expect(at("facts:\n  a: { type: number } # {\n  b: { ty|")).toEqual(["facts.b", "key", "ty"]);
});
