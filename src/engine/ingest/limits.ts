/** What a client may send at once (contracts.md §2). A kilobyte is 1,024 bytes. */
export const LIMITS = {
  eventBytes: 32 * 1024,
  batchBytes: 500 * 1024,
  batchEvents: 2_500,
  /** Ids and names lead index entries, which a database holds up to 2,700 bytes of. */
  nameBytes: 255,
  /** How deep values may be nested. */
  depth: 32,
  aheadMs: 24 * 3_600_000,
} as const;
