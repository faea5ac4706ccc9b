/**
 * Which of 256 buckets an account lives in. The bucket leads every key of its rows, so that
 * work can be split by it: over workers, over servers. It is written into the rows and can
 * never be worked out in another way: FNV-1a over the id's UTF-8 bytes (Fowler, Noll, Vo),
 * mixed by the finalizer of MurmurHash3 (Appleby), the low 8 bits.
 */
export const BUCKETS = 256;

const encoder = new TextEncoder();

export function bucketOf(accountId: string): number {
  let hash = 0x811c9dc5;
  for (let place = 0; place < accountId.length; place++) {
    const byte = accountId.charCodeAt(place);
    if (byte > 0x7f) return mixed(ofBytes(encoder.encode(accountId)));
    hash = Math.imul(hash ^ byte, 0x01000193);
  }
  return mixed(hash);
}

/** Making bytes of a text costs ten times what going through them does: only where one is not ASCII. */
function ofBytes(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash;
}

function mixed(fnv: number): number {
  let hash = fnv;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) & (BUCKETS - 1);
}
