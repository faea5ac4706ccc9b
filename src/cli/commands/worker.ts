import { type Define, withJson } from "../command.ts";
import { print, printJsonLine } from "../output.ts";

interface Options {
  readonly database?: string;
  readonly data?: string;
  readonly send: boolean;
  readonly json?: boolean;
}

export const worker: Define = (program) => {
  withJson(
    program
      .command("worker")
      .description("run a worker alone; many may run against one Postgres server")
      .option("--database <url>", "the Postgres server (or DATABASE_URL)")
      .option("--data <dir>", "refused: the embedded database has one process, `touchstone serve`")
      .option("--no-send", "a dry run: everything happens but nothing leaves"),
    "print one line of JSON once it works",
  ).action(async (options: Options) => {
    const { openOwnStore, settingValues } = await import("../compose-serve.ts");
    const { startWorker, refuseEmbedded } = await import("../compose-worker.ts");
    const { leave, untilStopped } = await import("../until-stopped.ts");
    const values = settingValues();
    refuseEmbedded(options, values);
    const store = await openOwnStore(options, values);
    try {
      const working = await startWorker(store, values, options.send);
      const greet = () => {
        if (options.json)
          printJsonLine({ worker: working.id, database: store.place, pid: process.pid });
        else print(`Worker ${working.id} works on ${store.place}. Ctrl-C stops it.`);
      };
      await untilStopped(greet, () => working.stop());
    } finally {
      await store.close();
    }
    await leave();
  });
};
