import { StoreError } from "../store-error.ts";

/** A server's address for messages: never with its password. */
export function serverPlace(url: string): string {
  if (!URL.canParse(url) || !/^postgres(?:ql)?:/.test(url)) {
    throw new StoreError(
      "database-unreachable",
      "the address of the Postgres server is none",
      "write it like postgres://USER:PASSWORD@HOST:5432/DATABASE",
    );
  }
  const { username, hostname, port, pathname, searchParams } = new URL(url);
  const host = hostname === "" ? (searchParams.get("host") ?? "localhost") : hostname;
  return `${username === "" ? "" : `${username}@`}${host}:${port === "" ? "5432" : port}${pathname}`;
}
