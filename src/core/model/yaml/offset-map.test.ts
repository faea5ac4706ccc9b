import { expect, test } from "vitest";
import { loadYaml } from "./load-yaml.ts";
import { offsetIn } from "./offset-map.ts";
import { fieldOf } from "./tree.ts";

/** For each character of a rule's text, what stands in the file at the place it is mapped to. */
function mapped(yaml: string): { readonly text: string; readonly found: string } {
  const { root } = loadYaml(yaml);
  const node = fieldOf(fieldOf(root, "segments"), "a");
  if (node?.kind !== "scalar" || typeof node.value !== "string") throw new Error("no text");
  const text = node.value;
  const found = text.split("").map((_, i) => yaml[offsetIn(node, i)] ?? "");
  return { text, found: found.join("") };
}

test.each([
  ["plain", 'segments:\n  a: arr > 5 && plan == "pro"\n'],
  ["single-quoted", "segments:\n  a: 'arr > 5 && plan == \"pro\"'\n"],
  ["double-quoted without escapes", 'segments: { a: "arr > 5 && b" }\n'],
  ["with comments around", "segments: # x\n  a: arr > 5 # arr > 6\n"],
])("a %s rule maps character by character", (_style, yaml) => {
  const { text, found } = mapped(yaml);
  expect(found).toBe(text);
});

test("doubled single quotes are one character of the rule", () => {
  const { text, found } = mapped("segments:\n  a: 'plan == ''pro'' && b'\n");
  expect(text).toBe("plan == 'pro' && b");
  expect(found).toBe(text);
});

test("escapes of double quotes are one character of the rule, at their backslash", () => {
  const { text, found } = mapped('segments:\n  a: "plan == \\"pro\\" \\u0026\\x26 b"\n');
  expect(text).toBe('plan == "pro" && b');
  expect(found).toBe("plan == \\pro\\ \\\\ b");
});

test.each([
  ["folded", "segments:\n  a: >-\n    arr > 5 &&\n    plan\n"],
  ["literal", "segments:\n  a: |\n    arr > 5 &&\n    plan\n"],
  ["folded with a comment on its head", "segments:\n  a: >- # arr\n    arr > 5 &&\n    plan\n"],
  ["plain over two lines", "segments:\n  a: arr > 5 &&\n    plan\n"],
  ["double-quoted over two lines", 'segments:\n  a: "arr > 5 &&\n    plan"\n'],
  ["double-quoted with an escaped line end", 'segments:\n  a: "arr > 5 && \\\n    plan"\n'],
])("every visible character of a %s rule maps to itself", (_style, yaml) => {
  const { text, found } = mapped(yaml);
  for (const [i, unit] of text.split("").entries()) {
    if (unit.trim() !== "") expect(found[i], `character ${i}`).toBe(unit);
  }
});
