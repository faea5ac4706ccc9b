import { TOUCH_STATUSES } from "../schedule/touch-words.ts";
import { z } from "zod";
import { parseDuration } from "../time/duration.ts";
import type { ModelCode } from "./codes.ts";

/**
 * The small schemas that blocks are made of. A message of our own is written `code|message|hint`:
 * zod has no place for a diagnostic's code, and shape-issues.ts takes it apart again.
 */
export function coded(code: ModelCode, message: string, hint = ""): string {
  return `${code}|${message}|${hint}`;
}

export const NAME = /^[a-z][a-z0-9_]*$/;

/** Longest time the language counts: 100 years. */
const MAX_DAYS = 36_500;

const NAME_HELP = "Lower-case letters, digits and underscores, starting with a letter.";

/** A name of the model's own. */
export function nameText(title: string) {
  return z
    .string()
    .regex(NAME, {
      error: (issue) => coded("bad-name", `"${String(issue.input)}" is no name.`, NAME_HELP),
    })
    .meta({ title });
}

/** Text that may be anything but nothing. */
export function freeText(title: string, description?: string) {
  const schema = z.string().regex(/\S/, { error: coded("wrong-type", `${title} is empty.`) });
  return schema.meta(description === undefined ? { title } : { title, description });
}

/** A rule as YAML has it: text, or a bare `true`, or a number where a number is asked for. */
export const ruleText = z
  .union([z.string(), z.boolean(), z.number()], {
    error: coded("wrong-type", "A rule belongs here.", 'A rule is text, such as plan == "pro".'),
  })
  .meta({ title: "Rule", description: 'A rule in CEL, such as arr >= 25000 && plan == "pro".' });

export function rule(title: string, description: string) {
  return ruleText.meta({ title, description });
}

/** `Nd` or `Nw` → whole days, at least `least`. */
export function duration(least: number, title: string, description: string) {
  const wrong = (issue: { readonly input?: unknown }): string =>
    coded("bad-duration", `${shown(issue.input)} is no duration.`, durationHint(issue.input));
  return z
    .string({ error: wrong })
    .regex(/^\d{1,6}[dw]$/, { error: wrong })
    .refine((text) => (parseDuration(text) ?? least) >= least, {
      error: coded("out-of-range", `This has to be at least ${least}d.`),
    })
    .refine((text) => (parseDuration(text) ?? 0) <= MAX_DAYS, {
      error: coded("out-of-range", `This can be ${MAX_DAYS}d (100 years) at most.`),
    })
    .transform((text) => parseDuration(text) ?? least)
    .meta({ title, description: `${description} Days or weeks: 14d, 2w.` });
}

function durationHint(input: unknown): string {
  const number = /^\s*(\d+)/.exec(String(input))?.[1];
  return number === undefined
    ? "Durations are whole days or weeks: 14d, 2w."
    : `Durations are whole days or weeks: ${number}d or ${number}w.`;
}

/** `HH:MM-HH:MM` → minutes after midnight. */
export function hours(title: string, description: string) {
  const wrong = (issue: { readonly input?: unknown }): string =>
    coded(
      "bad-hours",
      `${shown(issue.input)} is no span of hours.`,
      'Write it like "09:00-17:00".',
    );
  return z
    .string({ error: wrong })
    .regex(/^([01]?\d|2[0-3]):[0-5]\d-(([01]?\d|2[0-3]):[0-5]\d|24:00)$/, { error: wrong })
    .transform((text) => {
      const [from = "", to = ""] = text.split("-");
      return { from: minutesOf(from), to: minutesOf(to) };
    })
    .refine(({ from, to }) => from < to, {
      error: coded("bad-hours", "The span ends before it starts.", "It has to lie within one day."),
    })
    .meta({ title, description });
}

function minutesOf(clock: string): number {
  const [hour, minute] = clock.split(":");
  return Number(hour) * 60 + Number(minute);
}

function shown(input: unknown): string {
  if (input === null || input === undefined) return "Nothing";
  return typeof input === "string" || typeof input === "number" ? `"${input}"` : "This";
}

export const CHANNELS = [
  "email",
  "in_app",
  "slack",
  "webhook",
  "task",
  "call",
  "video",
  "in_person",
  "webinar",
] as const;

export const DRIVES = ["adoption", "expansion", "renewal", "advocacy", "activation"] as const;

export const DOERS = [
  "owner",
  "csm",
  "sales",
  "support",
  "marketing",
  "cs_ops",
  "product",
  "automation",
] as const;

export const OWNERS = ["csm", "pod", "pool", "automation"] as const;

/** Statuses whose coming is an event; being planned is none. */
export const EVENT_STATUSES = TOUCH_STATUSES.filter((status) => status !== "planned");
