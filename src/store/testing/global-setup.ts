import net from "node:net";
import type { TestProject } from "vitest/node";
import { startTestServer } from "./postgres-server.ts";
import type { TestServer } from "./postgres-server.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Where to ask for the run's one Postgres server; it is started by who asks first. */
    postgresOnDemand: number;
  }
}

/** Runs in vitest's main process, so the server outlives the threads that the tests run in. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let server: Promise<TestServer> | undefined;
  const door = net.createServer((socket) => {
    server ??= startTestServer();
    server.then(
      ({ url }) => socket.end(JSON.stringify({ url })),
      (error: unknown) => socket.end(JSON.stringify({ problem: String(error) })),
    );
    // A test that stopped waiting is no concern of the others.
    socket.on("error", () => undefined);
  });
  await new Promise<void>((resolve) => door.listen(0, "127.0.0.1", resolve));
  const address = door.address();
  if (typeof address !== "object" || !address) throw new Error("no port to listen on");
  project.provide("postgresOnDemand", address.port);
  return async () => {
    door.close();
    await (await server)?.stop();
  };
}
