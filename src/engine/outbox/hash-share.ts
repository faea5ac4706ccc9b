import { createHash } from "node:crypto";

/** A number from 0 (included) to 1 (not) that is the same for a text for ever: chance without chance. */
export function hashShare(text: string): number {
  return createHash("sha256").update(text).digest().readUInt32BE(0) / 2 ** 32;
}
