import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import type { Run } from "./types.ts";

/**
 * What a touch is called for ever: account, program, run, step, occurrence, contact, and how
 * often it was planned again. Planning twice finds the same key and makes nothing.
 */
export interface TouchIdentity {
  readonly account: string;
  readonly program: string;
  readonly run: number;
  readonly step: string;
  readonly occurrence: number;
  readonly contact: string | null;
}

export function touchKey(touch: TouchIdentity): string {
  const { account, program, run, step, occurrence, contact } = touch;
  const key = `${part(account)}/${program}/${run}/${step}/${occurrence}`;
  return contact === null ? key : `${key}/for:${part(contact)}`;
}

/** A touch that nobody planned; `nonce` tells those of an account apart. */
export function byHandKey(account: string, nonce: string): string {
  return `${part(account)}/by-hand/${part(nonce)}`;
}

const AGAIN = /\/again:(\d+)$/;

/** The key under which a touch is planned once more. */
export function againKey(key: string): string {
  const match = AGAIN.exec(key);
  return match ? `${key.slice(0, match.index)}/again:${Number(match[1]) + 1}` : `${key}/again:1`;
}

/** Whether it was made for a receiver, not for the account: no other part has a slash before. */
export function isForContact(key: string): boolean {
  return key.includes("/for:");
}

/** Whether it was planned in place of one that was missed: no occurrence of its own. */
export function isAgain(key: string): boolean {
  return AGAIN.test(key);
}

/** Ids are other people's texts: a slash in one may not look like the next part. */
function part(text: string): string {
  return /[%/]/.test(text) ? text.replaceAll("%", "%25").replaceAll("/", "%2F") : text;
}

const LETTERS = "abcdefghijklmnopqrstuvwxyz234567";

/** 16 letters and digits (80 bits) that stand for the key wherever people see it. */
export function touchId(key: string): string {
  const bytes = sha256(utf8ToBytes(key));
  let id = "";
  let [bits, held] = [0, 0];
  for (const byte of bytes.subarray(0, 10)) {
    bits = (bits << 8) | byte;
    for (held += 8; held >= 5; held -= 5) id += LETTERS[(bits >> (held - 5)) & 31];
    bits &= (1 << held) - 1;
  }
  return id;
}

/** Under which a run's memory and past are kept: `program` or `program/contact`. */
export function runKey(run: Pick<Run, "program" | "contact">): string {
  return run.contact === null ? run.program : `${run.program}/${run.contact}`;
}

/** The program of a run's key: program names have no slash. */
export function programOfKey(key: string): string {
  const slash = key.indexOf("/");
  return slash < 0 ? key : key.slice(0, slash);
}
