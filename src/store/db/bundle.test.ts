import { execFileSync } from "node:child_process";
import fs from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, expect, test } from "vitest";
import { storeTemplateFile } from "../testing/test-database.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
fs.mkdirSync(`${ROOT}.cache`, { recursive: true });
/** In the project, so that what is not bundled is found. */
const folder = fs.mkdtempSync(`${ROOT}.cache/bundle-`);
afterAll(() => fs.rmSync(folder, { recursive: true }));

test("the embedded database starts from a bundle as it does from the sources", async () => {
  await build({
    absWorkingDir: ROOT,
    entryPoints: {
      "hold-folder": "src/store/testing/hold-folder.ts",
      "pglite-worker": "src/store/db/pglite-worker.ts",
    },
    outdir: folder,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    packages: "external",
    logLevel: "silent",
  });
  // Its input ends at once, so it opens the folder, says so, and closes.
  const args = [`${folder}/hold-folder.js`, `${folder}/data`, await storeTemplateFile()];
  const output = execFileSync(process.execPath, args, {
    encoding: "utf8",
    input: "",
    // Elsewhere than in the project: nothing may hang on the working directory.
    cwd: folder,
  });
  expect(output).toBe("open\n");
  expect(fs.readdirSync(`${folder}/data/lock`)).toEqual([]);
});
