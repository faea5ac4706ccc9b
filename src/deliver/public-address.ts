import ipaddr from "ipaddr.js";

/** Public by its number, but inside Azure it is the machine's own host. */
const HOSTS_BEHIND_PUBLIC_NUMBERS: ReadonlySet<string> = new Set(["168.63.129.16"]);

/** All that is routed on the internet today lies in here (RFC 4291 §2.4). */
const GLOBAL_V6 = ipaddr.IPv6.parseCIDR("2000::/3");

/**
 * What an address is when it is not a host of the public internet: `loopback`, `private`,
 * `linkLocal`, `carrierGradeNat`, `multicast`, an IPv4 address in IPv6's clothes, …; null when
 * it is one.
 */
export function notPublic(address: string): string | null {
  if (!ipaddr.isValid(address)) return "not an address";
  const parsed = ipaddr.parse(address);
  const range = parsed.range();
  if (range !== "unicast") return range;
  if (parsed instanceof ipaddr.IPv6) return parsed.match(GLOBAL_V6) ? null : "reserved";
  return HOSTS_BEHIND_PUBLIC_NUMBERS.has(parsed.toString()) ? "linkLocal" : null;
}
