import type { AccountState } from "../../../src/core/account/state.ts";
import type { Decision } from "../../../src/core/decide/index.ts";
import { OPEN_STATUSES, type Touch } from "../../../src/core/schedule/index.ts";
import type { Store, StoredEvent } from "../../../src/engine/ports.ts";

/** Everything that is kept of an account and that deciding may change. */
export interface AccountRows {
  readonly state: AccountState | null;
  readonly decision: Decision | null;
  readonly touches: readonly Touch[];
  readonly engineEvents: readonly StoredEvent[];
}

/** Read from the store, account by account: what a test compares, made by nobody's diff. */
export async function rowsOfBook(store: Store): Promise<ReadonlyMap<string, AccountRows>> {
  const decisions = new Map<string, Decision>();
  for await (const page of store.decisions.current())
    for (const { id, decision } of page) decisions.set(id, decision);
  const ids = (await store.accounts.ids({})).toSorted();
  const found = new Map<string, AccountRows>();
  for (let start = 0; start < ids.length; start += 100) {
    for (const account of await store.accounts.load(ids.slice(start, start + 100))) {
      found.set(account.id, {
        state: account.state,
        decision: decisions.get(account.id) ?? null,
        touches: account.touches.toSorted((a, b) => (a.key < b.key ? -1 : 1)),
        engineEvents: account.events.filter(({ engine }) => engine),
      });
    }
  }
  return found;
}

/** `level`, `stage` and each segment of an account, as a person would list them. */
export function standingOf({ decision }: AccountRows): Record<string, string | null> {
  const segments = Object.entries(decision?.segments ?? {}).map(
    ([name, segment]): [string, string | null] => [
      `segments.${name}`,
      "in" in segment ? (segment.in ? "in" : null) : segment.name,
    ],
  );
  return {
    level: decision?.level?.name ?? null,
    base_level: decision?.level?.base ?? null,
    stage: decision?.stage?.name ?? null,
    ...Object.fromEntries(segments),
  };
}

const AHEAD = new Set(["planned", "due", "deferred"]);

/** Still to be done, and not on its way yet. */
export function isAhead({ status }: Touch): boolean {
  return OPEN_STATUSES.has(status) && AHEAD.has(status);
}
