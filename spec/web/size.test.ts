import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const dist = fileURLToPath(new URL("../../dist/web/", import.meta.url));
const MOST_BYTES = 200_000;
const MOST_WITH_SCREEN = 250_000;

interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
  readonly src?: string;
}

const manifest = JSON.parse(readFileSync(`${dist}manifest.json`, "utf8")) as Readonly<
  Record<string, Chunk>
>;

/** A chunk and all that has to be there before it runs. */
function needed(name: string, seen = new Set<string>()): Set<string> {
  const chunk = manifest[name];
  if (!chunk || seen.has(name)) return seen;
  seen.add(name);
  for (const inner of chunk.imports ?? []) needed(inner, seen);
  return seen;
}

function packedBytes(names: ReadonlySet<string>): number {
  let bytes = 0;
  for (const name of names) {
    const file = `${dist}${manifest[name]?.file ?? ""}`;
    bytes += readFileSync(existsSync(`${file}.gz`) ? `${file}.gz` : file).length;
  }
  return bytes;
}

const entry = Object.keys(manifest).find((name) => manifest[name]?.isEntry === true) ?? "";
const screen = (name: string): string => `screens/${name}/${name}-screen.tsx`;

test("what runs before any screen stays under 200 KB of packed script", () => {
  expect(packedBytes(needed(entry))).toBeLessThan(MOST_BYTES);
});

test.each(["today", "portfolio", "account"])(
  "the first load of %s stays under 250 KB of packed script, charts apart",
  (name) => {
    const names = needed(screen(name), needed(entry));
    expect(names.has(screen(name))).toBe(true);
    expect([...names].filter((one) => /echarts|chart-inner/.test(one))).toEqual([]);
    expect(packedBytes(names)).toBeLessThan(MOST_WITH_SCREEN);
  },
);
