import { contactsKind, saidKind } from "./contact-facts.ts";
import { eventKinds } from "./event-aggregates.ts";
import type { FactKind } from "./fact-kind.ts";
import { changeKind, ratioKind } from "./past.ts";
import { traitKind } from "./trait.ts";
import { workedOutKind } from "./worked-out.ts";

/** Every kind of fact there is; a new one is a file beside these and a line here. */
export const FACT_KINDS: readonly FactKind[] = [
  traitKind,
  ...eventKinds,
  contactsKind,
  saidKind,
  ratioKind,
  changeKind,
  workedOutKind,
];
