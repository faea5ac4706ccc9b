import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openTestStore } from "../testing/test-store.ts";
import { HEADER_NAME, type Manifest, MANIFEST_NAME, sha256 } from "./manifest.ts";
import { readEntries } from "./open-backup.ts";
import { tarEnd, tarEntry } from "./tar.ts";

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "touchstone-older-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

/** What schema 2 knew of: no record of changes, and of a version neither parent nor `existing`. */
const LATER_TABLES = ["model_change", "model_staging", "staged_account", "account_image"];
const LATER_COLUMNS = 2;

/** The backup as it would have been written before the record of changes. */
async function asOfSchemaTwo(from: string, to: string): Promise<void> {
  const entries: Uint8Array[] = [];
  const hashes = new Map<string, string>();
  for await (const { name, content } of readEntries(from)) {
    const table = name.split("/")[0] ?? "";
    if (LATER_TABLES.includes(table)) continue;
    let text = Buffer.from(content).toString("utf8");
    if (name === HEADER_NAME) text = text.replace(/"schema": \d+/, '"schema": 2');
    if (table === "model_version") text = text.replace(/(,[^,\n]*){2}$/gm, "");
    if (name === MANIFEST_NAME) {
      const { tables } = JSON.parse(text) as Manifest;
      text = JSON.stringify({
        tables: tables
          .filter((one) => !LATER_TABLES.includes(one.name))
          .map(({ columns, parts, ...rest }) => ({
            ...rest,
            columns: rest.name === "model_version" ? columns.slice(0, -LATER_COLUMNS) : columns,
            parts: parts.map((part) => ({ ...part, sha256: hashes.get(part.file) ?? "" })),
          })),
      });
    }
    const changed = Buffer.from(text);
    hashes.set(name, sha256(changed));
    entries.push(tarEntry({ name, content: changed }));
  }
  fs.writeFileSync(to, gzipSync(Buffer.concat([...entries, tarEnd()])));
}

test("of a backup from before changes were recorded the newest model is live, and goes back to the one before", async () => {
  const [store, target] = [await openTestStore("pglite"), await openTestStore("pglite")];
  try {
    for (const name of ["one", "two", "three"]) {
      const model = { name, hash: name, source: "", messages: {}, by: "ann", reason: null };
      await store.models.add({ ...model, appliedAt: Date.UTC(2026, 2, 2) });
    }
    const [written, older] = [path.join(folder, "now"), path.join(folder, "older")];
    await store.archive.backup(written);
    await asOfSchemaTwo(written, older);
    await target.archive.restore(older);
    expect(await target.models.live()).toMatchObject({ name: "three", version: 3, parent: 2 });
    expect((await target.models.version(1))?.parent).toBeNull();
    expect((await target.changes.list()).map(({ version, before }) => [version, before])).toEqual([
      [3, 2],
      [2, 1],
      [1, null],
    ]);
    expect(await target.changes.head()).toMatchObject({ live: 3, next: 4 });
  } finally {
    await store.close();
    await target.close();
  }
});
