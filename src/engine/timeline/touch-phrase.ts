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
  const title = touch?.title ?? String(properties["touchpoint"] ?? name);
  const outcome = outcomeOf(properties);
  const isHuman = properties["human"] === true;
  const isDone = properties["status"] === "done";
  const owner = touch?.owner;
  const by = isHuman && isDone && owner != null ? ` (${names.people.get(owner) ?? owner})` : "";
  const spent = touch?.minutesSpent;
  const minutes = isDone && spent != null ? `, ${spent} ${spent === 1 ? "minute" : "minutes"}` : "";
  const to = user === null ? "" : ` (${names.contacts.get(user) ?? user})`;
  const why = isDone ? null : (touch?.reason ?? null);
  return {
    text: `${title}: ${outcome}${isHuman ? by : to}${minutes}${why === null ? "" : `: ${why}`}`,
    more: isDone && touch?.note != null ? [`"${touch.note}"`] : [],
  };
}

function outcomeOf(properties: TimelineEvent["properties"]): string {
  const { result, status } = properties;
  if (typeof result === "string") return RESULTS[result as TouchResult] ?? result;
  return STATUSES[status as TouchStatus] ?? String(status);
}
