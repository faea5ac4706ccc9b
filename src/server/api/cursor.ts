import { z } from "zod";
import { HttpProblem } from "../http-problem.ts";

/** How many a page has when nobody says, and at most. */
const USUAL = 50;
const MOST = 500;

/** `?limit=&cursor=` of every list. */
export const pageQuery = {
  limit: z.coerce
    .number({ error: `expected a whole number from 1 to ${MOST}` })
    .int()
    .min(1)
    .max(MOST)
    .default(USUAL)
    .meta({ description: "How many at most." }),
  cursor: z
    .string()
    .max(4000)
    .optional()
    .meta({ description: "`next_cursor` of the page before; with the same filters." }),
};

/** The numbers of places, no further than the database's own: cursors come from anybody. */
export const placeDay = z.int().min(-2_000_000).max(2_000_000);
export const placeTime = z.number().min(-1e14).max(8.64e15);
export const placeNumber = z.int().min(0);
export const placeBucket = z.int().min(0).max(32_767);

/** A page of a list: `next_cursor` is null at its end. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    next_cursor: z.string().nullable().meta({ description: "Where to go on; null: at the end." }),
  });
}

/** A place in a list as text that nobody needs to understand; only this list's own are read back. */
export function writeCursor(list: string, place: unknown): string {
  return Buffer.from(JSON.stringify([list, place])).toString("base64url");
}

export function nextCursor(list: string, place: unknown): string | null {
  return place === null || place === undefined ? null : writeCursor(list, place);
}

/** null: from the beginning. */
export function readCursor<P>(
  list: string,
  place: z.ZodType<P>,
  cursor: string | undefined,
): P | null {
  if (cursor === undefined) return null;
  const read = z.tuple([z.literal(list), z.unknown()]).safeParse(decode(cursor));
  const parsed = place.safeParse(read.data?.[1]);
  if (parsed.success) return parsed.data;
  throw new HttpProblem("bad-request", "querystring/cursor: this is no cursor of this list.", {
    hint: "Send `next_cursor` of this list's last page as it came, or no cursor to begin anew.",
  });
}

function decode(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    // not ours: refused by the caller like any other text
    return undefined;
  }
}
