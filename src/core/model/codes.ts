import { RULE_CODES } from "../rules/codes.ts";
import type { Diagnostic } from "./diagnostic.ts";

interface CodeInfo {
  readonly severity: Diagnostic["severity"];
  /** What it means, in one line. */
  readonly title: string;
}

/**
 * Every code a touch model's diagnostics can have. They are stable: a code is never given
 * another meaning. docs/reference/diagnostics has a page for each, and a test holds the two
 * together.
 */
const MODEL_CODES = {
  // the file
  "file-too-large": error("The file is larger than a touch model may be."),
  "bad-character": error("The file holds a character that no text file should hold."),
  "nested-too-deep": error("Lists and blocks are nested too deep."),
  "not-a-model": error("The file is empty or is no block of keys and values."),
  "yaml-syntax": error("The file is no valid YAML."),
  "yaml-key": error("A key is no plain word or text."),
  "yaml-tag": error("A YAML tag such as !name stands where none is allowed."),
  "yaml-alias": error("A YAML alias leads nowhere, into itself, or to too much."),
  "yaml-merge-key": error("YAML's merge key << is not part of the language."),
  "duplicate-key": error("A key is there twice in one block."),
  "rule-needs-quotes": error("YAML reads this rule as something else unless it is quoted."),
  // the shape of a block
  "unknown-key": error("A key that this block does not have."),
  "missing-key": error("A key that this block cannot do without is missing."),
  "missing-block": error("A block is used here that the model does not have."),
  "wrong-type": error("A value is of another kind than this key needs."),
  "not-allowed": error("A value that is not among those this key may have."),
  "out-of-range": error("A number or a time is too small or too large here."),
  "choose-one": error("Of several keys that exclude each other, not exactly one is given."),
  "bad-name": error("A name is not made of lower-case letters, digits and underscores."),
  "reserved-name": error("The name belongs to the language and cannot be given again."),
  "bad-duration": error("A duration is not written as days or weeks, like 14d or 2w."),
  "bad-hours": error("A span of hours is not written like 09:00-17:00."),
  "bad-cap": error("A cap is not written like 2 per 7d."),
  "bad-timezone": error("There is no time zone of this name."),
  "bad-holidays": error("No public holidays are known under this code."),
  "bad-event": error("An event name that no event can have."),
  "duplicate-name": error("The same name is given twice."),
  // what names name
  "unknown-fact": error("No fact of this name exists."),
  "unknown-stage": error("No lifecycle stage of this name exists."),
  "unknown-level": error("No touch level of this name exists."),
  "unknown-touchpoint": error("No touchpoint of this name exists."),
  "unknown-priority": error("The priority is not in the list under caps."),
  "unknown-event": error("An event of the engine names something that does not exist."),
  // what the blocks mean together
  "fact-cycle": error("Facts are made of each other in a circle."),
  "fact-type": error("A fact of another type is needed here."),
  "wrong-default": error("A trait's default does not fit its type or its values."),
  "no-otherwise": error("The base rules of touch do not end in an otherwise."),
  "unreachable-entry": error("An earlier entry is always true when this one is."),
  "unreachable-enter": error("No stage can be left for this one, so its enter never counts."),
  "unreachable-stage": error("Nothing leads to this stage."),
  "empty-exit": error("A stage's exit lists no criterion."),
  "missing-next": error("A stage has an exit but no stage to go to."),
  "band-order": error("Health bands do not start at 0 or do not ascend."),
  "cap-contradiction": error("Two caps of one list contradict each other."),
  "arm-weights": error("An experiment's arms do not share out to 1."),
  "share-range": error("The levels' shares of the book cannot be met together."),
  "no-pool": error("Accounts without an owner get touches by people, and no level is a pool."),
  // warnings
  "unused-fact": warning("Nothing uses this fact."),
  "unused-touchpoint": warning("No program uses this touchpoint."),
  "unused-template": warning("No touchpoint uses this message file."),
  "missing-message": warning("The message file that a touchpoint names is not there."),
  "level-without-program": warning("No program can run for accounts on this level."),
  "caps-too-tight": warning("The caps do not let a program send all that it plans."),
  "minutes-over-hours": warning("The touches by people need more hours than there are."),
  "outside-level": warning("A touch by a person that the level's channels or kinds leave out."),
  "unknown-trait": warning("Closing the touch asks for a trait that the model does not use."),
} as const satisfies Record<string, CodeInfo>;

export type ModelCode = keyof typeof MODEL_CODES;

/** The whole catalogue, the codes of rules included: code → severity and title. */
export const CODES: ReadonlyMap<string, CodeInfo> = new Map<string, CodeInfo>([
  ...Object.entries(MODEL_CODES),
  ...Object.entries(RULE_CODES).map(([code, title]) => [code, error(title)] as const),
]);

/** Whether a code is an error or a warning; a code nobody listed is a bug. */
export function severityOf(code: string): Diagnostic["severity"] {
  const info = CODES.get(code);
  if (!info) throw new Error(`diagnostic code ${code} is not in the catalogue`);
  return info.severity;
}

function error(title: string): { readonly severity: "error"; readonly title: string } {
  return { severity: "error", title };
}

function warning(title: string): { readonly severity: "warning"; readonly title: string } {
  return { severity: "warning", title };
}
