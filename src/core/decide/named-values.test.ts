import { expect, test } from "vitest";
import { NamedValues } from "./named-values.ts";

test("names stand in their order, each with its own value, whatever they are called", () => {
  const shape = new NamedValues<number>(["b", "a", "__proto__", "constructor"]);
  const made = shape.make((index) => index);
  expect(JSON.stringify(made)).toBe('{"b":0,"a":1,"__proto__":2,"constructor":3}');
  expect(Object.getPrototypeOf(made)).toBe(Object.prototype);
});

test("what is made next shares nothing with what was made before", () => {
  const shape = new NamedValues<string>(["a", "b"]);
  const first = shape.make((_, name) => `first ${name}`);
  shape.make((_, name) => `second ${name}`);
  expect(first).toEqual({ a: "first a", b: "first b" });
});
