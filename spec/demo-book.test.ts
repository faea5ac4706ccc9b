import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { readModel } from "../src/core/model/index.ts";
import { parseDay } from "../src/core/time/day.ts";
import { takeCensus } from "./support/demo-book.ts";
import { type ImportRows, readRows } from "./support/import-rows.ts";

// TOUCHSTONE_RUNS is set in the soak: then every template, over the whole 90 days.
const isLong = process.env["TOUCHSTONE_RUNS"] !== undefined;
const folder = fileURLToPath(new URL("../templates", import.meta.url));
const templates = readdirSync(folder).filter((name) => existsSync(`${folder}/${name}/model.yaml`));
const DAYS = isLong ? 90 : 8;

let rows: ImportRows;

beforeAll(async () => {
  rows = await readRows("saasguard/saasguard.import.yaml", parseDay("2026-11-22") ?? 0);
});

/**
 * On the demo's book every level, stage, segment, adjustment and program of a template holds an
 * account, or the template's README names it and says why it cannot.
 */
test.each(isLong ? templates : ["four-tiers-hybrid"])(
  "%s: every part holds an account of the demo",
  (name) => {
    const { model } = readModel(readFileSync(`${folder}/${name}/model.yaml`, "utf8"), {
      file: name,
    });
    if (!model) throw new Error(`${name} is not valid`);
    const readme = readFileSync(`${folder}/${name}/README.md`, "utf8");
    const census = takeCensus(model, rows, DAYS);
    if (isLong)
      process.stdout.write(
        `soak: ${name}: ${[...census].map(([part, n]) => `${part} ${n}`).join(", ")}\n`,
      );
    const empty = [...census].filter(([, n]) => n === 0).map(([part]) => part);
    const unexplained = empty.filter(
      (part) => !readme.includes(part.replace(/^\w+ (?:\w+\.)?/, "")),
    );
    expect(unexplained).toEqual([]);
  },
);
