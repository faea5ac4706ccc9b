import type { CaseFailure, CaseResult } from "../../core/scenario/index.ts";
import { paint } from "../output.ts";

/** One case of a scenario file: a line when it passed, what was found when not. */
export function tellCase(file: string, result: CaseResult & { readonly line: number }): string {
  if (result.passed) return `  ${paint("green", "ok")}    ${result.name}`;
  const lines = [
    `  ${paint("red", "FAIL")}  ${result.name}  ${paint("dim", `(${file}:${result.line})`)}`,
  ];
  for (const failure of result.failures) lines.push(...tellFailure(failure));
  return lines.join("\n");
}

function tellFailure(failure: CaseFailure): string[] {
  const where = failure.step === 0 ? "expect" : `step ${failure.step}`;
  if (failure.error !== null) return [`        ${where}: ${failure.error}`];
  const lines = [
    `        ${where}${failure.account === null ? "" : `, account ${failure.account}`}`,
  ];
  for (const { what, expected, actual } of failure.mismatches) {
    lines.push(
      `          ${what}`,
      `            expected  ${show(expected)}`,
      `            actual    ${show(actual)}`,
    );
  }
  return [...lines, ...explanation(failure)];
}

function show(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Why the account is where it is, so that nobody has to ask twice. */
function explanation({ decision, touches }: CaseFailure): string[] {
  if (!decision) return ["          the account is closed, nothing was decided"];
  const { health, stage, level, missing } = decision;
  const facts = Object.entries(decision.facts).filter(([, value]) => value !== null);
  return [
    `          decided on ${decision.at}: level ${level?.name ?? "none"}, stage ${stage?.name ?? "none"}, health ${health.band}${health.score === null ? "" : ` ${Number(health.score.toPrecision(4))}`}`,
    `          facts     ${facts.map(([name, value]) => `${name} ${String(value)}`).join(", ")}`,
    `          missing   ${missing.join(", ") || "nothing"}`,
    ...(level?.steps ?? []).map(
      ({ name, rule, effect, applied, before, after }) =>
        `          ${applied ? "*" : "-"} ${name ?? rule}: ${applied ? `${effect} (${before ?? "-"} -> ${after ?? "-"})` : "does not apply"}`,
    ),
    ...Object.entries(stage?.exit ?? {}).map(
      ([name, { met }]) =>
        `          exit ${name}: ${met === null ? "unknown" : met ? "holds" : "does not hold"}`,
    ),
    ...touches.map(
      (touch) =>
        `          touch ${String(touch["touchpoint"])} due ${String(touch["due"])} ${String(touch["status"])}`,
    ),
  ];
}
