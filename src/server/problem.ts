import { z } from "zod";

/** What a request gets that cannot be served: a problem document (RFC 9457). */
export const problemSchema = z
  .object({
    type: z.string().meta({ description: "Names the kind of problem: `urn:touchstone:CODE`." }),
    code: z.string().meta({ description: "The same as in `type`, for programs. Never changes." }),
    title: z.string().meta({ description: "What this kind of problem is." }),
    status: z.int(),
    detail: z.string().optional().meta({ description: "What is wrong this time." }),
    hint: z.string().optional().meta({ description: "What to do next." }),
    errors: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .meta({ description: "What is wrong with which field: `body/items/1/name`." }),
    request: z
      .string()
      .optional()
      .meta({ description: "The request's id, which the log has too." }),
  })
  .meta({ id: "Problem", description: "A problem document (RFC 9457)." });

export type Problem = z.infer<typeof problemSchema>;

/** For a route's `response`: what it answers when all is well, and problem documents for the rest. */
export function answers<S extends number, T extends z.ZodType>(
  status: S,
  schema: T,
): Record<S, T> & { readonly "4xx": typeof problemSchema; readonly "5xx": typeof problemSchema } {
  const problems = { "4xx": problemSchema, "5xx": problemSchema };
  return { [status]: schema, ...problems } as Record<S, T> & typeof problems;
}
