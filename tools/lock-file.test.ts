import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

interface Entry {
  readonly resolved?: string;
  readonly integrity?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Manifest;
const lock = JSON.parse(readFileSync("package-lock.json", "utf8")) as {
  packages: Record<string, Entry>;
};
const installed = Object.entries(lock.packages).filter(([path]) => path !== "");

/** Names below `prefix/` that npm would find for a package at `path`: beside it, inside it, or at the top. */
function isLocked(path: string, name: string): boolean {
  const parent = path.slice(0, path.lastIndexOf("node_modules/"));
  return [
    `${path}/node_modules/${name}`,
    `${parent}node_modules/${name}`,
    `node_modules/${name}`,
  ].some((place) => lock.packages[place] !== undefined);
}

test("every version asked for is exact", () => {
  const asked = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
  expect(
    asked.filter(([, version]) => !/^(?:npm:[\w@/-]+@)?\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version)),
  ).toEqual([]);
});

test("the lock file names no registry and holds a checksum of every package", () => {
  expect(installed.filter(([, entry]) => entry.resolved !== undefined)).toEqual([]);
  expect(installed.filter(([, entry]) => entry.integrity === undefined)).toEqual([]);
});

// npm install passes over a platform's missing binary in silence; npm ci then refuses the lock file.
test("the binaries of every platform are in the lock file", () => {
  const missing = installed.flatMap(([path, entry]) =>
    Object.keys(entry.optionalDependencies ?? {})
      .filter((name) => !isLocked(path, name))
      .map((name) => `${path}: ${name}`),
  );
  expect(missing).toEqual([]);
});
