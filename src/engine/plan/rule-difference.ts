import { traceRule } from "../../core/rules/index.ts";
import type { Env, Rule, Trace, Value } from "../../core/rules/types.ts";

/** A rule, and what it reads of an account. */
interface RuleOn {
  readonly rule: Rule;
  readonly env: Env;
}

const NUMBERS = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });
const COMPARISON = /^(.+?)\s*(>=|<=|>|<)\s*(-?\d[\d_]*(?:\.\d+)?)$/s;

/**
 * The number in a rule that made the difference for an account, in a CS leader's words:
 * `arr 72,000: strategic needs 60,000 now (was 100,000)`; null: it was none.
 */
export function whyRulesDiffer(what: string, old: RuleOn, now: RuleOn): string | null {
  // the same words hold the same numbers
  if (old.rule.text === now.rule.text) return null;
  const was = leaves(traceRule(old.rule, old.env));
  const is = leaves(traceRule(now.rule, now.env));
  if (was.length !== is.length) return null;
  for (const [index, part] of is.entries()) {
    const sentence = tell(what, was[index] as Trace, part);
    if (sentence !== null) return sentence;
  }
  return null;
}

function leaves(trace: Trace): Trace[] {
  return COMPARISON.test(trace.text.trim()) || trace.children.length === 0
    ? [trace]
    : trace.children.flatMap(leaves);
}

function tell(what: string, was: Trace, is: Trace): string | null {
  if (was.result === is.result) return null;
  const [old, now] = [COMPARISON.exec(was.text.trim()), COMPARISON.exec(is.text.trim())];
  if (!old || !now || old[1] !== now[1] || old[2] !== now[2] || old[3] === now[3]) return null;
  const values = Object.entries(is.actual).map(([name, value]) => `${name} ${shown(value)}`);
  const asks = /^[<]/.test(now[2] ?? "") ? "allows at most" : "needs";
  return `${values.join(", ")}: ${what} ${asks} ${number(now[3])} now (was ${number(old[3])})`;
}

function shown(value: Value): string {
  return typeof value === "number" ? format(value) : value === null ? "unknown" : String(value);
}

function number(text = ""): string {
  return format(Number(text.replaceAll("_", "")));
}

function format(value: number): string {
  return NUMBERS.format(value);
}
