import { type ModelNames, modelNames } from "./model-names.ts";
import { type Place, placeAt } from "./place-at.ts";
import { keysAt, type SchemaPart, wordsAt } from "./schema-at.ts";

export interface Offer {
  readonly label: string;
  readonly kind: "key" | "name" | "function" | "word";
  readonly detail?: string | undefined;
  /** What is written where it is not the label. */
  readonly apply?: string;
}
export interface Offers {
  readonly from: number;
  readonly offers: readonly Offer[];
}

const RULE_KEYS = new Set(["when", "until", "enter", "score", "is", "where", "to", "among"]);
/** Known of every account; later blocks only, but the check says so at once. */
const BUILT_INS = [
  "today",
  "account_age_days",
  "account_id",
  "account_name",
  "days_since_touch",
  "days_since_human_touch",
  "health",
  "health_band",
  "stage",
  "days_in_stage",
  "level",
  "base_level",
  "held",
  "days_at_level",
];
const FUNCTIONS: Readonly<Record<string, string>> = {
  known: "known(x)",
  days_since: "days_since(date)",
  days_until: "days_until(date)",
  min: "min(a, b)",
  max: "max(a, b)",
  abs: "abs(x)",
  round: "round(x)",
  clamp: "clamp(x, low, high)",
  date: 'date("2026-03-01")',
};

/** What may be written where the cursor stands. `templates`: names of message files without their locale. */
export function complete(
  source: string,
  offset: number,
  schema: unknown,
  templates: readonly string[],
): Offers | null {
  const place = placeAt(source, offset);
  if (place.at === "key") {
    const offers = keysAt(schema, place.path).map(({ name, part }) => keyOffer(name, part));
    return offers.length > 0 ? { from: place.from, offers } : null;
  }
  const names = modelNames(source);
  if (isRule(place.path)) return inRule(place, names);
  const found = [
    ...referencesAt(place.path, names, templates).map((label): Offer => ({ label, kind: "name" })),
    ...wordsAt(schema, place.path).map((label): Offer => ({ label, kind: "word" })),
  ];
  return found.length > 0 ? { from: place.from, offers: found } : null;
}

function keyOffer(name: string, { description, title }: SchemaPart): Offer {
  return { label: name, kind: "key", detail: description ?? title, apply: `${name}: ` };
}

/** Whether a rule is written there. */
export function isRule(path: Place["path"]): boolean {
  const last = path.at(-1);
  const [block, , third] = path;
  if (typeof last === "string" && RULE_KEYS.has(last)) return true;
  if (block === "lifecycle") return path.at(-2) === "exit";
  if (block === "segments") return path.length === 2 || third === "one";
  return block === "facts" && path.length === 3 && last === "contacts";
}

function inRule({ typed, from }: Place, names: ModelNames): Offers | null {
  const word = /[\w.]*$/.exec(typed)?.[0] ?? "";
  const before = typed.slice(0, typed.length - word.length);
  const start = from + before.length;
  const text = /([\w.]+)\s*(?:[!=]=\s*|in\s*\[[^\]]*)\\?"$/.exec(before);
  if (text) return { from: start, offers: namesFor(text[1] ?? "", names) };
  // inside a text of which nothing is known
  if ((before.match(/(?<!\\)"/g) ?? []).length % 2 === 1 && !typed.startsWith('"')) return null;
  const segments = names.segments.map(({ name }) => `segments.${name}`);
  const all = [...names.facts, ...BUILT_INS, ...segments];
  return {
    from: start,
    offers: [
      ...all.map((label): Offer => ({ label, kind: "name" })),
      ...Object.entries(FUNCTIONS).map(([label, detail]): Offer => ({
        label,
        detail,
        kind: "function",
        apply: `${label}(`,
      })),
    ],
  };
}

/** What a name can be compared with. */
function namesFor(name: string, names: ModelNames): Offer[] {
  const segment = /^segments\.(\w+)$/.exec(name)?.[1];
  const words =
    segment === undefined
      ? ({
          level: names.levels,
          base_level: names.levels,
          stage: names.stages,
          health_band: names.bands,
        }[name] ??
        names.values[name] ??
        [])
      : (names.segments.find((one) => one.name === segment)?.entries ?? []);
  return words.map((label) => ({ label, kind: "name" }));
}

function referencesAt(
  path: Place["path"],
  names: ModelNames,
  templates: readonly string[],
): readonly string[] {
  const last = path.at(-1);
  const [block] = path;
  if (block === "programs" && last === "touch") return names.touchpoints;
  if (block === "programs" && last === "before") return names.facts;
  if (block === "levels" && path.at(-2) === "kinds") return names.touchpoints;
  if (block === "touchpoints" && last === "template") return templates;
  if (block === "touch" && typeof last === "string" && LEVEL_KEYS.has(last)) return names.levels;
  if (last === "stage" || last === "next" || path.at(-2) === "from") return names.stages;
  if (block === "programs" && last === "on") return events(names);
  if (block === "workspace" && (last === "revenue" || last === "renewal")) return names.facts;
  return [];
}

const LEVEL_KEYS = new Set([
  "level",
  "otherwise",
  "at_least",
  "at_most",
  "set",
  "not_above",
  "not_below",
]);

function events({ segments, stages, levels }: ModelNames): string[] {
  const flags = segments.flatMap(({ name, entries }) =>
    entries.length === 0 ? [`segment:${name}`] : entries.map((entry) => `segment:${name}.${entry}`),
  );
  const things = [
    ...flags,
    ...stages.map((name) => `stage:${name}`),
    ...levels.map((name) => `level:${name}`),
  ];
  return things.flatMap((thing) => [`${thing}:entered`, `${thing}:left`]);
}
