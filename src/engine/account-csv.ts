import type { Decision } from "../core/decide/index.ts";
import type { Model } from "../core/model/index.ts";
import type { ListedAccount } from "./ports.ts";

/** The columns of accounts as CSV: what is decided of them, then every segment and fact of the model. */
export function accountHead(model: Model): string[] {
  return [
    "id",
    "name",
    "owner",
    "level",
    "base_level",
    "stage",
    "health",
    "health_band",
    ...model.segments.map(({ name }) => `segments.${name}`),
    ...model.facts.map(({ name }) => name),
  ];
}

export function accountLine(
  model: Model,
  {
    id,
    name,
    owner,
    decision,
  }: Pick<ListedAccount, "id" | "name" | "owner"> & { readonly decision: Decision | null },
): (string | number | boolean | null)[] {
  return [
    id,
    name,
    owner,
    decision?.level?.name ?? null,
    decision?.level?.base ?? null,
    decision?.stage?.name ?? null,
    decision?.health.score ?? null,
    decision?.health.band ?? null,
    ...model.segments.map((segment) => membership(decision, segment.name)),
    ...model.facts.map((fact) => decision?.facts[fact.name] ?? null),
  ];
}

function membership(decision: Decision | null, name: string): string | boolean | null {
  const segment = decision?.segments[name];
  if (!segment) return null;
  return "in" in segment ? segment.in : segment.name;
}
