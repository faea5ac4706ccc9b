import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useSyncExternalStore } from "react";
import { showRefusal } from "../../lib/act.ts";
import { api, ask, idempotent } from "../../lib/api.ts";
import { useMe } from "../../lib/me.ts";
import { Problem, Unreachable } from "../../lib/problem.ts";
import { queries } from "../../lib/queries.ts";
import { tellWaiting, WAITING_KEPT_AS } from "../../lib/waiting.ts";
import { useText } from "../../text/text.ts";
import { dropDraft, keepDraft } from "./drafts.ts";
import { BRIEF, TODAY, type ToDo } from "./today-queries.ts";
import { type Deed, type Tried, type WaitingChange, WaitingChanges } from "./waiting-changes.ts";

let onRefused: (change: WaitingChange, why: Error) => void = () => undefined;

/** One for the page, whichever screen is open. */
const changes = new WaitingChanges({
  kept: {
    getItem: (key) => localStorage.getItem(key),
    setItem: (key, value) => localStorage.setItem(key, value),
  },
  now: Date.now,
  send: tryToSend,
  onSent: async ({ touch }) => {
    await queries.invalidateQueries({ queryKey: TODAY });
    await queries.invalidateQueries({ queryKey: [...BRIEF, touch] });
    await queries.invalidateQueries({ queryKey: ["account"] });
  },
  onRefused: (change, why) => {
    keepDraft(change.touch, change.deed);
    onRefused(change, why);
  },
});

changes.watch(() => tellWaiting(changes.list().length > 0));
// what another tab does waits in this one as well
window.addEventListener("storage", ({ key }) => {
  if (key === WAITING_KEPT_AS || key === null) changes.readAgain();
});

async function tryToSend(
  { key, touch, deed }: WaitingChange,
  { isLast }: { readonly isLast: boolean },
): Promise<Tried> {
  const how = {
    params: { path: { touch } },
    headers: idempotent(key),
    // a page that goes does not take it along
    keepalive: isLast,
  };
  try {
    if (deed.verb === "done")
      await ask(
        api.POST("/api/touches/{touch}/done", {
          ...how,
          body: { ...deed.body, set: { ...deed.body.set } },
        }),
      );
    else if (deed.verb === "skip")
      await ask(api.POST("/api/touches/{touch}/skip", { ...how, body: deed.body }));
    else if (deed.verb === "reschedule")
      await ask(api.POST("/api/touches/{touch}/reschedule", { ...how, body: deed.body }));
    else
      await ask(
        api.POST("/api/touches/{touch}/snooze", { ...how, body: { ...deed.body, reason: null } }),
      );
    return "sent";
  } catch (error) {
    if (error instanceof Unreachable) return "away";
    if (!(error instanceof Problem)) throw error;
    return isAway(error) ? "away" : { refused: error };
  }
}

/** Signed out, too many at once, or still at it: another try may do. */
function isAway({ status, code }: Problem): boolean {
  return status === 401 || status === 429 || status >= 500 || code === "idempotency-busy";
}

export interface Waiting {
  readonly list: readonly WaitingChange[];
  readonly all: WaitingChanges;
}

/** What waits to be sent of whoever is signed in. */
export function useWaitingList(): readonly WaitingChange[] {
  const { member, name } = useMe();
  const list = useSyncExternalStore(changes.watch, changes.list);
  return useMemo(() => list.filter((one) => one.member === (member ?? name)), [list, member, name]);
}

/** Does something with a touch: it waits for ten seconds, in which it can be taken back. */
export function useDeed(): (row: ToDo, deed: Deed) => void {
  const { member, name } = useMe();
  return (row, deed) => {
    dropDraft(row.id);
    changes.add({
      touch: row.id,
      title: row.title,
      account: row.account_name ?? row.account,
      member: member ?? name,
      deed,
    });
  };
}

/** What waits of theirs, which is sent when its time has come. */
export function useWaiting(): Waiting {
  const { member, name } = useMe();
  const me = member ?? name;
  const t = useText("common");
  const client = useQueryClient();
  const list = useWaitingList();
  useEffect(() => {
    onRefused = (change, why) => {
      showRefusal(new Refused(change, why), t);
      void client.invalidateQueries({ queryKey: TODAY });
    };
  }, [client, t]);
  const at = changes.next(me);
  useEffect(() => {
    if (at === null) return undefined;
    const timer = setTimeout(() => void changes.send(me), Math.max(0, at - Date.now()));
    return () => clearTimeout(timer);
  }, [at, me]);
  useEffect(() => {
    const hidden = (): void => {
      if (document.visibilityState === "hidden") void changes.send(me, "all");
    };
    const back = (): void => void changes.send(me);
    document.addEventListener("visibilitychange", hidden);
    window.addEventListener("pagehide", hidden);
    window.addEventListener("online", back);
    return () => {
      document.removeEventListener("visibilitychange", hidden);
      window.removeEventListener("pagehide", hidden);
      window.removeEventListener("online", back);
    };
  }, [me]);
  return { list, all: changes };
}

/** The refusal with what it was about: the row may be out of sight by now. */
class Refused extends Problem {
  constructor({ title, account }: WaitingChange, why: Error) {
    const body = why instanceof Problem ? why.body : {};
    super(0, { ...body, detail: `${title}, ${account}: ${why.message}` });
  }
}
