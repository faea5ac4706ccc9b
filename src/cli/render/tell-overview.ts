import { formatDay } from "../../core/time/day.ts";
import type { Overview } from "../../engine/overview.ts";
import { paint } from "../output.ts";
import { table } from "./table.ts";
import { count, counted, hours, money, percent } from "./words.ts";

const MOVES_SHOWN = 10;
const right = { align: "right" } as const;

/** The overview as a page to read. */
export function tellOverview(picture: Overview): string {
  const { model } = picture;
  return [
    `${paint("bold", model.name)} (version ${picture.version}), ${formatDay(picture.today)}`,
    `${counted(picture.accounts, "account")}, ${money(model, picture.revenue)} ${model.workspace.revenue ?? "revenue"}`,
    section("Touch levels", levels(picture)),
    section("Lifecycle", stages(picture)),
    section(`Who moved since ${formatDay(picture.moversSince)}, and why`, movers(picture)),
    section(
      `Human touches of the week (${formatDay(picture.week.from)} to ${formatDay(picture.week.to)}), overdue ones with them`,
      work(picture),
    ),
    section(needTitle(picture), inNeed(picture)),
  ].join("\n\n");
}

function section(title: string, body: string): string {
  return `${paint("bold", title)}\n${body}`;
}

function levels({ model, levels: list }: Overview): string {
  const rows = table(
    [
      { head: "level" },
      { head: "accounts", ...right },
      { head: "share", ...right },
      { head: "revenue", ...right },
      { head: "base level of", ...right },
      { head: "share", ...right },
      { head: "expected", ...right },
    ],
    list.map(({ name, accounts, share, revenue, base, baseShare, expected }) => [
      name,
      count(accounts),
      percent(share),
      money(model, revenue),
      count(base),
      percent(baseShare),
      expected ? `${percent(expected[0])} to ${percent(expected[1])}` : "",
    ]),
  );
  const findings = list.flatMap(({ finding }) => (finding === null ? [] : [`  ${finding}`]));
  return [rows, ...findings].join("\n");
}

function stages({ model, stages: list }: Overview): string {
  if (list.length === 0) return "  The model has no lifecycle.";
  return table(
    [
      { head: "stage" },
      { head: "accounts", ...right },
      { head: "share", ...right },
      { head: "overdue", ...right },
      { head: "revenue", ...right },
    ],
    list.map(({ name, accounts, share, overdue, revenue }) => [
      name,
      count(accounts),
      percent(share),
      overdue > 0 ? count(overdue) : "",
      money(model, revenue),
    ]),
  );
}

function movers({ movers: list }: Overview): string {
  if (list.length === 0) return "  Nobody moved.";
  const rows = list
    .slice(0, MOVES_SHOWN)
    .map(({ what, from, to, why, accounts, examples }) => [
      count(accounts),
      `${what} ${from ?? "none"} -> ${to ?? "none"}`,
      why,
      examples.slice(0, 2).join(", "),
    ]);
  const rest = list.slice(MOVES_SHOWN).reduce((sum, { accounts }) => sum + accounts, 0);
  const more = rest > 0 ? `\n  and ${counted(rest, "more move")}` : "";
  return (
    table(
      [{ head: "accounts", ...right }, { head: "move" }, { head: "why" }, { head: "for example" }],
      rows,
    ) + more
  );
}

function work({ week }: Overview): string {
  if (week.work.length === 0) return "  None.";
  return table(
    [
      { head: "who" },
      { head: "touches", ...right },
      { head: "hours", ...right },
      { head: "has", ...right },
      { head: "what" },
    ],
    week.work.map(({ name, touches, minutes, hours: has, what }) => [
      name,
      count(touches),
      hours(minutes),
      has === null
        ? ""
        : has === 0
          ? touches === 0
            ? "away"
            : "none"
          : `${Number(has.toFixed(1))} h`,
      what,
    ]),
  );
}

function needTitle({ inNeed: list }: Overview): string {
  return list.length === 0
    ? "In need of attention"
    : `${counted(list.length, "account")} most in need of attention`;
}

function inNeed({ model, inNeed: list }: Overview): string {
  if (list.length === 0) return "  Nobody.";
  return list
    .map(({ id, name, revenue, level, stage, reasons }) => {
      const who = name === null ? id : `${name} (${id})`;
      return `  ${paint("bold", who)}  ${money(model, revenue)}, ${level ?? "no level"}, ${stage ?? "no stage"}\n    ${reasons.join("; ")}`;
    })
    .join("\n");
}

/** The same as data, days as text. */
export function overviewJson(picture: Overview): unknown {
  const { model, today, moversSince, week, inNeed: needy, ...rest } = picture;
  return {
    model: model.name,
    today: formatDay(today),
    currency: model.workspace.currency,
    ...rest,
    movers_since: formatDay(moversSince),
    week: { from: formatDay(week.from), to: formatDay(week.to), work: week.work },
    in_need: needy.map(({ id, name, owner, level, stage, revenue, reasons }) => ({
      id,
      name,
      owner,
      level,
      stage,
      revenue,
      reasons,
    })),
  };
}
