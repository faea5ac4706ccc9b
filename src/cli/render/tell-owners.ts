import { formatDay } from "../../core/time/day.ts";
import type { LevelOwners, OwnerLine, OwnersReport } from "../../engine/owners/who-owns.ts";
import { paint } from "../output.ts";
import { flow } from "./paragraph.ts";
import { table } from "./table.ts";
import { ASKS } from "./tell-owner.ts";
import { count, counted, hours, list, money, percent } from "./words.ts";

const right = { align: "right" } as const;

/** Who owns what, and what is not as the levels ask for it. */
export function tellOwners(report: OwnersReport): string {
  const { model, today, accounts, suggestions } = report;
  return [
    `${paint("bold", "Owners")} of ${counted(accounts, "account")}, ${model.name}, ${formatDay(today)}`,
    people(report),
    `${paint("bold", "What the levels ask for")}\n${levels(report)}`,
    accounts === 0
      ? "There is no account yet to own."
      : suggestions === 0
        ? "Every account that should have an owner has one who suits it, or nobody else would suit it better."
        : flow(
            `${counted(suggestions, "account")} could go to somebody else: \`touchstone owners suggest\` shows to whom and why. Nothing moves by itself.`,
          ),
  ].join("\n\n");
}

function people({ model, people: lines, weeks }: OwnersReport): string {
  if (lines.length === 0) return "  Nobody owns accounts, and there is no team yet.";
  return table(
    [
      { head: "who" },
      { head: "pod" },
      { head: "accounts", ...right },
      { head: "by level" },
      { head: "revenue", ...right },
      { head: `work of ${weeks} weeks`, ...right },
      { head: "has", ...right },
      { head: "load", ...right },
    ],
    lines.map((line) => [
      who(line),
      line.pod ?? "",
      count(line.accounts),
      line.levels.map(({ level, accounts }) => `${count(accounts)} ${level}`).join(", "),
      money(model, line.revenue),
      hours(line.minutes),
      line.capacity === null ? "" : hours(line.capacity),
      line.capacity === null || line.capacity === 0 ? "" : percent(line.minutes / line.capacity),
    ]),
  );
}

function who({ id, name, isStranger }: OwnerLine): string {
  if (id === null) return "nobody in particular";
  return isStranger ? `${id} (not in the team)` : (name ?? id);
}

function levels({ levels: all }: OwnersReport): string {
  return table(
    [{ head: "level" }, { head: "asks for" }, { head: "accounts", ...right }, { head: "not so" }],
    all.map((level) => [level.level, ASKS[level.kind], count(level.accounts), notSo(level)]),
  );
}

function notSo({ without, unsuited, tooMuch, examples }: LevelOwners): string {
  const parts = [
    ...(without > 0 ? [`${count(without)} ${without === 1 ? "has" : "have"} nobody`] : []),
    ...(unsuited > 0
      ? [
          `${count(unsuited)} ${unsuited === 1 ? "has an owner who does" : "have owners who do"} not suit`,
        ]
      : []),
    ...(tooMuch > 0 ? [`${count(tooMuch)} still ${tooMuch === 1 ? "has" : "have"} an owner`] : []),
  ];
  return parts.length === 0
    ? ""
    : `${parts.join(", ")}: ${list(shortened(examples, without + unsuited + tooMuch))}`;
}

function shortened(examples: readonly string[], all: number): readonly string[] {
  return all > examples.length ? [...examples, `${count(all - examples.length)} more`] : examples;
}
