import {
  addTouch,
  contactsAsPersons,
  isPerReceiver,
  type Person,
  type Touch,
} from "../core/schedule/index.ts";
import type { TouchpointDef } from "../core/model/index.ts";
import { AppError } from "./app-error.ts";
import type { EngineContext } from "./context.ts";
import { findAccount } from "./find-account.ts";
import { findTouchpoint } from "./find-touchpoint.ts";
import { findContacts } from "./find-contacts.ts";
import { makeLinks } from "./links/message-links.ts";
import { type LiveAccount, LiveBook } from "./live-book.ts";
import { compileStored, type LiveModel, liveModel } from "./live-model.ts";
import { decideAgain } from "./outbox/decide-again.ts";
import { type DeliveryOptions, senderName } from "./outbox/delivery-options.ts";
import { messageScene } from "./outbox/message-scene.ts";
import { type WaitingTouch, whyNobody } from "./outbox/waiting-touch.ts";
import type { RenderedMessage } from "./ports.ts";

export interface PreviewWanted {
  readonly account: string;
  readonly touchpoint: string;
  /** Id, mail address or name; left out: the first who could receive it. */
  readonly contact?: string;
  /** A model with its message files that is not in force (yet); left out: the live one. */
  readonly draft?: { readonly source: string; readonly messages: Readonly<Record<string, string>> };
}

export interface Preview {
  readonly message: RenderedMessage;
  readonly channel: Touch["channel"];
  /** Id of the contact; null: it goes to the account. */
  readonly contact: string | null;
  readonly receiver: string | null;
  /** Why this contact would not get it; null: they would. */
  readonly notReceived: string | null;
}

/**
 * The message of a touchpoint as a real contact would get it today. Nothing is sent or stored,
 * and its links lead nowhere. Throws `bad-message` with the place of what is wrong.
 */
export async function previewMessage(
  context: EngineContext,
  { channels, settings }: Pick<DeliveryOptions, "channels" | "settings">,
  wanted: PreviewWanted,
): Promise<Preview> {
  const live = await modelOf(context, wanted.draft);
  const touchpoint = findTouchpoint(live.model, wanted.touchpoint);
  const { id } = await findAccount(context, wanted.account);
  const [account] = await new LiveBook(context.store).take(live, [id]);
  if (!account) throw new AppError("unknown-account", `There is no account \`${id}\`.`);
  const { today, now } = live.moment();
  const values = decideAgain(live, [account], today).get(id);
  const channel = channels.get(touchpoint.channel);
  if (!values || !channel) throw new Error(`no values or no channel for ${touchpoint.name}`);
  const team = await context.store.team.list();
  const scenes = {
    team: new Map(team.map((one) => [one.id, one])),
    sender: senderName(settings),
    today,
  };
  const touchFor = (person: Person | null): WaitingTouch =>
    waiting(live, account, touchpoint, person, { today, now });
  const reasonFor = (one: WaitingTouch): string | null =>
    whyNobody(one, (contact) => values.env(contact.id));
  const persons = isPerReceiver(touchpoint)
    ? await personsOf(context, account, wanted.contact, today)
    : [];
  const all = persons.length === 0 ? [touchFor(null)] : persons.map(touchFor);
  const one = all.find((each) => reasonFor(each) === null) ?? all[0];
  if (!one) throw new Error("there is always one to preview");
  return {
    message: channel.render(
      messageScene(live, one, values, scenes),
      makeLinks(settings, "preview"),
    ),
    channel: touchpoint.channel,
    contact: one.touch.contact,
    receiver: one.receiver,
    notReceived: reasonFor(one),
  };
}

async function modelOf(context: EngineContext, draft: PreviewWanted["draft"]): Promise<LiveModel> {
  const live = await liveModel(context);
  return draft ? compileStored(context, { ...live.stored, ...draft }) : live;
}

async function personsOf(
  context: EngineContext,
  { id, record }: LiveAccount,
  wanted: string | undefined,
  today: number,
): Promise<readonly Person[]> {
  const contacts = record.history.contacts(today).map((contact) => contact.at(today));
  const persons = contactsAsPersons(contacts, new Set());
  if (wanted === undefined) return persons;
  const named = await findContacts(context, id, [wanted]);
  return persons.filter(({ members }) =>
    members.some((member) => named.some((one) => one.id === member.id)),
  );
}

/** The touch as it would wait to be sent today; null: to nobody in particular. */
function waiting(
  live: LiveModel,
  account: LiveAccount,
  touchpoint: TouchpointDef,
  person: Person | null,
  { today, now }: { readonly today: number; readonly now: number },
): WaitingTouch {
  const touch = addTouch(
    {
      account: account.id,
      touchpoint,
      contact: person?.members[0]?.id ?? null,
      owner: account.stored.owner,
      due: today,
      nonce: "preview",
    },
    { today, at: now, modelVersion: live.stored.version },
  );
  return {
    account,
    touch,
    marks: { account: account.id, key: touch.key, attempts: 0, passedOn: null, tryAt: null },
    touchpoint,
    person,
    receiver: person && (touch.channel === "in_app" ? person.user : person.email),
    countedAs: null,
    zone: live.model.workspace.timezone,
    channel: null,
  };
}
