import type { AccountFilter, ListName } from "./portfolio-search.ts";
import { alsoHolds } from "./write-conditions.ts";

/** Columns that have a list of their own among the filters. */
const LIST_OF: { readonly [column: string]: ListName } = {
  level: "level",
  stage: "stage",
  health_band: "band",
  "account.owner": "owner",
  segments: "segment",
};

/** The filter narrowed down to accounts with this value: what clicking it in the list does. */
export function onlyWith(
  filter: AccountFilter,
  column: string,
  value: string | boolean | null,
): AccountFilter {
  const list = LIST_OF[column];
  if (list === "segment") {
    const more = String(value);
    const before = filter.segment ?? [];
    return before.includes(more) ? filter : { ...filter, segment: [...before, more] };
  }
  if (list) return { ...filter, [list]: [value === null ? "none" : String(value)] };
  const operator =
    value === null ? "unknown" : value === true ? "is" : value === false ? "isNot" : "==";
  const condition = {
    name: column,
    operator,
    value: typeof value === "string" ? value : null,
  } as const;
  return { ...filter, where: alsoHolds(filter.where, condition) };
}
