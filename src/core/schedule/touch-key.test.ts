import { expect, test } from "vitest";
import { againKey, byHandKey, isAgain, runKey, touchId, touchKey } from "./touch-key.ts";

const touch = {
  account: "acme",
  program: "p",
  run: 1,
  step: "call#1",
  occurrence: 2,
  contact: null,
};

test("a key reads as what it identifies", () => {
  expect(touchKey(touch)).toBe("acme/p/1/call#1/2");
  expect(touchKey({ ...touch, contact: "c1" })).toBe("acme/p/1/call#1/2/for:c1");
  expect(byHandKey("acme", "n1")).toBe("acme/by-hand/n1");
});

test("ids with slashes never look like other keys", () => {
  const keys = [
    touchKey({ ...touch, account: "a/p/1/call#1", contact: "x" }),
    touchKey({ ...touch, account: "a", contact: "1/call#1/2/for:x" }),
    touchKey({ ...touch, account: "a%2Fp", contact: "x" }),
    touchKey({ ...touch, account: "a/p", contact: "x" }),
    touchKey({ ...touch, account: "a", contact: "x/again:1" }),
    againKey(touchKey({ ...touch, account: "a", contact: "x" })),
  ];
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys.map(isAgain)).toEqual([false, false, false, false, false, true]);
});

test("what is planned again counts up from what was planned first", () => {
  const key = touchKey(touch);
  expect(againKey(key)).toBe("acme/p/1/call#1/2/again:1");
  expect(againKey(againKey(key))).toBe("acme/p/1/call#1/2/again:2");
});

test("an id is 16 letters and digits of the key's SHA-256", () => {
  // The first ten bytes of sha256("acme/p/1/call#1/2"), in the base32 of RFC 4648.
  expect(touchId("acme/p/1/call#1/2")).toMatch(/^[a-z2-7]{16}$/);
  expect(touchId("")).toBe("4oymiquy7qobjgx3");
  expect(touchId("\ud800")).toMatch(/^[a-z2-7]{16}$/);
});

test("a run's key names the contact where there is one", () => {
  expect(runKey({ program: "p", contact: null })).toBe("p");
  expect(runKey({ program: "p", contact: "a/b" })).toBe("p/a/b");
});
