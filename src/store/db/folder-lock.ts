import crypto from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { StoreError } from "../store-error.ts";

/**
 * Two processes on one PGlite folder silently destroy each other's writes, so whoever opens it
 * leaves a claim: a file of its own, under a name nobody else will ever use, in `DIR/lock`.
 * A process first writes its claim and then looks for others; of two that start together at
 * least the later one therefore sees the other, and gives way. A claim of a dead process is
 * simply deleted: since names are never used twice, that can never hit a live one.
 */
export interface FolderLock {
  release(): void;
}

interface Claim {
  readonly pid: number;
  /** Start time of the process as the kernel counts it: a pid alone may be used again. */
  readonly started: string | null;
  readonly host: string;
  readonly boot: string;
  /** Process ids mean nothing outside of their namespace (a container). */
  readonly pidNamespace: string;
  readonly since: string;
  /** Only a holder is named in a refusal; one that is still claiming may give way. */
  readonly holding: boolean;
}

interface Found {
  readonly file: string;
  readonly claim: Claim | undefined;
}

const HEARTBEAT_MS = 5_000;
/** A holder that we cannot look at is taken for dead after this long without a heartbeat. */
const SILENT_MS = 30_000;
const GIVE_UP_MS = 10_000;

export async function lockFolder(folder: string): Promise<FolderLock> {
  const claims = path.join(folder, "lock");
  fs.mkdirSync(claims, { recursive: true, mode: 0o700 });
  const mine = path.join(claims, `${process.pid}-${crypto.randomUUID()}`);
  const me = describeMe();
  for (const deadline = Date.now() + GIVE_UP_MS; ;) {
    writeClaim(mine, { ...me, holding: false });
    const others = liveClaims(claims, mine);
    if (others.length === 0) break;
    fs.rmSync(mine, { force: true });
    const holder = others.find(({ claim }) => claim?.holding) ?? others[0];
    if (holder?.claim?.holding === true || Date.now() > deadline) throw refusal(folder, holder);
    await sleep(20 + Math.random() * 200);
  }
  writeClaim(mine, { ...me, holding: true });
  return keep(mine);
}

function keep(mine: string): FolderLock {
  const heartbeat = setInterval(() => {
    const now = new Date();
    // A missing file means that the folder is gone; the database itself will say so.
    fs.utimes(mine, now, now, () => undefined);
  }, HEARTBEAT_MS);
  heartbeat.unref();
  return {
    release() {
      clearInterval(heartbeat);
      fs.rmSync(mine, { force: true });
    },
  };
}

/** Written aside and renamed, so that nobody ever reads half a claim. */
function writeClaim(file: string, claim: Claim): void {
  const aside = path.join(path.dirname(file), `.${path.basename(file)}`);
  fs.writeFileSync(aside, JSON.stringify(claim), { mode: 0o600 });
  fs.renameSync(aside, file);
}

/** All claims but mine whose process may still live; those of the dead are deleted. */
function liveClaims(claims: string, mine: string): Found[] {
  const me = describeMe();
  const live: Found[] = [];
  for (const name of fs.readdirSync(claims)) {
    const file = path.join(claims, name);
    if (file === mine) continue;
    if (name.startsWith(".")) {
      // Half written: by somebody who still writes, or who was killed at it.
      if (!isFresh(file)) fs.rmSync(file, { force: true });
      continue;
    }
    const found = readClaim(file);
    if (!found) continue;
    if (mayLive(found, me)) live.push(found);
    else fs.rmSync(file, { force: true });
  }
  return live;
}

function readClaim(file: string): Found | undefined {
  try {
    return { file, claim: JSON.parse(fs.readFileSync(file, "utf8")) as Claim };
  } catch (error) {
    // Released between listing and reading: not there any more.
    if (error instanceof Error && Reflect.get(error, "code") === "ENOENT") return undefined;
    // Unreadable after a power cut: judged by its age alone.
    return { file, claim: undefined };
  }
}

function mayLive({ file, claim }: Found, me: Claim): boolean {
  const sameKernel =
    claim?.host === me.host && claim.boot === me.boot && claim.pidNamespace === me.pidNamespace;
  if (!claim || !sameKernel) {
    return isFresh(file);
  }
  if (claim.started !== null) return startOf(claim.pid) === claim.started;
  return isRunning(claim.pid);
}

function isFresh(file: string): boolean {
  const seen = fs.statSync(file, { throwIfNoEntry: false });
  return seen !== undefined && Date.now() - seen.mtimeMs < SILENT_MS;
}

function refusal(folder: string, holder: Found | undefined): StoreError {
  const claim = holder?.claim;
  const who = claim
    ? `process ${claim.pid}${claim.host === os.hostname() ? "" : ` on ${claim.host}`}${claim.pid === process.pid ? " (this one)" : ""} since ${claim.since}`
    : "another process";
  return new StoreError(
    "data-folder-in-use",
    `the data folder ${folder} is in use by ${who}`,
    "stop that process, or give another folder with --data, or set DATABASE_URL to share a Postgres server",
  );
}

function describeMe(): Claim {
  return {
    pid: process.pid,
    started: startOf(process.pid),
    host: os.hostname(),
    boot: readOr(() => fs.readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()),
    pidNamespace: readOr(() => fs.readlinkSync("/proc/self/ns/pid")),
    since: new Date().toISOString(),
    holding: false,
  };
}

/** Field 22 of /proc/PID/stat; the name in field 2 may hold spaces and parentheses. */
function startOf(pid: number): string | null {
  const stat = readOr(() => fs.readFileSync(`/proc/${pid}/stat`, "utf8"));
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
}

/** Only Linux has these; elsewhere the host's name and the pid must do. */
function readOr(read: () => string): string {
  try {
    return read();
  } catch {
    return "";
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && Reflect.get(error, "code") === "EPERM";
  }
}
