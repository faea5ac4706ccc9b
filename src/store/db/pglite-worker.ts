/** Runs PGlite in a thread of its own, since it blocks its thread for the whole of a query. */
import fs from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";
import { describeFailure } from "./database-error.ts";
import { durableStartParams, DurableNodeFS, fsyncTree } from "./durable-fs.ts";
import { PARSERS } from "./parse-value.ts";
import { unpackDatabase } from "./unpack-database.ts";
import type { WorkerReply, WorkerRequest, WorkerStart } from "./worker-protocol.ts";

const port = parentPort;
if (!port) throw new Error("pglite-worker runs as a worker thread only");
const reply = (message: WorkerReply): void => port.postMessage(message);

const { folder, template } = workerData as WorkerStart;
const disk = folder === undefined ? undefined : new DurableNodeFS(folder);
const fresh = folder === undefined || !fs.existsSync(`${folder}/PG_VERSION`);

if (folder !== undefined && fresh && template) await unpackDatabase(template, folder);
const pg = await PGlite.create({
  ...(disk
    ? { fs: disk, startParams: durableStartParams(PGlite.defaultStartParams) }
    : { dataDir: "memory://" }),
  ...(folder === undefined && template ? { loadDataDir: new Blob([template]) } : {}),
});
if (folder !== undefined && fresh) {
  await pg.exec("CHECKPOINT");
  await fsyncTree(folder);
}

const parsers = Object.fromEntries(PARSERS);
const unlisten = new Map<string, () => Promise<void>>();

async function serve(request: WorkerRequest): Promise<unknown> {
  switch (request.kind) {
    case "query": {
      const result = await pg.query(request.sql, [...request.params], { parsers });
      return result.rows;
    }
    case "exec":
      await pg.exec(request.sql);
      return undefined;
    case "copyIn": {
      const result = await pg.query(request.sql, [], { blob: new Blob([request.csv]) });
      return result.affectedRows ?? 0;
    }
    case "copyOut": {
      const result = await pg.query(request.sql);
      return result.blob ? new Uint8Array(await result.blob.arrayBuffer()) : new Uint8Array();
    }
    case "listen": {
      const { channel } = request;
      const stop = await pg.listen(`"${channel.replaceAll('"', '""')}"`, (payload) =>
        reply({ kind: "notified", channel, payload }),
      );
      unlisten.set(channel, stop);
      return undefined;
    }
    case "unlisten":
      await unlisten.get(request.channel)?.();
      unlisten.delete(request.channel);
      return undefined;
    case "dump": {
      await pg.exec("CHECKPOINT");
      return new Uint8Array(await (await pg.dumpDataDir("gzip")).arrayBuffer());
    }
    case "fsyncs":
      return disk?.fsyncs ?? 0;
    case "close":
      await pg.close();
      return undefined;
  }
}

port.on("message", ({ id, request }: { id: number; request: WorkerRequest }) => {
  serve(request).then(
    (value) => reply({ kind: "done", id, value }),
    (error: unknown) => reply({ kind: "failed", id, failure: describeFailure(error) }),
  );
});
reply({ kind: "ready" });
