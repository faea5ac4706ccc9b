import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { SlowestFirst } from "./tools/slowest-first.ts";

export default defineConfig({
  test: {
    include: ["{src,spec,tools,templates,examples,bench,web}/**/*.test.ts"],
    globalSetup: ["./src/store/testing/global-setup.ts"],
    reporters: ["default", "./tools/closing-line.ts"],
    pool: "threads",
    // Files share a thread's modules, which is five times faster; a test that changes what is
    // global (environment, working directory, time zone) has to put it back.
    isolate: false,
    // Much of the time is waiting for databases and child processes: one more than there are cores.
    maxWorkers: availableParallelism() + 1,
    // What is waited for comes when the machine has time for it.
    expect: { poll: { timeout: 60_000, interval: 50 } },
    sequence: { sequencer: SlowestFirst },
    teardownTimeout: 60_000,
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
