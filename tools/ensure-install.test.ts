import { execFile } from "node:child_process";
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";

const SCRIPT = resolve("tools/ensure-install.mjs");
const STAMP = pathToFileURL(resolve("tools/build-stamp.mjs")).href;
let root = "";

/** A project with one package of its own, so that `npm ci` has something to install without a network. */
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "install-"));
  for (const folder of ["part", "src", "tools", "dist"]) mkdirSync(join(root, folder));
  write("package.json", { name: "p", version: "1.0.0", dependencies: { part: "file:part" } });
  write("part/package.json", { name: "part", version: "1.0.0" });
  writeLock("1.0.0");
  write("src/a.ts", "1");
  write(
    "tools/build.mjs",
    `import { appendFileSync } from "node:fs";
    import { markBuilt, sourceHash } from ${JSON.stringify(STAMP)};
    appendFileSync("builds", "x");
    markBuilt("dist", sourceHash("."));`,
  );
});
afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, content: unknown): void {
  writeFileSync(join(root, path), typeof content === "string" ? content : JSON.stringify(content));
}

function writeLock(version: string): void {
  const packages = {
    "": { name: "p", version: "1.0.0", dependencies: { part: "file:part" } },
    "node_modules/part": { resolved: "part", link: true },
    part: { version },
  };
  write("package-lock.json", {
    name: "p",
    version: "1.0.0",
    lockfileVersion: 3,
    requires: true,
    packages,
  });
}

async function ensureInstall(): Promise<{ said: string; stdout: string; code: number }> {
  return new Promise((done) => {
    execFile(process.execPath, [SCRIPT, root], (error, stdout, said) => {
      done({ said, stdout, code: error ? Number(error.code) : 0 });
    });
  });
}

const builds = (): number => readFileSync(join(root, "builds"), "utf8").length;

test("a fresh clone is installed and built, and the next time nothing is done", async () => {
  const first = await ensureInstall();
  expect(first).toMatchObject({ code: 0, stdout: "" });
  expect(first.said).toContain("Installing packages");
  expect(builds()).toBe(1);
  expect(await ensureInstall()).toEqual({ code: 0, said: "", stdout: "" });
  expect(builds()).toBe(1);
});

test("a changed source is built again and nothing is installed", async () => {
  await ensureInstall();
  appendFileSync(join(root, "src/a.ts"), "2");
  const { said } = await ensureInstall();
  expect(said).not.toContain("Installing");
  expect(builds()).toBe(2);
  write("src/a.test.ts", "a test is not part of what is built");
  await ensureInstall();
  expect(builds()).toBe(2);
});

test("another lock file, and an install that broke off, are installed again", async () => {
  await ensureInstall();
  write("part/package.json", { name: "part", version: "1.0.1" });
  writeLock("1.0.1");
  expect((await ensureInstall()).said).toContain("Installing packages");
  rmSync(join(root, "node_modules/.package-lock.json"));
  expect((await ensureInstall()).said).toContain("Installing packages");
});

test("two at once install once, and both end well", async () => {
  const both = await Promise.all([ensureInstall(), ensureInstall()]);
  expect(both.map(({ code }) => code)).toEqual([0, 0]);
  expect(both.filter(({ said }) => said.includes("Installing"))).toHaveLength(1);
  expect(builds()).toBe(1);
});

test("a lock that a killed process left behind is taken over", async () => {
  mkdirSync(join(root, ".cache"));
  write(".cache/setup.lock", "999999999");
  expect((await ensureInstall()).code).toBe(0);
});

test("an install that fails says so and ends with 1", async () => {
  writeLock("1.0.0");
  write("package.json", {
    name: "p",
    version: "1.0.0",
    dependencies: { part: "file:part", other: "file:other" },
  });
  const { code, said } = await ensureInstall();
  expect(code).toBe(1);
  expect(said).toContain("npm ci failed");
});
