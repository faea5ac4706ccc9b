/** Words that may follow a table's name and are no alias of it. */
const NO_ALIAS =
  "on|using|where|set|join|left|right|inner|cross|full|order|group|limit|values|select|union|for|returning|default|natural|having|offset|in";
const TABLE = new RegExp(
  `\\b(from|join|update|into|using|from\\s+\\w+(?:\\s+\\w+)?\\s*,)\\s+(\\w+)\\b(?:\\s+(?:as\\s+)?(?!(?:${NO_ALIAS})\\b)([a-z_]\\w*))?`,
  "gi",
);
/** `a.bucket = $1`, `a.bucket = ANY (…)`, `a.bucket = 17`, `a.bucket = b.bucket`; also without the alias. */
const EQUAL = /(?:\b(\w+)\.)?\bbucket\s*=\s*(?:any\s*\(|\$\d+|\d+|(?:(\w+)\.)?(bucket\b))/gi;
const NEXT_IS_BUCKET = /^into\s+\w+(?:\s+as\s+\w+)?\s*\(\s*bucket\b/i;

/**
 * Names under which a statement uses tables that are spread by bucket without saying which
 * buckets are meant: a cluster has to ask all its servers. A bucket is said by a value, by a
 * table of values (`unnest`, `json_to_recordset`), or by another table's that is.
 */
export function acrossBuckets(sql: string, spread: ReadonlySet<string>): string[] {
  const text = sql.replaceAll(/'(?:[^']|'')*'/g, "''");
  const uses = usesOf(text, spread);
  const known = saidIn(text, new Set(uses.keys()));
  return [...uses.keys()].filter((name) => uses.get(name) !== "inserted" && !known.has(name));
}

/** Does it lock rows of a spread table without naming the one bucket that they lie in? */
export function locksAcross(sql: string): boolean {
  if (!/\bfor (?:update|share|no key update|key share)\b/i.test(sql)) return false;
  return !/\bbucket = \d+/.test(sql);
}

function usesOf(
  text: string,
  spread: ReadonlySet<string>,
): ReadonlyMap<string, "used" | "inserted"> {
  const uses = new Map<string, "used" | "inserted">();
  for (const found of text.matchAll(TABLE)) {
    const [, verb = "", table = "", alias] = found;
    if (!spread.has(table)) continue;
    const isInserted = verb.toLowerCase() === "into";
    const namesBucket = NEXT_IS_BUCKET.test(text.slice(found.index));
    const name = alias ?? table;
    if (!isInserted || !namesBucket) uses.set(name, "used");
    else if (!uses.has(name)) uses.set(name, "inserted");
  }
  return uses;
}

function saidIn(text: string, names: ReadonlySet<string>): ReadonlySet<string> {
  const known = new Set<string>();
  const pairs: (readonly [string, string])[] = [];
  // without an alias it is the only table's of its statement, or the statement is refused as unclear
  const bare = [...names].find((name) => !text.includes(`${name}.`)) ?? "";
  for (const [, left = bare, other, isColumn] of text.matchAll(EQUAL)) {
    if (isColumn === undefined) known.add(left);
    else pairs.push([left, other ?? bare]);
  }
  for (let size = -1; size !== known.size;) {
    size = known.size;
    for (const [a, b] of pairs) {
      // what is no spread table is a list of values, or takes its rows from one that is looked at itself
      if (known.has(a) || !names.has(a)) known.add(b);
      if (known.has(b) || !names.has(b)) known.add(a);
    }
  }
  return known;
}
