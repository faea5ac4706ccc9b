import { type MemoryFigures, measureIngestMemory } from "./ingest-memory.ts";
import type { Line } from "./table.ts";
import { writeResult } from "./write-result.ts";

const EVENTS = 5_000_000;
const OPTIONS = { accounts: 2_000, every: 100_000, clients: 8, perRequest: 100 };
/** More in the last quarter than in the second by this share is growth. */
const FLAT = 1.1;

/** Both databases, or the one that is named. Ctrl-C ends it, and what was measured by then is kept. */
export async function runIngestMemory(args: readonly string[]): Promise<void> {
  const events = Number(args.find((arg) => /^\d+$/.test(arg)) ?? EVENTS);
  const engines = (["postgres", "pglite"] as const).filter(
    (name) => args.includes(name) || !(args.includes("pglite") || args.includes("postgres")),
  );
  const stop = new AbortController();
  process.once("SIGINT", () => stop.abort());
  const figures: MemoryFigures[] = [];
  for (const engine of engines) {
    if (stop.signal.aborted) break;
    process.stdout.write(`${engine}\n`);
    figures.push(
      await measureIngestMemory({ ...OPTIONS, engine, events }, stop.signal, (point) =>
        process.stdout.write(
          `${point.events.toLocaleString("en-US").padStart(10)} events  ${point.memoryMb} MB  ${point.eventsPerSecond.toLocaleString("en-US")} events/s\n`,
        ),
      ),
    );
  }
  writeResult("ingest-memory", {
    lines: figures.filter(({ growth }) => !Number.isNaN(growth)).map(lineOf),
    figures,
  });
}

function lineOf({ engine, events, points, growth }: MemoryFigures): Line {
  return {
    item: 6,
    what: `memory of serve on ${engine} while ${events.toLocaleString("en-US")} events come in`,
    figure: `${points.at(-1)?.memoryMb ?? 0} MB at the end`,
    ratio: { median: growth, least: growth, most: growth },
    aim: { text: "flat: at most 1.1", met: growth <= FLAT },
  };
}
