import { z } from "zod";
import { aboutModel } from "../../core/explain/index.ts";
import { isOpen } from "../../core/schedule/index.ts";
import type { AccountExplanation } from "../../engine/explain-account.ts";
import type { KnownAccount, ListedAccount } from "../../engine/ports.ts";
import { touchJson } from "../../core/schedule/index.ts";
import { dayOut, dayText, timeOut, timeText, traitsOut } from "./fields.ts";
import { decisionShape, touchShape } from "./shapes.ts";

export const listedAccountShape = z
  .object({
    id: z.string(),
    name: z.string().nullable(),
    owner: z.string().nullable(),
    created_at: dayOut.nullable(),
    closed_at: dayOut.nullable(),
    decided_on: dayOut.nullable(),
    level: z.string().nullable(),
    base_level: z.string().nullable(),
    held: z.boolean(),
    pinned: z.boolean(),
    stage: z.string().nullable(),
    stage_status: z.string().nullable(),
    health: z.number().nullable(),
    health_band: z.string().nullable(),
    segments: z.record(z.string(), z.unknown()),
    facts: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "ListedAccount" });

export function listedAccount(account: ListedAccount): z.infer<typeof listedAccountShape> {
  const { id, name, owner, decision } = account;
  return {
    id,
    name,
    owner,
    created_at: dayText(account.createdAt),
    closed_at: dayText(account.closedAt),
    decided_on: dayText(account.decidedOn),
    level: decision?.level?.name ?? null,
    base_level: decision?.level?.base ?? null,
    held: decision?.level?.held ?? false,
    pinned: Boolean(decision?.level?.pinned),
    stage: decision?.stage?.name ?? null,
    stage_status: decision?.stage?.status ?? null,
    health: decision?.health.score ?? null,
    health_band: decision?.health.band ?? null,
    segments: decision?.segments ?? {},
    facts: decision?.facts ?? {},
  };
}

export const accountShape = listedAccountShape
  .extend({
    parent: z.string().nullable(),
    timezone: z.string().nullable(),
    first_seen_at: timeOut,
    traits: traitsOut,
    traits_since: z.record(z.string(), dayOut),
    contacts: z.int(),
    open_touches: z.int(),
    waiting: z.boolean().meta({ description: "Something arrived that no decision knows of yet." }),
    decision: decisionShape.nullable(),
  })
  .meta({ id: "Account" });

export function knownAccount(account: KnownAccount): z.infer<typeof accountShape> {
  const { parent, timezone, traits, contacts, openTouches, waiting, decision } = account;
  return {
    ...listedAccount(account),
    parent,
    timezone,
    first_seen_at: timeText(account.firstSeenAt) ?? "",
    traits: Object.fromEntries(traits.map(({ trait, value }) => [trait, value])),
    traits_since: Object.fromEntries(traits.map(({ trait, from }) => [trait, dayText(from) ?? ""])),
    contacts,
    open_touches: openTouches,
    waiting,
    decision: decision as z.infer<typeof decisionShape> | null,
  };
}

/** Of the data alone: a decision made meanwhile is nobody's change. */
export function accountTag({ factsRev }: KnownAccount): string {
  return `"f${factsRev}"`;
}

/** The `factsRev` of an If-Match header; undefined: there is none, or it fits all. */
export function seenRevision(header: string | undefined): number | undefined {
  const rev = /^(?:W\/)?"f(\d+)"$/.exec(header?.trim() ?? "")?.[1];
  if (header === undefined || header.trim() === "*") return undefined;
  return rev === undefined ? -1 : Number(rev);
}

const aboutShape = z
  .object({
    levels: z.array(z.string()).meta({ description: "Highest first." }),
    hold: z.number().meta({ description: "Days for which a level is kept before it is lowered." }),
    base: z.array(z.object({ rule: z.string(), level: z.string() })),
    otherwise: z.string().nullable(),
    adjust: z.array(
      z.object({
        name: z.string(),
        rule: z.string(),
        effect: z.string(),
        keep: z.number().nullable(),
      }),
    ),
    stages: z.array(
      z.object({
        name: z.string(),
        expect: z.number().nullable().meta({ description: "Days; longer is overdue." }),
        next: z.string().nullable(),
        criteria: z.int(),
      }),
    ),
    bands: z.array(z.object({ name: z.string(), from: z.number() })).meta({
      description: "Lowest first.",
    }),
    caps: z.record(z.string(), z.object({ rule: z.string(), at_most: z.number() })),
    min_coverage: z.number(),
    facts: z.record(z.string(), z.object({ type: z.string(), unit: z.string().nullable() })),
    currency: z.string(),
    revenue: z.string().nullable(),
    renewal: z.string().nullable(),
    programs: z.array(z.string()),
  })
  .meta({ id: "AboutModel", description: "What the model says of what the explanation names." });

export const explanationShape = decisionShape
  .extend({
    stored: z.boolean(),
    rules: z.looseObject({}),
    name: z.string().nullable(),
    owner: z.string().nullable(),
    changes: z.looseObject({}).nullable().meta({
      description: "The smallest single change that would give another level; today only.",
    }),
    touches: z.array(touchShape).meta({
      description: "Open ones and done ones; for a past day, as they stood at its end.",
    }),
    about: aboutShape,
  })
  .meta({
    id: "Explanation",
    description: "A decision with every rule's parts and actual values.",
  });

export function explanationJson(found: AccountExplanation): z.infer<typeof explanationShape> {
  const { account, explanation, changes, model, touches } = found;
  return {
    ...explanation,
    name: account.name,
    owner: account.owner,
    changes: changes ? { ...changes } : null,
    touches: touches.filter((touch) => isOpen(touch) || touch.doneAt !== null).map(touchJson),
    about: aboutModel(model),
  } as unknown as z.infer<typeof explanationShape>;
}
