import { posix } from "node:path";
import { builtinModules } from "node:module";
import { COMPOSITION_ROOT, LAYERS, PACKAGE_HOMES, PURE_PACKAGES, SQL_LAYERS } from "./layers.mjs";

/**
 * @typedef {import("./scan.mjs").Scan} Scan
 * @typedef {{ path: string, source: string, scan: Scan, layer: string | undefined, isTest: boolean }} SourceFile
 * @typedef {{ line: number, message: string, wayOut: string }} Breach
 * @typedef {{ name: string, check: (file: SourceFile) => Breach[] }} Rule
 */

const LONGEST_FILE = 400;

/** Files that may be longer, each with its reason. Empty is the aim. */
/** @type {Record<string, string>} */
const LONG_FILES = {
  "web/lib/api-types.ts": "written by a tool from the server's own description",
};

/** @type {Rule} */
const importDirections = {
  name: "import-directions",
  check: (file) => {
    const layer = file.layer;
    const rule = layer === undefined ? undefined : LAYERS[layer];
    if (layer === undefined || COMPOSITION_ROOT.test(file.path)) return [];
    // Tests put parts together as a composition root does; those of the core stay in the core.
    if (file.isTest && layer !== "core") return [];
    if (!rule) {
      const wayOut =
        "Add it to tools/layout/layers.mjs with the layers it may import, or move the file.";
      return [{ line: 1, message: `src/${layer} is no layer of the house.`, wayOut }];
    }
    return file.scan.imports.flatMap(({ specifier, line }) => {
      const target = layerOf(posix.join(posix.dirname(file.path), specifier));
      if (!specifier.startsWith(".") || target === layer) return [];
      if (target !== undefined && rule.layers.includes(target)) return [];
      const where = target === undefined ? "a file outside src" : folderOf(target);
      if (target === undefined && file.isTest) return [];
      const wayOut =
        layer === "core"
          ? "Take what you need as an argument, or move the file to the layer that may know both."
          : "Declare a port in src/engine/ports.ts and let a compose-*.ts file hand in the real thing.";
      return [
        {
          line,
          message: `${folderOf(layer)} imports ${where} (${specifier}); ${rule.why}.`,
          wayOut,
        },
      ];
    });
  },
};

/** @type {Rule} */
const packageHomes = {
  name: "package-homes",
  check: (file) => {
    if (file.layer === undefined || file.isTest || COMPOSITION_ROOT.test(file.path)) return [];
    return file.scan.imports.flatMap(({ specifier, line }) => {
      if (specifier.startsWith(".")) return [];
      const name = packageOf(specifier);
      if (file.layer === "core") {
        if (PURE_PACKAGES.includes(name)) return [];
        const what = isNode(name)
          ? `${specifier} is part of Node`
          : `${name} is not on the list of pure packages`;
        const wayOut =
          "Do this outside and pass the result in; a pure package goes on the list in tools/layout/layers.mjs.";
        return [{ line, message: `The core may not use it: ${what}.`, wayOut }];
      }
      const home = Object.hasOwn(PACKAGE_HOMES, name)
        ? PACKAGE_HOMES[/** @type {keyof typeof PACKAGE_HOMES} */ (name)]
        : file.layer;
      if (home === file.layer) return [];
      return [
        {
          line,
          message: `${name} belongs to src/${home}.`,
          wayOut: `Put what you need into src/${home} and reach it through a port.`,
        },
      ];
    });
  },
};

/** What the types of the core cannot forbid: the clock, chance, and the machine's zone and language. */
const IMPURE = [
  {
    pattern:
      /\bDate\s*\.\s*now\b|\bnew Date\s*(?:\(\s*\)|[;,)])|\bTemporal\s*\.\s*Now\b|\bperformance\s*\./g,
    what: "reads the clock",
  },
  { pattern: /\bMath\s*\.\s*random\b|\bcrypto\s*\./g, what: "draws by chance" },
  {
    pattern:
      /\.[gs]et(?:FullYear|Month|Date|Day|Hours|Minutes|Seconds|Milliseconds|TimezoneOffset)\s*\(|\bresolvedOptions\b/g,
    what: "uses the machine's time zone",
  },
  // A comparison that names its language is the same everywhere.
  {
    pattern: /\.localeCompare\s*\([^,()]*(?:\([^()]*\)[^,()]*)*\)|\.toLocale[A-Za-z]*\s*\(/g,
    what: "uses the machine's language",
  },
];

/** @type {Rule} */
const pureCore = {
  name: "pure-core",
  check: (file) => {
    if (file.layer !== "core" || file.isTest) return [];
    return IMPURE.flatMap(({ pattern, what }) =>
      [...file.scan.code.matchAll(pattern)].map((match) => ({
        line: lineAt(file.scan.code, match.index),
        message: `\`${match[0].trim()}\` ${what}, and the core must answer the same everywhere and always.`,
        wayOut:
          "Take the instant, seed or zone as an argument; use the UTC forms of Date; compare texts with <.",
      })),
    );
  },
};

/** Opens like a statement, its first word in one case: "Select a template from the list" is prose. */
const SQL =
  /^\s*(?:select\s[\s\S]*\sfrom\s|insert\s+into\s|update\s+\S+\s+(?:as\s+\S+\s+)?set\s|delete\s+from\s|(?:create|alter|drop)\s+(?:unique\s+)?(?:table|index|view|schema|sequence)\s|truncate\s+table|with\s+\w+\s+as\s*\()/i;
const FIRST_WORD_IN_ONE_CASE = /^\s*(?:[a-z]+|[A-Z]+)\s/;

/** @type {Rule} */
const sqlInTheStore = {
  name: "sql-in-the-store",
  check: (file) => {
    if (file.layer === undefined || file.isTest || SQL_LAYERS.includes(file.layer)) return [];
    return file.scan.literals
      .filter(({ text }) => SQL.test(text) && FIRST_WORD_IN_ONE_CASE.test(text))
      .map(({ text, line }) => ({
        line,
        message: `SQL outside src/store: ${JSON.stringify(text.trim().slice(0, 50))}.`,
        wayOut:
          "Give the query a name as a function of src/store and call that through the engine's port.",
      }));
  },
};

/** @type {Rule} */
const fileLength = {
  name: "file-length",
  check: (file) => {
    const lines = file.source.split("\n").length - 1;
    const excused = Object.hasOwn(LONG_FILES, file.path);
    if (lines > LONGEST_FILE && !excused) {
      const wayOut =
        "It often holds two ideas: name both and give each a file. A reason to stay long goes into LONG_FILES.";
      return [
        { line: LONGEST_FILE + 1, message: `${lines} lines; the most is ${LONGEST_FILE}.`, wayOut },
      ];
    }
    if (lines <= LONGEST_FILE && excused) {
      return [
        {
          line: 1,
          message: "Short enough now.",
          wayOut: "Take it off LONG_FILES in tools/layout/rules.mjs.",
        },
      ];
    }
    return [];
  },
};

const KEBAB = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z]+)*\.(?:ts|tsx|mts|mjs|js)$/;
const NAMES_WITHOUT_A_SUBJECT = /^(?:utils?|helpers?|misc|common|shared|stuff)(?:\.test)?\.[a-z]+$/;

/** @type {Rule} */
const fileNames = {
  name: "file-names",
  check: (file) => {
    const name = posix.basename(file.path);
    if (NAMES_WITHOUT_A_SUBJECT.test(name)) {
      const wayOut =
        "Name it for what it holds, in the product's words (docs/glossary.md), or move each function to its only caller.";
      return [{ line: 1, message: `"${name}" says nothing.`, wayOut }];
    }
    if (KEBAB.test(name)) return [];
    return [
      {
        line: 1,
        message: `"${name}" is not kebab-case.`,
        wayOut: "Rename it like decide-account.ts.",
      },
    ];
  },
};

/** The one page that shows what a layer offers, or what the engine asks for. */
const LAYER_EDGE = /^src\/engine\/ports\.ts$|^src\/(?:core\/)?[a-z-]+\/(?:[a-z-]+\/)?index\.ts$/;

/** @type {Rule} */
const barrels = {
  name: "barrels",
  check: (file) => {
    if (file.layer === undefined || file.isTest || LAYER_EDGE.test(file.path)) return [];
    const statements = file.scan.code
      .split(";")
      .map((text) => text.trim())
      .filter((text) => text !== "");
    const passesOn =
      statements.length > 0 && statements.every((text) => /^export\b[^=(]*\bfrom\b/.test(text));
    if (!passesOn) return [];
    return [
      {
        line: 1,
        message: "It only passes on what other files export.",
        wayOut: "Import from those files; one index.ts may stand at a layer's edge.",
      },
    ];
  },
};

export const RULES = [
  importDirections,
  packageHomes,
  pureCore,
  sqlInTheStore,
  fileLength,
  fileNames,
  barrels,
];

/** `src/core/rules/x.ts` → `core`; undefined outside src, and for files that lie in src itself. */
export function layerOf(/** @type {string} */ path) {
  const [, inSrc, beside] = /^(?:src\/([^/]+)|(widget))\//.exec(path) ?? [];
  return inSrc ?? beside;
}

function folderOf(/** @type {string} */ layer) {
  return layer === "widget" ? layer : `src/${layer}`;
}

function packageOf(/** @type {string} */ specifier) {
  const [first = "", second] = specifier.split("/");
  return first.startsWith("@") && second !== undefined ? `${first}/${second}` : first;
}

function isNode(/** @type {string} */ name) {
  return name.startsWith("node:") || builtinModules.includes(name);
}

function lineAt(/** @type {string} */ text, /** @type {number} */ index) {
  return text.slice(0, index).split("\n").length;
}
