import { expect, test } from "vitest";
import { RuleEmitter } from "./emit.ts";
import { namedOnce } from "./row-locals.ts";
import { bookOf } from "./testing/sample-book.ts";
import { ruleOf } from "./testing/sample-scope.ts";

const { layout } = bookOf([]);

function written(...rules: string[]) {
  const emitter = new RuleEmitter(layout, { today: "today" });
  return namedOnce(rules.map((rule) => emitter.bit(ruleOf(rule).expr)));
}

test("a cell is read once a row, however many rules ask for it", () => {
  const { locals, expressions } = written("arr >= 5", "arr < 2", "arr > 7 && seats > 1");
  expect(locals.match(/\$c\d+\[i\]/g)).toHaveLength(2);
  expect(expressions.join()).not.toContain("[i]");
});

test("a ratio that several rules compare is worked out once", () => {
  const { locals, expressions } = written("users / seats >= 0.8", "users / seats < 0.3");
  expect(locals.match(/\$finite/g)).toHaveLength(1);
  expect(expressions.join()).not.toContain("$finite");
});

test("what only one rule asks for stays where it is", () => {
  const { expressions } = written("users / seats >= 0.8", "arr / seats < 3");
  expect(expressions.join().match(/\$finite/g)).toHaveLength(2);
});

test("texts that are looked at are passed over where the answer is known without", () => {
  const { expressions } = written('arr > 1 && city.startsWith("K")');
  expect(expressions[0]).toMatch(/&& .*\? 1 : 0/);
  expect(written("arr > 1 && seats > 2").expressions[0]).not.toContain("&&");
});
