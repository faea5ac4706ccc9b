import { createElement, type ReactNode, useMemo } from "react";

const ELEMENTS = new Set([
  "p",
  "ol",
  "ul",
  "li",
  "strong",
  "b",
  "em",
  "i",
  "code",
  "br",
  "h2",
  "h3",
  "h4",
  "blockquote",
  "hr",
  "table",
  "thead",
  "tbody",
  "tr",
  "td",
  "th",
]);
/** A heading within a section of ours. */
const INSTEAD: Readonly<Record<string, string>> = { h1: "h3", h2: "h3", h3: "h4" };

/** A message's text with its lists and emphasis: elements named here and words, nothing else of the page. */
export function WordsOfHtml({ html }: { readonly html: string }) {
  const words = useMemo(() => {
    const { body } = new DOMParser().parseFromString(html, "text/html");
    return shown(body.childNodes);
  }, [html]);
  return <div className="brief-words">{words}</div>;
}

function shown(nodes: Iterable<Node>): ReactNode[] {
  return [...nodes].map((node, at): ReactNode => {
    if (node instanceof Text) return node.data;
    if (!(node instanceof Element)) return null;
    const name = node.tagName.toLowerCase();
    if (name === "a") return linkOf(node, at);
    const inner = shown(node.childNodes);
    const as = INSTEAD[name] ?? (ELEMENTS.has(name) ? name : null);
    if (as === null) return inner;
    return as === "br" || as === "hr"
      ? createElement(as, { key: at })
      : createElement(as, { key: at }, ...inner);
  });
}

function linkOf(node: Element, key: number): ReactNode {
  const href = node.getAttribute("href") ?? "";
  const inner = shown(node.childNodes);
  if (!/^https?:\/\//.test(href)) return inner;
  return (
    <a key={key} href={href} target="_blank" rel="noreferrer">
      {inner}
    </a>
  );
}
