/**
 * Postgres text → JavaScript, one table for both adapters. Their own defaults differ
 * (int8 is text in one and a number in the other, dates are local midnight or UTC), so none
 * of them is used.
 */
export type ParseValue = (text: string) => unknown;

const same: ParseValue = (text) => text;

export function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) {
    throw new RangeError(`the whole number ${text} is too large for JavaScript`);
  }
  return value;
}

const INSTANT =
  /^(\d{4,6})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?([+-])(\d\d)(?::(\d\d))?(?::(\d\d))?$/;

/** timestamptz → milliseconds since 1970; what is finer than a millisecond is cut off. */
export function parseTimestamptz(text: string): number {
  const match = INSTANT.exec(text);
  if (!match) throw new RangeError(`the time ${text} is outside of what can be used`);
  const [, year, month, day, hour, minute, second, fraction = "", sign, oh, om = "0", os = "0"] =
    match;
  const offset = (Number(oh) * 3600 + Number(om) * 60 + Number(os)) * (sign === "-" ? -1 : 1);
  const whole = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  );
  return whole + Number(fraction.padEnd(3, "0").slice(0, 3)) - offset * 1000;
}

function parseBytea(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text.slice(2), "hex"));
}

/** A Postgres array literal → array; elements are parsed by `element`, NULL is null. */
export function parseArray(text: string, element: ParseValue): unknown[] {
  // A lower bound other than 1 is written in front: [0:2]={…}
  const start = text.startsWith("[") ? text.indexOf("=") + 1 : 0;
  const { items } = readItems(text, start, element);
  return items;
}

function readItems(
  text: string,
  open: number,
  element: ParseValue,
): { items: unknown[]; end: number } {
  const items: unknown[] = [];
  let at = open + 1;
  while (text[at] !== "}") {
    if (at >= text.length) throw new SyntaxError("array literal without its end");
    if (text[at] === ",") {
      at++;
    } else if (text[at] === "{") {
      const inner = readItems(text, at, element);
      items.push(inner.items);
      at = inner.end;
    } else if (text[at] === '"') {
      const quoted = readQuoted(text, at + 1);
      items.push(element(quoted.value));
      at = quoted.end;
    } else {
      let end = at;
      while (text[end] !== "," && text[end] !== "}") end++;
      const bare = text.slice(at, end);
      items.push(bare === "NULL" ? null : element(bare));
      at = end;
    }
  }
  return { items, end: at + 1 };
}

function readQuoted(text: string, start: number): { value: string; end: number } {
  let value = "";
  let at = start;
  while (text[at] !== '"') {
    if (text[at] === "\\") at++;
    value += text[at];
    at++;
  }
  return { value, end: at + 1 };
}

/** [oid of the type, oid of its array type, parser] */
const TYPES: readonly (readonly [oid: number, arrayOid: number, parse: ParseValue])[] = [
  [16, 1000, (text) => text === "t"],
  [17, 1001, parseBytea],
  [18, 1002, same],
  [19, 1003, same],
  [20, 1016, parseInt8],
  [21, 1005, Number],
  [23, 1007, Number],
  [25, 1009, same],
  [26, 1028, Number],
  [114, 199, JSON.parse],
  [700, 1021, Number],
  [701, 1022, Number],
  [1042, 1014, same],
  [1043, 1015, same],
  [1082, 1182, same],
  [1083, 1183, same],
  [1114, 1115, same],
  [1184, 1185, parseTimestamptz],
  [1186, 1187, same],
  [1700, 1231, same],
  [2950, 2951, same],
  [3802, 3807, JSON.parse],
];

/** By type oid; a type that is not listed stays text. */
export const PARSERS: ReadonlyMap<number, ParseValue> = new Map(
  TYPES.flatMap(([oid, arrayOid, parse]): [number, ParseValue][] => [
    [oid, parse],
    [arrayOid, (text) => parseArray(text, parse)],
  ]),
);

export function parserOf(oid: number): ParseValue {
  return PARSERS.get(oid) ?? same;
}
