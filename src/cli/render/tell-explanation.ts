import type { DecisionStep } from "../../core/decide/index.ts";
import type { Explanation, NearestChange } from "../../core/explain/index.ts";
import { showTyped } from "../../core/facts/index.ts";
import type { Trace } from "../../core/rules/types.ts";
import { isOpen, touchJson } from "../../core/schedule/index.ts";
import { formatDay } from "../../core/time/day.ts";
import type { AccountExplanation } from "../../engine/explain-account.ts";
import { paint } from "../output.ts";
import { counted, percent, shown } from "./words.ts";

/** A decision told as a colleague would: what it is, by which rules, what is missing, what would change it. */
export function tellExplanation(found: AccountExplanation): string {
  const { explanation } = found;
  return [
    heading(found),
    level(explanation),
    stage(found),
    health(explanation),
    segments(explanation),
    missing(explanation),
    changes(found),
    touches(found),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function heading({ account, explanation, model }: AccountExplanation): string {
  const who = account.name === null ? account.id : `${account.name} (${account.id})`;
  const owner = account.owner === null ? "" : `, looked after by ${account.owner}`;
  const how = explanation.stored ? "" : " No decision was stored for that day: this one was worked out from what was known then.";
  return `${paint("bold", who)}${owner}\nDecided on ${explanation.at} by ${model.name}, version ${explanation.model.version}.${how}`;
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? "" : [paint("bold", title), ...lines.map((line) => `  ${line}`)].join("\n");
}

function level({ level: decided, rules }: Explanation): string {
  if (!decided) return "";
  const { name, base, since, held, pinned, steps } = decided;
  const changed = steps.filter((step) => step.name !== undefined && step.applied && step.before !== step.after);
  const why = changed.length > 0 ? `, by ${changed.map((step) => `"${step.name ?? ""}"`).join(" and ")}` : "";
  const opening = pinned
    ? `${name} touch, pinned${pinned.until === null ? "" : ` until ${pinned.until}`}${pinned.by === null ? "" : ` by ${pinned.by}`}: ${pinned.reason}`
    : base === name
      ? `${name} touch since ${since}: that is its base level${changed.length > 0 ? " after all adjustments" : ""}.`
      : held
        ? `${name} touch since ${since}, held: a lower level is asked for, but not yet for long enough.`
        : `${name} touch since ${since}: base level ${base}${why}.`;
  let adjustment = 0;
  const lines = steps.map((step) => {
    const trace = step.name === undefined ? rules.base.find(({ text }) => text === step.rule) : rules.adjust[step.name];
    if (step.name !== undefined) adjustment += 1;
    return stepLine(step, trace);
  });
  return section(`Touch level: ${name}`, [opening, ...lines, ...(adjustment === 0 ? ["(no adjustments in the model)"] : [])]);
}

function stepLine(step: DecisionStep, trace: Trace | undefined): string {
  const label = step.name === undefined ? step.rule : `${step.name}: ${step.rule}`;
  if (step.applied) {
    const move = step.before === step.after ? `${step.effect}, no change` : `${step.effect}: ${step.before ?? "nothing"} -> ${step.after ?? "nothing"}`;
    return `${paint("green", "+")} ${label}\n      ${facts(trace, step.kept ? "held within its keep days" : "holds")}; ${move}`;
  }
  const why = step.missing ? `unknown, because ${list(step.missing)} ${step.missing.length === 1 ? "is" : "are"} missing` : "does not hold";
  return `${paint("dim", "-")} ${label}\n      ${facts(trace, why)}`;
}

/** What the rule came to, and the values it read. */
function facts(trace: Trace | undefined, verdict: string): string {
  const actual = Object.entries(trace?.actual ?? {}).map(([name, value]) => `${name} ${shown(value)}`);
  return actual.length === 0 ? verdict : `${verdict} (${actual.join(", ")})`;
}

function stage({ explanation, model }: AccountExplanation): string {
  const decided = explanation.stage;
  if (!decided) return "";
  const expect = model.lifecycle?.stages.find(({ name }) => name === decided.name)?.expect;
  const expected = expect === undefined ? "" : `, expected to take ${counted(expect, "day")} at most`;
  const overdue = decided.status === "overdue" ? ` ${paint("red", "It is overdue.")}` : "";
  const moves = decided.moves.map(({ from, to, because }) => `${from ?? "start"} -> ${to} (${because})`);
  const exit = Object.entries(decided.exit).map(([name, { met }]) => {
    const mark = met === true ? paint("green", "+") : paint("yellow", met === null ? "?" : "-");
    const verdict = met === true ? "holds" : met === null ? "unknown" : "does not hold yet";
    return `${mark} ${name}: ${explanation.rules.exit[name]?.text ?? ""}\n      ${facts(explanation.rules.exit[name], verdict)}`;
  });
  return section(`Lifecycle stage: ${decided.name}`, [
    `Since ${decided.since}${expected}.${overdue}${moves.length > 0 ? ` Moved that day: ${moves.join(", ")}.` : ""}`,
    ...(exit.length > 0 ? ["It is left when all of these hold:", ...exit] : []),
  ]);
}

function health({ health: decided }: Explanation): string {
  const measures = Object.entries(decided.measures);
  if (measures.length === 0) return "";
  const opening =
    decided.score === null
      ? `Unknown: only ${percent(decided.coverage)} of its weight is known.`
      : `${shown(decided.score)} out of 100, from ${percent(decided.coverage)} of its weight${decided.caps.length > 0 ? `, held down by ${list(decided.caps)}` : ""}.`;
  return section(`Health: ${decided.band}`, [
    opening,
    ...measures.map(([name, { score, share }]) => (score === null ? `${name}: unknown` : `${name}: ${shown(score)}, counts ${percent(share)}`)),
  ]);
}

function segments({ segments: decided }: Explanation): string {
  const lines = Object.entries(decided).flatMap(([name, segment]) => {
    if ("in" in segment) return segment.in ? [`${name}, since ${segment.since ?? "always"}`] : [];
    return segment.name === null ? [] : [`${name}: ${segment.name}, since ${segment.since ?? "always"}`];
  });
  return section("Segments", lines.length === 0 ? ["None."] : lines);
}

function missing({ missing: names }: Explanation): string {
  return names.length === 0 ? "" : section("Not known", [list(names)]);
}

function changes({ changes: found, explanation, model }: AccountExplanation): string {
  if (!found || !explanation.level) return "";
  const lines = [
    ...(found.up ? [`for more touch: ${change(found.up, model)}`] : []),
    ...(found.down ? [`for less touch: ${change(found.down, model)}`] : []),
  ];
  return section("What would change the level that is asked for", lines.length > 0 ? lines : ["No single fact does."]);
}

function change({ fact, from, to, level: reached }: NearestChange, model: AccountExplanation["model"]): string {
  const type = model.facts.find(({ name }) => name === fact)?.type ?? { kind: "number" };
  const was = from === null ? "unknown now" : `${shown(showTyped(type, from))} now`;
  return `${fact} at ${shown(showTyped(type, to))} (${was}) asks for ${reached}`;
}

function touches({ touches: all }: AccountExplanation): string {
  const open = all.filter(isOpen).toSorted((a, b) => a.due - b.due);
  const lines = open.slice(0, 8).map(({ title, due, status, by, owner, program, id, reason }) => {
    const who = owner ?? by;
    const note = status === "planned" || status === "due" ? status : `${status}: ${reason ?? ""}`;
    return `${formatDay(due)}  ${title}, by ${who}${program === null ? "" : ` (${program})`}, ${note}  ${paint("dim", id)}`;
  });
  const more = open.length > 8 ? [`and ${open.length - 8} more`] : [];
  return section("What happens next", lines.length > 0 ? [...lines, ...more] : ["Nothing is planned."]);
}

function list(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;
}

/** The decision of contracts.md §4 with its trees, and what surrounds it. */
export function explanationJson({ account, explanation, changes: found, touches: all }: AccountExplanation): unknown {
  return { ...explanation, name: account.name, owner: account.owner, changes: found ?? null, touches: all.map(touchJson) };
}
