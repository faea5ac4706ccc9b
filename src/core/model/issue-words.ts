import type { z } from "zod";
import { type Reading, shortList } from "./reading.ts";
import { isEmpty, type YamlNode } from "./yaml/tree.ts";

/** A fault of shape that has no words of its own: its code, a message, a hint. */
export function inWords(
  reading: Reading,
  issue: z.core.$ZodIssue,
  found: YamlNode | undefined,
  key: string,
): { readonly code: string; readonly message: string; readonly hint?: string | undefined } {
  if (found !== undefined && isEmpty(found))
    return { code: "wrong-type", message: `${key} has no value.` };
  switch (issue.code) {
    case "invalid_value": {
      const allowed = issue.values.map(String);
      const given = found?.kind === "scalar" ? String(found.value) : "this";
      const hint = reading.didYouMean(given, allowed, `It can be: ${shortList(allowed)}.`);
      return { code: "not-allowed", message: `${key} cannot be "${given}".`, hint };
    }
    case "too_small": {
      const least = `${issue.inclusive === false ? "more than" : "at least"} ${issue.minimum}`;
      return issue.origin === "number" || issue.origin === "int"
        ? { code: "out-of-range", message: `${key} has to be ${least}.` }
        : {
            code: "out-of-range",
            message: `${key} needs ${least} ${issue.minimum === 1 ? "entry" : "entries"}.`,
          };
    }
    case "too_big": {
      const most = `${issue.inclusive === false ? "less than" : "at most"} ${issue.maximum}`;
      return issue.origin === "number" || issue.origin === "int"
        ? { code: "out-of-range", message: `${key} has to be ${most}.` }
        : {
            code: "out-of-range",
            message: `${key} can have ${most} ${issue.maximum === 1 ? "entry" : "entries"}.`,
          };
    }
    case "invalid_type": {
      const needed = KINDS[issue.expected] ?? issue.expected;
      return {
        code: "wrong-type",
        message: `${key} needs ${needed}, and this is ${kindOf(found)}.`,
      };
    }
    default:
      return { code: "wrong-type", message: `${key} cannot be ${kindOf(found)} like this.` };
  }
}

const KINDS: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  tuple: "a list",
  object: "a block of keys",
  record: "a block of keys",
};

function kindOf(node: YamlNode | undefined): string {
  if (node === undefined) return "nothing";
  if (node.kind === "map") return "a block of keys";
  if (node.kind === "list") return "a list";
  switch (typeof node.value) {
    case "number":
      return Number.isInteger(node.value) ? "a number" : "no whole number";
    case "boolean":
      return "true or false";
    case "string":
      return "text";
    default:
      return "nothing";
  }
}
