import * as esbuild from "esbuild";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { buildWidget } from "../../tools/build-widget.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const MOST_BYTES = 8 * 1024;

test("the widget is one script of less than 8 KB gzipped, with nothing that a strict CSP refuses", async () => {
  const script = await buildWidget(esbuild, ROOT);
  const { length } = gzipSync(script, { level: 9 });
  console.info(`widget.js: ${script.length} bytes, ${length} gzipped`);
  expect(length).toBeLessThan(MOST_BYTES);
  expect(
    script.match(
      /\beval\b|new Function|innerHTML|outerHTML|insertAdjacentHTML|document\.write|document\.cookie/g,
    ),
  ).toBe(null);
});
