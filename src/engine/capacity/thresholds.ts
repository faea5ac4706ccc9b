import { isMap, isScalar, isSeq, parseDocument, type Scalar } from "yaml";
import type { Model } from "../../core/model/index.ts";
import { AppError } from "../app-error.ts";

/** A number that level rules compare a fact with: moving it moves accounts between levels. */
export interface Threshold {
  /** `arr 100000`: the same number of the same fact, wherever rules say it. */
  readonly id: string;
  readonly fact: string;
  readonly value: number;
  readonly unit: string | null;
  /** Where it is said: `segments.value.top`, `touch.adjust: at risk`. */
  readonly used: readonly string[];
}

interface Place {
  readonly name: string;
  readonly node: Scalar<string>;
}

const COMPARED = /(?<![\w.])([a-z][a-z0-9_]*)(\s*(?:>=|<=|>|<)\s*)(\d+(?:\.\d+)?)(?![\w.])/g;

/** Those of the segments that touch levels go by, and of the level rules themselves. */
export function thresholdsOf(source: string, model: Model): Threshold[] {
  const found = new Map<string, Threshold & { used: string[] }>();
  for (const { name, node } of placesOf(parseDocument(source), model)) {
    for (const [, fact = "", , text = ""] of node.value.matchAll(COMPARED)) {
      const unit = numberFact(model, fact);
      if (unit === undefined) continue;
      const id = `${fact} ${Number(text)}`;
      const known = found.get(id);
      if (!known) found.set(id, { id, fact, value: Number(text), unit, used: [name] });
      else if (!known.used.includes(name)) known.used.push(name);
    }
  }
  return [...found.values()];
}

/** The model's own text with other numbers in its thresholds. */
export function withThresholds(
  source: string,
  model: Model,
  changes: readonly { readonly id: string; readonly value: number }[],
): string {
  const wanted = new Map(changes.map(({ id, value }) => [id, value]));
  const document = parseDocument(source);
  const known = new Set<string>();
  for (const { node } of placesOf(document, model)) {
    node.value = node.value.replaceAll(
      COMPARED,
      (all, fact: string, sign: string, text: string) => {
        const id = `${fact} ${Number(text)}`;
        const value = wanted.get(id);
        if (value === undefined) return all;
        known.add(id);
        return `${fact}${sign}${value}`;
      },
    );
  }
  const strange = changes.find(({ id }) => !known.has(id));
  if (strange) {
    throw new AppError(
      "bad-value",
      `No rule of the live model has the threshold \`${strange.id}\`.`,
      "GET /api/capacity/thresholds lists them as they are now.",
    );
  }
  return document.toString({ lineWidth: 0 });
}

/** The unit of a number; undefined: it is no number that is known of accounts. */
function numberFact(model: Model, name: string): string | null | undefined {
  const fact = model.facts.find((one) => one.name === name);
  if (fact?.type.kind !== "number") return undefined;
  return fact.unit ?? null;
}

/** The rules that levels come from, as texts that can be changed in place. */
function placesOf(document: ReturnType<typeof parseDocument>, model: Model): Place[] {
  const touch = textsUnder(document.get("touch", true), "touch");
  const rules = touch.map(({ node }) => node.value).join(" ");
  const segments = model.segments.filter(({ name }) => isRead(name, rules));
  return [
    ...segments.flatMap(({ name }) =>
      textsUnder(document.getIn(["segments", name], true), `segments.${name}`),
    ),
    ...touch,
  ];
}

function isRead(segment: string, rules: string): boolean {
  return new RegExp(`segments\\.${segment}\\b`).test(rules);
}

const NO_RULES = new Set([
  "name",
  "level",
  "at_least",
  "at_most",
  "set",
  "otherwise",
  "keep",
  "for",
]);

function textsUnder(node: unknown, name: string): Place[] {
  const places: Place[] = [];
  const add = (value: unknown, at: string): void => {
    if (isScalar(value) && typeof value.value === "string")
      places.push({ name: at, node: value as Scalar<string> });
    else if (isSeq(value)) for (const item of value.items) add(item, at);
    else if (isMap(value)) addMap(value, at);
  };
  const addMap = (map: { items: readonly unknown[]; get(key: string): unknown }, at: string) => {
    const named = map.get("name");
    const place = typeof named === "string" ? `${at}: ${named}` : at;
    for (const pair of map.items as { key: unknown; value: unknown }[]) {
      const key = isScalar(pair.key) ? String(pair.key.value) : "";
      if (NO_RULES.has(key)) continue;
      const isPart = key === "when" || key === "one" || key === "until";
      add(pair.value, isPart || place !== at ? place : `${at}.${key}`);
    }
  };
  add(node, name);
  return places;
}
