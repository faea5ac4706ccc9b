import { z } from "zod";

const NAME = /^[A-Za-z0-9][\w.-]*(?:\/[\w.-]+)*\.ya?ml$/;
const MOST_FILES = 100;
const LONGEST = 1024 * 1024;

/** Scenario files: name → text. */
export const scenarioFiles = z
  .record(z.string().max(200), z.string().max(LONGEST))
  .refine((files) => Object.keys(files).every((name) => NAME.test(name)), {
    error: "expected names like scenarios.yaml",
  })
  .refine((files) => Object.keys(files).length <= MOST_FILES, {
    error: `expected at most ${MOST_FILES} files`,
  });

/** Left out: none. */
export const scenariosIn = scenarioFiles
  .default({})
  .meta({ description: "Scenario files: `scenarios.yaml` → its text." });
