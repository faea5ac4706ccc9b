import { readTyped } from "../core/facts/index.ts";
import type { Model } from "../core/model/index.ts";
import type { RuleType } from "../core/rules/types.ts";
import type { EngineContext } from "./context.ts";

/** Stored values that do not fit the type which the model declares: they are refused, and the ones before stay. */
export interface Misfit {
  readonly of: "accounts" | "contacts";
  readonly trait: string;
  /** Accounts or contacts that have had one. */
  readonly count: number;
  readonly example: string;
  /** A kind of value, in words. */
  readonly expected: string;
}

const EXPECTED: { readonly [kind in RuleType["kind"]]: string } = {
  number: "a number",
  string: "a text",
  boolean: "true or false",
  date: "a date",
  time: "a time",
  any: "any value",
};
/** Values of this JSON type need not be looked at. */
const FITS: { readonly [kind in RuleType["kind"]]: string } = {
  number: "number",
  string: "string",
  boolean: "boolean",
  date: "",
  time: "",
  any: "",
};

/** By trait, most first. Of a value that several accounts share each is counted once. */
export async function findMisfits({ store }: EngineContext, model: Model): Promise<Misfit[]> {
  const ofAccounts = new Map<string, RuleType>([["closed_at", { kind: "date" }]]);
  for (const { source, type } of model.facts) {
    if (source.kind === "trait") ofAccounts.set(source.trait, type);
  }
  const ofContacts = new Map(model.contactTraits.map(({ trait, type }) => [trait, type]));
  const found: Misfit[] = [];
  for (const [of, types] of [
    ["accounts", ofAccounts],
    ["contacts", ofContacts],
  ] as const) {
    const fits = new Map([...types].map(([trait, { kind }]) => [trait, FITS[kind]]));
    const byTrait = new Map<string, Misfit>();
    for (const { trait, value, count } of await store.accounts.oddValues(of, fits)) {
      const type = types.get(trait);
      if (!type || readTyped(type, value, model.workspace.timezone) !== undefined) continue;
      const before = byTrait.get(trait);
      byTrait.set(trait, {
        of,
        trait,
        count: (before?.count ?? 0) + count,
        example: before?.example ?? JSON.stringify(value).slice(0, 60),
        expected: EXPECTED[type.kind],
      });
    }
    found.push(...byTrait.values());
  }
  return found.toSorted((a, b) => b.count - a.count || (a.trait < b.trait ? -1 : 1));
}

/** ``2 accounts have `arr` that is not a number, such as "12k"``. */
export function tellMisfit({ of, trait, count, example, expected }: Misfit): string {
  const who = count === 1 ? of.slice(0, -1) : of;
  return `${count} ${who} ${count === 1 ? "has" : "have"} \`${trait}\` that is not ${expected}, such as ${example}`;
}
