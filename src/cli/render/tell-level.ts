import type { DecisionStep } from "../../core/decide/index.ts";
import type { Explanation } from "../../core/explain/index.ts";
import type { Trace } from "../../core/rules/types.ts";
import { paint } from "../output.ts";
import { list, section, values } from "./words.ts";

type Level = NonNullable<Explanation["level"]>;

/** How the touch level came about: the base rule that won, then every adjustment in order. */
export function tellLevel({ level, rules }: Explanation): string {
  if (!level) return "";
  const base = level.steps.filter(({ name }) => name === undefined);
  const adjust = level.steps.filter(({ name }) => name !== undefined);
  return section(`Touch level: ${level.name}`, [
    opening(level, adjust),
    "Its base level is the first of these that holds:",
    ...base.map((step) =>
      baseLine(
        step,
        rules.base.find(({ text }) => text === step.rule),
      ),
    ),
    ...(adjust.length === 0 ? [] : ["Then these adjust it, one after the other:"]),
    ...adjust.map((step) => adjustLine(step, rules.adjust[step.name ?? ""])),
  ]);
}

function opening(
  { name, base, since, held, pinned }: Level,
  adjust: readonly DecisionStep[],
): string {
  if (pinned) {
    const until = pinned.until === null ? "until it is taken back" : `until ${pinned.until}`;
    const by = pinned.by === null ? "" : `, by ${pinned.by}`;
    return `It is pinned to ${name} touch ${until}${by}: ${pinned.reason}. The rules below have no say meanwhile.`;
  }
  const start = `It has had ${name} touch since ${since}.`;
  if (held)
    return `${start} The rules ask for less by now, but not yet for long enough to lower it: it is held.`;
  const changing = adjust.filter(({ applied, before, after }) => applied && before !== after);
  if (changing.length === 0)
    return `${start} That is its base level, and no adjustment changes it.`;
  const names = list(changing.map((step) => `"${step.name ?? ""}"`));
  return base === name
    ? `${start} That is its base level again, after ${names}.`
    : `${start} Its base level is ${base}; ${names} ${changing.length === 1 ? "makes" : "make"} it ${name}.`;
}

function baseLine(step: DecisionStep, trace: Trace | undefined): string {
  const level = step.effect.replace(/^set /, "");
  if (step.rule === "otherwise") return `${mark(step)} ${level}, because nothing above holds`;
  const way = step.applied ? level : `not ${level}`;
  return `${mark(step)} ${way}, because ${step.rule} ${verdict(step, trace)}`;
}

function adjustLine(step: DecisionStep, trace: Trace | undefined): string {
  const label = `${mark(step)} ${step.name ?? ""}`;
  const why = `${step.rule} ${verdict(step, trace)}`;
  if (!step.applied) return `${label}: does not apply\n      ${why}`;
  const move =
    step.before === step.after
      ? `leaves it ${step.after ?? ""}`
      : `${step.before ?? ""} becomes ${step.after ?? ""}`;
  return `${label}: ${step.effect}, ${move}\n      ${why}`;
}

function mark({ applied, missing }: DecisionStep): string {
  if (applied) return paint("green", "+");
  return missing ? paint("yellow", "?") : paint("dim", "-");
}

function verdict(step: DecisionStep, trace: Trace | undefined): string {
  const actual = values(trace?.actual ?? {});
  const because = actual === "" ? "" : ` (${actual})`;
  if (step.missing && step.missing.length > 0) {
    return `is unknown, for ${list(step.missing)} ${step.missing.length === 1 ? "is" : "are"} not known`;
  }
  if (!step.applied) return `does not hold${because}`;
  return step.kept ? `held a short while ago, and is kept${because}` : `holds${because}`;
}
