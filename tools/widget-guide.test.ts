import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { isUserToken } from "../src/engine/access/widget-keys.ts";

const GUIDE = readFileSync("docs/guides/widget.md", "utf8");
const USER = "Zoë 🎉 <u-42>";
const SECRET = "a secret";

function sample(language: string): string {
  return new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(GUIDE)?.[1] ?? "";
}

function has(command: string): boolean {
  return spawnSync(command, ["--version"]).status === 0;
}

test.each([
  ["js", "node", ["--input-type=module", "-e"], "console.log(touchstoneToken(%u, %s))"],
  ["python", "python3", ["-c"], "print(touchstone_token(%u, %s))"],
  ["php", "php", ["-r"], "echo touchstone_token(%u, %s);"],
])("the guide's %s sample makes a token that the server takes", (language, command, args, call) => {
  const code = sample(language);
  expect(code).not.toBe("");
  if (!has(command)) return;
  const text = (value: string) => JSON.stringify(value);
  const script = `${code}\n${call.replace("%u", text(USER)).replace("%s", text(SECRET))}`;
  const { stdout, stderr } = spawnSync(command, [...args, script], { encoding: "utf8" });
  expect(stderr).toBe("");
  expect(isUserToken(SECRET, USER, stdout.trim())).toBe(true);
});
