import { expect, test } from "vitest";
import { measureChange } from "./change.ts";

test("events come into small books, are decided, and some lead to another decision", () => {
  const { books, planned, changed } = measureChange({
    sizes: [20, 40],
    events: 12,
    seed: 2,
    turns: 2,
    warmUps: 0,
  });
  expect(books.map(({ accounts }) => accounts)).toEqual([20, 40]);
  for (const { us } of books) expect(us.median).toBeGreaterThan(0);
  expect(planned.median).toBeGreaterThan(0);
  expect(changed).toBeGreaterThan(0);
});
