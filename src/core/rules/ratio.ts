/**
 * (a·n + b) / (c·n + d): how a part of a rule depends on the one number n, the others standing
 * still. Enough for shares, margins and differences; anything steeper has no form.
 */
export interface Ratio {
  readonly over: Line;
  readonly under: Line;
}

/** slope·n + offset */
interface Line {
  readonly slope: number;
  readonly offset: number;
}

const ONE: Line = { slope: 0, offset: 1 };

export const VARIABLE: Ratio = { over: { slope: 1, offset: 0 }, under: ONE };

export function constant(offset: number): Ratio {
  return { over: { slope: 0, offset }, under: ONE };
}

export function plus(x: Ratio, y: Ratio): Ratio | undefined {
  const [left, right] = [product(x.over, y.under), product(y.over, x.under)];
  const under = product(x.under, y.under);
  if (!left || !right || !under) return undefined;
  const over = { slope: left.slope + right.slope, offset: left.offset + right.offset };
  return { over, under };
}

export function minus(x: Ratio, y: Ratio): Ratio | undefined {
  return plus(x, negative(y));
}

export function times(x: Ratio, y: Ratio): Ratio | undefined {
  const [over, under] = [product(x.over, y.over), product(x.under, y.under)];
  return over && under && { over, under };
}

export function divided(x: Ratio, y: Ratio): Ratio | undefined {
  return times(x, { over: y.under, under: y.over });
}

export function negative({ over, under }: Ratio): Ratio {
  return { over: { slope: -over.slope, offset: -over.offset }, under };
}

/** The n at which the ratio is zero; undefined when there is none, or when it is always zero. */
export function rootOf({ over, under }: Ratio): number | undefined {
  const root = -over.offset / over.slope;
  if (!Number.isFinite(root) || under.slope * root + under.offset === 0) return undefined;
  return root + 0;
}

function product(x: Line, y: Line): Line | undefined {
  if (x.slope !== 0 && y.slope !== 0) return undefined;
  return {
    slope: x.slope * y.offset + y.slope * x.offset,
    offset: x.offset * y.offset,
  };
}
