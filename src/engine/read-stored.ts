import { readModel, type ReadResult } from "../core/model/index.ts";

/** More versions than are asked for at a time. */
const MOST = 12;
const read = new Map<string, ReadResult>();

/**
 * Reads a model that is stored: each request asks for the live one, and reading and checking it
 * takes some 20 ms. What was read lately is kept; nobody changes a model that was read.
 */
export function readStoredModel(source: string, file: string): ReadResult {
  const key = `${file}\n${source}`;
  const found = read.get(key) ?? readModel(source, { file });
  // the one that was used last stands last
  read.delete(key);
  read.set(key, found);
  const [oldest] = read.keys();
  if (read.size > MOST && oldest !== undefined) read.delete(oldest);
  return found;
}
