import { asksContact } from "../decide/program-signals.ts";
import { evaluateRule } from "../rules/evaluate.ts";
import type { Draft } from "./draft.ts";
import type { Person } from "./persons.ts";

/**
 * Whether a program's `when` holds for the account, and for the person where the rule asks
 * for the contact. A program without one holds always.
 */
export function programHolds(draft: Draft, program: number, person: Person | null): boolean {
  if (!draft.input.holds(program)) return false;
  const when = draft.model.programs[program]?.when;
  if (!when || !person || !asksContact(draft.model, when)) return true;
  return person.members.some((contact) => evaluateRule(when, draft.env(contact)) === true);
}
