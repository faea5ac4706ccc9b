import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { checkModel, modelInTurns, type ModelFiles } from "./check-model.ts";

const FOUR_TIERS = new URL("../../templates/four-tiers-hybrid/model.yaml", import.meta.url);
const files: ModelFiles = {
  file: "model.yaml",
  source: readFileSync(FOUR_TIERS, "utf8"),
  messages: {},
};

test("a model read in turns is the one read at once, and others have theirs between its parts", async () => {
  let turns = 0;
  const model = await modelInTurns(files, async () => {
    await Promise.resolve();
    turns += 1;
  });
  expect(model).toBeDefined();
  expect(JSON.stringify(model)).toBe(JSON.stringify(checkModel(files).model));
  expect(turns).toBeGreaterThan(5);
});

test("of a model with errors there is none, and nothing is read on once nobody wants it", async () => {
  const broken = { ...files, source: files.source.replace("revenue: arr", "revenue: arrr") };
  expect(await modelInTurns(broken, () => Promise.resolve())).toBeUndefined();
  const gone = modelInTurns(files, () => Promise.reject(new Error("gone")));
  await expect(gone).rejects.toThrow("gone");
});
