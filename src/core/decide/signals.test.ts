import { expect, test } from "vitest";
import { Book, BookLayout } from "../book/book.ts";
import { localDay, ruleOf, TODAY } from "../rules/testing/sample-scope.ts";
import { compileSignals } from "./signals.ts";

const FACTS = ["arr", "seats", "users"] as const;
const ROWS = 12;

test("each rule's answers stand at its own place, whichever are answered in one loop", () => {
  const layout = new BookLayout(FACTS.map((name) => ({ name, type: { kind: "number" } })));
  const book = new Book(layout, ROWS);
  // neighbours read other facts, so that those which go together stand apart
  const asked = Array.from({ length: 30 }, (_, n) => ({
    name: FACTS[n % FACTS.length] ?? "arr",
    least: n / 3,
  }));
  for (const name of FACTS)
    for (let row = 0; row < ROWS; row++) book.set(name, row, FACTS.indexOf(name) / 2 + row);
  const rules = asked.map(({ name, least }) => ruleOf(`${name} >= ${least.toFixed(2)}`));
  const signals = compileSignals(rules, layout).bind(book, localDay);
  signals.evaluate(0, ROWS, TODAY);
  const expected = asked.map(({ name, least }) =>
    Array.from({ length: ROWS }, (_, row) =>
      Number(book.get(name, row)) >= Number(least.toFixed(2)) ? 1 : 0,
    ),
  );
  expect(signals.of.map((of) => [...of])).toEqual(expected);
});
