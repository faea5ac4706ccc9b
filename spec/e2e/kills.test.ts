import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Desk, ROOT } from "./support/command.ts";
import { KILLS, killAfter, timeOf } from "./support/kill.ts";
import { writeManyAccounts } from "./support/many-accounts.ts";

/**
 * Commands are killed at random moments, one time after the other, and run again. What they had acknowledged stays, the
 * data folder opens, and in the end all is as if nobody had been killed. The soak does it at
 * length, with the demo's book when TOUCHSTONE_KILL_BOOK=demo.
 */
const isDemo = process.env["TOUCHSTONE_KILL_BOOK"] === "demo";
const isLong = KILLS > 3;
const desk = new Desk({ TOUCHSTONE_NOW: "2026-03-02T09:00:00Z" });
const nextDay = { TOUCHSTONE_NOW: "2026-03-03T09:00:00Z" };

const IMPORT = [
  "import",
  isDemo ? join(ROOT, "examples/saasguard/saasguard.import.yaml") : "book.import.yaml",
];
const APPLY = ["apply", isDemo ? join(ROOT, "templates/four-tiers-hybrid") : "model.yaml"];
const DECIDE = ["decide"];

/** Milliseconds that each takes without being killed. */
const takes = { import: 0, apply: 0, decide: 0 };
let expected: Picture;

beforeAll(async () => {
  writeManyAccounts(desk);
  takes.import = await timeOf(desk, [...IMPORT, "--data", "reference"]);
  cpSync(desk.path("reference"), desk.path("imported"), { recursive: true });
  takes.apply = await timeOf(desk, [...APPLY, "--data", "reference"]);
  if (isLong) takes.decide = await timeOf(desk, [...DECIDE, "--data", "reference"], nextDay);
  expected = await pictureOf("reference");
});
afterAll(() => desk.remove());

test.runIf(isLong)(`${KILLS} kills of import leave nothing lost`, async () => {
  await killedAgainAndAgain(IMPORT, { from: undefined, to: "imported", takes: takes.import });
});

test(`${KILLS} kills of the first apply leave nothing lost, and nothing half done`, async () => {
  await killedAgainAndAgain(APPLY, { from: "imported", to: "applied", takes: takes.apply });
  if (!isLong) expect(await pictureOf("applied")).toEqual(expected);
});

test.runIf(isLong)(
  `${KILLS} kills of decide leave nothing lost, and nothing half done`,
  async () => {
    const way = { from: "applied", to: "decided", takes: takes.decide };
    await killedAgainAndAgain(DECIDE, way, nextDay);
    expect(await pictureOf("decided")).toEqual(expected);
  },
);

interface Way {
  /** The folder it starts from; undefined: none. */
  readonly from: string | undefined;
  readonly to: string;
  readonly takes: number;
}

/** Kills a command until it has been hit often enough; starts over whenever it got through. */
async function killedAgainAndAgain(args: readonly string[], way: Way, clock = {}): Promise<void> {
  begin(way);
  let kills = 0;
  let through = 0;
  let counts: number[] = [];
  while (kills < KILLS && through < 3 * KILLS) {
    const wasHit = await killAfter(
      desk,
      Math.random() * way.takes,
      [...args, "--data", way.to],
      clock,
    );
    if (wasHit) kills += 1;
    else {
      through += 1;
      begin(way);
      counts = [];
    }
    if (wasHit && (isLong || kills === KILLS)) counts = await grown(way.to, counts);
  }
  const { code, err } = await desk.runWith(clock, ...args, "--data", way.to);
  expect({ code, err: code === 0 ? "" : err }).toEqual({ code: 0, err: "" });
  if (isLong)
    process.stdout.write(
      `\nsoak: ${args[0] ?? ""} killed ${kills} times, got through ${through} times\n`,
    );
}

function begin({ from, to }: Way): void {
  rmSync(desk.path(to), { recursive: true, force: true });
  if (from !== undefined) cpSync(desk.path(from), desk.path(to), { recursive: true });
}

/** What was there before is still there. */
async function grown(folder: string, before: readonly number[]): Promise<number[]> {
  const { out, err } = await desk.run("doctor", "--json", "--data", folder);
  // killed before it had made the folder
  if (out === "" && err.includes("folder is not there")) return [];
  const counts = countsIn(out);
  before.forEach((count, index) => expect(counts[index]).toBeGreaterThanOrEqual(count));
  return counts;
}

/** Accounts, contacts, events, touches. */
function countsIn(out: string): number[] {
  const { checks } = JSON.parse(out) as { checks: { name: string; value: string }[] };
  const data = checks.find(({ name }) => name === "data")?.value ?? "";
  return [...data.matchAll(/\d+/g)].map(([digits]) => Number(digits));
}

interface Picture {
  readonly decisions: string;
  readonly touches: string;
  readonly counts: readonly number[];
}

async function pictureOf(folder: string): Promise<Picture> {
  const read = (...args: string[]) =>
    desk.runWith(isLong ? nextDay : {}, ...args, "--json", "--data", folder);
  const { out: decisions } = await read("decide");
  const { out: touches } = await read("touches");
  return { decisions, touches, counts: countsIn((await read("doctor")).out) };
}
