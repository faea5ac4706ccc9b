import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** Bytes in typed arrays that something still holds. What is let go of is freed aside, so until it stays the same. */
export function bytesInArrays(): number {
  let before: number;
  let now = Number.NaN;
  do {
    before = now;
    collect();
    now = process.memoryUsage().arrayBuffers;
  } while (now !== before);
  return now;
}
