import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { FILE_KEYS, TOP_KEYS } from "./definition-schema.ts";
import { SHAPES } from "./known-columns.ts";
import { SHORT_FORM_SHAPES } from "./short-form.ts";

const guide = await readFile(join(import.meta.dirname, "../../docs/guides/import.md"), "utf8");

test("the guide names every key of an import file", () => {
  const missing = [...TOP_KEYS, ...FILE_KEYS].filter((key) => !guide.includes(`\`${key}\``));
  expect(missing).toEqual([]);
});

test.each(Object.entries(SHAPES))(
  "the guide names every known column of %s",
  (statement, { known }) => {
    const start = guide.indexOf(`**${statement}**\n\n| column |`);
    expect(start).toBeGreaterThan(0);
    const table = guide.slice(start, guide.indexOf("\n\n", start + statement.length + 6));
    expect(
      known.map((column) => column.name).filter((name) => !table.includes(`\`${name}\``)),
    ).toEqual([]);
  },
);

test("the guide names every header that the short forms take", () => {
  const headers = Object.values(SHORT_FORM_SHAPES).flatMap(({ taken }) =>
    Object.values(taken).flat(),
  );
  expect(
    [...new Set(headers)].filter((header) => !new RegExp(`\\b${header}\\b`).test(guide)),
  ).toEqual([]);
});
