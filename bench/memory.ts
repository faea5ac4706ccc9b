import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** Bytes in typed arrays that something still holds. */
export function bytesInArrays(): number {
  collect();
  return process.memoryUsage().arrayBuffers;
}
