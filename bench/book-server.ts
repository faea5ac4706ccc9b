import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import type { Store } from "../src/engine/ports.ts";
import { type OpenDatabase, openDatabase } from "../src/store/db/open-database.ts";
import { createDatabase, startTestServer } from "../src/store/testing/postgres-server.ts";
import type { BareFigures, BareWork } from "./bare-store.ts";
import { serverCpuMs, serverOf } from "./server-cpu.ts";

/** A book that is made once, and copies of it to work on. */
export interface BookServer {
  make(fill: (open: OpenDatabase) => Promise<void>): Promise<void>;
  /** A copy, gone afterwards. */
  withCopy<T>(use: (open: OpenDatabase) => Promise<T>): Promise<T>;
  /** A folder for files, the same for all who ask. */
  scratch(): string;
  timed(open: OpenDatabase, work: (open: OpenDatabase) => Promise<BareWork>): Promise<BareFigures>;
  stop(): Promise<void>;
}

/**
 * On Postgres a server of the tests' kind, without fsync, or the one that runs at `url`; the embedded
 * database writes to the disk as it does.
 */
export async function startBookServer(engine: Store["kind"], url?: string): Promise<BookServer> {
  const folder = mkdtempSync(join(tmpdir(), "touchstone-bench-"));
  const book = await (engine === "postgres" ? onPostgres(url) : onPglite(folder));
  return {
    ...book,
    scratch: () => join(folder, "changes"),
    async stop() {
      await book.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

type Books = Omit<BookServer, "scratch">;

async function onPostgres(running: string | undefined): Promise<Books> {
  const started = running === undefined ? await startTestServer() : undefined;
  const server = { url: running ?? started?.url ?? "", stop: () => started?.stop() };
  const open: OpenDatabase = { databaseUrl: await createDatabase(server.url, "template0") };
  const name = nameOf(open);
  const postmaster = await serverOf(server.url);
  return {
    make: (fill) => fill(open),
    async withCopy(use) {
      const copy = { databaseUrl: await createDatabase(server.url, name) };
      try {
        return await use(copy);
      } finally {
        const db = await openDatabase({ databaseUrl: server.url });
        await db.exec(`DROP DATABASE ${nameOf(copy)} WITH (FORCE)`);
        await db.close();
      }
    },
    timed: (at, work) =>
      timed(
        () => serverCpuMs(postmaster),
        () => work(at),
      ),
    stop: async () => server.stop(),
  };
}

function nameOf({ databaseUrl = "" }: OpenDatabase): string {
  return new URL(databaseUrl).pathname.slice(1);
}

function onPglite(folder: string): Promise<Books> {
  const data = join(folder, "book");
  const copy = join(folder, "copy");
  return Promise.resolve({
    make: (fill) => fill({ data }),
    async withCopy(use) {
      cpSync(data, copy, { recursive: true });
      try {
        return await use({ data: copy });
      } finally {
        rmSync(copy, { recursive: true, force: true });
      }
    },
    timed: (at, work) =>
      timed(
        () => 0,
        () => work(at),
      ),
    stop: () => Promise.resolve(),
  });
}

async function timed(serverCpu: () => number, work: () => Promise<BareWork>): Promise<BareFigures> {
  const before = serverCpu();
  const cpu = process.cpuUsage();
  const start = performance.now();
  const done = await work();
  const ms = Math.round(performance.now() - start);
  const { user, system } = process.cpuUsage(cpu);
  return { ...done, ms, cpuMs: Math.round((user + system) / 1000 + serverCpu() - before) };
}
