/**
 * A text as a number from 0 (inclusive) to 1 (exclusive), evenly spread and always the same:
 * FNV-1a over UTF-16 units, mixed by the finalizer of MurmurHash3 (Appleby). For shares
 * (experiment arms, jitter), never for identity.
 */
export function shareHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 0x1_0000_0000;
}
