/**
 * Statements of a source file whose rows come from a part that is put in order, while nothing says
 * the order of the whole: each server of a cluster would put its own rows in order, and what comes
 * of all is in none. A part with a LIMIT is made whole first, and keeps its order when nothing is
 * joined to it.
 */
export function lostOrders(source: string): string[] {
  return statementsIn(source).filter((sql) => {
    const text = sql.replaceAll(/'(?:[^']|'')*'/g, "''");
    return partsInOrder(text).some(({ end }) => !/\border by\b/i.test(outside(text.slice(end))));
  });
}

/** Template texts, with one word in the place of each value that is put in. */
function statementsIn(source: string): string[] {
  const flat = foldValues(source);
  return [...flat.matchAll(/`([^`]*)`/g)].map(([, text = ""]) => text);
}

function foldValues(source: string): string {
  let text = source;
  // innermost first; a template within a value is gone with it
  for (let before = ""; before !== text;) {
    before = text;
    text = text.replaceAll(/\$\{(?:[^{}`]|`[^`{}]*`)*\}/g, "value");
  }
  return text;
}

/** `FROM (SELECT … ORDER BY …) name`, and where each ends. */
function partsInOrder(sql: string): { readonly end: number }[] {
  return [...sql.matchAll(/\bfrom\s*\((?=\s*(?:select|with|value)\b)/gi)].flatMap((found) => {
    const start = found.index + found[0].length;
    const end = closingOf(sql, start);
    const own = outside(sql.slice(start, end));
    const last = own.slice(own.search(/\border by\b(?!.*\border by\b)/is));
    const isInOrder =
      /\border by\b/i.test(own) && !/\blimit\b|\boffset 0\b|\bfor update\b/i.test(last);
    return isInOrder && !/\bdistinct on\b/i.test(own) ? [{ end }] : [];
  });
}

/** Where the bracket that is open at `start` closes. */
function closingOf(sql: string, start: number): number {
  let open = 1;
  for (let at = start; at < sql.length; at++) {
    if (sql[at] === "(") open += 1;
    else if (sql[at] === ")" && --open === 0) return at;
  }
  return sql.length;
}

/** What stands in no bracket of its own. */
function outside(sql: string): string {
  let text = sql;
  for (let before = ""; before !== text;) {
    before = text;
    text = text.replaceAll(/\([^()]*\)/g, "()");
  }
  return text;
}
