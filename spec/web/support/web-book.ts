import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bareMember } from "../../../src/engine/bare-rows.ts";
import { applyModel } from "../../../src/engine/apply-model.ts";
import { importData } from "../../../src/engine/import-data.ts";
import type { EngineContext } from "../../../src/engine/context.ts";
import type { Access, Store, TeamRow } from "../../../src/engine/ports.ts";
import { localDay } from "../../../src/core/time/zone.ts";
import { type ImportDefinition, openImport, readImportFile } from "../../../src/import/index.ts";
import { openStore } from "../../../src/store/index.ts";
import { readModelFiles } from "../../../src/cli/model-files.ts";

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const ROOT = path("../../../");
const EXAMPLE = join(ROOT, "examples/saasguard/saasguard.import.yaml");
const TEMPLATE = join(ROOT, "templates/four-tiers-hybrid");
/** One account in so many of the demo's 600, and so many days of what happened. */
const ONE_IN = 10;
const DAYS = 120;

/** The people who sign in in browser tests, besides the demo's own CSMs. */
export const PEOPLE: readonly Exclude<Access, "csm">[] = ["leader", "ops", "admin"];
export const addressOf = (access: Access): string => `the.${access}@touchstone.example`;

/**
 * A data folder of one's own with some 60 accounts of the demo, decided by four-tiers-hybrid.
 * Made once a day and version of what it is made of, and copied. For pictures and benches; tests
 * have it on Postgres.
 */
export async function webBook(): Promise<string> {
  const made = await madeBook();
  const own = join(tmpdir(), `touchstone-web-${process.pid}-${process.hrtime.bigint()}`);
  cpSync(made, own, { recursive: true });
  return own;
}

async function madeBook(): Promise<string> {
  const place = join(ROOT, ".cache", `web-book-${bookKey()}`);
  if (existsSync(place)) return place;
  // aside and then renamed, since several workers may be at it
  const aside = `${place}.${process.pid}.${process.hrtime.bigint()}`;
  mkdirSync(aside, { recursive: true });
  await makeBook(aside);
  try {
    renameSync(aside, place);
  } catch (error) {
    if (!existsSync(place)) throw error;
    rmSync(aside, { recursive: true, force: true });
  }
  return place;
}

function bookKey(): string {
  const hash = createHash("sha256").update(new Date().toISOString().slice(0, 10));
  const parts = [
    path("./web-book.ts"),
    EXAMPLE,
    join(TEMPLATE, "model.yaml"),
    join(ROOT, "src/store/schema.sql"),
  ];
  for (const part of parts) hash.update(readFileSync(part));
  return hash.digest("hex").slice(0, 12);
}

async function makeBook(folder: string): Promise<void> {
  const store = await openStore({ data: folder });
  try {
    await fillBook(store);
  } finally {
    await store.close();
  }
}

/** Some 60 accounts of the demo, decided by four-tiers-hybrid. */
export async function fillBook(store: Store): Promise<void> {
  const context: EngineContext = { store, clock: Date.now, actor: "tests", delivers: true };
  const definition = smaller(await readImportFile(EXAMPLE));
  await importData(context, {
    source: "web book",
    open: (wanted) => openImport(definition, wanted),
    dryRun: false,
    onReject: () => undefined,
  });
  const files = await readModelFiles(TEMPLATE);
  if (!files) throw new Error(`${TEMPLATE} holds no model`);
  await applyModel(context, files, { reason: "browser tests" });
}

/** Whoever signs in with more access than a CSM. */
export async function addPeople({ team }: Store): Promise<void> {
  const now = Date.now();
  await team.write(PEOPLE.map(member), { now, today: localDay(now, "UTC") });
}

function smaller(definition: ImportDefinition): ImportDefinition {
  const few = `abs(hash(account_id)) % ${ONE_IN} = 0`;
  return {
    ...definition,
    statements: definition.statements.map((statement) => {
      const of = `SELECT * FROM (${statement.sql.trim().replace(/;$/, "")}) AS everything`;
      switch (statement.name) {
        case "team":
          return statement;
        case "events":
          return { ...statement, sql: `${of} WHERE ${few} AND "at" >= last_day() - ${DAYS}` };
        default:
          return { ...statement, sql: `${of} WHERE ${few}` };
      }
    }),
  };
}

function member(access: (typeof PEOPLE)[number]): TeamRow {
  return {
    ...bareMember(access),
    name: `The ${access}`,
    email: addressOf(access),
    role: access,
    access,
  };
}
