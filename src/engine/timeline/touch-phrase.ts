import type { TouchResult, TouchStatus } from "../../core/schedule/index.ts";
import type { TimelineEvent } from "../ports.ts";
import type { Names, ToldEntry } from "./tell-entry.ts";

const RESULTS: { readonly [R in TouchResult]: string } = {
  held: "held",
  no_show: "nobody came",
  attended: "attended",
  registered: "registered",
  seen: "seen",
  delivered: "delivered",
  opened: "opened",
  clicked: "clicked",
  replied: "answered",
  converted: "led to what it was for",
  completed: "completed",
  bounced: "came back: the address takes no mail",
  complained: "complained about as unwanted",
  dismissed: "dismissed",
  unsubscribed: "led to an opt-out",
};

const STATUSES: { readonly [S in TouchStatus]: string } = {
  planned: "planned",
  due: "due",
  deferred: "waits",
  sending: "is on its way",
  uncertain: "left, and nobody knows whether it arrived",
  done: "done",
  missed: "missed: nobody did it in time",
  skipped: "skipped",
  cancelled: "cancelled",
  dropped: "given up",
  failed: "failed",
};

/** What became of a touch: `Check-in held by Ann Lee, 45 minutes`, and what was noted. */
export function touchPhrase(
  { name, user, properties, touch }: TimelineEvent,
  names: Names,
): ToldEntry {
  const { touchpoint, human, status } = properties;
  const title = touch?.title ?? (typeof touchpoint === "string" ? touchpoint : name);
  const isDone = status === "done";
  const owner = touch?.owner ?? null;
  const by = isDone && owner !== null ? ` (${names.people.get(owner) ?? owner})` : "";
  const to = user === null ? "" : ` (${names.contacts.get(user) ?? user})`;
  const spent = isDone ? (touch?.minutesSpent ?? null) : null;
  const minutes = spent === null ? "" : `, ${spent} ${spent === 1 ? "minute" : "minutes"}`;
  const reason = isDone ? null : (touch?.reason ?? null);
  const note = isDone ? (touch?.note ?? null) : null;
  return {
    text: `${title}: ${outcomeOf(properties)}${human === true ? by : to}${minutes}${reason === null ? "" : `: ${reason}`}`,
    more: note === null ? [] : [`"${note}"`],
  };
}

function outcomeOf({ result, status }: TimelineEvent["properties"]): string {
  if (typeof result === "string") return RESULTS[result as TouchResult] ?? result;
  return typeof status === "string" ? (STATUSES[status as TouchStatus] ?? status) : "changed";
}
