#!/usr/bin/env node
// Builds the web app: `node tools/build-web.mjs --out DIR` for a look at it, and part of `npm run build`.
// What a browser loads lies there packed as well, so that the server need not pack it each time.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { thirdPartyNotices } from "./third-party-notices.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const PACKED = /\.(?:js|css|svg|html|json)$/;
/** Smaller files are not worth a second one. */
const WORTH_PACKING = 1_000;

/** @param {string} outDir */
export async function buildWeb(outDir) {
  const { build } = await import("vite");
  /** @type {Set<string>} */
  const inputs = new Set();
  await build({
    configFile: join(root, "web", "vite.config.ts"),
    logLevel: "warn",
    build: { outDir, emptyOutDir: true },
    plugins: [
      {
        name: "third-party-notices",
        moduleParsed: ({ id }) => {
          inputs.add(relative(root, id.replace(/^\0/, "").replace(/\?.*$/, "")));
        },
      },
    ],
  });
  const notices = thirdPartyNotices(root, [...inputs]);
  writeFileSync(join(outDir, "THIRD-PARTY-NOTICES.txt"), notices);
  pack(outDir);
}

function pack(/** @type {string} */ folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || !PACKED.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    const content = readFileSync(path);
    if (content.length < WORTH_PACKING) continue;
    writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
    const params = { [constants.BROTLI_PARAM_QUALITY]: 9 };
    writeFileSync(`${path}.br`, brotliCompressSync(content, { params }));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const at = process.argv.indexOf("--out");
  const out = at < 0 ? undefined : process.argv[at + 1];
  await buildWeb(resolve(out ?? join(root, "dist", "web")));
}
