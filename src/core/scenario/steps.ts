import type { ContactInput, Json } from "../facts/index.ts";
import { isEngineName, readDay } from "../facts/index.ts";
import { isOpen, recordOutcome, type Touch, TOUCH_RESULTS } from "../schedule/index.ts";
import { CHANNELS } from "../model/schema-pieces.ts";
import type { Day } from "../time/day.ts";
import { nearest } from "../text/nearest.ts";
import { ScenarioError } from "./scenario-error.ts";
import type { ContactFields, ScenarioStep } from "./scenario-schema.ts";
import type { World } from "./world.ts";

/** The accounts a step changed: they are decided again after it. */
type Changed = readonly string[];

type Doer<K extends keyof ScenarioStep> = (
  world: World,
  step: NonNullable<ScenarioStep[K]>,
) => Changed;

type Traits = Readonly<Record<string, unknown>>;

const KNOWN_OF_CONTACT: ReadonlySet<string> = new Set([
  "id",
  "account",
  "email",
  "name",
  "role",
  "timezone",
  "locale",
  "user",
  "created_at",
]);

/** `group`: an account is seen, for the first time or again. */
export const group: Doer<"group"> = (world, { id, name, traits = {}, as_of }) => {
  const createdAt = dayOf(world, "created_at", traits["created_at"] ?? traits["createdAt"]);
  const asOf = as_of ?? traits["as_of"];
  const isNew = !world.accounts.has(id);
  const { inputs, record } = world.accounts.get(id) ?? world.add(id, createdAt);
  inputs.identify({
    ...(createdAt === null ? {} : { createdAt }),
    ...textPart("name", name ?? traits["name"]),
    ...textPart("timezone", traits["timezone"]),
  });
  if (typeof traits["owner"] === "string") record.owner = traits["owner"];
  // what the first message says was so from the day the account was made
  const arrived = isNew ? Math.min(createdAt ?? world.today, world.today) : world.today;
  const from = dayOf(world, "as_of", asOf) ?? arrived;
  for (const [trait, value] of Object.entries(traits)) {
    inputs.setTrait(trait, value as Json, world.told, from);
  }
  return [id];
};

function dayOf(world: World, what: string, value: unknown): Day | null {
  if (value === undefined || value === null || value === "") return null;
  const day = typeof value === "string" ? readDay(value, world.zone) : undefined;
  if (day === undefined) throw new ScenarioError(`${what}: ${JSON.stringify(value)} is no day`);
  return day;
}

function textPart<K extends string>(key: K, value: unknown): { [P in K]?: string } {
  return typeof value === "string" ? ({ [key]: value } as { [P in K]: string }) : {};
}

/** `contact`: a person at an account. */
export const contact: Doer<"contact"> = (world, fields) => {
  const account = fields.account ?? accountOfContact(world, fields.id);
  if (!world.accounts.has(account)) world.add(account, null);
  putContact(world, account, fields);
  return [account];
};

function putContact(world: World, account: string, fields: ContactFields): void {
  const { inputs } = world.account(account);
  const before = inputs.contact(fields.id);
  const born = inputs.history.identity;
  const createdAt = dayOf(world, "created_at", fields.created_at);
  // known from the start when it came with the account
  const start =
    createdAt ?? (born.firstSeen === world.today ? (born.createdAt ?? world.today) : world.today);
  const from = before?.from ?? Math.min(start, world.today);
  const said = (given: string | null | undefined, old: string | null | undefined): string | null =>
    given === undefined ? (old ?? null) : given;
  const input: ContactInput = {
    id: fields.id,
    email: said(fields.email, before?.email)?.trim().toLowerCase() ?? null,
    name: said(fields.name, before?.name),
    role: said(fields.role, before?.role),
    timezone: said(fields.timezone, before?.timezone),
    locale: said(fields.locale, before?.locale),
    createdAt: createdAt ?? before?.createdAt ?? null,
    from,
    user: said(fields.user, before?.user) ?? fields.id,
    optOuts: before?.optOuts ?? [],
  };
  inputs.putContact(input);
  const since = before ? world.today : from;
  for (const field of ["email", "name", "role", "timezone", "locale"] as const) {
    if (fields[field] !== undefined)
      inputs.setContactTrait(fields.id, field, input[field], world.told, since);
  }
  for (const [trait, value] of Object.entries(fields)) {
    if (!KNOWN_OF_CONTACT.has(trait))
      inputs.setContactTrait(fields.id, trait, value as Json, world.told, since);
  }
}

/** `identify`: what a product says of its user. */
export const identify: Doer<"identify"> = (world, { user, account, traits = {} }) => {
  const { firstName, lastName, createdAt, ...rest } = traits as Traits;
  const name = [firstName, lastName].filter((part) => typeof part === "string").join(" ");
  const known = {
    ...(name === "" ? {} : { name }),
    ...(createdAt === undefined ? {} : { created_at: createdAt }),
  };
  const of = account ?? accountOfContact(world, user);
  if (!world.accounts.has(of)) world.add(of, null);
  const id = world.account(of).inputs.contactOf(user) ?? user;
  putContact(world, of, { ...known, ...rest, id, user } as unknown as ContactFields);
  return [of];
};

function accountOfContact(world: World, id: string): string {
  const accounts = [...world.accounts].filter(
    ([, { inputs }]) => inputs.contactOf(id) !== undefined,
  );
  const [only] = accounts;
  if (accounts.length !== 1 || !only) {
    throw new ScenarioError(
      accounts.length === 0
        ? `contact \`${id}\` is of no account yet: say \`account:\``
        : `contact \`${id}\` is of several accounts: say which by \`account:\``,
    );
  }
  return only[0];
}

/** A day: events further ahead than this are refused, as they are when they come in. */
const AHEAD = 86_400_000;

/** `track`: something happened, now or (`at`) earlier. */
export const track: Doer<"track"> = (world, { event, user, account, at, properties = {} }) => {
  const instant = at === undefined ? world.now : world.instant(at);
  if (instant > world.now + AHEAD) return [];
  if (!world.accounts.has(account)) world.add(account, null);
  world.happen(account, {
    name: event,
    at: instant,
    user: user ?? null,
    properties: properties as Record<string, Json>,
    engine: isEngineName(event),
  });
  return [account];
};

/** `outcome`: what became of the account's earliest open touch of a touchpoint. */
export const outcome: Doer<"outcome"> = (world, step) => {
  const { record } = world.account(step.account);
  const result = TOUCH_RESULTS.find((one) => one === step.result);
  if (!result) throw new ScenarioError(unknown("result", step.result, TOUCH_RESULTS));
  const open = [...record.touches.values()]
    .filter((touch) => touch.touchpoint === step.touch && isOpen(touch))
    .filter((touch) => step.contact === undefined || touch.contact === step.contact)
    .toSorted((a, b) => a.due - b.due || a.occurrence - b.occurrence);
  const [earliest] = open;
  const isAhead = earliest === undefined || (!earliest.human && earliest.due > world.today);
  const delivered = isAhead
    ? latestDelivered(world, step.account, step.touch, step.contact)
    : undefined;
  const touch = delivered ?? earliest;
  if (!touch) {
    const names = [
      ...new Set([...record.touches.values()].filter(isOpen).map(({ touchpoint }) => touchpoint)),
    ];
    throw new ScenarioError(
      `account \`${step.account}\` has no open touch of \`${step.touch}\`; open are: ${names.join(", ") || "none"}`,
    );
  }
  const { touch: after, events } = recordOutcome(touch, result, world.now, {
    ...(step.minutes === undefined ? {} : { minutes: step.minutes }),
    ...(step.note === undefined ? {} : { note: step.note }),
  });
  world.putTouch(step.account, after);
  for (const event of events) world.happen(step.account, { ...event, engine: true });
  for (const [trait, value] of Object.entries(step.set ?? {})) {
    world.account(step.account).inputs.setTrait(trait, value, world.told, world.today);
  }
  return [step.account];
};

/** A mail is opened or clicked after it was delivered, when the next of its series may be planned. */
function latestDelivered(
  world: World,
  account: string,
  touchpoint: string,
  receiver: string | undefined,
): Touch | undefined {
  return [...world.account(account).record.touches.values()]
    .filter((touch) => touch.touchpoint === touchpoint && touch.status === "done" && !touch.human)
    .filter((touch) => receiver === undefined || touch.contact === receiver)
    .toSorted((a, b) => (b.doneAt ?? 0) - (a.doneAt ?? 0))[0];
}

/** `pin`: a person's word on the level; `level: null` takes it back. */
export const pin: Doer<"pin"> = (world, { account, level, until, reason, by }) => {
  const { record } = world.account(account);
  const levels = world.model.levels.map(({ name }) => name);
  if (level !== null && !levels.includes(level))
    throw new ScenarioError(unknown("level", level, levels));
  record.state = {
    ...record.state,
    pin:
      level === null
        ? null
        : {
            level,
            until: until === undefined || until === null ? null : world.day(until),
            reason: reason ?? "",
            by: by ?? null,
          },
  };
  return [account];
};

/** `stage`: a person sets where the account stands; evaluation goes on from there. */
export const stage: Doer<"stage"> = (world, { account, stage: name }) => {
  const { record } = world.account(account);
  const stages = (world.model.lifecycle?.stages ?? []).map((one) => one.name);
  if (!stages.includes(name)) throw new ScenarioError(unknown("stage", name, stages));
  if (!record.state.decided)
    throw new ScenarioError(`account \`${account}\` is closed and in no stage`);
  record.state = { ...record.state, stageSet: name };
  return [account];
};

export function unknown(what: string, name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  return `there is no ${what} \`${name}\`${near === undefined ? "" : `; did you mean ${near}?`}`;
}

/** `opt_out`: a contact does not want a channel any more. */
export const opt_out: Doer<"opt_out"> = (world, { contact: id, channel, account }) => {
  if (!CHANNELS.some((known) => known === channel))
    throw new ScenarioError(unknown("channel", channel, CHANNELS));
  const of = account === undefined ? accountsOf(world, id) : [account];
  for (const one of of) {
    const { inputs } = world.account(one);
    const before = inputs.contact(id);
    if (!before) throw new ScenarioError(`account \`${one}\` has no contact \`${id}\``);
    inputs.putContact({ ...before, optOuts: [...new Set([...before.optOuts, channel])] });
  }
  return of;
};

function accountsOf(world: World, contactId: string): string[] {
  const found = [...world.accounts]
    .filter(([, { inputs }]) => inputs.contactIds.includes(contactId))
    .map(([id]) => id);
  if (found.length === 0) throw new ScenarioError(`there is no contact \`${contactId}\``);
  return found;
}

/** `answer`: a contact answers a survey. */
export const answer: Doer<"answer"> = (world, { contact: id, survey, score, account }) => {
  const of = account ?? accountOfContact(world, id);
  const user = world.account(of).inputs.contact(id)?.user ?? id;
  world.happen(of, {
    name: `survey:${survey}:answered`,
    at: world.now,
    user,
    properties: { score },
    engine: true,
  });
  return [of];
};
