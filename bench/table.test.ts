import { expect, test } from "vitest";
import { markdownOf } from "./table.ts";

test("a line says what was measured, what was aimed at and whether it was met", () => {
  const ratio = { median: 12.34, least: 1.5, most: 210 };
  const aim = { text: "at least 4", met: true };
  expect(markdownOf([{ item: 1, what: "rules", figure: "5 a second", ratio, aim }])).toBe(
    [
      "|  | measured | figure | ratio | least to most | aim |  |",
      "| --- | --- | --- | --- | --- | --- | --- |",
      "| 1 | rules | 5 a second | 12.3 | 1.50 to 210 | at least 4 | met |",
    ].join("\n"),
  );
});
