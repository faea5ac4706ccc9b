import { access, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { withFolder } from "./testing/import-folder.ts";
import { csvField, rejectsFile, writeRejects } from "./write-rejects.ts";

test("rejects lie beside the file they came from", () => {
  expect(rejectsFile("/d/book.import.yaml")).toBe("/d/book.rejected.csv");
  expect(rejectsFile("accounts.csv.gz")).toBe("accounts.rejected.csv");
  expect(rejectsFile("odd")).toBe("odd.rejected.csv");
});

test("each reject is a line that a spreadsheet opens harmlessly", async () => {
  await withFolder({}, async (folder) => {
    const file = join(folder, "x.rejected.csv");
    const writer = writeRejects(file);
    const content = { account_id: '=1+"2"', n: 3 };
    writer.write({ statement: "accounts", row: 4, reason: "account_id, or what", content });
    for (let row = 5; row < 2005; row++)
      writer.write({ statement: "accounts", row, reason: "r", content: {} });
    expect(await writer.close()).toBe(2001);
    const lines = (await readFile(file, "utf8")).split("\r\n");
    expect(lines).toHaveLength(2003);
    expect(lines[0]).toBe("statement,row,reason,content");
    expect(lines[1]).toBe(
      'accounts,4,"account_id, or what","{""account_id"":""=1+\\""2\\"""",""n"":3}"',
    );
    expect(lines[2001]).toBe("accounts,2004,r,{}");
  });
  expect(["=A1", "+1", "-1", "@x", "ok", "a\nb"].map(csvField)).toEqual([
    "'=A1",
    "'+1",
    "'-1",
    "'@x",
    "ok",
    '"a\nb"',
  ]);
});

test("without rejects the file of an earlier import goes", async () => {
  await withFolder({}, async (folder) => {
    const file = join(folder, "x.rejected.csv");
    await writeFile(file, "old");
    expect(await writeRejects(file).close()).toBe(0);
    await expect(access(file)).rejects.toThrow("ENOENT");
  });
});
