import type { ContactInput } from "../../core/facts/types.ts";
import type { TouchpointDef } from "../../core/model/index.ts";
import type { Env } from "../../core/rules/types.ts";
import {
  contactsAsPersons,
  isPerReceiver,
  type Person,
  receiverKey,
  receiverZone,
  type Touch,
  whyNotReceived,
} from "../../core/schedule/index.ts";
import type { Day } from "../../core/time/day.ts";
import type { LiveAccount } from "../live-book.ts";
import type { LiveModel } from "../live-model.ts";
import type { Channel, TouchToSend } from "../ports.ts";
import { channelFor, type DeliveryOptions } from "./delivery-options.ts";

/** A touch whose day has come, with whom it goes to and by what. */
export interface WaitingTouch {
  readonly account: LiveAccount;
  readonly touch: Touch;
  readonly marks: TouchToSend;
  /** null: the model has no such touchpoint any more (one added by hand). */
  readonly touchpoint: TouchpointDef | null;
  /** null: it goes to the account. */
  readonly person: Person | null;
  /** Mail address or user id. */
  readonly receiver: string | null;
  /** As whom it counts against contact caps. */
  readonly countedAs: string | null;
  readonly zone: string;
  /** null: there is none in this installation, or it is not set up. */
  readonly channel: Channel | null;
}

/** The touches that are still open as the store listed them; what changed since is left for later. */
export function waitingTouches(
  live: LiveModel,
  accounts: readonly LiveAccount[],
  listed: readonly TouchToSend[],
  options: DeliveryOptions,
  today: Day,
): WaitingTouch[] {
  const accountOf = new Map(accounts.map((account) => [account.id, account]));
  const personsOf = new Map<string, ReadonlyMap<string, Person>>();
  return listed.flatMap((marks): WaitingTouch[] => {
    const account = accountOf.get(marks.account);
    const touch = account?.record.touches.get(marks.key);
    if (!account || !touch) return [];
    const isWaiting = touch.status === "due" || touch.status === "deferred";
    if (!isWaiting || touch.due > today) return [];
    let persons = personsOf.get(account.id);
    if (!persons) personsOf.set(account.id, (persons = personsAt(account, today)));
    return [waitingTouch(live, account, touch, marks, persons, options)];
  });
}

/** By the id of each contact that is this person. */
function personsAt({ record }: LiveAccount, today: Day): ReadonlyMap<string, Person> {
  const contacts = record.history.contacts(today).map((contact) => contact.at(today));
  const named = [...record.touches.values()].flatMap(({ contact }) => contact ?? []);
  const persons = contactsAsPersons(contacts, new Set(named));
  return new Map(persons.flatMap((one) => one.members.map(({ id }) => [id, one] as const)));
}

function waitingTouch(
  live: LiveModel,
  account: LiveAccount,
  touch: Touch,
  marks: TouchToSend,
  persons: ReadonlyMap<string, Person>,
  options: DeliveryOptions,
): WaitingTouch {
  const person = isPerReceiver(touch) ? (persons.get(touch.contact ?? "") ?? null) : null;
  return {
    account,
    touch,
    marks,
    touchpoint: live.model.touchpoints.find(({ name }) => name === touch.touchpoint) ?? null,
    person,
    receiver: person && (touch.channel === "in_app" ? person.user : person.email),
    countedAs: person && receiverKey(account.id, person),
    zone: touch.human
      ? live.model.workspace.timezone
      : receiverZone(live.model, account.stored.timezone, person?.timezone ?? null),
    channel: channelFor(options, touch.channel),
  };
}

/** Why it may not go to whom it was made for; null when it may. Judged once more at sending. */
export function whyNobody(
  { touch, touchpoint, person }: WaitingTouch,
  env: (contact: ContactInput) => Env,
): string | null {
  if (!isPerReceiver(touch)) return null;
  if (!person) return "contact gone";
  return whyNotReceived({ channel: touch.channel, to: touchpoint?.to }, person, env);
}
