import { z } from "zod";
import { isTimeZone } from "../../time/zone.ts";
import type { Entry } from "../entry.ts";
import { coded, duration, hours, nameText } from "../schema-pieces.ts";
import type { Scopes } from "../scopes.ts";
import type { Workspace } from "../types.ts";

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

export const workspaceSchema = z
  .strictObject({
    timezone: z.string().meta({
      title: "Time zone",
      description: "IANA name, like Europe/Berlin. A day begins at midnight there.",
    }),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, {
        error: coded(
          "not-allowed",
          "A currency is three capital letters.",
          "Like USD, EUR or MYR.",
        ),
      })
      .optional()
      .meta({ title: "Currency", description: "Three letters: USD, EUR, MYR." }),
    holidays: z
      .string()
      .regex(/^[A-Z]{2}(-[A-Za-z0-9]+){0,2}$/, {
        error: coded("bad-holidays", "This is no code of a country.", "Like MY, DE-BY or US-CA."),
      })
      .optional()
      .meta({
        title: "Public holidays",
        description:
          "Country, and state and region where they differ: MY, DE-BY. No touches by people then.",
      }),
    working_hours: hours("Working hours", 'When people work: "09:00-17:00".').optional(),
    working_days: z
      .array(z.enum(DAYS))
      .min(1)
      .optional()
      .meta({ title: "Working days", description: "Days of the week on which people work." }),
    plan_ahead: duration(1, "Plan ahead", "How far ahead touches are made.").optional(),
    revenue: nameText("Revenue").optional().meta({
      title: "Revenue",
      description: "The fact shown wherever money is shown. Default: arr.",
    }),
    renewal: nameText("Renewal").optional().meta({
      title: "Renewal",
      description: "The date shown wherever renewals are shown. Default: renewal_date.",
    }),
  })
  .meta({
    title: "Workspace",
    description: "Where and when the team works, and what it counts in.",
  });

export const DEFAULT_WORKSPACE: Workspace = {
  timezone: "UTC",
  currency: "USD",
  holidays: undefined,
  workingHours: { from: 9 * 60, to: 17 * 60 },
  workingDays: [1, 2, 3, 4, 5],
  planAhead: 60,
  revenue: undefined,
  renewal: undefined,
};

/** Reads the block once facts are known, since it names two of them. */
export function readWorkspace(
  entry: Entry,
  scopes: Scopes,
  knownHolidays: ((code: string) => boolean) | undefined,
): Workspace {
  const shape = entry.shape(workspaceSchema);
  checkZone(entry);
  const revenue = namedFact(entry, scopes, "revenue", "arr", "number");
  const renewal = namedFact(entry, scopes, "renewal", "renewal_date", "date");
  if (shape?.holidays !== undefined && knownHolidays && !knownHolidays(shape.holidays)) {
    const message = `No public holidays are known for "${shape.holidays}".`;
    const hint = "A country's two letters, then its state and region: MY, DE-BY.";
    entry.report("bad-holidays", message, hint, entry.spanOf("holidays"));
  }
  if (!shape) return { ...DEFAULT_WORKSPACE, revenue, renewal };
  const days = shape.working_days?.map((day) => DAYS.indexOf(day) + 1);
  return {
    timezone: shape.timezone,
    currency: shape.currency ?? DEFAULT_WORKSPACE.currency,
    holidays: shape.holidays,
    workingHours: shape.working_hours ?? DEFAULT_WORKSPACE.workingHours,
    workingDays: days ? [...new Set(days)].sort((a, b) => a - b) : DEFAULT_WORKSPACE.workingDays,
    planAhead: shape.plan_ahead ?? DEFAULT_WORKSPACE.planAhead,
    revenue,
    renewal,
  };
}

function checkZone(entry: Entry): void {
  const node = entry.field("timezone");
  if (node?.kind !== "scalar" || typeof node.value !== "string" || isTimeZone(node.value)) return;
  const hint = entry.reading.didYouMean(
    node.value,
    Intl.supportedValuesOf("timeZone"),
    "IANA names look like Europe/Berlin or America/New_York.",
  );
  entry.report("bad-timezone", `There is no time zone "${node.value}".`, hint, node);
}

/** A fact of the right type: the one named, else the usual one where the model has it. */
function namedFact(
  entry: Entry,
  scopes: Scopes,
  key: "revenue" | "renewal",
  usual: string,
  kind: "number" | "date",
): string | undefined {
  if (!entry.has(key)) {
    if (scopes.facts.get(usual)?.type?.kind !== kind) return undefined;
    entry.reading.use("fact", usual);
    return usual;
  }
  const name = entry.reference(key, "fact");
  const type = name === undefined ? undefined : scopes.facts.get(name)?.type;
  if (type && type.kind !== kind) {
    const message = `${key} has to be a ${kind}, and ${name ?? ""} is a ${type.kind}.`;
    entry.report("fact-type", message, undefined, entry.spanOf(key));
  }
  return name;
}
