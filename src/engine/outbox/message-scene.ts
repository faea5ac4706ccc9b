import type { Json } from "../../core/facts/types.ts";
import { type Day, formatDay } from "../../core/time/day.ts";
import type { LiveModel } from "../live-model.ts";
import type { MessageContact, MessageScene, TeamRow } from "../ports.ts";
import type { Decided } from "./decide-again.ts";
import type { WaitingTouch } from "./waiting-touch.ts";

export interface SceneContext {
  readonly team: ReadonlyMap<string, TeamRow>;
  /** The company's name, as mails are sent; null: unknown. */
  readonly sender: string | null;
  readonly today: Day;
}

/** All that the message of a touch may speak of. */
export function messageScene(
  live: LiveModel,
  waiting: WaitingTouch,
  { decision }: Decided,
  { team, sender, today }: SceneContext,
): MessageScene {
  const { account, touch, touchpoint } = waiting;
  const { timezone, currency } = live.model.workspace;
  const owner = team.get(touch.owner ?? account.record.owner ?? "");
  const template = touchpoint?.template ?? null;
  return {
    touch,
    workspace: { name: sender ?? live.model.name, timezone, currency },
    account: { id: account.id, name: account.stored.name ?? account.id },
    contact: messageContact(waiting, today),
    contactTraits: live.model.contactTraits.map(({ name }) => name),
    owner: { name: owner?.name ?? null, email: owner?.email ?? null },
    facts: {
      ...decision.built_ins,
      ...decision.facts,
      today: formatDay(today),
      health: decision.health.score,
      health_band: decision.health.band,
      stage: decision.stage?.name ?? null,
      level: decision.level?.name ?? null,
    },
    messages: Object.fromEntries(
      Object.entries(live.stored.messages).filter(
        ([file]) => template !== null && (file === template || file.startsWith(`${template}.`)),
      ),
    ),
    template,
  };
}

function messageContact({ account, person }: WaitingTouch, today: Day): MessageContact | null {
  const contact = person?.members[0];
  if (!person || !contact) return null;
  const traits: Record<string, Json> = {};
  // oldest first: the last one said by today stays
  for (const { contact: id, trait, from, value } of account.stored.contactTraits) {
    if (id === contact.id && from <= today) traits[trait] = value;
  }
  const { id, name, role, locale, createdAt } = contact;
  return {
    id,
    email: person.email,
    name,
    role,
    timezone: person.timezone,
    locale,
    createdAt: createdAt === null ? null : formatDay(createdAt),
    userId: person.user,
    traits,
  };
}
