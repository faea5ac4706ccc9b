import { movedOnes, pairNameless } from "./sequences.ts";
import type { Renames } from "./renames.ts";
import { ordinal, tellPartChange } from "./tell-part-change.ts";
import type { RuleWords } from "./tell-rule-change.ts";
import { type Part, type Thing, type ThingList, wholeOf } from "./thing.ts";
import type { ModelChange } from "./types.ts";

export interface DiffContext {
  readonly renames: Renames;
  readonly words: RuleWords;
}

interface Pair {
  readonly before: Thing;
  readonly after: Thing;
}

/** All that differs between two lists of things, and inside of those that both have. */
export function diffThings(
  before: ThingList,
  after: ThingList,
  context: DiffContext,
): readonly ModelChange[] {
  const { pairs, gone, come } = match(before, after, context.renames);
  return [
    ...pairs.flatMap((pair) => renamed(pair, before, after, context)),
    ...come.map((thing) => added(thing, after)),
    ...gone.map((thing) => removed(thing, before)),
    ...moved(pairs, before, after),
    ...pairs.flatMap((pair) => changed(pair, after, context)),
  ];
}

function match(before: ThingList, after: ThingList, renames: Renames) {
  const pairs: Pair[] = after.nameless ? [...pairNameless(before.things, after.things)] : [];
  if (!after.nameless) {
    const byName = new Map(before.things.map((one) => [renames.later(after.path, one.name), one]));
    for (const thing of after.things) {
      const earlier = byName.get(thing.name);
      if (earlier) pairs.push({ before: earlier, after: thing });
    }
  }
  const had = new Set(pairs.map((pair) => pair.before));
  const has = new Set(pairs.map((pair) => pair.after));
  return {
    pairs,
    gone: before.things.filter((thing) => !had.has(thing)),
    come: after.things.filter((thing) => !has.has(thing)),
  };
}

function titleOf(list: ThingList, { name }: Thing): string {
  return `${list.lead}${name}`;
}

function pathOf(list: ThingList, { name }: Thing): string {
  return name === "" ? list.path : `${list.path}.${name}`;
}

function renamed(
  pair: Pair,
  before: ThingList,
  after: ThingList,
  { renames }: DiffContext,
): readonly ModelChange[] {
  if (after.nameless || renames.earlier(after.path).get(pair.after.name) === undefined) return [];
  const consequence = after.renaming === undefined ? "" : `; ${after.renaming}`;
  return [
    {
      path: pathOf(after, pair.after),
      block: after.block,
      kind: "renamed",
      before: pair.before.name,
      after: pair.after.name,
      sentence: `${titleOf(before, pair.before)} is now called ${pair.after.name}${consequence}`,
      decides: after.renaming !== undefined,
    },
  ];
}

function added(thing: Thing, list: ThingList): ModelChange {
  return {
    path: pathOf(list, thing),
    block: list.block,
    kind: "added",
    before: null,
    after: thing.summary,
    sentence: `${newName(list, thing)}${thing.summary === "" ? "" : `: ${thing.summary}`}`,
    decides: list.decides ?? true,
  };
}

/** `new segment value`; `segment value: new entry core`. */
function newName(list: ThingList, thing: Thing): string {
  const { lead, word } = list;
  if (word === "") return `new: ${lead}`;
  const parent = parentOf(list);
  return parent === "" ? `new ${lead}${thing.name}` : `${parent}new ${word} ${thing.name}`;
}

/** `segment value: ` of the list of its entries; nothing of a list that stands by itself. */
function parentOf({ lead }: ThingList): string {
  const end = lead.indexOf(": ");
  return end < 0 ? "" : lead.slice(0, end + 2);
}

function oldName(list: ThingList, thing: Thing): string {
  const parent = parentOf(list);
  return parent === "" ? titleOf(list, thing) : `${parent}${list.word} ${thing.name}`;
}

function removed(thing: Thing, list: ThingList): ModelChange {
  return {
    path: pathOf(list, thing),
    block: list.block,
    kind: "removed",
    before: thing.summary,
    after: null,
    sentence: `${oldName(list, thing)} is gone${thing.summary === "" ? "" : ` (${thing.summary})`}`,
    decides: list.decides ?? true,
  };
}

function moved(
  pairs: readonly Pair[],
  before: ThingList,
  after: ThingList,
): readonly ModelChange[] {
  const { order } = after;
  if (order === undefined) return [];
  return movedOnes(pairs, before.things, after.things).map(({ before: from, after: to }) => {
    const place = (list: ThingList, thing: Thing): string =>
      `${ordinal(list.things.indexOf(thing) + 1)} of ${list.things.length}`;
    return {
      path: pathOf(after, to),
      block: after.block,
      kind: "moved",
      before: place(before, from),
      after: place(after, to),
      sentence: `${titleOf(after, to)} now stands ${place(after, to)}, was ${place(before, from)}: ${order}`,
      decides: after.decides ?? true,
    };
  });
}

function changed(
  { before, after }: Pair,
  list: ThingList,
  context: DiffContext,
): readonly ModelChange[] {
  if (wholeOf(before) === wholeOf(after)) return [];
  const title = titleOf(list, after);
  const keys = [...new Set([...before.parts, ...after.parts].map(({ key }) => key))];
  const parts = keys.flatMap((key) => {
    const find = (parts: readonly Part[]): Part | undefined =>
      parts.find((part) => part.key === key);
    const [had, has] = [find(before.parts), find(after.parts)];
    if (had?.canon === has?.canon) return [];
    return [partChange(title, pathOf(list, after), list.block, had, has, context)];
  });
  const inner = after.lists.flatMap((one) => {
    const other = before.lists.find(({ path }) => path === one.path);
    return other ? diffThings(other, one, context) : [];
  });
  return [...parts, ...inner];
}

function partChange(
  title: string,
  path: string,
  block: string,
  before: Part | undefined,
  after: Part | undefined,
  { words }: DiffContext,
): ModelChange {
  const isOrder =
    after?.isOrdered === true &&
    before?.members?.toSorted().join("\n") === after.members?.toSorted().join("\n");
  return {
    path: `${path}.${(after ?? before)?.key ?? ""}`,
    block,
    kind: isOrder ? "moved" : "changed",
    before: before ? bare(before) : null,
    after: after ? bare(after) : null,
    sentence: tellPartChange(title, before, after, words),
    decides: after?.decides ?? before?.decides ?? true,
  };
}

function bare({ rule, shown }: Part): string {
  return rule ? rule.text.replaceAll(/\s+/g, " ").trim() : shown;
}
