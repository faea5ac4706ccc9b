import type { ContactInput } from "../facts/types.ts";
import type { Channel, TouchpointDef } from "../model/types.ts";
import { evaluateRule } from "../rules/evaluate.ts";
import type { Env } from "../rules/types.ts";
import type { Person } from "./persons.ts";

/** Channels on which an automated touch goes to the account and not to its contacts. */
const TO_ACCOUNT: ReadonlySet<Channel> = new Set<Channel>(["slack", "webhook", "task"]);

/** Whether a touchpoint is made once for each contact that may have it. */
export function isPerReceiver(touchpoint: Pick<TouchpointDef, "human" | "channel">): boolean {
  return !touchpoint.human && !TO_ACCOUNT.has(touchpoint.channel);
}

/**
 * Why an automated touchpoint may not go to a person; null when it may. Judged at each
 * planning and once more at sending.
 */
export function whyNotReceived(
  touchpoint: Pick<TouchpointDef, "channel" | "to">,
  person: Person,
  env: (contact: ContactInput) => Env,
): string | null {
  const { channel, to } = touchpoint;
  if (to && !person.members.some((contact) => evaluateRule(to, env(contact)) === true)) {
    return "`to` does not hold";
  }
  if (channel === "in_app") {
    if (person.user === null) return "no user id";
  } else if (person.email === null) return "no mail address";
  return person.optOuts.has(channel) ? `opted out of ${channel}` : null;
}

/** `no contact can receive email: 2 opted out of email, 1 no mail address`. */
export function whyNobody(channel: Channel, reasons: readonly string[]): string {
  if (reasons.length === 0) return `no contact can receive ${channel}: the account has none`;
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const parts = [...counts].map(([reason, count]) => `${count} ${reason}`);
  return `no contact can receive ${channel}: ${parts.join(", ")}`;
}
