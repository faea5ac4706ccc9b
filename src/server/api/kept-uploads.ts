import { randomBytes } from "node:crypto";
import { HttpProblem } from "../http-problem.ts";
import type { UploadedFile } from "./upload.ts";

/** A file stays while somebody maps its columns; whoever takes longer sends it again. */
const KEPT_MS = 60 * 60_000;
const MOST_FILES = 20;
const MOST_BYTES = 2 * 1024 * 1024 * 1024;

interface Kept {
  readonly file: UploadedFile;
  readonly actor: string;
  readonly until: number;
}

/** Files that were sent to be looked at, on this process's disk, each its sender's alone. */
export class KeptUploads {
  readonly #kept = new Map<string, Kept>();
  readonly #clock: () => number;

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  async keep(file: UploadedFile, actor: string): Promise<string> {
    await this.#tidy(file.bytes);
    const id = randomBytes(16).toString("hex");
    this.#kept.set(id, { file, actor, until: this.#clock() + KEPT_MS });
    return id;
  }

  get(id: string, actor: string): UploadedFile {
    const found = this.#kept.get(id);
    if (found && found.actor === actor && found.until > this.#clock()) return found.file;
    throw new HttpProblem("upload-gone", "The file is not on this server any more.", {
      hint: "Send it again: it is kept for an hour.",
    });
  }

  async clear(): Promise<void> {
    const all = [...this.#kept.values()];
    this.#kept.clear();
    await Promise.all(all.map(({ file }) => file.remove()));
  }

  /** The oldest make room. */
  async #tidy(coming: number): Promise<void> {
    let bytes = coming;
    for (const { file } of this.#kept.values()) bytes += file.bytes;
    for (const [id, { file, until }] of this.#kept) {
      const isOver = until <= this.#clock();
      if (!isOver && bytes <= MOST_BYTES && this.#kept.size < MOST_FILES) continue;
      this.#kept.delete(id);
      bytes -= file.bytes;
      await file.remove();
    }
  }
}
