import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeKey } from "../src/engine/access/keys.ts";
import type { Store } from "../src/engine/ports.ts";
import type { OpenDatabase } from "../src/store/db/open-database.ts";
import { startTestServer } from "../src/store/testing/postgres-server.ts";
import { openPlanBook } from "./plan-book.ts";

const CLI = new URL("../dist/cli.js", import.meta.url).pathname;
/** A widget's key would be signed by it; the keys made here need none. */
const NO_SECRET = "";

/** A program that runs beside this one, as it does for a customer. */
export interface Running {
  readonly name: string;
  readonly pid: number;
}

/** `touchstone serve` over a book made today, in a process of its own. */
export interface ServedBook {
  readonly url: string;
  readonly writeKey: string;
  readonly apiKey: string;
  /** undefined: the embedded database, which only the server can ask. */
  readonly databaseUrl: string | undefined;
  readonly accounts: readonly string[];
  /** The server, then its workers. */
  readonly running: readonly Running[];
  stop(): Promise<void>;
}

export interface ServeOptions {
  readonly engine: Store["kind"];
  readonly accounts: number;
  /** `touchstone worker` processes beside the server; Postgres only. */
  readonly workers: number;
  /** An empty database that is there already, for tests. */
  readonly database?: string;
}

export async function serveBook(options: ServeOptions): Promise<ServedBook> {
  if (!existsSync(CLI)) throw new Error("build it first: npm run build");
  const folder = mkdtempSync(join(tmpdir(), "touchstone-served-"));
  const isServer = options.engine === "postgres";
  const server = isServer && options.database === undefined ? await startTestServer() : undefined;
  const databaseUrl = options.database ?? server?.url;
  const open = isServer ? { databaseUrl } : { data: join(folder, "data") };
  const children: { readonly name: string; readonly child: ChildProcess }[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(children.map(({ child }) => ended(child)));
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const made = await fill(open, options.accounts);
    const place = isServer ? ["--database", databaseUrl ?? ""] : ["--data", open.data ?? ""];
    const serve = start(["serve", "--json", "--no-send", "--port", "0", ...place], folder);
    children.push({ name: "serve", child: serve });
    for (let n = 1; n <= options.workers; n++)
      children.push({
        name: `worker ${n}`,
        child: start(["worker", "--json", "--no-send", ...place], folder),
      });
    const [{ url }] = (await Promise.all(children.map(({ child }) => firstLine(child)))) as [
      { url: string },
    ];
    const running = children.map(({ name, child }) => ({ name, pid: child.pid ?? 0 }));
    return { ...made, url, databaseUrl, running, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function fill(
  open: OpenDatabase,
  accounts: number,
): Promise<Pick<ServedBook, "writeKey" | "apiKey" | "accounts">> {
  const context = await openPlanBook(open, accounts, () => undefined, Date.now());
  const key = { name: "bench" };
  const write = await makeKey(context, { ...key, kind: "write" }, NO_SECRET);
  const api = await makeKey(
    context,
    { ...key, kind: "api", scopes: ["read"], access: "ops" },
    NO_SECRET,
  );
  const ids = await context.store.accounts.ids({});
  await context.store.close();
  return { writeKey: write.secret, apiKey: api.secret, accounts: ids };
}

function start(args: readonly string[], folder: string): ChildProcess {
  const { PATH, HOME } = process.env;
  const log = openSync(join(folder, "log"), "a");
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd: folder,
    env: { PATH, HOME, NODE_ENV: "production" },
    stdio: ["ignore", "pipe", log],
  });
  closeSync(log);
  return child;
}

/** What a program says as soon as it is ready. */
async function firstLine(child: ChildProcess): Promise<unknown> {
  let text = "";
  for await (const chunk of child.stdout ?? []) {
    text += String(chunk);
    const end = text.indexOf("\n");
    if (end < 0) continue;
    // what it says later is let go of, or it would wait for somebody to read it
    child.stdout?.resume();
    return JSON.parse(text.slice(0, end)) as unknown;
  }
  throw new Error(`it ended before it was ready: ${child.spawnargs.slice(2).join(" ")}`);
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await exit;
}

/** What a process holds in memory; 0 where nobody says. Linux only. */
export function memoryMb({ pid }: Running): number {
  try {
    const [, kb] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return Math.round(Number(kb) / 1024);
  } catch {
    return 0;
  }
}
