import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { KeyKind } from "../ports.ts";

/** 32 bytes that nobody can guess, as text that goes into a URL as it is. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** Secrets are long and random, so that a plain hash is enough to keep them by. */
export function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

export function signature(secret: string, text: string): string {
  return createHmac("sha256", secret).update(text).digest("hex");
}

/** Takes the same time wherever two texts differ. */
export function isSame(a: string, b: string): boolean {
  const [x, y] = [a, b].map((text) => createHash("sha256").update(text).digest());
  return x !== undefined && y !== undefined && timingSafeEqual(x, y);
}

const LETTERS: { readonly [K in KeyKind]: string } = {
  write: "w",
  api: "a",
  widget: "v",
  admin: "m",
};
const KEY = /^ts([wavm])_([0-9a-f]{16})_([\w-]{43})$/;

/** What a person gets to see of a new key, once: its kind, its id and its secret. */
export function newKeyToken(kind: KeyKind): { readonly id: string; readonly token: string } {
  const id = randomBytes(8).toString("hex");
  return { id, token: `ts${LETTERS[kind]}_${id}_${newSecret()}` };
}

/** undefined: no key of ours looks like that. */
export function idInToken(token: string): string | undefined {
  return KEY.exec(token)?.[2];
}
