import { promisify } from "node:util";
import { gunzip, inflate } from "node:zlib";
import { LIMITS } from "../../engine/ingest/limits.ts";
import { asFields, isTooDeep } from "../../engine/ingest/plain-values.ts";
import { HttpProblem } from "../http-problem.ts";

const unpackers = {
  gzip: promisify(gunzip),
  "x-gzip": promisify(gunzip),
  deflate: promisify(inflate),
};

/** The text of a body, unpacked: never more of it than may be sent unpacked. */
export async function unpack(body: Buffer, encoding: string | undefined): Promise<string> {
  const named = encoding?.trim().toLowerCase() ?? "identity";
  // Some clients pack without saying so in a header.
  const isPacked = body[0] === 0x1f && body[1] === 0x8b;
  const how = isPacked ? "gzip" : named;
  if (how === "identity" || how === "") return textOf(body);
  if (!Object.hasOwn(unpackers, how))
    throw new HttpProblem("wrong-media-type", `The content encoding ${how} is not read here.`, {
      hint: "Send the body as it is, or with gzip.",
    });
  try {
    const unpack = unpackers[how as keyof typeof unpackers];
    return textOf(await unpack(body, { maxOutputLength: LIMITS.batchBytes }));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE")
      throw tooLarge(`The unpacked body is larger than ${LIMITS.batchBytes} bytes.`);
    if ((error as NodeJS.ErrnoException).code?.startsWith("Z_") === true)
      throw new HttpProblem("bad-request", `The body is not ${how}.`);
    throw error;
  }
}

function textOf(body: Buffer): string {
  const text = body.toString("utf8");
  return text.startsWith("\uFEFF") ? text.slice(1) : text;
}

export function tooLarge(detail: string): HttpProblem {
  return new HttpProblem("too-large", detail, { hint: "Send fewer or smaller events at a time." });
}

/** What a body holds: its events, and what is said of all of them. */
export interface BodyRead {
  readonly items: readonly unknown[];
  readonly sentAt: unknown;
  /** A write key in the body, where no header has one. */
  readonly key: string | null;
}

export function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const why = error instanceof Error ? error.message : "";
    throw new HttpProblem("bad-request", `The body is no JSON: ${why}`);
  }
}

/** `{batch: […]}`, a bare list, or (where `single`) one event; each event within its limit. */
export function readEvents(body: unknown, text: string, single: boolean): BodyRead {
  const fields = asFields(body);
  const batch = Array.isArray(body) ? body : fields?.["batch"];
  if (!single && !Array.isArray(batch))
    throw new HttpProblem("bad-request", "The body has no list of events under `batch`.");
  if (!Array.isArray(batch) && !fields)
    throw new HttpProblem("bad-request", "The body is no event: a JSON object is expected.");
  const items: readonly unknown[] = Array.isArray(batch) ? batch : [fields];
  if (items.length > LIMITS.batchEvents)
    throw tooLarge(`The batch has ${items.length} events; ${LIMITS.batchEvents} are the most.`);
  checkSizes(items, text);
  return {
    items,
    sentAt: fields?.["sentAt"] ?? fields?.["sent_at"],
    key: keyIn(fields) ?? keyIn(asFields(items[0])),
  };
}

function checkSizes(items: readonly unknown[], text: string): void {
  // No part of a body this small can be larger.
  if (text.length * 3 <= LIMITS.eventBytes) return;
  items.forEach((item, index) => {
    // Too deep ones are refused one by one; here they would only overflow the stack.
    if (isTooDeep(item)) return;
    const bytes = Buffer.byteLength(JSON.stringify(item));
    if (bytes > LIMITS.eventBytes)
      throw tooLarge(`Event ${index + 1} has ${bytes} bytes; ${LIMITS.eventBytes} are the most.`);
  });
}

function keyIn(fields: ReturnType<typeof asFields>): string | null {
  const properties = asFields(fields?.["properties"]);
  const key = fields?.["writeKey"] ?? fields?.["api_key"] ?? properties?.["token"];
  return typeof key === "string" && key !== "" ? key : null;
}
