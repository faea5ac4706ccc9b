import { z } from "zod";
import type { BookFilter, BookOrder } from "../../engine/book-view/book-filter.ts";
import { columnCalled } from "../../engine/book-view/column-specs.ts";

const word = z.string().min(1).max(500);
/** `?level=high,low`: any of these. */
const several = z
  .string()
  .max(10_000)
  .transform((text) => text.split(",").filter((one) => one !== ""));

/** Which accounts are meant, as it stands in addresses: each given has to hold. */
export const portfolioFilter = {
  where: z
    .string()
    .max(5000)
    .optional()
    .meta({ description: 'A rule: `level == "high" && health < 50`. Decided accounts only.' }),
  q: word.optional().meta({ description: "Beginning of an id, or part of a name." }),
  level: several.optional(),
  stage: several.optional(),
  band: several.optional().meta({ description: "Band of health." }),
  owner: several.optional().meta({ description: "Team members' ids; `none`: of nobody." }),
  segment: several
    .optional()
    .meta({ description: "In all of these: `losing_interest`, or `value:small` of several." }),
  renewal_within: z.coerce
    .number()
    .int()
    .min(0)
    .max(3660)
    .optional()
    .meta({ description: "The renewal lies at most so many days ahead." }),
};

/** The same in a body. */
export const portfolioFilterBody = z.strictObject({
  where: z.string().max(5000).optional(),
  q: word.optional(),
  level: z.array(word).max(200).optional(),
  stage: z.array(word).max(200).optional(),
  band: z.array(word).max(200).optional(),
  owner: z.array(word).max(200).optional(),
  segment: z.array(word).max(200).optional(),
  renewal_within: z.int().min(0).max(3660).optional(),
});

export function bookFilterOf(query: z.infer<typeof portfolioFilterBody>): BookFilter {
  const { where, q, level, stage, band, owner, segment, renewal_within: within } = query;
  return {
    ...(where === undefined || where.trim() === "" ? {} : { where }),
    ...(q === undefined ? {} : { text: q }),
    ...(level ? { levels: level } : {}),
    ...(stage ? { stages: stage } : {}),
    ...(band ? { bands: band } : {}),
    ...(owner ? { owners: owner.map((one) => (one === "none" ? null : one)) } : {}),
    ...(segment ? { segments: segment } : {}),
    ...(within === undefined ? {} : { renewalWithin: within }),
  };
}

/** `-arr`: by the fact `arr`, the most first. */
export function bookOrderOf(sort: string | undefined): BookOrder | undefined {
  if (sort === undefined) return undefined;
  return { column: columnCalled(sort.replace(/^-/, "")), descending: sort.startsWith("-") };
}
