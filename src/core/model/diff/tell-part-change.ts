import { number } from "./parts.ts";
import { type RuleWords, tellRuleChange } from "./tell-rule-change.ts";
import type { Part } from "./thing.ts";

/** What became of one part of a thing that is called `title`, in a sentence. */
export function tellPartChange(
  title: string,
  before: Part | undefined,
  after: Part | undefined,
  words: RuleWords,
): string {
  const part = after ?? before;
  if (!part) return "";
  if (part.rule) return tellRule(title, before, after, words);
  const { label } = part;
  if (part.isFlag) return `${title} ${after ? "now" : "no longer"} ${label}`;
  if (before?.members && after?.members) {
    return before.isOrdered
      ? `${title}: ${label} is now ${after.shown}; was ${before.shown}`
      : `${title}: ${label}: ${joinAndLeave(before.members, after.members)}`;
  }
  if (part.isVerb) return `${title} ${verbChange(part, before, after)}`;
  if (!before) return `${title}: ${label} is now ${after?.shown ?? ""}, was not given`;
  if (!after) return `${title}: ${label} is no longer given, was ${before.shown}`;
  return `${title}: ${label} is now ${after.shown}, was ${before.shown}`;
}

function tellRule(
  title: string,
  before: Part | undefined,
  after: Part | undefined,
  words: RuleWords,
): string {
  const label = after?.label ?? before?.label ?? "";
  const subject = label === "" ? title : `${title}: ${label}`;
  if (!before?.rule) return `${subject} now needs ${after?.shown ?? ""}`;
  if (!after?.rule) return `${subject} no longer needs ${before.shown}`;
  return `${subject} ${tellRuleChange(before.rule, after.rule, words)}`;
}

function verbChange({ label }: Part, before: Part | undefined, after: Part | undefined): string {
  if (!before) return `now ${label} ${after?.shown ?? ""}`;
  if (!after) return `no longer ${label} ${before.shown}`;
  return `${label} ${after.shown}, was ${before.shown}`;
}

function joinAndLeave(before: readonly string[], after: readonly string[]): string {
  const come = after.filter((one) => !before.includes(one));
  const gone = before.filter((one) => !after.includes(one));
  return [
    ...(come.length > 0 ? [`${come.join(", ")} ${come.length === 1 ? "joins" : "join"}`] : []),
    ...(gone.length > 0 ? [`${gone.join(", ")} ${gone.length === 1 ? "leaves" : "leave"}`] : []),
  ].join("; ");
}

/** `1st`, `2nd`, `13th`. */
export function ordinal(n: number): string {
  const teen = n % 100 >= 11 && n % 100 <= 13;
  const ending = teen ? "th" : (["th", "st", "nd", "rd"][n % 10] ?? "th");
  return `${number(n)}${ending}`;
}
