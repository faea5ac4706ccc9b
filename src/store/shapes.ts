import type { ContactInput, Json } from "../core/facts/types.ts";
import type { Touch } from "../core/schedule/types.ts";
import type { Day, Instant } from "../core/time/day.ts";
import { RecordShape } from "./db/record-shape.ts";

/** The tables' rows as records: which field is which column. One place, for writing and reading. */

export interface AccountRecord {
  readonly bucket: number;
  readonly id: string;
  readonly name: string | null;
  readonly owner: string | null;
  /** Given to it here; then `ownerSaid` is what imports had said last. */
  readonly ownerByHand: boolean;
  readonly ownerSaid: string | null;
  readonly parent: string | null;
  readonly createdAt: Day | null;
  readonly closedAt: Day | null;
  readonly timezone: string | null;
  readonly firstSeen: Day;
  readonly firstSeenAt: Instant;
  readonly knownAsOf: Day;
  readonly news: number;
  readonly byHandNews: number;
  readonly stateRev: number;
  readonly factsRev: number;
  readonly decidedNews: number;
  readonly decidedModel: number | null;
  readonly decidedOn: Day | null;
}

export const ACCOUNT = new RecordShape<AccountRecord>({
  bucket: ["bucket", "int2"],
  id: ["id", "text"],
  name: ["name", "text"],
  owner: ["owner", "text"],
  ownerByHand: ["owner_by_hand", "bool"],
  ownerSaid: ["owner_said", "text"],
  parent: ["parent", "text"],
  createdAt: ["created_at", "day"],
  closedAt: ["closed_at", "day"],
  timezone: ["timezone", "text"],
  firstSeen: ["first_seen", "day"],
  firstSeenAt: ["first_seen_at", "instant"],
  knownAsOf: ["known_as_of", "day"],
  news: ["news", "int8"],
  byHandNews: ["by_hand_news", "int8"],
  stateRev: ["state_rev", "int8"],
  factsRev: ["facts_rev", "int8"],
  decidedNews: ["decided_news", "int8"],
  decidedModel: ["decided_model", "int4"],
  decidedOn: ["decided_on", "day"],
});

export interface TraitRecord {
  readonly bucket: number;
  readonly account: string;
  readonly contact: string;
  readonly trait: string;
  readonly from: Day;
  readonly arrived: Instant;
  readonly value: Json;
}

export const ACCOUNT_TRAIT = new RecordShape<Omit<TraitRecord, "contact">>({
  bucket: ["bucket", "int2"],
  account: ["account", "text"],
  trait: ["trait", "text"],
  from: ["from_on", "day"],
  arrived: ["arrived", "instant"],
  value: ["value", "jsonb"],
});

export const CONTACT_TRAIT = new RecordShape<TraitRecord>({
  bucket: ["bucket", "int2"],
  account: ["account", "text"],
  contact: ["contact", "text"],
  trait: ["trait", "text"],
  from: ["from_on", "day"],
  arrived: ["arrived", "instant"],
  value: ["value", "jsonb"],
});

export interface ContactRecord extends ContactInput {
  readonly bucket: number;
  readonly account: string;
  readonly knownAsOf: Day;
}

export const CONTACT = new RecordShape<ContactRecord>({
  bucket: ["bucket", "int2"],
  account: ["account", "text"],
  id: ["id", "text"],
  user: ["user_id", "text"],
  email: ["email", "text"],
  name: ["name", "text"],
  role: ["role", "text"],
  timezone: ["timezone", "text"],
  locale: ["locale", "text"],
  createdAt: ["created_at", "day"],
  from: ["from_on", "day"],
  knownAsOf: ["known_as_of", "day"],
  optOuts: ["opt_outs", "texts"],
});

export interface EventRecord {
  readonly bucket: number;
  readonly account: string;
  readonly id: string;
  readonly name: string;
  readonly at: Instant;
  readonly user: string | null;
  readonly properties: { readonly [key: string]: Json };
  readonly engine: boolean;
  readonly pending: boolean;
}

export const EVENT = new RecordShape<EventRecord>({
  bucket: ["bucket", "int2"],
  account: ["account", "text"],
  id: ["id", "text"],
  name: ["name", "text"],
  at: ["at", "instant"],
  user: ["user_id", "text"],
  properties: ["properties", "jsonb"],
  engine: ["engine", "bool"],
  pending: ["pending", "bool"],
});

export interface TouchRecord extends Touch {
  readonly bucket: number;
}

export const TOUCH = new RecordShape<TouchRecord>({
  bucket: ["bucket", "int2"],
  account: ["account", "text"],
  key: ["key", "text"],
  id: ["id", "text"],
  contact: ["contact", "text"],
  touchpoint: ["touchpoint", "text"],
  title: ["title", "text"],
  program: ["program", "text"],
  run: ["run", "int4"],
  step: ["step", "text"],
  occurrence: ["occurrence", "int4"],
  due: ["due", "day"],
  unshifted: ["unshifted", "day"],
  startsAt: ["starts_at", "instant"],
  channel: ["channel", "text"],
  by: ["done_by", "text"],
  accountable: ["accountable", "text"],
  human: ["human", "bool"],
  must: ["must", "bool"],
  owner: ["owner", "text"],
  minutes: ["minutes", "number"],
  minutesSpent: ["minutes_spent", "number"],
  purpose: ["purpose", "text"],
  drives: ["drives", "text"],
  priority: ["priority", "text"],
  status: ["status", "text"],
  result: ["result", "text"],
  reason: ["reason", "text"],
  note: ["note", "text"],
  actionItems: ["action_items", "json"],
  plannedAt: ["planned_at", "instant"],
  doneAt: ["done_at", "instant"],
  modelVersion: ["model_version", "int4"],
});
