import ipaddr from "ipaddr.js";
import { AppError } from "../engine/app-error.ts";
import type { App } from "./route.ts";

export interface Place {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
}

/** Whoever listens to more than this machine does so over TLS: people's sessions and keys pass there. */
export function refuseOpenHost(
  { host }: Pick<Place, "host">,
  { hasTls, behindProxy }: { readonly hasTls: boolean; readonly behindProxy: boolean },
): void {
  if (isLoopback(host) || hasTls || behindProxy) return;
  throw new AppError(
    "unsafe-host",
    `--host ${host} would let other machines in over plain HTTP: sessions, keys and customers' data could be read on the way.`,
    "Give --tls-cert FILE and --tls-key FILE, or put a proxy that speaks TLS before it and add --behind-proxy.",
  );
}

function isLoopback(host: string): boolean {
  if (host === "localhost") return true;
  return ipaddr.isValid(host) && ipaddr.process(host).range() === "loopback";
}

/** Throws `cannot-listen` with what is in the way. */
export async function listen(app: App, { host, port }: Place): Promise<void> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    const [what, hint] = reasonOf((error as NodeJS.ErrnoException).code, host, port);
    if (what === undefined) throw error;
    throw new AppError("cannot-listen", what, hint);
  }
}

type Reason = readonly [what?: string, hint?: string];

function reasonOf(code: string | undefined, host: string, port: number): Reason {
  switch (code) {
    case "EADDRINUSE":
      return [
        `Port ${port} on ${host} is in use by another program, perhaps another \`touchstone serve\`.`,
        "Stop that one, or give another --port; --port 0 takes any that is free.",
      ];
    case "EACCES":
      return [
        `Port ${port} may not be used: ports below 1024 are the system administrator's.`,
        "Give another --port, and let a proxy stand before it.",
      ];
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return [
        `${host} is no address of this machine.`,
        "Give another --host; 127.0.0.1 is the default.",
      ];
    default:
      return [];
  }
}
