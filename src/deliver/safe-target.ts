import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { SafeRequestError } from "../engine/ports/http.ts";

export interface Resolved {
  readonly address: string;
  readonly family: 4 | 6;
}

/** All addresses of a name, as DNS and the hosts file tell. */
export type Resolve = (name: string) => Promise<readonly Resolved[]>;

export const resolveByDns: Resolve = async (name) => {
  const found = await lookup(name, { all: true });
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
};

/** How names and numbers are judged; tests put their own in the place of either. */
export interface Judge {
  readonly resolve: Resolve;
  readonly notPublic: (address: string) => string | null;
}

/** An address to ask, and the machine that it stands for, by all the numbers it has. */
export interface Target {
  readonly url: URL;
  readonly addresses: readonly Resolved[];
}

/** Reads and checks an address without asking DNS; throws a SafeRequestError `refused`. */
export function readTargetUrl(text: string, base?: URL): URL {
  if (!URL.canParse(text, base?.href)) throw new SafeRequestError("refused", "it is no URL");
  const url = new URL(text, base);
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new SafeRequestError("refused", `it begins with ${url.protocol} and not with https:`);
  }
  if (url.username !== "" || url.password !== "") {
    throw new SafeRequestError("refused", "it carries a user name or password");
  }
  return url;
}

/**
 * The machine to connect to. It is looked up once, and that very answer is checked and used: a
 * name that answers differently the next time gains nothing. One private address among several
 * is enough to refuse.
 */
export async function findTarget(url: URL, allowPrivate: boolean, judge: Judge): Promise<Target> {
  const addresses = await addressesOf(url, judge.resolve);
  if (!allowPrivate) {
    for (const { address } of addresses) {
      const kind = judge.notPublic(address);
      if (kind !== null) {
        const where = address === bareHost(url) ? "" : ` (${address})`;
        throw new SafeRequestError(
          "refused",
          `${url.hostname}${where} is no public address: ${kind}`,
        );
      }
    }
  }
  if (addresses.length === 0) {
    throw new SafeRequestError("unreachable", `${url.hostname} has no address`);
  }
  return { url, addresses };
}

async function addressesOf(url: URL, resolve: Resolve): Promise<readonly Resolved[]> {
  const host = bareHost(url);
  // The URL standard has turned 0x7f.1, 017700000001 and 2130706433 into 127.0.0.1 by now.
  const version = isIP(host);
  if (version !== 0) return [{ address: host, family: version === 6 ? 6 : 4 }];
  try {
    return await resolve(host);
  } catch (cause) {
    throw new SafeRequestError("unreachable", `${host} was not found`, { cause });
  }
}

/** Without the brackets of an IPv6 address. */
export function bareHost({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, "");
}
