import { FUNCTION_NAMES } from "../rules/functions/registry.ts";
import type { Entry } from "./entry.ts";
import { NAME } from "./schema-pieces.ts";
import { BUILT_INS } from "./scopes.ts";

/** Words that CEL keeps for itself: a rule cannot read a name like these. */
const CEL_WORDS: ReadonlySet<string> = new Set(
  (
    "true false null in as break const continue else for function if import let loop package " +
    "namespace return var void while"
  ).split(" "),
);

const PREFIXES: ReadonlySet<string> = new Set(["segments", "contact", "properties", "experiments"]);

/** Whether an entry's name is one; told where it is not. */
export function checkName(entry: Entry): boolean {
  if (NAME.test(entry.name)) return true;
  const hint = "Lower-case letters, digits and underscores, starting with a letter";
  const mended = entry.name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "_")
    .replaceAll(/^[^a-z]+|_+$/g, "");
  const like = mended === "" ? "." : `: ${mended}.`;
  // One fault is enough to tell of it.
  entry.reading.use("fact", entry.name);
  entry.reading.use("touchpoint", entry.name);
  entry.report("bad-name", `"${entry.name}" is no name.`, `${hint}${like}`);
  return false;
}

/** Names that rules read, such as facts: they may not hide a word of the language. */
export function checkRuleName(entry: Entry): boolean {
  if (!checkName(entry)) return false;
  const { name } = entry;
  const owner = ownerOf(name);
  if (owner === undefined) return true;
  const hint = owner === "a built-in" ? builtInHint(name) : "Choose another name.";
  entry.reading.use("fact", name);
  entry.report("reserved-name", `"${name}" is ${owner} of the language.`, hint);
  return false;
}

/** Names that rules read behind a prefix, such as `segments.x`. */
export function checkPrefixedName(entry: Entry): boolean {
  if (!checkName(entry)) return false;
  if (!CEL_WORDS.has(entry.name)) return true;
  const message = `"${entry.name}" is a word of the rule language.`;
  entry.report("reserved-name", message, "Choose another name.");
  return false;
}

function ownerOf(name: string): string | undefined {
  if (BUILT_INS.includes(name)) return "a built-in";
  if (FUNCTION_NAMES.has(name)) return "a function";
  if (PREFIXES.has(name)) return "a prefix";
  return CEL_WORDS.has(name) ? "a word" : undefined;
}

function builtInHint(name: string): string {
  return `Rules know ${name} without declaring it.`;
}
