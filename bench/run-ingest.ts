import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import Table from "cli-table3";
import { startTestServer } from "../src/store/testing/postgres-server.ts";
import { benchIngest, type IngestFigures } from "./ingest.ts";
import type { Line } from "./table.ts";
import { writeResult } from "./write-result.ts";

const OPTIONS = { accounts: 1_000, perRequest: 100, clients: 8, turns: 7 };
const EVENTS = { pglite: 10_000, postgres: 30_000 };

/** Both databases, or the one that is named; a number gives the events of a turn. */
export async function runIngest(args: readonly string[]): Promise<void> {
  const events = Number(args.find((arg) => /^\d+$/.test(arg)));
  const databases = (["pglite", "postgres"] as const).filter(
    (name) => args.includes(name) || !(args.includes("pglite") || args.includes("postgres")),
  );
  const figures: IngestFigures[] = [];
  for (const name of databases) {
    const options = { ...OPTIONS, events: events > 0 ? events : EVENTS[name] };
    figures.push(await (name === "pglite" ? onPglite(options) : onPostgres(options)));
  }
  process.stdout.write(`${tell(figures)}\n`);
  if (databases.length === 2) writeResult("ingest", { lines: figures.map(lineOf), figures });
}

const AIM = 0.7;

function lineOf({ database, overHttp, ratio }: IngestFigures): Line {
  return {
    item: 6,
    what: `events over HTTP to durable on ${database}, against a bare insert of the same batches`,
    figure: `${overHttp.median.toLocaleString("en-US")} events/s`,
    ratio,
    aim: { text: `at least ${AIM}`, met: ratio.median >= AIM },
  };
}

type Options = Parameters<typeof benchIngest>[1];

async function onPglite(options: Options): Promise<IngestFigures> {
  const folder = mkdtempSync(path.join(tmpdir(), "touchstone-bench-"));
  try {
    return await benchIngest({ data: path.join(folder, "data") }, options);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function onPostgres(options: Options): Promise<IngestFigures> {
  const server = await startTestServer({ isDurable: true });
  try {
    return await benchIngest({ databaseUrl: server.url }, options);
  } finally {
    await server.stop();
  }
}

function tell(figures: readonly IngestFigures[]): string {
  const table = new Table({
    head: [
      "database",
      "events/s over HTTP",
      "rows/s inserted",
      "ratio",
      "from to",
      "rows/s copied",
      "ratio to it",
      "µs of processor: HTTP, insert, copy",
    ],
    style: { head: [], border: [] },
  });
  for (const { database, overHttp, inserted, copied, ratio, ...one } of figures) {
    const { cpuMicros, ratioToCopied } = one;
    table.push([
      database,
      overHttp.median.toLocaleString("en-US"),
      inserted.median.toLocaleString("en-US"),
      ratio.median.toFixed(2),
      `${ratio.least.toFixed(2)} to ${ratio.most.toFixed(2)}`,
      copied.median.toLocaleString("en-US"),
      ratioToCopied.median.toFixed(2),
      [cpuMicros.overHttp, cpuMicros.inserted, cpuMicros.copied]
        .map(({ median }) => median)
        .join(", "),
    ]);
  }
  const { accounts, perRequest, clients } = OPTIONS;
  return [
    `Tracked events of ${accounts} users, ${perRequest} a request from ${clients} clients at once, each answered once durable,`,
    "against the same rows of events and message ids inserted (and copied) in the same batches straight into the same database.",
    table.toString(),
  ].join("\n");
}
