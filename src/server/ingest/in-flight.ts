import { LIMITS } from "../../engine/ingest/limits.ts";

/** Bodies that are being worked on may have so many bytes together; what else a request costs is counted too. */
const MOST_BYTES = 32 * 1024 * 1024;
const PER_REQUEST = 16 * 1024;

/** Keeps memory bounded: a request has to find room before its body is read. */
export class InFlight {
  #bytes = 0;
  readonly #most: number;

  constructor(most = MOST_BYTES) {
    this.#most = most;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Makes room; answers how to give it back (once is enough, more does no harm), null when there is none. */
  enter(contentLength: string | undefined, isPacked: boolean): (() => void) | null {
    const stated = Number(contentLength);
    const known = contentLength !== undefined && Number.isSafeInteger(stated) && !isPacked;
    const room = PER_REQUEST + (known ? Math.min(stated, LIMITS.batchBytes) : LIMITS.batchBytes);
    if (this.#bytes + room > this.#most) return null;
    this.#bytes += room;
    let isInside = true;
    return () => {
      if (isInside) this.#bytes -= room;
      isInside = false;
    };
  }
}
