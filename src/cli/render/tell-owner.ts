import type { OwnerKind } from "../../core/model/types.ts";
import { section } from "./words.ts";

/** Whom a level asks for. */
export const ASKS: Readonly<Record<OwnerKind, string>> = {
  csm: "a CSM of its own",
  pod: "a pod, with a designated contact",
  pool: "the pool",
  automation: "nobody",
};

interface OwnedBy {
  readonly level: { readonly name: string; readonly base: string; readonly by?: OwnerKind } | null;
  readonly levels: readonly { readonly name: string; readonly by: OwnerKind }[];
  /** What the owner on record is called. */
  readonly owner: string | null;
  /** A past day's decision knows its kind of owner, and the owner is today's. */
  readonly isPast: boolean;
}

/** Who looks after the account, and which level asks for that. */
export function tellOwner({ level, levels, owner, isPast }: OwnedBy): string {
  const by = level?.by;
  if (!level || by === undefined) return "";
  const isOwned = by === "csm" || by === "pod";
  const who = isOwned ? (owner ?? "nobody") : by === "pool" ? "the pool" : "nobody";
  return section(`Owner: ${who}${isPast && isOwned ? ", as of today" : ""}`, [
    `${asksFor(level, by, levels)} ${ASKS[by]}.`,
    ...(isPast ? [] : onRecord(by, owner)),
  ]);
}

function asksFor(
  { name, base }: { readonly name: string; readonly base: string },
  by: OwnerKind,
  levels: OwnedBy["levels"],
): string {
  const asks = (level: string): boolean =>
    levels.some((one) => one.name === level && one.by === by);
  if (asks(base)) return `Its base level, ${base}, asks for`;
  if (asks(name)) return `It is handed over while it is raised to ${name}, which asks for`;
  return `Its base level, ${base}, has not lasted for the hold yet; the one before asks for`;
}

/** Where the owner on record is another than the level asks for. */
function onRecord(by: OwnerKind, owner: string | null): string[] {
  if (by === "csm" || by === "pod")
    return owner === null
      ? ["It has nobody: `touchstone owners suggest` says who could look after it."]
      : [];
  if (owner === null) return [];
  const who = by === "pool" ? "The pool does its touches" : "Its touches are nobody's";
  return [`${who}, though ${owner} is its owner on record.`];
}
