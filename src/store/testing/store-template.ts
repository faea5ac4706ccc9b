import { createHash, randomUUID } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { openPglite } from "../db/pglite.ts";
import { migrate, schemaHash } from "../migrate.ts";

/**
 * An empty database with the present schema, made once per version and kept under the
 * temporary folder: starting from it takes a second where making one takes several.
 * Only a file of our own whose checksum fits is used; anything else is made again.
 */
export async function templateFile(): Promise<string> {
  const folder = ownFolder();
  const file = path.join(folder, `empty-${pgliteVersion()}-${schemaHash().slice(0, 16)}.tar.gz`);
  if (isWhole(file)) return file;
  const db = await openPglite({ folder: undefined });
  await migrate(db);
  const content = await db.dump();
  await db.close();
  const aside = path.join(folder, randomUUID());
  fs.writeFileSync(`${file}.sha256`, checksum(content), { mode: 0o600 });
  fs.writeFileSync(aside, content, { mode: 0o600 });
  fs.renameSync(aside, file);
  return file;
}

function pgliteVersion(): string {
  const text = fs.readFileSync(new URL("../../../package.json", import.meta.url), "utf8");
  const { dependencies } = JSON.parse(text) as { dependencies: Record<string, string> };
  return dependencies["@electric-sql/pglite"] ?? "";
}

/** A folder that nobody else can have put anything into. */
function ownFolder(): string {
  const uid = process.getuid?.() ?? 0;
  const shared = path.join(os.tmpdir(), `touchstone-templates-${uid}`);
  fs.mkdirSync(shared, { recursive: true, mode: 0o700 });
  const found = fs.lstatSync(shared);
  const isOwn = found.isDirectory() && found.uid === uid && (found.mode & 0o077) === 0;
  return isOwn ? shared : fs.mkdtempSync(path.join(os.tmpdir(), "touchstone-templates-"));
}

function isWhole(file: string): boolean {
  if (!fs.existsSync(file) || !fs.existsSync(`${file}.sha256`)) return false;
  return fs.readFileSync(`${file}.sha256`, "utf8") === checksum(fs.readFileSync(file));
}

function checksum(content: Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
