import { createHash } from "node:crypto";

/** What stands for a mail address that must not be written to: it outlives the contact. */
export function addressHash(address: string): string {
  return createHash("sha256").update(address.trim().toLowerCase()).digest("hex");
}
