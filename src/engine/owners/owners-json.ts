import { formatDay } from "../../core/time/day.ts";
import type { OwnersChanged } from "./change-owner.ts";
import type { SuggestedOwners } from "./suggest-owners.ts";
import type { OwnersReport } from "./who-owns.ts";

/** What commands and the API show of owners: one form for both. */

export function ownersJson({ model, today, weeks, people, levels, ...rest }: OwnersReport) {
  return {
    model: model.name,
    today: formatDay(today),
    currency: model.workspace.currency,
    weeks,
    people: people.map(({ isStranger, levels: own, ...line }) => ({
      ...line,
      in_team: !isStranger,
      levels: own.map((one) => ({ ...one })),
    })),
    levels: levels.map(({ kind, tooMuch, examples, ...level }) => ({
      ...level,
      by: kind,
      too_much: tooMuch,
      examples: [...examples],
    })),
    accounts: rest.accounts,
    suggestions: rest.suggestions,
  };
}

export function suggestionsJson({ model, today, until, weeks, ...found }: SuggestedOwners) {
  return {
    model: model.name,
    today: formatDay(today),
    until: formatDay(until),
    weeks,
    suggestions: found.suggestions.map(({ kind, from, to, reasons, ...one }) => ({
      ...one,
      by: kind,
      from,
      to,
      from_name: from === null ? null : (found.names.get(from) ?? null),
      to_name: to === null ? null : (found.names.get(to) ?? null),
      reasons: [...reasons],
    })),
    nobody_fits: found.nobodyFits.map(({ kind, ...one }) => ({ ...one, by: kind })),
    people: found.people.map((one) => ({
      ...one,
      before: { ...one.before },
      after: { ...one.after },
    })),
  };
}

export function ownersChangedJson({ changed, run }: OwnersChanged) {
  return {
    changed: changed.map(({ account, name, from, to, moved, tasks }) => ({
      account,
      name,
      from,
      to,
      touches_moved: moved,
      tasks: tasks.map(({ id, touchpoint, title, owner, due }) => ({
        id,
        touchpoint,
        title,
        owner,
        due: formatDay(due),
      })),
    })),
    moved: run.moved.map((one) => ({ ...one })),
  };
}
