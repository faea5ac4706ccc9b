import { z } from "zod";
import { type Blocks, Entry, entriesIn, isBlockOfEntries } from "../entry.ts";
import { checkName } from "../names.ts";
import type { Reading } from "../reading.ts";
import { CHANNELS, coded, DRIVES, duration, nameText, OWNERS } from "../schema-pieces.ts";
import type { LevelDef } from "../types.ts";
import { itemsOf, type MapEntry } from "../yaml/tree.ts";

const part = z.number().min(0).max(1);

export const levelSchema = z.strictObject({
  often: duration(
    1,
    "How often",
    "The longest silence: an account without a touch for longer is silent.",
  ).optional(),
  channels: z.array(z.enum(CHANNELS)).optional().meta({
    title: "Channels",
    description: "Through which channels; a touch by a person outside them is warned of.",
  }),
  kinds: z.array(z.string()).optional().meta({
    title: "Kinds",
    description: "Which touchpoints; a touch by a person outside them is warned of.",
  }),
  by: z.enum(OWNERS).meta({
    title: "By whom",
    description:
      "csm (dedicated), pod (shared, with a designated contact), pool, or automation (nobody).",
  }),
  drives: z.array(z.enum(DRIVES)).optional().meta({
    title: "For which outcome",
    description: "Of adoption, expansion, renewal, advocacy, activation.",
  }),
  accounts_per_owner: z.number().positive().optional().meta({
    title: "Accounts per owner",
    description: "How many accounts one person looks after.",
  }),
  respond: duration(
    0,
    "Respond",
    "The promise for what customers ask: 0d is the same day.",
  ).optional(),
  share: z
    .tuple([part, part], {
      error: coded(
        "share-range",
        "A share is two numbers from 0 to 1.",
        "Like share: [0.15, 0.20].",
      ),
    })
    .refine(([low, high]) => low <= high, {
      error: coded(
        "share-range",
        "A share's first number is the smaller one.",
        "Like share: [0.15, 0.20].",
      ),
    })
    .optional()
    .meta({
      title: "Share",
      description: "The expected part of the book, from least to most: [0.15, 0.20].",
    }),
});

export const levelsSchema = z
  .record(nameText("Level"), levelSchema)
  .meta({ title: "Levels", description: "How much attention, highest first." });

export function readLevels(block: MapEntry | undefined, { reading }: Blocks): readonly LevelDef[] {
  if (!block || !isBlockOfEntries(reading, "levels", block.value)) return [];
  const entries = entriesIn(reading, block.value, "a level");
  const levels = entries.flatMap((entry) => readLevel(entry, reading) ?? []);
  if (levels.length === entries.length) checkShares(levels, Entry.of(reading, block, "levels"));
  return levels;
}

function readLevel(entry: Entry, reading: Reading): LevelDef | undefined {
  const named = checkName(entry);
  const shape = entry.shape(levelSchema);
  const kinds = itemsOf(entry.field("kinds")).map((item) => reading.existing("touchpoint", item));
  if (!named || !shape) return undefined;
  return {
    name: entry.name,
    often: shape.often,
    channels: shape.channels ?? [],
    kinds: kinds.filter((kind) => kind !== undefined),
    by: shape.by,
    drives: shape.drives ?? [],
    accountsPerOwner: shape.accounts_per_owner,
    respond: shape.respond,
    share: shape.share,
  };
}

/** Shares of all levels together are the whole book, so 1 has to lie between their sums. */
function checkShares(levels: readonly LevelDef[], entry: Entry): void {
  const shares = levels.map(({ share }) => share);
  const low = sum(shares.map((share) => share?.[0] ?? 0));
  const high = sum(shares.map((share) => share?.[1] ?? 1));
  if (low > 1 + 1e-9) {
    const message = `The levels' least shares add up to ${percent(low)} of the book.`;
    entry.report("share-range", message, "They can be 100% together at most.");
  }
  if (levels.length > 0 && high < 1 - 1e-9) {
    const message = `The levels' largest shares add up to ${percent(high)} of the book.`;
    entry.report(
      "share-range",
      message,
      "Every account is on a level, so they have to reach 100%.",
    );
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

function percent(part: number): string {
  return `${Math.round(part * 1000) / 10}%`;
}
