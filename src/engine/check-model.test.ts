import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { checkModel, checkModelInTurns, type ModelFiles } from "./check-model.ts";
import type { CheckMessage } from "./ports/message-check.ts";

const FOUR_TIERS = new URL("../../templates/four-tiers-hybrid/model.yaml", import.meta.url);
const files: ModelFiles = {
  file: "model.yaml",
  source: readFileSync(FOUR_TIERS, "utf8"),
  messages: {},
};

const noTurns = () => Promise.resolve();

test("a model read in turns is the one read at once, and others have theirs between its parts", async () => {
  let turns = 0;
  const { model } = await checkModelInTurns(files, async () => {
    await Promise.resolve();
    turns += 1;
  });
  expect(model).toBeDefined();
  expect(JSON.stringify(model)).toBe(JSON.stringify(checkModel(files).model));
  expect(turns).toBeGreaterThan(5);
});

test("in turns all is found that is found at once, of its messages too", async () => {
  const wrong = {
    ...files,
    source: files.source.replace("revenue: arr", "revenue: arrr"),
  };
  const found = await checkModelInTurns(wrong, noTurns);
  expect(found.model).toBeUndefined();
  expect(found).toEqual(checkModel(wrong));
  const check: CheckMessage = (file) => [
    { ...found.diagnostics[0]!, file, message: "no subject", severity: "error" },
  ];
  const messages = { ...files, messages: { "kickoff.en": "Hi", "unused.en": "Hi" } };
  const { diagnostics } = await checkModelInTurns(messages, noTurns, check);
  expect(diagnostics.map(({ file }) => file)).toContain("messages/kickoff.en.liquid");
  expect(diagnostics).toEqual(checkModel(messages, check).diagnostics);
});

test("nothing is read on once nobody wants it", async () => {
  const gone = checkModelInTurns(files, () => Promise.reject(new Error("gone")));
  await expect(gone).rejects.toThrow("gone");
});
