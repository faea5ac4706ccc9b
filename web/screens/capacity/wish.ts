import { dayText } from "../../lib/search.ts";
import type { CapacitySearch } from "./capacity-search.ts";

/** Another team and other thresholds, as they are tried. */
export interface Wish {
  readonly heads: readonly { readonly role: string; readonly count: number }[];
  readonly hours: number;
  readonly leave: readonly {
    readonly member: string;
    readonly from: string;
    readonly to: string;
  }[];
  readonly thresholds: readonly { readonly id: string; readonly value: number }[];
}

/** What an address says that is tried; what makes no sense is passed over. */
export function readWish({ heads, hours, leave, thresholds }: CapacitySearch): Wish {
  const more = Number(hours ?? 0);
  return {
    heads: pairs(heads).flatMap(([role, text]) => {
      const count = Number(text);
      return Number.isInteger(count) && count !== 0 ? [{ role, count }] : [];
    }),
    hours: Number.isFinite(more) ? more : 0,
    leave: (leave ?? []).flatMap((text) => {
      const [to, from, ...member] = text.split(":").toReversed();
      const days = [dayText(from), dayText(to)] as const;
      if (days[0] === undefined || days[1] === undefined || member.length === 0) return [];
      return [{ member: member.toReversed().join(":"), from: days[0], to: days[1] }];
    }),
    thresholds: pairs(thresholds).flatMap(([id, text]) => {
      const value = Number(text);
      return Number.isFinite(value) ? [{ id, value }] : [];
    }),
  };
}

export function wishSearch(
  wish: Wish,
): Pick<CapacitySearch, "heads" | "hours" | "leave" | "thresholds"> {
  const some = (list: readonly string[]) => (list.length === 0 ? undefined : list);
  return {
    heads: some(wish.heads.map(({ role, count }) => `${role}:${count}`)),
    hours: wish.hours === 0 ? undefined : String(wish.hours),
    leave: some(wish.leave.map(({ member, from, to }) => `${member}:${from}:${to}`)),
    thresholds: some(wish.thresholds.map(({ id, value }) => `${id}:${value}`)),
  };
}

export function isNothing({ heads, hours, leave, thresholds }: Wish): boolean {
  return heads.length + leave.length + thresholds.length === 0 && hours === 0;
}

function pairs(list: readonly string[] | undefined): (readonly [string, string])[] {
  return (list ?? []).flatMap((text) => {
    const at = text.lastIndexOf(":");
    return at > 0 ? [[text.slice(0, at), text.slice(at + 1)] as const] : [];
  });
}
