import { type Define, withJson, withStore } from "../command.ts";
import type { StoreOptions } from "../compose.ts";
import { portOption } from "../read-options.ts";

interface Options extends StoreOptions {
  readonly port: string;
  readonly host: string;
  readonly send: boolean;
  readonly behindProxy?: boolean;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly json?: boolean;
}

export const serve: Define = (program) => {
  withStore(
    withJson(
      program
        .command("serve")
        .description("run Touchstone: HTTP API and worker in one process")
        .option("--port <port>", "0: any that is free", "4600")
        .option("--host <host>", "the address to listen on", "127.0.0.1")
        .option("--no-send", "a dry run: everything happens but nothing leaves")
        .option("--behind-proxy", "a proxy that speaks TLS stands before it")
        .option("--tls-cert <file>", "speak TLS with this certificate (PEM)")
        .option("--tls-key <file>", "and its private key (PEM)"),
      "print one line of JSON once it listens",
    ),
  ).action(async (options: Options) => {
    const port = portOption(options.port);
    const { checkOptions, openOwnStore, settingValues, startServer } =
      await import("../compose-serve.ts");
    const { tellServed } = await import("../render/tell-served.ts");
    const { leave, untilStopped } = await import("../until-stopped.ts");
    const { behindProxy = false, host, send, tlsCert, tlsKey } = options;
    const server = {
      place: { host, port },
      send,
      behindProxy,
      ...(tlsCert === undefined ? {} : { tlsCert }),
      ...(tlsKey === undefined ? {} : { tlsKey }),
      signInLink: "first",
    } as const;
    const values = settingValues();
    checkOptions(values, server);
    const store = await openOwnStore(options, values);
    try {
      const served = await startServer(store, values, server);
      await untilStopped(
        () => tellServed(served, store, { json: options.json === true, values }),
        () => served.stop(),
      );
    } finally {
      await store.close();
    }
    await leave();
  });
};
