import { nearest } from "../../text/nearest.ts";
import type { Naming } from "./canonical-rule.ts";
import { sameButLiterals } from "./tell-rule-change.ts";
import { type Part, type Thing, type ThingList, wholeOf } from "./thing.ts";

/** Which name of the earlier model became which: list → earlier name → later name. */
export class Renames {
  readonly #lists = new Map<string, Map<string, string>>();

  /** The earlier name of each later one. */
  earlier(list: string): ReadonlyMap<string, string> {
    return new Map([...(this.#lists.get(list) ?? [])].map(([from, to]) => [to, from]));
  }

  add(list: string, from: string, to: string): void {
    const names = this.#lists.get(list) ?? new Map<string, string>();
    this.#lists.set(list, names.set(from, to));
  }

  later(list: string, name: string): string {
    return this.#lists.get(list)?.get(name) ?? name;
  }

  /** Everything by its later name. */
  naming(): Naming {
    const later = (list: string, name: string): string => this.later(list, name);
    return {
      thing: later,
      name(name) {
        const dot = name.indexOf(".");
        if (dot < 0) return later("facts", name);
        const [head, rest] = [name.slice(0, dot), name.slice(dot + 1)];
        return head === "segments" || head === "experiments"
          ? `${head}.${later(head, rest)}`
          : name;
      },
      text(literal, about) {
        const list = listOf(about, later);
        return list === undefined ? literal : later(list, literal);
      },
    };
  }
}

const NAMED_BY: Readonly<Record<string, string>> = {
  stage: "lifecycle.stages",
  level: "levels",
  base_level: "levels",
  health_band: "health.bands",
};

/** The list that the texts compared with a name come from. */
function listOf(about: string, later: (list: string, name: string) => string): string | undefined {
  const [head = "", name] = about.split(".");
  if (name === undefined) return NAMED_BY[head];
  return head === "segments" || head === "experiments" ? `${head}.${later(head, name)}` : undefined;
}

/** The earlier model as things, by the names given. */
export type Build = (naming: Naming) => readonly ThingList[];

/**
 * Finds what only has another name. What is the very same under it comes first, again and again,
 * for one rename may make others plain; then what is much the same and like nothing else.
 */
export function findRenames(before: Build, after: readonly ThingList[]): Renames {
  const renames = new Renames();
  for (;;) {
    const naming = renames.naming();
    const open = pairLists(before(naming), after).map(([a, b]) => unmatched(a, b, renames));
    const same = open.flatMap((pair) => sameOnes(pair));
    const found = same.length > 0 ? same : mostAlike(open, naming);
    if (found.length === 0) return renames;
    for (const { list, from, to } of found) renames.add(list, from, to);
  }
}

/** The lists of one path, also those inside of things that are matched by their (later) names. */
export function pairLists(
  before: readonly ThingList[],
  after: readonly ThingList[],
): readonly (readonly [ThingList, ThingList])[] {
  const earlier = new Map(everyList(before).map((list) => [list.path, list]));
  return everyList(after).flatMap((list) => {
    const other = earlier.get(list.path);
    return other ? [[other, list] as const] : [];
  });
}

function everyList(lists: readonly ThingList[]): readonly ThingList[] {
  return lists.flatMap((list) => [list, ...list.things.flatMap((thing) => everyList(thing.lists))]);
}

interface Unmatched {
  readonly list: string;
  readonly isOrdered: boolean;
  readonly gone: readonly Place[];
  readonly come: readonly Place[];
}

interface Place {
  readonly thing: Thing;
  readonly index: number;
}

interface Found {
  readonly list: string;
  readonly from: string;
  readonly to: string;
}

function unmatched(before: ThingList, after: ThingList, renames: Renames): Unmatched {
  const list = after.path;
  const none = { list, isOrdered: after.order !== undefined, gone: [], come: [] };
  if (after.fixed || after.nameless) return none;
  const had = new Set(before.things.map(({ name }) => renames.later(list, name)));
  const has = new Set(after.things.map(({ name }) => name));
  return {
    ...none,
    gone: placed(before).filter(({ thing }) => !has.has(renames.later(list, thing.name))),
    come: placed(after).filter(({ thing }) => !had.has(thing.name)),
  };
}

function placed({ things }: ThingList): readonly Place[] {
  return things.map((thing, index) => ({ thing, index }));
}

/** What is the very same under another name; of several the same, the first becomes the first. */
function sameOnes({ list, gone, come }: Unmatched): readonly Found[] {
  const waiting = new Map<string, string[]>();
  for (const { thing } of gone) {
    const whole = wholeOf(thing);
    waiting.set(whole, [...(waiting.get(whole) ?? []), thing.name]);
  }
  return come.flatMap(({ thing }) => {
    const from = waiting.get(wholeOf(thing))?.shift();
    return from === undefined ? [] : [{ list, from, to: thing.name }];
  });
}

/** The pairs that are much alike, each like no other: where it could as well be another it is none. */
function mostAlike(open: readonly Unmatched[], naming: Naming): readonly Found[] {
  const found: Found[] = [];
  for (const { list, gone, come, isOrdered } of open) {
    const scores = gone.map((a) => come.map((b) => likeness(a, b, isOrdered, naming)));
    scores.forEach((row, i) => {
      row.forEach((score, j) => {
        if (score < LEAST_LIKENESS) return;
        const others = [
          ...row.toSpliced(j, 1),
          ...scores.toSpliced(i, 1).map((one) => one[j] ?? 0),
        ];
        if (others.some((other) => other > score - LEAST_LEAD)) return;
        found.push({ list, from: gone[i]?.thing.name ?? "", to: come[j]?.thing.name ?? "" });
      });
    });
  }
  return found;
}

const LEAST_LIKENESS = 0.6;
const LEAST_LEAD = 0.1;
/** What a name that is nearly the same adds, and the same place in a list that has an order. */
const NEAR = 0.15;
const IN_PLACE = 0.15;

/** From 0 to 1 and a little more: the weight of what is the same among all there is. */
function likeness(a: Place, b: Place, isOrdered: boolean, naming: Naming): number {
  const units = [...unitsOf(a.thing, b.thing, naming)];
  const all = units.reduce((sum, { weight }) => sum + weight, 0);
  if (all === 0) return 0;
  const same = units.reduce((sum, { weight, share }) => sum + weight * share, 0) / all;
  if (same + NEAR + IN_PLACE < LEAST_LIKENESS) return same;
  const isNear = nearest(a.thing.name, [b.thing.name]) !== undefined;
  return same + (isNear ? NEAR : 0) + (isOrdered && a.index === b.index ? IN_PLACE : 0);
}

function* unitsOf(a: Thing, b: Thing, naming: Naming) {
  const keys = new Set([...a.parts, ...b.parts].map(({ key }) => key));
  for (const key of keys) {
    const [before, after] = [a, b].map(({ parts }) => parts.find((part) => part.key === key));
    const weight = before?.weight ?? after?.weight ?? 1;
    yield { weight, share: before && after ? sameness(before, after, naming) : 0 };
  }
  const [had, has] = [a, b].map((thing) => new Map(insideOf(thing)));
  for (const name of new Set([...(had?.keys() ?? []), ...(has?.keys() ?? [])])) {
    yield {
      weight: 1,
      share: had?.get(name) === has?.get(name) ? 1 : had?.has(name) && has?.has(name) ? 0.5 : 0,
    };
  }
}

function sameness(before: Part, after: Part, naming: Naming): number {
  if (before.canon === after.canon) return 1;
  if (!before.rule || !after.rule) return 0;
  return sameButLiterals(before.rule, after.rule, naming) ? 0.5 : 0;
}

function insideOf({ lists }: Thing): readonly (readonly [string, string])[] {
  return lists.flatMap(({ things }) =>
    things.map((thing) => [thing.name, wholeOf(thing)] as const),
  );
}
