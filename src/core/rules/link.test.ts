import { expect, test } from "vitest";
import type { ColumnData } from "./columns.ts";
import { RuleEmitter } from "./emit.ts";
import { linkBlock } from "./link.ts";
import { bookOf } from "./testing/sample-book.ts";
import { localDay, ruleOf, TODAY } from "./testing/sample-scope.ts";

const ROWS = 12_000;

test("a binding that has worked through many rows comes to the same, and only its own columns change", () => {
  const books = [0, 1].map((more) =>
    bookOf(Array.from({ length: ROWS }, (_, i) => ({ arr: i + more, champion: false }))),
  );
  const { layout } = books[0] ?? bookOf([]);
  const emitter = new RuleEmitter(layout, { today: "today" });
  const { expr } = ruleOf("arr >= 6000");
  const body = `for (let i = from; i < to; i++) ${emitter.column("champion")}[i] = ${emitter.bit(expr)};`;
  const block = linkBlock(emitter, body);
  const runs = books.map(({ columns, dict }) => block(columns, dict, { localDay }));
  const place = layout.column("champion")?.index ?? -1;
  const champions = books.map(({ columns }) => columns[place] as ColumnData);
  runs[0]?.(0, ROWS, TODAY);
  runs[0]?.(0, ROWS, TODAY);
  expect(champions[0]?.findIndex((answer) => answer === 1)).toBe(6_000);
  expect(champions[1]).not.toContain(1);
  runs[1]?.(0, 6_000, TODAY);
  expect(champions[1]?.findIndex((answer) => answer === 1)).toBe(5_999);
});
