import { createHash, createVerify, type KeyObject } from "node:crypto";
import type { ReceivedMail } from "./mail-server.ts";

/** Header lines, unfolded, as they came over the wire. */
export function headersOf({ raw }: ReceivedMail): readonly string[] {
  const head = raw.slice(0, raw.indexOf("\r\n\r\n"));
  return head.replace(/\r\n[ \t]+/g, " ").split("\r\n");
}

/** The tags of a DKIM signature. */
export function tagsOf(signature: string): ReadonlyMap<string, string> {
  const tags = signature.split(";").map((tag) => tag.trim());
  return new Map(
    tags
      .filter((tag) => tag !== "")
      .map((tag) => [
        tag.slice(0, tag.indexOf("=")).trim(),
        tag.slice(tag.indexOf("=") + 1).replace(/\s+/g, ""),
      ]),
  );
}

const relaxed = (line: string): string => {
  const colon = line.indexOf(":");
  return `${line.slice(0, colon).toLowerCase().trim()}:${line
    .slice(colon + 1)
    .replace(/\s+/g, " ")
    .trim()}`;
};

/** RFC 6376 with relaxed canonicalisation, worked out anew from the bytes that arrived. */
export function verifies(mail: ReceivedMail, key: KeyObject): boolean {
  const lines = headersOf(mail);
  const signature = lines.find((line) => line.toLowerCase().startsWith("dkim-signature:")) ?? "";
  const tags = tagsOf(signature.slice("dkim-signature:".length));
  const body = mail.raw.slice(mail.raw.indexOf("\r\n\r\n") + 4);
  const plain = body
    .split("\r\n")
    .map((line) => line.replace(/[ \t]+/g, " ").replace(/ $/, ""))
    .join("\r\n")
    .replace(/(\r\n)+$/, "");
  const canonical = plain === "" ? "" : `${plain}\r\n`;
  const bodyHash = createHash("sha256").update(canonical, "latin1").digest("base64");
  const unused = [...lines];
  const signed = (tags.get("h") ?? "").split(":").flatMap((name) => {
    const at = unused.findLastIndex((line) =>
      line.toLowerCase().startsWith(`${name.toLowerCase()}:`),
    );
    return at < 0 ? [] : unused.splice(at, 1).map(relaxed);
  });
  const own = relaxed(signature).replace(/;\s*b=.*$/, "; b=");
  const check = createVerify("sha256").update([...signed, own].join("\r\n"), "latin1");
  return tags.get("bh") === bodyHash && check.verify(key, tags.get("b") ?? "", "base64");
}
