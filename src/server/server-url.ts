import type { AddressInfo } from "node:net";
import type { App } from "./route.ts";

/** Where the server listens, as a browser on the same machine reaches it; null: it does not. */
export function serverUrl(app: App): string | null {
  const address: string | AddressInfo | null = app.server.address();
  if (address === null || typeof address === "string") return null;
  const { address: host, port } = address;
  const scheme = app.initialConfig.https ? "https" : "http";
  return `${scheme}://${reachable(host)}:${port}`;
}

/** Whoever listens everywhere is found on this machine, too. */
function reachable(host: string): string {
  if (host === "0.0.0.0") return "127.0.0.1";
  if (host === "::") return "[::1]";
  return host.includes(":") ? `[${host}]` : host;
}
