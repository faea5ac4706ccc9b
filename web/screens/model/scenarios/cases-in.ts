import { isMap, isScalar, isSeq, LineCounter, parseDocument } from "yaml";

/** The cases of a scenario file by name, with the line on which each begins. */
export function casesIn(text: string): { readonly name: string; readonly line: number }[] {
  const lines = new LineCounter();
  const cases = parseDocument(text, { logLevel: "silent", lineCounter: lines }).get("cases", true);
  if (!isSeq(cases)) return [];
  return cases.items.flatMap((item) => {
    if (!isMap(item)) return [];
    const name = item.get("name", true);
    const line = lines.linePos(item.range?.[0] ?? 0).line;
    return [{ name: isScalar(name) ? String(name.value) : "", line }];
  });
}
