import { isEngineName } from "../../core/facts/event-match.ts";
import type { Instant } from "../../core/time/day.ts";
import type { IngestMessage } from "../ports/ingest.ts";
import { contentHash, contentId } from "./content-id.ts";
import { dayOfLate, eventTime } from "./event-time.ts";
import { readAccountFields, readContactFields, type TraitReading } from "./known-fields.ts";
import { LIMITS } from "./limits.ts";
import {
  asFields,
  type Fields,
  isTooDeep,
  isTooLong,
  quote,
  readProperties,
  textOf,
} from "./plain-values.ts";

/** One item of what a client sent, read: a message for the store, or why it is none. */
export type ItemRead =
  | { readonly message: IngestMessage; readonly warnings: readonly string[] }
  | { readonly refused: string; readonly id: string | null };

export interface MessageReading extends TraitReading {
  readonly receivedAt: Instant;
  /** When the batch was sent, where its items do not say. */
  readonly sentAt: unknown;
  /** For messages without id and timestamp, of which every one is new. */
  readonly newId: () => string;
}

export const KINDS = ["identify", "track", "group", "page", "screen", "alias"] as const;
export type Kind = (typeof KINDS)[number];

/** Thrown and caught in this file: why an item is refused. */
class Refusal extends Error {}

/** An item as Segment and RudderStack send it; `kind` where the route says it, else its `type`. */
export function readMessage(item: unknown, kind: Kind | null, reading: MessageReading): ItemRead {
  const fields = asFields(item);
  if (!fields) return { refused: `an event is a JSON object, not ${quote(item)}`, id: null };
  try {
    return read(fields, kind ?? kindOf(fields), reading);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { refused: error.message, id: textOf(fields["messageId"]) };
  }
}

function read(item: Fields, kind: Kind, reading: MessageReading): ItemRead {
  if (isTooDeep(item)) throw new Refusal(`values are nested deeper than ${LIMITS.depth}`);
  const context = asFields(item["context"]) ?? {};
  const said = whatIsSaid(item, kind, context);
  const { original, ...ids } = identity(item, kind, context);
  const time = eventTime(original, item["sentAt"] ?? reading.sentAt, reading.receivedAt);
  if ("problem" in time) throw new Refusal(time.problem);
  const hash = contentHash({
    kind: said.kind,
    ...ids,
    name: said.name,
    timestamp: original ?? null,
    values: said.values,
  });
  const { at } = time;
  const common = {
    id: messageId(item, original, hash, reading),
    hash,
    at,
    ...ids,
    asOf: dayOfLate(at, reading.receivedAt, reading.zone),
  };
  switch (said.kind) {
    case "track": {
      const { values: properties, warnings } = readProperties(Object.entries(said.values));
      return { message: { kind: "track", ...common, event: said.name, properties }, warnings };
    }
    case "group": {
      const { fields, warnings } = readAccountFields(said.values, reading);
      const accountId = ids.accountId ?? "";
      return { message: { kind: "group", ...common, accountId, fields }, warnings };
    }
    case "identify": {
      const { fields, warnings } = readContactFields(said.values, context, reading);
      return { message: { kind: "identify", ...common, fields }, warnings };
    }
    case "alias":
      return { message: { kind: "alias", ...common, previousId: said.name }, warnings: [] };
  }
}

function kindOf(item: Fields): Kind {
  const type = item["type"];
  const kind = KINDS.find((known) => known === type);
  if (kind) return kind;
  throw new Refusal(
    type === undefined
      ? `type is missing (one of ${KINDS.join(", ")})`
      : `type: ${quote(type)} is none of ${KINDS.join(", ")}`,
  );
}

type Said =
  | { readonly kind: "track" | "alias"; readonly name: string; readonly values: Fields }
  | { readonly kind: "identify" | "group"; readonly name: null; readonly values: Fields };

function whatIsSaid(item: Fields, kind: Kind, context: Fields): Said {
  const properties = asFields(item["properties"]) ?? {};
  const traits = asFields(item["traits"]) ?? {};
  switch (kind) {
    case "track":
      return { kind, name: eventName(needed(item, "event")), values: properties };
    case "page":
    case "screen":
      return viewed(item, kind, properties);
    case "identify":
      // RudderStack repeats them in the context, or has them only there.
      return { kind, name: null, values: { ...asFields(context["traits"]), ...traits } };
    case "group":
      return { kind, name: null, values: traits };
    case "alias":
      return { kind, name: needed(item, "previousId"), values: {} };
  }
}

function viewed(item: Fields, kind: "page" | "screen", properties: Fields): Said {
  const name = textOf(item["name"]) ?? textOf(properties["name"]);
  const category = textOf(item["category"]);
  const what = kind === "page" ? "Page" : "Screen";
  return {
    kind: "track",
    name: eventName(name === null ? `Viewed ${what}` : `Viewed ${name} ${what}`),
    values: { ...(category === null ? {} : { category }), ...properties },
  };
}

/** Answers of surveys may come from elsewhere; all other names of the engine are its own. */
function eventName(name: string): string {
  if (isTooLong(name)) throw new Refusal(`event: longer than ${LIMITS.nameBytes} bytes`);
  if (isEngineName(name) && !name.startsWith("survey:"))
    throw new Refusal(`event: ${quote(name)} is a name that only Touchstone gives`);
  return name;
}

function identity(item: Fields, kind: Kind, context: Fields) {
  const userId = idOf(item, "userId");
  const anonymousId = idOf(item, "anonymousId");
  const accountId = idOf(item, "groupId") ?? idOf(context, "groupId");
  if (kind === "group" && accountId === null) throw new Refusal("groupId is missing");
  if (kind === "alias" && userId === null) throw new Refusal("userId is missing");
  if (userId === null && anonymousId === null && accountId === null)
    throw new Refusal("userId or anonymousId is missing");
  if (kind === "identify" && userId === null && anonymousId === null)
    throw new Refusal("userId or anonymousId is missing");
  const original = item["originalTimestamp"] ?? item["timestamp"];
  return { userId, anonymousId, accountId, original };
}

function idOf(fields: Fields, name: string): string | null {
  const value = fields[name];
  if (value === undefined || value === null || value === "") return null;
  const text = textOf(value);
  if (text === null && typeof value === "string") return null;
  if (text === null) throw new Refusal(`${name}: ${quote(value)} is no text`);
  if (isTooLong(text)) throw new Refusal(`${name}: longer than ${LIMITS.nameBytes} bytes`);
  return text;
}

function needed(item: Fields, name: string): string {
  const text = idOf(item, name);
  if (text === null) throw new Refusal(`${name} is missing`);
  return text;
}

/** Ids of the engine's own events begin so. */
const ENGINE_IDS = "ts:";

function messageId(
  item: Fields,
  original: unknown,
  hash: Uint8Array,
  { newId }: MessageReading,
): string {
  const given = idOf(item, "messageId");
  if (given?.startsWith(ENGINE_IDS) === true)
    throw new Refusal(`messageId: ids that begin with ${ENGINE_IDS} are Touchstone's own`);
  if (given !== null) return given;
  return original === undefined || original === null || original === "" ? newId() : contentId(hash);
}
