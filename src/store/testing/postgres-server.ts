import { execFileSync, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import crypto from "node:crypto";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { copyNpmBinaries, findBinaries } from "./postgres-binaries.ts";

export interface TestServer {
  /** Of its `postgres` database, as its superuser. */
  readonly url: string;
  readonly binaries: string;
  stop(): Promise<void>;
}

interface User {
  readonly uid: number;
  readonly gid: number;
}

export interface TestServerOptions {
  /** What is committed is on the disk, as a server comes; tests need none of it and are faster without. */
  readonly isDurable?: boolean;
}

/**
 * A Postgres server for tests: on loopback, at a free port, as an unprivileged user also when
 * root runs the tests (Postgres refuses root), by default without fsync. It ends with this
 * process however that ends, a kill -9 included.
 */
export async function startTestServer({
  isDurable = false,
}: TestServerOptions = {}): Promise<TestServer> {
  const user = unprivilegedUser();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "touchstone-postgres-"));
  const found = findBinaries();
  const bin =
    found.from === "npm"
      ? copyNpmBinaries(found.folder, path.join(folder, "native"))
      : found.folder;
  const password = crypto.randomBytes(12).toString("hex");
  const passwordFile = path.join(folder, "password");
  fs.writeFileSync(passwordFile, password);
  if (user) giveAll(folder, user);
  const data = path.join(folder, "data");
  const init = ["-D", data, "-U", "touchstone", "-A", "scram-sha-256", `--pwfile=${passwordFile}`];
  execFileSync(path.join(bin, "initdb"), [...init, "-E", "UTF8", "--locale=C", "--no-sync"], {
    ...user,
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
  });
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const server = spawnGuarded(bin, folder, data, user, [
      `port=${port}`,
      ...SETTINGS,
      ...(isDurable ? [] : FORGETFUL),
    ]);
    const url = `postgres://touchstone:${password}@127.0.0.1:${port}/postgres`;
    const problem = await whenReady(server, url);
    if (problem === undefined) return { url, binaries: bin, stop: () => stop(server) };
    // Another process may have taken the port in between.
    if (attempt === 3) throw new Error(`the test server did not start: ${problem}`);
  }
}

/** A new database of a server, made of another of its databases; answers its address. */
export async function createDatabase(server: string, template: string): Promise<string> {
  const name = `test_${crypto.randomBytes(6).toString("hex")}`;
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(`CREATE DATABASE ${name} TEMPLATE ${template} ENCODING 'UTF8'`);
  await client.end();
  return server.replace(/\/postgres$/, `/${name}`);
}

/** Ours to make and the server's to use, and to remove in the end. */
function giveAll(folder: string, user: User): void {
  fs.lchownSync(folder, user.uid, user.gid);
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const at = path.join(folder, entry.name);
    if (entry.isDirectory()) giveAll(at, user);
    else fs.lchownSync(at, user.uid, user.gid);
  }
}

const SETTINGS = [
  "listen_addresses=127.0.0.1",
  "unix_socket_directories=",
  "max_connections=200",
  // A zone and a style unlike the usual ones, so that nothing leans on the usual ones.
  "timezone=Asia/Kolkata",
  "intervalstyle=postgres",
];
const FORGETFUL = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];

/**
 * The shell that starts the server also watches us: it holds the other end of a pipe that
 * only this process writes to, and the kernel closes it whenever we are gone.
 */
function spawnGuarded(
  bin: string,
  folder: string,
  data: string,
  user: User | undefined,
  settings: readonly string[],
): ChildProcess {
  const script = `"$@" >"$0/log" 2>&1 & read _; kill -QUIT $!; wait $!; rm -rf "$0"`;
  const given = settings.flatMap((setting) => ["-c", setting]);
  return spawn(
    "/bin/sh",
    ["-c", script, folder, path.join(bin, "postgres"), "-D", data, ...given],
    { ...user, cwd: folder, detached: true, stdio: ["pipe", "ignore", "ignore"] },
  );
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  // nothing else may be left that keeps this process going until then
  server.ref();
  const ended = new Promise((resolve) => server.once("exit", resolve));
  server.stdin?.end();
  await ended;
}

async function whenReady(server: ChildProcess, url: string): Promise<string | undefined> {
  let problem = "no answer";
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; await sleep(50)) {
    if (server.exitCode !== null) return "it ended at once";
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      server.unref();
      return undefined;
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
    }
  }
  await stop(server);
  return problem;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

/** Whom to run as when we are root; undefined: as we are. */
function unprivilegedUser(): User | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const lines = fs
    .readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"));
  for (const name of ["postgres", "nobody"]) {
    const line = lines.find(([found]) => found === name);
    if (line) return { uid: Number(line[2]), gid: Number(line[3]) };
  }
  throw new Error("Postgres does not run as root, and there is neither a user postgres nor nobody");
}
