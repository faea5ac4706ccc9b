import type { Layout } from "./columns.ts";
import type { Expr } from "./types.ts";

/**
 * Writes rules as JavaScript over columns. Every method returns an expression about row `i`
 * that may stand anywhere in a block's body (see linkBlock), any number of times and in any
 * order: what needs more than an expression becomes a function in the prologue.
 */
export class RuleEmitter {
  readonly layout: Layout;
  /** The JavaScript expression for today's Day inside the block's body, usually `today`. */
  readonly today: string;

  constructor(layout: Layout, options: { readonly today: string }) {
    this.layout = layout;
    this.today = options.today;
  }

  /** A number, date (Day) or time (Instant) as a double; NaN is unknown. */
  number(expr: Expr): string {
    return String(expr.start);
  }

  /** A string as its dictionary code; -1 is unknown. */
  text(expr: Expr): string {
    return String(expr.start);
  }

  /** JavaScript true only when the rule is known to be true. */
  isTrue(expr: Expr): string {
    return String(expr.start);
  }

  /** JavaScript true only when the rule is known to be false. */
  isFalse(expr: Expr): string {
    return String(expr.start);
  }

  /** FALSE, TRUE or UNKNOWN (0, 1, 2). */
  boolean(expr: Expr): string {
    return String(expr.start);
  }

  /** The form a column of the expression's type holds: number, text or boolean. */
  value(expr: Expr): string {
    return String(expr.start);
  }

  /** The variable that holds a name's whole column (so `column("arr") + "[i]"` is its cell). */
  column(name: string): string {
    return name;
  }

  /** The variable that holds a text's dictionary code, for comparing with string cells. */
  code(text: string): string {
    return text;
  }

  /** The declarations that all expressions written so far need, once, outside the loop. */
  prologue(): string {
    return "";
  }
}
