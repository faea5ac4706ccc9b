import { formatDay } from "../../core/time/day.ts";
import { formatInstant } from "../../core/time/zone.ts";
import { type MayChange, rowJson } from "./today-json.ts";
import type { Since, TouchBrief } from "./touch-brief.ts";

/** What one needs for a call, as the API shows it. */
export function briefJson(brief: TouchBrief, may: MayChange) {
  const { account, appointment, talkingPoints, nextOfSeries } = brief;
  return {
    touch: rowJson(brief.row, may),
    account: {
      id: account.id,
      name: account.name,
      owner: account.owner,
      owner_name: account.ownerName,
      timezone: account.timezone,
      since: formatDay(account.since),
    },
    health: healthJson(brief),
    stage: stageJson(brief),
    level: levelJson(brief),
    since: sinceJson(brief.since),
    contacts: brief.contacts.map(({ contact, isMeant, preferences }) => ({
      id: contact.id,
      name: contact.name,
      email: contact.email,
      role: contact.role,
      timezone: contact.timezone,
      opt_outs: [...contact.optOuts],
      is_meant: isMeant,
      preferences: { ...preferences },
    })),
    contact_count: brief.contactCount,
    notes: brief.notes.map(({ id, at, note, touch, byName }) => ({
      id,
      at: formatInstant(at),
      by: byName,
      note,
      touch: touch && { ...touch },
    })),
    action_items: brief.actionItems.map(({ due, of, doer, ...item }) => ({
      ...item,
      due: due === null ? null : formatDay(due),
      touch: of.id,
      title: of.title,
      may_change: may(account.owner, of.owner, doer),
    })),
    talking_points: talkingPoints && { ...talkingPoints },
    appointment: appointment && {
      starts_at: formatInstant(appointment.startsAt),
      minutes: appointment.minutes,
      place: appointment.place,
      attendees: appointment.attendees.map(({ contact, name, email }) => ({
        contact,
        name,
        email,
      })),
    },
    next_of_series: nextOfSeries === null ? null : formatDay(nextOfSeries),
  };
}

/** Each measure with its rule and what it read, and how it stood at the last touch. */
function healthJson({ explanation, since: { before } }: TouchBrief) {
  if (!explanation) return null;
  const { health, rules } = explanation;
  return {
    score: health.score,
    band: health.band,
    coverage: health.coverage,
    was: before && { score: before.health.score, band: before.health.band, on: before.at },
    measures: Object.entries(health.measures).map(([name, { score, weight, share }]) => ({
      name,
      score,
      weight,
      share,
      before: before?.health.measures[name]?.score ?? null,
      rule: rules.measures[name]?.text ?? "",
      actual: { ...rules.measures[name]?.actual },
    })),
    caps: health.caps.map((name) => ({ name, rule: rules.caps[name]?.text ?? "" })),
  };
}

function stageJson({ explanation }: TouchBrief) {
  const stage = explanation?.stage;
  if (!stage) return null;
  return {
    name: stage.name,
    since: stage.since,
    status: stage.status,
    exit: Object.entries(stage.exit).map(([name, { met, actual }]) => ({
      name,
      met,
      rule: explanation.rules.exit[name]?.text ?? "",
      actual: { ...actual },
    })),
  };
}

function levelJson({ explanation }: TouchBrief) {
  const level = explanation?.level;
  if (!level) return null;
  const { name, base, since, held, pinned, steps } = level;
  const applied = steps.filter((step) => step.applied && step.name !== undefined);
  return {
    name,
    base,
    since,
    held,
    pinned: pinned && { reason: pinned.reason, until: pinned.until },
    because: applied.map((step) => step.name ?? ""),
  };
}

function sinceJson({ day, touch, facts, entries }: Since) {
  return {
    day: formatDay(day),
    touch: touch && { ...touch },
    facts: facts.map((fact) => ({ ...fact })),
    entries: entries.map(({ at, kind, text, more }) => ({
      at: formatInstant(at),
      kind,
      text,
      more: [...more],
    })),
  };
}
