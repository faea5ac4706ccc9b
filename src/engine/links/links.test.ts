import { expect, test } from "vitest";
import { makeLinks } from "./message-links.ts";
import { LINK_KINDS, type LinkKind, readLink, signLink } from "./sign-link.ts";

const SECRET = "a secret for tests";
const KINDS = Object.keys(LINK_KINDS) as LinkKind[];
const LINK = { attempt: "k2uyfi2akdr3jtph.1", detail: "nps.9" };

test("what was signed is read back", () => {
  expect(readLink(SECRET, "survey", signLink(SECRET, "survey", LINK))).toEqual(LINK);
  const bare = { attempt: "k2uyfi2akdr3jtph.inv.0", detail: "" };
  expect(readLink(SECRET, "open", signLink(SECRET, "open", bare))).toEqual(bare);
});

test("a link for one purpose serves no other, and another server's serves none", () => {
  for (const made of KINDS) {
    const token = signLink(SECRET, made, LINK);
    for (const read of KINDS) {
      expect(readLink(SECRET, read, token)).toEqual(made === read ? LINK : null);
    }
    expect(readLink("another secret", made, token)).toBeNull();
  }
});

test("no letter of a token can be changed, added or left out", () => {
  const token = signLink(SECRET, "click", { attempt: "k2uyfi2akdr3jtph.1", detail: "0" });
  for (let at = 0; at < token.length; at++) {
    const other = token[at] === "a" ? "b" : "a";
    expect(readLink(SECRET, "click", token.slice(0, at) + other + token.slice(at + 1))).toBeNull();
    expect(readLink(SECRET, "click", token.slice(0, at) + token.slice(at + 1))).toBeNull();
    expect(readLink(SECRET, "click", `${token.slice(0, at)}~${token.slice(at)}`)).toBeNull();
  }
  for (const nonsense of ["", "~", "~~", token.toUpperCase(), `${token}~`, "ä".repeat(16)]) {
    expect(readLink(SECRET, "click", nonsense)).toBeNull();
  }
});

test("the parts of a token cannot be moved into each other", () => {
  expect(() => signLink(SECRET, "click", { attempt: "a~1", detail: "" })).toThrow("`a~1`");
  expect(() => signLink(SECRET, "click", { attempt: "a/b", detail: "1" })).toThrow("`a/b`");
});

test("the links of a message are short and need no escaping", () => {
  const links = makeLinks({ publicUrl: "https://cs.example.com/", secret: SECRET }, LINK.attempt);
  const all = [
    links?.click(12),
    links?.open(),
    links?.unsubscribe(),
    links?.preferences(),
    links?.survey("nps", 10),
  ];
  expect(all.map((url) => url?.slice(0, 25))).toEqual([
    "https://cs.example.com/c/",
    "https://cs.example.com/o/",
    "https://cs.example.com/u/",
    "https://cs.example.com/p/",
    "https://cs.example.com/s/",
  ]);
  for (const url of all) expect(url).toMatch(/^https:\/\/[\w.~/-]{1,80}$/);
  expect(links?.open()).toMatch(/\.gif$/);
});

test("without a public address there are no links", () => {
  expect(makeLinks({ publicUrl: null, secret: SECRET }, LINK.attempt)).toBeNull();
});
