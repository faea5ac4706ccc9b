#!/usr/bin/env node
// Bundles the command line, the web app and the widget into dist/ (`npm run build`; npm also runs it after every install in a
// checkout, and before packing). One start of `touchstone` then reads a few files instead of a
// thousand: what a command does not need stays in chunks that it never loads.
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { markBuilt, sourceHash } from "./build-stamp.mjs";
import { buildWeb } from "./build-web.mjs";
import { buildWidget } from "./build-widget.mjs";
import { thirdPartyNotices } from "./third-party-notices.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const dist = join(root, "dist");
/** Built aside and put in place whole, so that nobody meets half a bundle. */
const built = join(root, ".cache", `dist-${process.pid}`);
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** Each becomes dist/NAME.js. */
const ENTRIES = {
  cli: "src/cli/main.ts",
  "pglite-worker": "src/store/db/pglite-worker.ts",
};

/** Files that the sources read at run time, found from dist/ by the same relative path. */
const ASSETS = { "src/store/migrations": "migrations" };

/** Not bundled: they bring native code, WebAssembly or megabytes of data, found from their own folder. */
const EXTERNAL = [
  "@duckdb/node-api",
  "@electric-sql/pglite",
  // it finds its own files by the folder it lies in
  "@fastify/static",
  // its pages and their scripts are files of its own
  "@fastify/swagger-ui",
  "date-holidays",
  "pg",
  "pg-copy-streams",
];

/** Writes what new data folders start from: making one from nothing takes several seconds. */
const EMPTY_DATABASE = "tools/write-empty-database.ts";

/** Packages in CommonJS call `require`, which a module has to make for itself. */
const REQUIRE =
  'import { createRequire as __createRequire } from "node:module";\nconst require = __createRequire(import.meta.url);';

await main();

async function main() {
  const esbuild = await loadEsbuild();
  if (!esbuild) return;
  const hash = sourceHash(root);
  const entries = Object.entries(ENTRIES).filter(([, file]) => existsSync(join(root, file)));
  for (const [name, file] of Object.entries(ENTRIES)) {
    if (!existsSync(join(root, file))) say(`${file} is missing: dist/${name}.js cannot be built.`);
  }
  rmSync(built, { recursive: true, force: true });
  mkdirSync(built, { recursive: true });
  if (entries.length > 0) await bundle(esbuild, Object.fromEntries(entries));
  if (existsSync(join(root, "widget"))) {
    writeFileSync(join(built, "widget.js"), await buildWidget(esbuild, root));
  }
  if (existsSync(join(root, "web", "index.html"))) await buildWeb(join(built, "web"));
  for (const [from, to] of Object.entries(ASSETS)) {
    if (existsSync(join(root, from)))
      cpSync(join(root, from), join(built, to), { recursive: true });
  }
  if (existsSync(join(root, EMPTY_DATABASE))) writeEmptyDatabase();
  const hasCommand = existsSync(join(built, "cli.js"));
  if (hasCommand) chmodSync(join(built, "cli.js"), 0o755);
  markBuilt(built, hash);
  putInPlace();
  if (hasCommand) linkCommand();
}

function writeEmptyDatabase() {
  const args = ["--import", "tsx", EMPTY_DATABASE, join(built, "empty-database.tar.gz")];
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: ["ignore", 2, 2] });
  if (status !== 0) throw new Error(`${EMPTY_DATABASE} ended with ${status}`);
}

/** Another build may put its own in place at the same moment: then this one, as good, takes over. */
function putInPlace(attempts = 5) {
  const old = `${built}-old`;
  if (existsSync(dist)) renameSync(dist, old);
  try {
    renameSync(built, dist);
  } catch (error) {
    if (attempts === 0) throw error;
    rmSync(old, { recursive: true, force: true });
    putInPlace(attempts - 1);
    return;
  }
  rmSync(old, { recursive: true, force: true });
}

/** An install without devDependencies has nothing to build with, and nothing to build: dist/ is in the package. */
async function loadEsbuild() {
  try {
    return await import("esbuild");
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "ERR_MODULE_NOT_FOUND") throw error;
    say("esbuild is not installed (an install without devDependencies): dist/ stays as it is.");
    return undefined;
  }
}

async function bundle(
  /** @type {typeof import("esbuild")} */ esbuild,
  /** @type {Record<string, string>} */ entryPoints,
) {
  const result = await esbuild.build({
    absWorkingDir: root,
    entryPoints,
    outdir: built,
    // Beside the entries, so that a file finds its neighbours from wherever it was put.
    chunkNames: "[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    external: EXTERNAL,
    banner: { js: REQUIRE },
    legalComments: "none",
    define: { "process.env.TOUCHSTONE_VERSION": JSON.stringify(manifest.version) },
    metafile: true,
    logLevel: "warning",
  });
  const cli = join(built, "cli.js");
  if (existsSync(cli)) {
    const text = readFileSync(cli, "utf8");
    if (!text.startsWith("#!")) writeFileSync(cli, `#!/usr/bin/env node\n${text}`);
  }
  checkExternals(result.metafile);
  checkLazyImports(result.metafile);
  writeFileSync(
    join(built, "THIRD-PARTY-NOTICES.txt"),
    thirdPartyNotices(root, Object.keys(result.metafile.inputs)),
  );
}

/** From the bundle, `import("yaml")` of a CommonJS package has a default export and nothing else. */
function checkLazyImports(/** @type {import("esbuild").Metafile} */ metafile) {
  for (const [file, { imports }] of Object.entries(metafile.inputs)) {
    const lazy = imports.filter(({ kind }) => kind === "dynamic-import");
    const common = lazy.find(({ path }) => metafile.inputs[path]?.format === "cjs");
    if (!common || file.includes("node_modules/")) continue;
    throw new Error(
      `${file} imports ${common.original} lazily, which is CommonJS and loses its names in the bundle.\n` +
        "Import it statically in a file of ours, and import that file lazily.",
    );
  }
}

/** What is not in the bundle must be installed beside it, or the packed command fails far from here. */
function checkExternals(/** @type {import("esbuild").Metafile} */ metafile) {
  const used = Object.values(metafile.outputs).flatMap((output) =>
    output.imports.filter((one) => one.external).map((one) => one.path),
  );
  const packages = new Set(used.map((path) => /^(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? path));
  const missing = [...packages].filter(
    (name) => EXTERNAL.includes(name) && !Object.hasOwn(manifest.dependencies, name),
  );
  if (missing.length === 0) return;
  throw new Error(`${missing.join(", ")}: the bundle imports it, so it must be in "dependencies".`);
}

/** `npx touchstone` in a checkout: npm links the commands of packages that are installed, not the project's own. */
function linkCommand() {
  const bin = join(root, "node_modules", ".bin");
  if (!existsSync(bin)) return;
  const link = join(bin, "touchstone");
  if (process.platform === "win32") {
    writeFileSync(`${link}.cmd`, '@node "%~dp0\\..\\..\\dist\\cli.js" %*\r\n');
    return;
  }
  // Renamed into place, since a command may be looking for it just now.
  const next = `${link}.${process.pid}`;
  symlinkSync("../../dist/cli.js", next);
  renameSync(next, link);
}

function say(/** @type {string} */ text) {
  process.stderr.write(`${text}\n`);
}
