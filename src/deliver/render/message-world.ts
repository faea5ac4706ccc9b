import type { Json } from "../../core/facts/types.ts";
import { formatDay } from "../../core/time/day.ts";
import type { MessageContact, MessageLinks, MessageScene } from "../../engine/ports/channel.ts";
import { localIso } from "./local-time.ts";
import { withoutMarks } from "./value-marks.ts";

type Values = Readonly<Record<string, Json>>;

/** Of a contact that is not there: nothing is known, and naming it is no mistake. */
const NOBODY: Values = {
  id: null,
  email: null,
  name: null,
  role: null,
  timezone: null,
  locale: null,
  created_at: null,
};

/** What stands under each name that a message may use, but facts and a contact's traits. */
export const MESSAGE_NAMES: Readonly<Record<string, readonly string[] | null>> = {
  account: ["id", "name"],
  contact: Object.keys(NOBODY),
  owner: ["name", "email"],
  workspace: ["name", "timezone", "currency"],
  touch: [
    "id",
    "touchpoint",
    "title",
    "program",
    "channel",
    "purpose",
    "drives",
    "occurrence",
    "minutes",
    "due",
    "starts_at",
  ],
  unsubscribe_url: null,
  preferences_url: null,
};

/** The names that a message may use: account, contact, owner, workspace, facts, touch, and our links. */
export function messageWorld(
  scene: MessageScene,
  links: MessageLinks | null,
  survey: string | null,
): Values {
  const world = {
    account: { id: scene.account.id, name: scene.account.name },
    contact: contactValues(scene.contact, scene.contactTraits),
    owner: { name: scene.owner.name, email: scene.owner.email },
    workspace: { ...scene.workspace },
    facts: { ...scene.facts },
    touch: touchValues(scene),
    unsubscribe_url: links?.unsubscribe() ?? null,
    preferences_url: links?.preferences() ?? null,
  };
  // A message without the head `survey` has no place for its scores.
  return { ...(cleaned(world) as Values), ...(survey === null ? {} : { survey }) };
}

function contactValues(contact: MessageContact | null, declared: readonly string[]): Values {
  const unknown = Object.fromEntries(declared.map((trait) => [trait, null]));
  if (!contact) return { ...unknown, ...NOBODY };
  const { traits, createdAt, userId: _, ...known } = contact;
  return { ...unknown, ...traits, ...known, created_at: createdAt };
}

function touchValues({ touch, contact, workspace }: MessageScene): Values {
  const zone = contact?.timezone ?? workspace.timezone;
  return {
    id: touch.id,
    touchpoint: touch.touchpoint,
    title: touch.title,
    program: touch.program,
    channel: touch.channel,
    purpose: touch.purpose,
    drives: touch.drives,
    occurrence: touch.occurrence,
    minutes: touch.minutes,
    due: formatDay(touch.due),
    starts_at: touch.startsAt === null ? null : localIso(touch.startsAt, zone, workspace.timezone),
  };
}

function cleaned(value: unknown): Json {
  if (typeof value === "string") return withoutMarks(value);
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value !== "object" || value === null) return value as Json;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, cleaned(one)]));
}
