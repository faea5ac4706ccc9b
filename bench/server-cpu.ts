import { readdirSync, readFileSync } from "node:fs";
import { openDatabase } from "../src/store/db/open-database.ts";

/** The kernel counts in hundredths of a second. */
const MS_PER_TICK = 10;

interface Stat {
  readonly parent: number;
  readonly own: number;
  readonly ended: number;
}

/** The process that the server's others are children of. */
export async function serverOf(databaseUrl: string): Promise<number> {
  const db = await openDatabase({ databaseUrl });
  try {
    const [found] = await db.q<{ pid: number }>("SELECT pg_backend_pid() AS pid");
    return statOf(found?.pid ?? 0)?.parent ?? 0;
  } finally {
    await db.close();
  }
}

/** Processor time of a Postgres server on this machine, ended connections included. Linux only: else 0. */
export function serverCpuMs(postmaster: number): number {
  const main = statOf(postmaster);
  if (!main) return 0;
  let ticks = main.own + main.ended;
  for (const name of readdirSync("/proc")) {
    const stat = /^\d+$/.test(name) ? statOf(Number(name)) : undefined;
    if (stat?.parent === postmaster) ticks += stat.own;
  }
  return ticks * MS_PER_TICK;
}

function statOf(pid: number): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    // the name of the program may have blanks in it
    const fields = text
      .slice(text.lastIndexOf(")") + 2)
      .split(" ")
      .map(Number);
    const [own, ended] = [
      (fields[11] ?? 0) + (fields[12] ?? 0),
      (fields[13] ?? 0) + (fields[14] ?? 0),
    ];
    return { parent: fields[1] ?? 0, own, ended };
  } catch {
    // it has ended meanwhile, or this is no Linux
    return undefined;
  }
}
