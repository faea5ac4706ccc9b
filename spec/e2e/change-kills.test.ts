import { cpSync, rmSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LATER_MODEL } from "../../src/engine/testing/small-model.ts";
import { Desk } from "./support/command.ts";
import { KILLS, killAfter, timeOf } from "./support/kill.ts";
import { writeManyAccounts } from "./support/many-accounts.ts";

/**
 * A later model goes live for the whole book or not at all, and so it is taken back: whenever the
 * command is killed, every decision and touch is that of the one model or of the other.
 */
const desk = new Desk({ TOUCHSTONE_NOW: "2026-03-02T09:00:00Z" });
const APPLY = [
  "apply",
  "later.yaml",
  "--yes",
  "--allow",
  "over-capacity",
  "accounts-without-program",
  "flood",
  "too-many-accounts",
  "program-impossible",
  "misfit-values",
];
const ROLLBACK = ["rollback", "--yes"];

const isLong = KILLS > 3;
const takes = { apply: 0, rollback: 0 };
let first: string;
let later: string;
let back: string;

beforeAll(async () => {
  if (!isLong) return;
  writeManyAccounts(desk);
  desk.write("later.yaml", LATER_MODEL);
  await desk.done("import", "book.import.yaml", "--data", "first");
  await desk.done("apply", "model.yaml", "--yes", "--data", "first");
  first = await standing("first");
  cpSync(desk.path("first"), desk.path("later"), { recursive: true });
  takes.apply = await timeOf(desk, [...APPLY, "--data", "later"]);
  later = await standing("later");
  cpSync(desk.path("later"), desk.path("back"), { recursive: true });
  takes.rollback = await timeOf(desk, [...ROLLBACK, "--data", "back"]);
  back = await standing("back");
});
afterAll(() => desk.remove());

test.runIf(isLong)("unkilled, the later model changes something", () => {
  expect(later).not.toBe(first);
});

test.runIf(isLong)("unkilled, a rollback restores all of it", () => {
  expect(back).toBe(first);
});

test.runIf(isLong)(`${KILLS} kills of a later apply leave all of it or nothing`, async () => {
  await killed(APPLY, "first", takes.apply);
});

test.runIf(isLong)(`${KILLS} kills of a rollback leave all of it or nothing`, async () => {
  await killed(ROLLBACK, "later", takes.rollback);
});

async function killed(args: readonly string[], from: string, ms: number): Promise<void> {
  const [begun, done] = from === "first" ? [first, later] : [later, first];
  for (let kills = 0, tries = 0; kills < KILLS && tries < 3 * KILLS; tries++) {
    rmSync(desk.path("killed"), { recursive: true, force: true });
    cpSync(desk.path(from), desk.path("killed"), { recursive: true });
    // most of it is reading and planning: kills fall rather late, where it is stored
    const wasHit = await killAfter(desk, ms * (0.4 + 0.6 * Math.random()), [
      ...args,
      "--data",
      "killed",
    ]);
    if (wasHit) kills += 1;
    const found = await standing("killed");
    expect([begun, done]).toContain(found);
    if (found === begun && kills === KILLS) {
      await desk.done(...args, "--data", "killed");
      expect(await standing("killed")).toBe(done);
    }
  }
}

/** What is decided and planned of every account, and by which version, as one text. */
async function standing(folder: string): Promise<string> {
  const read = (...args: string[]) => desk.json(...args, "--data", folder);
  const { accounts } = await read("accounts");
  const { touches } = await read("touches");
  return JSON.stringify({ accounts, touches });
}
