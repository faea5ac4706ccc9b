// Reads just enough of a TypeScript file for the layout rules: what it imports, and its code and
// texts apart, so that a word in a comment is never taken for code. No parser of TypeScript is in
// reach of plain Node, and `npm test` should be able to say what is wrong before anything is built.

/**
 * @typedef {{ specifier: string, line: number }} Import
 * @typedef {{ text: string, line: number }} Literal
 * @typedef {{ imports: Import[], literals: Literal[], code: string }} Scan
 */

const WORD_BEFORE_REGEX =
  /(?:^|[^\w$.])(?:return|typeof|case|in|of|do|else|void|delete|throw|new|yield|await)$/;

/**
 * @param {string} source TypeScript or JavaScript
 * @returns {Scan} `code` is the source with comments blanked and texts cut to `"§n"`; lines stay.
 */
export function scan(source) {
  /** @type {Literal[]} */
  const literals = [];
  /** @type {number[]} depths of braces at which a `${` was opened */
  const templates = [];
  /** @type {{ text: string, line: number }[]} */
  const openTemplates = [];
  let code = "";
  let depth = 0;
  let at = 0;
  let line = 1;

  const take = (/** @type {number} */ length) => {
    const text = source.slice(at, at + length);
    line += text.split("\n").length - 1;
    at += length;
    return text;
  };
  const newlinesOf = (/** @type {string} */ text) => text.replaceAll(/[^\n]/g, "");
  const keep = (
    /** @type {string} */ text,
    /** @type {number} */ startLine,
    /** @type {string} */ raw,
  ) => {
    code += `"§${literals.length}"${newlinesOf(raw)}`;
    literals.push({ text, line: startLine });
  };

  /** Reads on inside a template until its end or the next `${`. */
  const readTemplate = () => {
    const open = openTemplates.at(-1);
    if (!open) return;
    let end = at;
    while (end < source.length && source[end] !== "`" && !source.startsWith("${", end)) {
      end += source[end] === "\\" ? 2 : 1;
    }
    const raw = take(end - at);
    open.text += raw;
    code += newlinesOf(raw);
    if (source[at] === "`") {
      take(1);
      keep(open.text, open.line, "");
      openTemplates.pop();
    } else if (at < source.length) {
      take(2);
      open.text += "${}";
      code += "(";
      templates.push(depth);
      depth = 0;
    }
  };

  while (at < source.length) {
    const char = source[at];
    if (source.startsWith("//", at)) {
      const end = source.indexOf("\n", at);
      take((end < 0 ? source.length : end) - at);
    } else if (source.startsWith("/*", at)) {
      const end = source.indexOf("*/", at + 2);
      code += newlinesOf(take((end < 0 ? source.length : end + 2) - at));
    } else if (char === '"' || char === "'") {
      let end = at + 1;
      while (end < source.length && source[end] !== char && source[end] !== "\n") {
        end += source[end] === "\\" ? 2 : 1;
      }
      const startLine = line;
      const raw = take(end + 1 - at);
      keep(raw.slice(1, -1), startLine, raw);
    } else if (char === "`") {
      take(1);
      openTemplates.push({ text: "", line });
      readTemplate();
    } else if (char === "}" && depth === 0 && templates.length > 0) {
      take(1);
      code += ")";
      depth = templates.pop() ?? 0;
      readTemplate();
    } else if (char === "/" && startsRegex(code)) {
      const startLine = line;
      const raw = take(regexLength(source, at));
      keep("", startLine, raw);
    } else {
      if (char === "{") depth += 1;
      if (char === "}") depth -= 1;
      code += take(1);
    }
  }
  return { imports: importsOf(code, literals), literals, code };
}

/** A slash divides after a value and opens a regular expression anywhere else. */
function startsRegex(/** @type {string} */ code) {
  const before = code.trimEnd();
  return !/[\w$)\]}"]$/.test(before) || WORD_BEFORE_REGEX.test(before);
}

function regexLength(/** @type {string} */ source, /** @type {number} */ start) {
  let at = start + 1;
  let inClass = false;
  while (at < source.length && source[at] !== "\n" && (inClass || source[at] !== "/")) {
    if (source[at] === "\\") at += 1;
    else if (source[at] === "[") inClass = true;
    else if (source[at] === "]") inClass = false;
    at += 1;
  }
  return at + 1 - start;
}

const IMPORTS = [
  /\b(?:import|export)\b[^"();=]*?\bfrom\s*"§(\d+)"/g,
  /\bimport\s*"§(\d+)"/g,
  /\b(?:import|require)\s*\(\s*"§(\d+)"/g,
];

/** @returns {Import[]} */
function importsOf(/** @type {string} */ code, /** @type {Literal[]} */ literals) {
  return IMPORTS.flatMap((pattern) =>
    [...code.matchAll(pattern)].flatMap((match) => {
      const literal = literals[Number(match[1])];
      return literal ? [{ specifier: literal.text, line: literal.line }] : [];
    }),
  );
}
