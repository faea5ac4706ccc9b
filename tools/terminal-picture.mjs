#!/usr/bin/env node
// Draws text from a terminal as an SVG picture for the docs: node tools/terminal-picture.mjs < text > picture.svg
import { readFileSync } from "node:fs";

const LINE = 18;
const CHARACTER = 8.43;
const MARGIN = 20;

const lines = readFileSync(0, "utf8").trimEnd().split("\n");
const width = Math.ceil(Math.max(...lines.map((line) => line.length)) * CHARACTER) + 2 * MARGIN;
const height = lines.length * LINE + 2 * MARGIN;

const rows = lines.map((line, index) => {
  const isTitle = line !== "" && !line.startsWith(" ");
  const y = MARGIN + (index + 1) * LINE - 5;
  const style = isTitle ? ' fill="#ffffff" font-weight="bold"' : "";
  return `<text x="${MARGIN}" y="${y}"${style}>${escape(line)}</text>`;
});

process.stdout
  .write(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">
<rect width="100%" height="100%" rx="8" fill="#16181d"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" fill="#c8ccd4" xml:space="preserve">
${rows.join("\n")}
</g>
</svg>
`);

/** @param {string} text */
function escape(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
