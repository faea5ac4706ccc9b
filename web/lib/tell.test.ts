import { expect, test } from "vitest";
import { tell, telling } from "./tell.ts";

test("what is told is shown in its order until it is closed, and whoever watches hears of both", () => {
  const seen: (string | undefined)[][] = [];
  const stop = telling.watch(() => seen.push(telling.now().map(({ message }) => message)));
  tell({ message: "saved" });
  tell({ message: "refused", color: "red", role: "alert", stays: true });
  const [first, second] = telling.now();
  expect(second).toMatchObject({ message: "refused", role: "alert", stays: true });
  telling.close(first?.id ?? 0);
  telling.close(second?.id ?? 0);
  stop();
  tell({ message: "unheard" });
  expect(seen).toEqual([["saved"], ["saved", "refused"], ["refused"], []]);
  telling.close(telling.now()[0]?.id ?? 0);
});

test("the same words told twice are two notices, closed one by one", () => {
  tell({ message: "saved" });
  tell({ message: "saved" });
  const [one, other] = telling.now();
  telling.close(one?.id ?? 0);
  expect(telling.now()).toEqual([other]);
  telling.close(other?.id ?? 0);
  expect(telling.now()).toEqual([]);
});
