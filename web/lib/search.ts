/** What an address says after its `?`: plain texts, so that people can read and change it. */
export type RawSearch = Readonly<Record<string, string | undefined>>;

type SearchValue = string | number | boolean | readonly string[] | null | undefined;

export function parseSearch(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text));
}

/** What is undefined, null or empty is left out. */
export function stringifySearch(search: Readonly<Record<string, unknown>>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search as Readonly<Record<string, SearchValue>>)) {
    if (value === undefined || value === null || value === "" || value === false) continue;
    params.set(name, Array.isArray(value) ? value.join(",") : String(value));
  }
  const text = params.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
  return text === "" ? "" : `?${text}`;
}

/** One of the given words, or undefined: an address that somebody typed wrong still opens. */
export function oneOf<Word extends string>(
  value: string | undefined,
  words: readonly Word[],
): Word | undefined {
  return words.find((word) => word === value);
}

export function wholeNumber(value: string | undefined): number | undefined {
  if (value === undefined || !/^\d{1,9}$/.test(value)) return undefined;
  return Number(value);
}

/** A day `YYYY-MM-DD`, or undefined. */
export function dayText(value: string | undefined): string | undefined {
  return value !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined;
}

/** `a,b,c` as a list; undefined: nothing said. */
export function listOf(value: string | undefined): readonly string[] | undefined {
  if (value === undefined || value === "") return undefined;
  return value.split(",");
}
