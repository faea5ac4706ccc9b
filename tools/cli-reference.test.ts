import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { beforeAll, expect, test } from "vitest";

const PAGE = "docs/reference/command-line.md";
/** Told once, for all commands. */
const COMMON = ["--help", "--debug"];
const OF_THE_DATA = ["--data", "--database"];

let help: ReadonlyMap<string, string>;
const sections = new Map(
  readFileSync(PAGE, "utf8")
    .split(/^## /m)
    .slice(2)
    .map((text) => [text.slice(0, text.indexOf("\n")), text] as const),
);

beforeAll(async () => {
  const found = new Map<string, string>();
  for (const name of commandsIn(await helpOf([]))) {
    const text = await helpOf([name]);
    const own = commandsIn(text);
    if (own.length === 0) found.set(name, text);
    for (const sub of own) found.set(`${name} ${sub}`, await helpOf([name, sub]));
  }
  help = found;
});

async function helpOf(command: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)("node", ["dist/cli.js", ...command, "--help"]);
  return stdout;
}

function commandsIn(text: string): string[] {
  const [, list = ""] = text.split(/^Commands:$/m);
  return [...list.matchAll(/^ {2}(\w+)/gm)]
    .map(([, name]) => name ?? "")
    .filter((name) => name !== "help");
}

/** `--at`, `--json`, and the arguments as the usage line shows them: `<account>`, `[dir]`. */
function takenBy(text: string): string[] {
  const usage = text.slice(0, text.indexOf("\n\n")).replace("[options]", "");
  const args = [...usage.matchAll(/[<[][\w.]+[>\]]/g)].map(([name]) => name);
  return [
    ...args,
    ...[...text.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm)].map(([, flag]) => flag ?? ""),
  ].toSorted();
}

/** What the first column of a section's tables names. */
function toldIn(section: string): string[] {
  const cells = [...section.matchAll(/^\| `([^`]+)` \|/gm)].map(([, cell]) => cell ?? "");
  const own = cells.map((cell) => (cell.startsWith("-") ? (cell.split(" ")[0] ?? "") : cell));
  const opens = /\*\*Opens\s+the\s+data\.\*\*/.test(section);
  return [...own, ...COMMON, ...(opens ? OF_THE_DATA : [])].toSorted();
}

test("the page has a section for every command, and for nothing else", () => {
  expect(help.size).toBeGreaterThan(20);
  const common = "For all commands";
  expect([...sections.keys()].filter((name) => name !== common).toSorted()).toEqual(
    [...help.keys()].toSorted(),
  );
});

test("each section has the arguments and options that the command's help shows, and no others", () => {
  const told = [...help.keys()].map((name) => [name, toldIn(sections.get(name) ?? "")]);
  expect(Object.fromEntries(told)).toEqual(
    Object.fromEntries([...help].map(([name, text]) => [name, takenBy(text)])),
  );
});
