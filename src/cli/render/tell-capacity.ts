import type { FitSummary, WeekLoad } from "../../core/allocate/types.ts";
import { type Day, formatDay } from "../../core/time/day.ts";
import type { CapacityReport } from "../../engine/capacity.ts";
import { titlesOf, type UnfitGroup, unfitGroups } from "../../engine/capacity/unfit-groups.ts";
import { paint } from "../output.ts";
import { flow, paragraph } from "./paragraph.ts";
import { table } from "./table.ts";
import { tellBusiestDays } from "./tell-busiest-days.ts";
import { tellWhatIfs } from "./tell-what-if.ts";
import { count, counted, hours, list, money, wholeHours } from "./words.ts";

const GROUPS_SHOWN = 15;
const ACCOUNTS_SHOWN = 5;
const KINDS_SHOWN = 2;
const right = { align: "right" } as const;

/** Whether the work fits the hours, as a page to act on. */
export function tellCapacity(report: CapacityReport): string {
  const { frame, today } = report;
  const from = frame.weeks[0] ?? today;
  const until = (frame.weeks.at(-1) ?? today) + 6;
  return [
    `${paint("bold", "Capacity")}, ${formatDay(Math.max(from, today))} to ${formatDay(until)} (${counted(frame.weeks.length, "week")})`,
    verdict(report),
    section("Planned hours of the hours there are, by week from Monday", loads(report)),
    ...(report.who === null
      ? [section("Accounts per owner and hours a week, by base level", coverage(report))]
      : []),
    section("What will not fit", unfit(report)),
    section("Busiest days", tellBusiestDays(report, nameOf(report))),
    ...tellWhatIfs(report, nameOf(report)),
    ...notes(report).map(flow),
  ].join("\n\n");
}

function section(title: string, body: string): string {
  return `${paint("bold", title)}\n${body}`;
}

/** Names of those who do something. */
function nameOf({ doers, team }: CapacityReport): (doer: string) => string {
  const names = new Map(team.map(({ id, name }) => [id, name ?? id]));
  for (const { doer, name } of doers) names.set(doer, name);
  return (doer) => names.get(doer) ?? doer;
}

/** The answer first: does it fit, and what does it cost where it does not. */
function verdict(report: CapacityReport): string {
  const { fit } = report;
  const all = fit.fits.touches + fit.unfit.touches + fit.unknown.touches;
  const minutes = fit.fits.minutes + fit.unfit.minutes + fit.unknown.minutes;
  if (all === 0) return "Nothing is planned for people.";
  const planned = `${counted(all, "touch for people needs", "touches for people need")} ${wholeHours(minutes)}${hoursThere(report)}.`;
  const over = overloaded(report);
  if (fit.unfit.touches === 0) {
    const known = fit.fits.touches > 0 ? "All that is measured fits." : "";
    const parts = [
      planned,
      fit.unknown.touches > 0 ? known : "All of it fits.",
      unknown(fit.unknown),
    ];
    return flow(parts.filter((text) => text !== "").join(" "));
  }
  return [
    flow(`${planned}${over}`),
    flow(missed(report, fit.unfit))
      .split("\n")
      .map((line) => paint("red", line))
      .join("\n"),
    ...(fit.unknown.touches > 0 ? [flow(unknown(fit.unknown))] : []),
  ].join("\n");
}

/** `; those who do them have 3,100 in all`: where it is enough in all, it is shared out unevenly. */
function hoursThere({ roles, who }: CapacityReport): string {
  const minutes = roles.reduce((sum, { weeks }) => {
    const isBusy = weeks.some(({ touches }) => touches > 0);
    return isBusy ? sum + weeks.reduce((all, { capacity }) => all + (capacity ?? 0), 0) : sum;
  }, 0);
  if (who !== null || minutes === 0) return "";
  return `; those who do them have ${count(Math.round(minutes / 60))} in all`;
}

const NAMED = 5;

/** ` Over their hours: Olivia Grant (2 weeks), Jonas Brandt (4 weeks).` */
function overloaded({ doers }: CapacityReport): string {
  const red = doers
    .map(({ name, weeks }) => ({ name, weeks: weeks.filter(({ band }) => band === "red").length }))
    .filter(({ weeks }) => weeks > 0)
    .toSorted((a, b) => b.weeks - a.weeks);
  if (red.length === 0) return "";
  const named = red.slice(0, NAMED).map(({ name, weeks }) => `${name} (${counted(weeks, "week")})`);
  if (red.length > NAMED) named.push(`${count(red.length - NAMED)} more`);
  return ` Over the hours there are: ${list(named)}.`;
}

function missed({ model }: CapacityReport, unfit: FitSummary): string {
  const must = unfit.must === 0 ? "" : `, ${count(unfit.must)} of them must happen`;
  return `${counted(unfit.touches, "touch does", "touches do")} not fit (${wholeHours(unfit.minutes)}${must}): ${counted(unfit.accounts, "account")} with ${money(model, unfit.revenue)} ${model.workspace.revenue ?? "revenue"}.`;
}

function unknown({ touches }: FitSummary): string {
  return touches === 0
    ? ""
    : `Nobody has said how many hours a week those have who do ${touches === 1 ? "one of the touches" : `${count(touches)} of the touches`}.`;
}

function loads({ doers, frame }: CapacityReport): string {
  if (doers.length === 0) return "  Nobody.";
  const lines = table(
    [
      { head: "who" },
      { head: "accounts", ...right },
      { head: "in all", ...right },
      ...frame.weeks.map((week) => ({ head: formatDay(week).slice(5), ...right })),
    ],
    doers.map(({ name, accounts, total, weeks }) => [
      name,
      count(accounts),
      cell(total),
      ...weeks.map(cell),
    ]),
  );
  const isMarked = doers.some(({ weeks }) =>
    weeks.some(({ band }) => band === "red" || band === "amber"),
  );
  return isMarked ? `${lines}\n  ! more than there is, ~ 85% and more of it` : lines;
}

/** `32/40`; over it `45/40!`, close to it `36/40~`; where no hours are known `32`. */
function cell({ minutes, capacity, band }: Omit<WeekLoad, "week">): string {
  const planned = inHours(minutes);
  if (capacity === null) return minutes === 0 ? "" : planned;
  const text = `${planned}/${inHours(capacity)}`;
  if (band === "red") return paint("red", `${text}!`);
  return band === "amber" ? paint("yellow", `${text}~`) : text;
}

function inHours(minutes: number): string {
  return count(Math.round(minutes / 60));
}

function coverage({ model, levels }: CapacityReport): string {
  const lines = table(
    [
      { head: "level" },
      { head: "by" },
      { head: "accounts", ...right },
      { head: "revenue", ...right },
      { head: "people", ...right },
      { head: "per person", ...right },
      { head: "asked for", ...right },
      { head: "needs", ...right },
      { head: "has left", ...right },
    ],
    levels.map((level) => [
      level.level,
      level.by,
      count(level.accounts),
      money(model, level.revenue),
      level.by === "automation" ? "" : String(Number(level.owners.toFixed(1))),
      level.actual === null ? "" : count(Math.round(level.actual)),
      level.asked === null ? "" : count(level.asked),
      level.hoursNeeded === 0 ? "" : hours(level.hoursNeeded * 60),
      level.hoursThere === null ? "" : hours(level.hoursThere * 60),
    ]),
  );
  return [
    lines,
    ...levels.flatMap(({ finding }) =>
      finding === null ? [] : [paint("red", paragraph(finding))],
    ),
  ].join("\n");
}

function unfit(report: CapacityReport): string {
  const { model, fit } = report;
  if (fit.list.length === 0) return "  Nothing.";
  const groups = unfitGroups(fit.list);
  const name = nameOf(report);
  const lines = table(
    [
      { head: "week" },
      { head: "who" },
      { head: "touches", ...right },
      { head: "hours", ...right },
      { head: "must", ...right },
      { head: "accounts", ...right },
      { head: "revenue", ...right },
      { head: "what" },
    ],
    groups
      .slice(0, GROUPS_SHOWN)
      .map((group) => [
        formatDay(group.week).slice(5),
        name(group.doer),
        count(group.touches),
        hours(group.minutes),
        group.must === 0 ? "" : count(group.must),
        count(group.accounts),
        money(model, group.revenue),
        whatOf(group),
      ]),
  );
  const rest = groups.slice(GROUPS_SHOWN);
  const more = rest.reduce((sum, { touches }) => sum + touches, 0);
  return [
    lines,
    ...(rest.length === 0
      ? []
      : [
          `  and ${counted(more, "more touch", "more touches")} until ${formatDay((rest.at(-1)?.week ?? 0) + 6)}`,
        ]),
    paragraph(`Most at stake: ${atStake(report)}`),
  ].join("\n");
}

function whatOf({ what }: Pick<UnfitGroup, "what">): string {
  const named = what
    .slice(0, KINDS_SHOWN)
    .map(({ title, touches }) => `${count(touches)} ${title}`);
  const others = what.slice(KINDS_SHOWN).reduce((sum, { touches }) => sum + touches, 0);
  return [...named, ...(others === 0 ? [] : [`${count(others)} other`])].join(", ");
}

/** The accounts of most revenue among those whose touches do not fit. */
function atStake({ model, fit }: CapacityReport): string {
  const accounts = new Map(fit.list.map(({ work }) => [work.account, work]));
  return [...accounts.values()]
    .toSorted((a, b) => (b.revenue ?? 0) - (a.revenue ?? 0) || (a.account < b.account ? -1 : 1))
    .slice(0, ACCOUNTS_SHOWN)
    .map(({ account, accountName, revenue }) => {
      const own = fit.list.filter(({ work }) => work.account === account).map(({ work }) => work);
      return `${accountName ?? account} (${money(model, revenue)}: ${whatOf({ what: titlesOf(own) })})`;
    })
    .join("; ");
}

/** What makes the picture less than whole. */
function notes({ frame, plannedThrough, team }: CapacityReport): string[] {
  const last: Day = (frame.weeks.at(-1) ?? 0) + 6;
  const silent = team.filter(({ hoursPerWeek }) => hoursPerWeek === null);
  return [
    ...(team.length === 0
      ? [
          "The team is empty: import it (`team:` in the import file) with hours_per_week, and the hours are compared.",
        ]
      : []),
    ...(silent.length > 0
      ? [`Nobody has said the hours of ${silent.map(({ id, name }) => name ?? id).join(", ")}.`]
      : []),
    ...(last > plannedThrough
      ? [
          `Touches are planned up to ${formatDay(plannedThrough)} (\`plan_ahead\`): later days show less than there will be.`,
        ]
      : []),
  ];
}
