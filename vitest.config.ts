import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "spec/**/*.test.ts", "tools/**/*.test.ts", "templates/**/*.test.ts", "examples/**/*.test.ts"],
    pool: "threads",
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
