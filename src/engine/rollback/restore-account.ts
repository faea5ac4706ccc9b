import type { Touch } from "../../core/schedule/index.ts";
import type { AccountImage, AccountsSince, StoredAccount, StoredEvent } from "../ports.ts";
import { restoreState } from "./restore-state.ts";
import { type RestoredTouches, restoreTouches } from "./restore-touches.ts";

/** An account as the version found it, as if it had never been decided by it. */
export interface RestoredAccount {
  /** What it is evaluated from: state, touches and news as of then. */
  readonly stored: StoredAccount;
  readonly touches: RestoredTouches;
  /** Ids of the events that evaluations have made since: they go. */
  readonly events: readonly string[];
  /** Ids of events that are news again. */
  readonly news: readonly string[];
  /** Nothing has happened since: it need not be evaluated. */
  readonly isAsFound: boolean;
}

export function restoreAccount(
  present: StoredAccount,
  image: AccountImage,
  { events, left }: Pick<AccountsSince, "events" | "left">,
  version: { readonly from: number; readonly to: number },
): RestoredAccount {
  const since = events.get(present.id) ?? new Set<string>();
  const made = present.events.filter(({ id }) => since.has(id) && isNumbered(id, present.id));
  const gone = new Set(made.map(({ id }) => id));
  const touches = restoreTouches({
    version: version.from,
    present: present.touches,
    images: image.touches,
    left,
    evaluated: new Set([...made.flatMap(touchIn), ...heldSince(present, since)]),
  });
  for (const id of heldEvents(touches)) if (since.has(id)) gone.add(id);
  const isAsFound = present.loaded.stateRev === image.stateRev;
  const handled = new Set(image.handled);
  const isNewsAgain = ({ id, pending }: StoredEvent): boolean =>
    !pending && (handled.has(id) || (!isAsFound && since.has(id)));
  const kept = present.events.filter(({ id }) => !gone.has(id));
  const state = present.state ?? image.state;
  return {
    stored: {
      ...present,
      state: restoreState(image.state, state, touches.staying),
      decidedOn: image.decidedOn,
      decidedModel: version.to,
      touches: touches.all,
      events: kept.map((event) => (isNewsAgain(event) ? { ...event, pending: true } : event)),
    },
    touches,
    events: [...gone],
    news: kept.filter(isNewsAgain).map(({ id }) => id),
    isAsFound,
  };
}

/** Made by an evaluation: numbered within its account, so that the numbers are given anew. */
function isNumbered(id: string, account: string): boolean {
  const start = `ts:${account}:`;
  return id.startsWith(start) && /^\d+$/.test(id.slice(start.length));
}

function touchIn({ name, properties }: StoredEvent): string[] {
  const { touch } = properties;
  return name.startsWith("touch:") && typeof touch === "string" ? [touch] : [];
}

/** That a touch was held back for want of somebody who sends it. */
function heldEvents({ changed, removed }: RestoredTouches): string[] {
  return [...changed, ...removed].flatMap(heldIds);
}

/** Touches that evaluations have held back or given up since. */
function heldSince({ touches }: StoredAccount, since: ReadonlySet<string>): string[] {
  return touches.filter((touch) => heldIds(touch).some((id) => since.has(id))).map(({ id }) => id);
}

function heldIds({ id }: Touch): readonly string[] {
  return [`ts:${id}:deferred`, `ts:${id}:dropped`];
}
