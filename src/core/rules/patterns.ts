import { RE2JS, RE2JSException } from "@bufbuild/re2";

/**
 * Regular expressions of RE2: no look-around and no back references, and in return a test takes
 * time in proportion to the text, whatever the pattern. Both limits keep the factor small: at
 * the most a text of 50,000 characters takes under a second, and real ones microseconds.
 */
const MAX_PATTERN = 1_000;
const MAX_STEPS = 200;

export type Pattern =
  | { readonly test: (text: string) => boolean; readonly problem?: undefined }
  | { readonly test?: undefined; readonly problem: string };

/** Compiles a pattern, or says why not. `test` finds a part: write ^…$ for the whole text. */
export function compilePattern(pattern: string): Pattern {
  if (pattern.length > MAX_PATTERN) {
    return { problem: `it has ${pattern.length} characters, over ${MAX_PATTERN}` };
  }
  try {
    const compiled = new RE2JS(pattern);
    const steps = compiled.re2().prog.numInst();
    if (steps > MAX_STEPS) return { problem: `it unfolds to ${steps} steps, over ${MAX_STEPS}` };
    return { test: (text) => compiled.test(text) };
  } catch (error) {
    if (error instanceof RE2JSException) return { problem: error.message };
    throw error;
  }
}
