import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { readModel } from "../index.ts";
import type { Model } from "../types.ts";
import { diffModels } from "./index.ts";

const FOLDER = fileURLToPath(new URL("../../../../templates/", import.meta.url));
const SOURCES = new Map(
  readdirSync(FOLDER).map((name) => [name, readFileSync(`${FOLDER}${name}/model.yaml`, "utf8")]),
);
const NAMES = [...SOURCES.keys()];

type Tree = string | number | boolean | null | readonly Tree[] | { readonly [key: string]: Tree };
type Path = readonly (string | number)[];

test("there are templates to try", () => expect(NAMES.length).toBeGreaterThanOrEqual(7));

test("any two templates are told apart, each change in one line that names what it is about", () => {
  for (const before of NAMES) {
    for (const after of NAMES) {
      const changes = diffModels(modelOf(before), modelOf(after));
      expect(changes.length > 0, `${before} → ${after}`).toBe(before !== after);
      for (const { sentence, path } of changes) {
        expect(sentence, path).toMatch(/^\S.*\S$/);
        expect(sentence, path).not.toMatch(/undefined|null|NaN|\[object/);
      }
    }
  }
});

test.each(NAMES)("%s written in another way is the same model", (name) => {
  const model = modelOf(name);
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const again = readModel(stringify(rewritten(treeOf(name), [], seed), { lineWidth: 60 }), {
        file: "m",
      });
      expect(again.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
      expect(again.model && diffModels(model, again.model).map(({ sentence }) => sentence)).toEqual(
        [],
      );
    }),
    { numRuns: 1 },
  );
});

test.each(NAMES)("every edit of %s that changes the model is named, and no other", (name) => {
  const [tree, model] = [treeOf(name), modelOf(name)];
  const places = [...everyPlace(tree, [])];
  fc.assert(
    fc.property(fc.integer({ min: 0, max: places.length - 1 }), fc.boolean(), (index, isGone) => {
      const path = places[index] ?? [];
      const edited = read(stringify(edit(tree, path, isGone)));
      // an edit that makes no valid model has no diff: another is tried for it
      fc.pre(edited !== undefined);
      if (!edited) return;
      const changes = diffModels(model, edited);
      const where = path.join(".");
      expect(changes.length > 0, where).toBe(meaning(edited) !== meaning(model));
      if (changes.length === 0) return;
      const told = changes.map(({ sentence }) => sentence).join("\n");
      const named = namesOf(tree, path);
      if (named.length > 0)
        expect(
          named.some((one) => told.includes(one)),
          `${where}: ${told}`,
        ).toBe(true);
    }),
    { numRuns: 8 },
  );
});

function read(source: string): Model | undefined {
  return readModel(source, { file: "m" }).model;
}

const MODELS = new Map([...SOURCES].map(([name, source]) => [name, read(source)]));

function modelOf(name: string): Model {
  const model = MODELS.get(name);
  if (!model) throw new Error(`${name} has errors`);
  return model;
}

function treeOf(name: string): Tree {
  return parse(SOURCES.get(name) ?? "") as Tree;
}

/** All that a model says, without where and how it is written. */
function meaning(model: Model): string {
  const dropped = new Set(["text", "start", "end"]);
  const { source: _source, hash: _hash, lifecycle, ...rest } = model;
  const all = { ...rest, stages: lifecycle?.stages, first: lifecycle?.start };
  return JSON.stringify(all, (key, value: unknown) => (dropped.has(key) ? undefined : value));
}

/** Maps whose order means something; within lists order always stays. */
const ORDERED = [
  /^levels$/,
  /^health.bands$/,
  /^segments(\.\w+\.one)?$/,
  /^lifecycle\.stages$/,
  /^experiments\.\w+\.arms$/,
];

/** The same in other words: keys in another order, days for weeks, other spaces and quotes in rules. */
function rewritten(tree: Tree, path: Path, seed: number): Tree {
  if (typeof tree === "string") return respelled(tree, seed);
  if (Array.isArray(tree)) return tree.map((one: Tree, i) => rewritten(one, [...path, i], seed));
  if (tree === null || typeof tree !== "object") return tree;
  const entries = Object.entries(tree).map(
    ([key, value]) => [key, rewritten(value, [...path, key], seed)] as const,
  );
  const isOrdered = ORDERED.some((pattern) => pattern.test(path.join(".")));
  return Object.fromEntries(isOrdered ? entries : shuffled(entries, seed));
}

function shuffled<T>(items: readonly T[], seed: number): readonly T[] {
  const cut = items.length === 0 ? 0 : Math.abs(seed) % items.length;
  const turned = [...items.slice(cut), ...items.slice(0, cut)];
  return seed % 2 === 0 ? turned : turned.toReversed();
}

function respelled(text: string, seed: number): string {
  const weeks = /^(\d+)w$/.exec(text);
  if (weeks) return `${Number(weeks[1]) * 7}d`;
  if (!/&&|\|\||[<>=]=|\?/.test(text)) return text;
  const spaced = text.replaceAll(/ *(&&|\|\|) */g, seed % 3 === 0 ? "$1" : "   $1  ");
  return spaced.includes("'") ? spaced : spaced.replaceAll('"', "'");
}

function* everyPlace(tree: Tree, path: Path): Generator<Path> {
  if (path.length > 1) yield path;
  if (tree === null || typeof tree !== "object") return;
  for (const [key, value] of Object.entries(tree))
    yield* everyPlace(value, [...path, Array.isArray(tree) ? Number(key) : key]);
}

/** One place left out, or its number, duration or text made another. */
function edit(tree: Tree, path: Path, isGone: boolean): Tree {
  const [key, ...rest] = path;
  if (key === undefined || tree === null || typeof tree !== "object") return other(tree);
  if (Array.isArray(tree)) {
    const list = tree as readonly Tree[];
    return rest.length === 0 && isGone
      ? list.toSpliced(Number(key), 1)
      : list.map((one, index) => (index === key ? edit(one, rest, isGone) : one));
  }
  const map = tree as { readonly [key: string]: Tree };
  const entries = Object.entries(map).flatMap(([name, value]): [string, Tree][] => {
    if (name !== key) return [[name, value]];
    return rest.length === 0 && isGone ? [] : [[name, edit(value, rest, isGone)]];
  });
  return Object.fromEntries(entries);
}

function other(value: Tree): Tree {
  if (typeof value === "number") return value === 0 ? 1 : value * 0.9;
  if (typeof value === "boolean") return !value;
  if (typeof value !== "string") return value;
  const duration = /^(\d+)([dw])$/.exec(value);
  if (duration) return `${Number(duration[1]) + 1}${duration[2] ?? ""}`;
  const withNumber = value.replace(/\d+(?!.*\d)/, (digits) => String(Number(digits) + 1));
  return withNumber === value ? `${value} x` : withNumber;
}

/** The names of the thing that a place is in, from the inmost. */
function namesOf(tree: Tree, path: Path): readonly string[] {
  const blocks = new Set([
    "facts",
    "segments",
    "levels",
    "touchpoints",
    "programs",
    "benchmarks",
    "experiments",
  ]);
  return blocks.has(String(path[0])) && typeof path[1] === "string" && tree !== null
    ? [path[1]]
    : [];
}
