import { type Mismatch, same } from "./same-value.ts";

/** A touch as contracts.md §5 shows it. */
export type TouchView = Readonly<Record<string, unknown>>;

type Wanted = Readonly<Record<string, unknown>>;

/**
 * Compares lists of touches: every wanted one must be there, and as often as it is written.
 * With `only`, every one that is there must have been wanted, one to one.
 */
export function matchTouches(
  what: string,
  wanted: readonly Wanted[],
  touches: readonly TouchView[],
  only: boolean,
  within: number,
): Mismatch[] {
  const pairs = only ? pairUp(wanted, touches, within) : findEach(wanted, touches, within);
  const missing = wanted.flatMap((one, index): Mismatch[] =>
    pairs[index] === undefined
      ? [{ what: `${what}[${index}]`, expected: one, actual: likeliest(one, touches) }]
      : [],
  );
  if (!only) return missing;
  const paired = new Set(pairs);
  const extra = touches.flatMap((touch, index): Mismatch[] =>
    paired.has(index) ? [] : [{ what, expected: "no further touch", actual: short(touch, []) }],
  );
  return [...missing, ...extra];
}

/** For each wanted touch one that is like it: another one for each time the same is written. */
function findEach(
  wanted: readonly Wanted[],
  touches: readonly TouchView[],
  within: number,
): (number | undefined)[] {
  const written = new Map<string, number>();
  return wanted.map((one) => {
    const text = JSON.stringify(one);
    const before = written.get(text) ?? 0;
    written.set(text, before + 1);
    return [...touches.keys()].filter((index) => isLike(one, touches[index] as TouchView, within))[
      before
    ];
  });
}

/** A largest pairing of wanted with actual touches (augmenting paths): order plays no part. */
function pairUp(
  wanted: readonly Wanted[],
  touches: readonly TouchView[],
  within: number,
): (number | undefined)[] {
  const fits = wanted.map((one) =>
    [...touches.keys()].filter((index) => isLike(one, touches[index] as TouchView, within)),
  );
  const takenBy = new Map<number, number>();
  const place = (want: number, tried: Set<number>): boolean => {
    for (const index of fits[want] ?? []) {
      if (tried.has(index)) continue;
      tried.add(index);
      const holder = takenBy.get(index);
      if (holder === undefined || place(holder, tried)) {
        takenBy.set(index, want);
        return true;
      }
    }
    return false;
  };
  for (const want of wanted.keys()) place(want, new Set());
  const pairs: (number | undefined)[] = wanted.map(() => undefined);
  for (const [index, want] of takenBy) pairs[want] = index;
  return pairs;
}

/** `touch` is short for `touchpoint`. */
const keyOf = (key: string): string => (key === "touch" ? "touchpoint" : key);

function isLike({ within: own, ...wanted }: Wanted, touch: TouchView, within: number): boolean {
  const distance = typeof own === "number" ? own : within;
  return Object.entries(wanted).every(([key, value]) => same(value, touch[keyOf(key)], distance));
}

/** What the failure shows: touches of the same touchpoint, else all of them. */
function likeliest(wanted: Wanted, touches: readonly TouchView[]): unknown {
  const name = wanted["touch"] ?? wanted["touchpoint"];
  const alike = touches.filter((touch) => touch["touchpoint"] === name);
  const shown = alike.length > 0 ? alike : touches;
  return shown.map((touch) => short(touch, Object.keys(wanted)));
}

function short(touch: TouchView, keys: readonly string[]): Record<string, unknown> {
  const shown = new Set([
    "touchpoint",
    "program",
    "due",
    "status",
    "result",
    "contact",
    "reason",
    ...keys.map(keyOf),
  ]);
  return Object.fromEntries(
    Object.entries(touch).filter(
      ([key, value]) => shown.has(key) && value !== null && value !== undefined,
    ),
  );
}
