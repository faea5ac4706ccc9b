/** Just enough of the tar format (POSIX ustar) for plain files, so that any tar can look inside. */

export interface TarEntry {
  readonly name: string;
  readonly content: Uint8Array;
}

const BLOCK = 512;
/** More than any part of ours; a damaged size must not make us ask for all memory. */
const MOST_BYTES = 1 << 30;

export function tarEntry({ name, content }: TarEntry): Uint8Array {
  const header = Buffer.alloc(BLOCK);
  const octal = (value: number, offset: number, digits: number): void => {
    header.write(value.toString(8).padStart(digits, "0"), offset, "ascii");
  };
  if (Buffer.byteLength(name) > 100) throw new Error(`${name} is too long for a tar entry`);
  header.write(name, 0);
  octal(0o600, 100, 7);
  octal(0, 108, 7);
  octal(0, 116, 7);
  octal(content.length, 124, 11);
  octal(0, 136, 11);
  header.write("0", 156);
  header.write("ustar\x0000", 257, "ascii");
  octal(checksum(header), 148, 6);
  header.write("\0 ", 154, "ascii");
  const padding = Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK);
  return Buffer.concat([header, content, padding]);
}

/** Two empty blocks. */
export function tarEnd(): Uint8Array {
  return Buffer.alloc(2 * BLOCK);
}

/** The entries of a tar stream, one after the other; throws when it is cut off or damaged. */
export async function* readTar(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<TarEntry> {
  const reader = new BlockReader(chunks);
  for (;;) {
    const header = await reader.take(BLOCK);
    if (header.every((byte) => byte === 0)) return;
    if (readOctal(header, 148, 8) !== checksum(header)) throw new Error("a tar header is damaged");
    const size = readOctal(header, 124, 12);
    if (!(size >= 0 && size <= MOST_BYTES)) throw new Error("a tar entry has no sensible size");
    const name = header.toString("utf8", 0, header.indexOf(0));
    const content = await reader.take(size);
    await reader.take((BLOCK - (size % BLOCK)) % BLOCK);
    yield { name, content };
  }
}

/** The sum of the header's bytes, its own field taken as spaces. */
function checksum(header: Buffer): number {
  let sum = 0;
  for (let at = 0; at < BLOCK; at++) sum += at >= 148 && at < 156 ? 32 : (header[at] ?? 0);
  return sum;
}

function readOctal(header: Buffer, offset: number, length: number): number {
  const text = header.toString("ascii", offset, offset + length).replace(/[\0 ].*$/s, "");
  return Number.parseInt(text, 8);
}

class BlockReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #parts: Uint8Array[] = [];
  #size = 0;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  async take(bytes: number): Promise<Buffer> {
    while (this.#size < bytes) {
      const next = await this.#chunks.next();
      if (next.done === true) throw new Error("the file ends too early");
      this.#parts.push(next.value);
      this.#size += next.value.length;
    }
    const all = Buffer.concat(this.#parts);
    this.#parts = [all.subarray(bytes)];
    this.#size = all.length - bytes;
    return all.subarray(0, bytes);
  }
}
