#!/usr/bin/env node
// Keeps the layout of the house: `npm run layout`, or `node tools/check-layout.mjs FOLDER`.
import { resolve } from "node:path";
import { checkTree } from "./layout/check-tree.mjs";

const root = resolve(process.argv[2] ?? ".");
const { files, breaches } = checkTree(root);
for (const { path, line, rule, message, wayOut } of breaches) {
  process.stdout.write(`${path}:${line} [${rule}] ${message}\n    ${wayOut}\n`);
}
if (files === 0) process.stdout.write(`No code found under ${root}.\n`);
process.stdout.write(`Layout: ${files} files, ${breaches.length} breaches.\n`);
process.exitCode = breaches.length > 0 || files === 0 ? 1 : 0;
