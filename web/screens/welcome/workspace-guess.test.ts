import { expect, test } from "vitest";
import { guessWorkspace } from "./workspace-guess.ts";

test("a browser's language and zone say where its user is", () => {
  expect(guessWorkspace("ms-MY", "Asia/Kuala_Lumpur")).toEqual({
    timezone: "Asia/Kuala_Lumpur",
    currency: "MYR",
    holidays: "MY",
  });
  expect(guessWorkspace("de-DE", "Europe/Berlin").currency).toBe("EUR");
  expect(guessWorkspace("en", "")).toEqual({ timezone: "UTC", currency: "USD", holidays: null });
  expect(guessWorkspace("eo-XX", "UTC").holidays).toBeNull();
});
