import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

const FOLDERS = ["docs", "templates", "examples", "spec", "bench"];

const pages = [
  ...readdirSync(".").filter((name) => name.endsWith(".md")),
  ...FOLDERS.flatMap((folder) =>
    existsSync(folder)
      ? readdirSync(folder, { recursive: true, encoding: "utf8" })
          .filter((name) => name.endsWith(".md"))
          .map((name) => join(folder, name))
      : [],
  ),
];

function linksOf(page: string): string[] {
  const prose = readFileSync(page, "utf8").replaceAll(/```[\s\S]*?```|`[^`\n]*`/g, "");
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? "");
}

test("every link of the docs to a file of the project leads somewhere", () => {
  const broken = pages.flatMap((page) =>
    linksOf(page)
      .filter((link) => !/^(?:[a-z]+:|#)/.test(link))
      .filter((link) => !existsSync(join(dirname(page), decodeURI(link.split("#")[0] ?? ""))))
      .filter((link) => !link.startsWith("NNNN-"))
      .map((link) => `${page}: ${link}`),
  );
  expect(pages.length).toBeGreaterThan(3);
  expect(broken).toEqual([]);
});

/** Files and folders named in the text, as `src/core/rules/`. */
function pathsOf(page: string): string[] {
  const spans = readFileSync(page, "utf8")
    .replaceAll(/```[\s\S]*?```/g, "")
    .matchAll(/`([^`\n]+)`/g);
  return [...spans]
    .map((match) => match[1] ?? "")
    .filter((text) => /^(?:src|tools|docs|spec|templates|examples|bench)\/[\w./-]*$/.test(text));
}

test("every file and folder that the docs name is there", () => {
  // Pages elsewhere may speak of other projects' files, such as where data came from.
  const own = pages.filter((page) => !page.includes("/") || page.startsWith("docs/"));
  const missing = own.flatMap((page) =>
    pathsOf(page)
      .filter((path) => !existsSync(path))
      .map((path) => `${page}: ${path}`),
  );
  expect(missing).toEqual([]);
});

test("the list of decisions names every one", () => {
  const list = readFileSync("docs/adr/README.md", "utf8");
  const decisions = readdirSync("docs/adr").filter((name) => /^\d{4}-/.test(name));
  expect(decisions.filter((name) => !list.includes(`(${name})`))).toEqual([]);
});
