import { expect, test } from "vitest";
import { markdownHtml } from "./markdown-html.ts";

test("emphasis is emphasis", () => {
  expect(markdownHtml("*so* and __so__").trim()).toBe("<p><em>so</em> and <strong>so</strong></p>");
});

test("a flood of its signs stays text, however they are mixed", () => {
  const flood = "*a_".repeat(5000);
  expect(markdownHtml(flood).trim()).toBe(`<p>${flood}</p>`);
});
