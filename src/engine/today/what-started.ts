import type { Decision } from "../../core/decide/index.ts";
import { decisionEnv } from "../../core/explain/index.ts";
import { showTyped } from "../../core/facts/index.ts";
import type { EventPattern, Model } from "../../core/model/types.ts";
import type { Rule } from "../../core/rules/types.ts";
import type { Day } from "../../core/time/day.ts";
import { parseDay } from "../../core/time/day.ts";
import { plainDay, plainName, plainValue, plainValues } from "./plain-words.ts";

/** What an event that a program waits for was, and how that stands by now. */
export interface Started {
  /** A clause: `it joined losing interest on 16 Nov`. */
  readonly happened: string;
  /** `logins_trend is 0.41 now`; null: there is nothing to read. */
  readonly now: string | null;
}

/** @param since the day on which the program's run began, where it still lasts */
export function whatStarted(
  model: Model,
  decision: Decision,
  pattern: EventPattern,
  since: Day | undefined,
): Started {
  const at = parseDay(decision.at) ?? 0;
  const on = since === undefined ? "" : ` on ${plainDay(since, at)}`;
  const name =
    pattern.kind === "exact" ? pattern.name : pattern.kind === "prefix" ? pattern.prefix : "";
  const [kind = "", of = "", happened = ""] = name.split(":");
  switch (kind) {
    case "segment":
      return {
        happened: `it ${happened === "left" ? "left" : "joined"} ${plainName(of.split(".").at(-1) ?? of)}${on}`,
        now: segmentNow(model, decision, of),
      };
    case "stage":
    case "level":
      return {
        happened: `its ${kind} ${happened === "left" ? "was no longer" : "became"} ${plainName(of)}${on}`,
        now: null,
      };
    case "health":
      return { happened: `its health turned ${of}${on}`, now: healthNow(decision) };
    case "account":
      return { happened: `the account was ${of}${on}`, now: null };
    case "touch": {
      const title = model.touchpoints.find((one) => one.name === of)?.title ?? plainName(of);
      return { happened: `${title} was ${plainName(happened)}${on}`, now: null };
    }
    case "survey":
      return { happened: `the survey ${plainName(of)} was ${happened}${on}`, now: null };
    default:
      return {
        happened: name === "" ? `something was done${on}` : `“${name}” happened${on}`,
        now: null,
      };
  }
}

function healthNow({ health }: Decision): string {
  return health.score === null
    ? "by now it is unknown"
    : `it stands at ${plainValue(Math.round(health.score))}, ${health.band}`;
}

/** What the rule of a segment reads. */
function segmentNow(model: Model, decision: Decision, of: string): string | null {
  const [name = "", entry] = of.split(".");
  const segment = model.segments.find((one) => one.name === name);
  if (!segment) return null;
  const rule =
    segment.kind === "flag"
      ? segment.when
      : segment.entries.find((one) => one.name === entry)?.rule;
  return rule && rule.names.length > 0 ? plainValues(valuesOf(model, decision, rule)) : null;
}

function valuesOf(
  model: Model,
  decision: Decision,
  rule: Rule,
): Record<string, string | number | boolean | null> {
  const env = decisionEnv(model, decision);
  return Object.fromEntries(
    rule.names.map((name) => {
      const type = model.facts.find((fact) => fact.name === name)?.type;
      const value = env.get(name);
      return [plainName(name), type ? showTyped(type, value) : value];
    }),
  );
}
