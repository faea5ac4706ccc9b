import { expect, test } from "vitest";
import type { Decision } from "../core/decide/index.ts";
import { movesOf } from "./movers.ts";

type Moves = NonNullable<Decision["stage"]>["moves"];

function inStage(name: string | null, moves: Moves = []): Decision {
  return {
    account: "acme",
    at: "2026-03-02",
    model: { name: "Small", version: 1, hash: "sha256:0" },
    facts: {},
    built_ins: {},
    missing: [],
    health: { score: null, band: "unknown", coverage: 0, measures: {}, caps: [] },
    stage:
      name === null ? null : { name, since: "2026-03-02", status: "on_track", exit: {}, moves },
    segments: {},
    level: null,
    programs: [],
  };
}

const STARTS: Moves = [{ from: null, to: "steady", because: "start" }];

test("an account whose stage the model has no more begins anew because of that", () => {
  expect(movesOf(inStage("growth"), inStage("steady", STARTS))).toEqual([
    { what: "stage", from: "growth", to: "steady", why: "the model has no stage growth" },
  ]);
});

test("one that had no stage is in its first", () => {
  expect(movesOf(inStage(null), inStage("steady", STARTS))).toMatchObject([{ why: "first stage" }]);
});
