import { expect, test } from "vitest";
import { isSafeLink, messageParts } from "./message-parts.ts";

test("paragraphs, emphasis, lists and links become parts", () => {
  expect(
    messageParts(
      '<p>Hello <b>Ada</b> &amp; co,<br>see <a href="https://a.test/?x=1&amp;y=2">this</a></p><ul><li>one</li></ul>',
    ),
  ).toEqual([
    {
      tag: "p",
      parts: [
        "Hello ",
        { tag: "strong", parts: ["Ada"] },
        " & co,",
        { tag: "br", parts: [] },
        "see ",
        { tag: "a", parts: ["this"], href: "https://a.test/?x=1&y=2" },
      ],
    },
    { tag: "ul", parts: [{ tag: "li", parts: ["one"] }] },
  ]);
});

test.each([
  ["<script>alert(1)</script>after", ["after"]],
  ["<style>*{}</style><!-- c -->after", ["after"]],
  ['<img src=x onerror="alert(1)">after', ["after"]],
  ['<a href="javascript:alert(1)">x</a>', ["x"]],
  ['<a href="&#106;avascript:alert(1)">x</a>', ["x"]],
  ['<a href="//evil.test">x</a>', ["x"]],
  ['<a href="/\\evil.test">x</a>', ["x"]],
  ['<a title=">" href="/own">x</a>', [{ tag: "a", parts: ["x"], href: "/own" }]],
  ["1 < 2 and <3", ["1 < 2 and <3"]],
  ["&lt;b&gt; &#x1F389; &unknown; &#0;", ["<b> 🎉 &unknown; \uFFFD"]],
  ["</p>text</b>", ["text"]],
  ["<p>left open", [{ tag: "p", parts: ["left open"] }]],
  ["<div><span>inner</span></div>", ["inner"]],
])("%s is no danger", (html, parts) => {
  expect(messageParts(html)).toEqual(parts);
});

test("a long hostile text costs little", () => {
  const text = '<a "'.repeat(20_000);
  expect(messageParts(text)).toEqual([text]);
});

test.each([
  ["https://a.test/b", true],
  ["http://a.test", true],
  ["/settings?tab=1", true],
  ["settings", false],
  ["//a.test", false],
  ["data:text/html,x", false],
  ["java\nscript:alert(1)", false],
  ["", false],
])("%j leads to the web or a page of the site: %s", (link, isSafe) => {
  expect(isSafeLink(link)).toBe(isSafe);
});
