import { compilePattern } from "../patterns.ts";
import type { TextFunction, TextTest } from "./define.ts";

export const STARTS_WITH: TextTest = {
  makes: "truth",
  name: "startsWith",
  written: 'x.startsWith("…")',
  meaning: "does the text x begin so?",
  fixed: false,
  prepare: (wanted) => (text) => text.startsWith(wanted),
};

export const ENDS_WITH: TextTest = {
  makes: "truth",
  name: "endsWith",
  written: 'x.endsWith("…")',
  meaning: "does the text x end so?",
  fixed: false,
  prepare: (wanted) => (text) => text.endsWith(wanted),
};

export const CONTAINS: TextTest = {
  makes: "truth",
  name: "contains",
  written: 'x.contains("…")',
  meaning: "does this stand anywhere in the text x?",
  fixed: false,
  prepare: (wanted) => (text) => text.includes(wanted),
};

export const MATCHES: TextTest = {
  makes: "truth",
  name: "matches",
  written: 'x.matches("…")',
  meaning: "is a part of the text x like this regular expression (RE2's kind)?",
  // A pattern out of data could not be checked before the model runs.
  fixed: true,
  refuse: (wanted) => compilePattern(wanted).problem,
  prepare: (wanted) => {
    const pattern = compilePattern(wanted);
    if (!pattern.test) throw new Error(`unchecked pattern: ${pattern.problem}`);
    return pattern.test;
  },
};

export const LOWER_ASCII: TextFunction = {
  makes: "text",
  name: "lowerAscii",
  written: "x.lowerAscii()",
  meaning: "the text x with A to Z in lower case; other letters stay",
  evaluate: (text) => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()),
};
