export { AccountHistory } from "./account-history.ts";
export { ContactHistory } from "./contact-history.ts";
export { eventEnv, isEngineName, matchesPattern } from "./event-match.ts";
export { EARLY_BUILT_INS, type FactPlan, planFacts } from "./fact-plan.ts";
export { compileDerivedFacts, type DerivedFacts, fillBaseFacts } from "./fill-facts.ts";
export { readDay, readInstant, readTyped, showTyped } from "./read-typed.ts";
export type * from "./types.ts";
