import { type InAppMessage, type MessagePart, PART_TAGS } from "../src/core/in-app/types.ts";

type Child = Node | string | null | undefined | false;

/** An element with attributes and children. Texts are texts: nothing here is ever read as HTML. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.filter((child): child is Node | string => Boolean(child)));
  return element;
}

/** Links are made apart: they are looked at first. */
const TAGS: ReadonlySet<string> = new Set(PART_TAGS.filter((tag) => tag !== "a"));

/** What a message says. Kinds of parts that this widget does not know give their text. */
export function bodyOf(
  parts: readonly MessagePart[],
  onLink: (event: MouseEvent) => void,
): DocumentFragment {
  const fragment = document.createDocumentFragment();
  for (const part of parts) {
    if (typeof part === "string") {
      fragment.append(part);
      continue;
    }
    const { tag, href } = part;
    const inside = bodyOf(part.parts, onLink);
    const link = tag === "a" && href !== undefined ? linkTo(href, {}, onLink, inside) : null;
    fragment.append(link ?? (TAGS.has(tag) ? make(tag, {}, inside) : inside));
  }
  return fragment;
}

/** A link to the web or to a page of this site; null: it leads anywhere else. */
export function linkTo(
  href: string,
  attributes: Readonly<Record<string, string>>,
  onClick: (event: MouseEvent) => void,
  ...children: readonly Child[]
): HTMLAnchorElement | null {
  const url = safeUrl(href);
  if (!url) return null;
  const away = url.origin === location.origin ? {} : { target: "_blank", rel: "noopener" };
  const link = make("a", { ...attributes, ...away, href: url.href }, ...children);
  link.addEventListener("click", onClick);
  return link;
}

function safeUrl(href: string): URL | null {
  try {
    const url = new URL(href, location.href);
    return /^https?:$/.test(url.protocol) ? url : null;
  } catch {
    // no address at all: shown as plain words
    return null;
  }
}

export function closeButton({ words }: InAppMessage, onClick: () => void): HTMLButtonElement {
  const button = make("button", { type: "button", class: "close", "aria-label": words.close });
  button.addEventListener("click", onClick);
  return button;
}

/** The message's own button, where it has one. */
export function mainButton(
  { button, link, words }: InAppMessage,
  onClick: () => void,
): HTMLElement | null {
  if (button === null && link === null) return null;
  const text = button ?? words.open;
  const anchor = link === null ? null : linkTo(link, { class: "main" }, onClick, text);
  if (anchor) return anchor;
  const plain = make("button", { type: "button", class: "main" }, text);
  plain.addEventListener("click", onClick);
  return plain;
}
