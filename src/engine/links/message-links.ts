import type { MessageLinks } from "../ports.ts";
import type { Settings } from "../settings.ts";
import { LINK_KINDS, type LinkKind, signLink } from "./sign-link.ts";

/**
 * The addresses on our own server that the message of an attempt carries. null: customers'
 * browsers cannot reach us, so it goes out without.
 */
export function makeLinks(
  { publicUrl, secret }: Pick<Settings, "publicUrl" | "secret">,
  attempt: string,
): MessageLinks | null {
  if (publicUrl === null) return null;
  const base = publicUrl.replace(/\/+$/, "");
  const to = (kind: LinkKind, detail = ""): string =>
    `${base}/${LINK_KINDS[kind]}/${signLink(secret, kind, { attempt, detail })}`;
  return {
    click: (index) => to("click", String(index)),
    open: () => `${to("open")}.gif`,
    unsubscribe: () => to("unsubscribe"),
    preferences: () => to("preferences"),
    survey: (survey, score) => to("survey", `${survey}.${score}`),
  };
}
