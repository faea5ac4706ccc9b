/** Numbers that look random and are the same for a seed on every machine. */
export class Random {
  #state: number;

  /** @param stream which of the seed's independent sequences: an account's number, say */
  constructor(seed: number, stream: number) {
    this.#state = mix(Math.imul(seed, 0x9e37_79b1) ^ mix(stream + 0x7f4a_7c15));
  }

  /** From 0 (inclusive) to 1 (exclusive). Mulberry32 (Tommy Ettinger). */
  share(): number {
    this.#state = (this.#state + 0x6d2b_79f5) | 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 0x1_0000_0000;
  }

  chance(share: number): boolean {
    return this.share() < share;
  }

  /** Whole, both ends included. */
  whole(from: number, to: number): number {
    return from + Math.floor(this.share() * (to - from + 1));
  }

  /** Small ones are as frequent as large ones: revenue, seats and use are spread like this. */
  scaled(from: number, to: number): number {
    return from * (to / from) ** this.share();
  }

  pick<T>(list: readonly T[]): T {
    return list[this.whole(0, list.length - 1)] as T;
  }
}

/** The finalizer of MurmurHash3 (Appleby). */
function mix(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35);
  return hash ^ (hash >>> 16);
}
