import net from "node:net";
import type { TestProject } from "vitest/node";
import { openPostgres } from "../db/postgres.ts";
import { migrate } from "../migrate.ts";
import { CITUS_URL, CitusCluster } from "./citus-cluster.ts";
import { createDatabase, startTestServer } from "./postgres-server.ts";
import type { TestServer } from "./postgres-server.ts";
import { templateFile } from "./store-template.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Port to ask for what tests share; it is made for who asks first. */
    sharedForTests: number;
  }
}

export type Shared =
  | "postgres"
  | "postgres-schema"
  | "template"
  | "citus-database"
  | "citus-schema";

/** A database with the store's schema, for others to be copies of. Nobody may be connected to it. */
async function makeSchema(server: string): Promise<string> {
  const url = await createDatabase(server, "template0");
  const db = await openPostgres({ url });
  await migrate(db);
  await db.close();
  return new URL(url).pathname.slice(1);
}

/** Runs in vitest's main process, so what it starts outlives the threads that tests run in. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  let server: Promise<TestServer> | undefined;
  let template: Promise<string> | undefined;
  let schema: Promise<string> | undefined;
  const cluster = new CitusCluster(CITUS_URL ?? "");
  async function make(wanted: Shared): Promise<string> {
    if (wanted === "citus-database") return cluster.newDatabase();
    if (wanted === "citus-schema") return cluster.newStore();
    if (wanted === "template") return (template ??= templateFile());
    const { url } = await (server ??= startTestServer());
    return wanted === "postgres" ? url : (schema ??= makeSchema(url));
  }
  const door = net.createServer((socket) => {
    // A test that stopped waiting is no concern of the others.
    socket.on("error", () => undefined);
    socket.once("data", (wanted) => {
      make(wanted.toString() as Shared).then(
        (value) => socket.end(JSON.stringify({ value })),
        (error: unknown) => socket.end(JSON.stringify({ problem: String(error) })),
      );
    });
  });
  await new Promise<void>((resolve) => {
    door.listen(0, "127.0.0.1", resolve);
  });
  const address = door.address();
  if (typeof address !== "object" || !address) throw new Error("no port to listen on");
  project.provide("sharedForTests", address.port);
  return async () => {
    door.close();
    await cluster.close();
    await (await server)?.stop();
  };
}
