import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { AccountRow } from "../engine/ports.ts";
import { detectEncoding } from "./detect-encoding.ts";
import { openImport, shortForm } from "./index.ts";

const folder = mkdtempSync(join(tmpdir(), "touchstone-encoding-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, bytes: Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

const TEXT = "id,name\na1,Müller\n";
const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(TEXT, "utf16le")]);

test("a file is UTF-8 unless its bytes or its mark say otherwise", () => {
  expect(detectEncoding(file("utf8.csv", Buffer.from(TEXT)))).toBeUndefined();
  expect(detectEncoding(file("bom.csv", Buffer.from(`\uFEFF${TEXT}`)))).toBeUndefined();
  expect(detectEncoding(file("empty.csv", Buffer.alloc(0)))).toBeUndefined();
  expect(detectEncoding(file("latin.csv", Buffer.from(TEXT, "latin1")))).toBe("latin-1");
  expect(detectEncoding(file("utf16.csv", utf16))).toBe("utf-16");
});

test.each([
  ["latin.csv", Buffer.from(TEXT, "latin1"), "latin-1"],
  ["utf16.csv", utf16, "utf-16"],
])("%s is read with its letters, and the guess is told", async (name, bytes, encoding) => {
  const definition = await shortForm("accounts", file(name, bytes), {});
  const source = await openImport(definition, { today: 20_000 });
  const rows: AccountRow[] = [];
  for await (const batch of source.accounts()) rows.push(...batch);
  await source.close();
  expect(rows.map(({ accountId, name: called }) => [accountId, called])).toEqual([
    ["a1", "Müller"],
  ]);
  expect(source.warnings).toEqual([
    `${name} is not UTF-8 and was read as ${encoding}; say \`encoding:\` if that is wrong`,
  ]);
});
