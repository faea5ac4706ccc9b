/**
 * Every code a rule's problem can have, with what it means in one line. docs/reference and the
 * checks of a whole model are held to this list.
 */
export const RULE_CODES = {
  "rule-syntax": "The rule cannot be read: something is missing, left over or misspelt.",
  "rule-too-long": "The rule is longer than 10,000 characters.",
  "rule-too-deep": "The rule is nested too deep or chains too many operators.",
  "rule-type": "A part of the rule is of another kind than its place needs.",
  "rule-unsupported": "The rule uses a part of CEL that touch models leave out.",
  "unknown-name": "No fact, built-in or segment of this name exists.",
  "later-block": "The name exists, but only in a later block of the model.",
  "unknown-function": "No function or string test of this name exists.",
  "rule-arguments": "A function is given too few or too many values.",
  "unknown-value": "A value that the fact it is compared with can never have.",
  "level-order": "Texts are compared with <, <=, > or >=, but names have no order.",
  "invalid-date": "The text inside date(…) is no calendar day such as 2026-03-01.",
  "invalid-pattern":
    "The pattern of matches(…) is no valid or no reasonably small regular expression.",
} as const satisfies Record<string, string>;

export type RuleCode = keyof typeof RULE_CODES;
