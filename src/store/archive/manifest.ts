import { createHash } from "node:crypto";
import { z } from "zod";

/** First entry of a backup: what it is, so that a reader knows at once whether it can read it. */
export const HEADER_NAME = "touchstone-backup.json";
/** Last entry: what must have been in it. A backup without one was cut off. */
export const MANIFEST_NAME = "manifest.json";

export const FORMAT = 1;

export const headerSchema = z.object({
  format: z.number(),
  /** Number of the newest migration the data has seen. */
  schema: z.number(),
  madeAt: z.string(),
});

export const manifestSchema = z.object({
  tables: z.array(
    z.object({
      name: z.string(),
      columns: z.array(z.string()),
      rows: z.number(),
      parts: z.array(
        z.object({
          file: z.string(),
          buckets: z.tuple([z.number(), z.number()]).optional(),
          sha256: z.string(),
        }),
      ),
    }),
  ),
});

export type Header = z.infer<typeof headerSchema>;
export type Manifest = z.infer<typeof manifestSchema>;

export function sha256(content: Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
