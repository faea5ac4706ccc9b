import type { Model } from "../../core/model/types.ts";
import { formatDay } from "../../core/time/day.ts";
import type {
  ModelSimulation,
  SimulatedPeriod,
  Simulation,
} from "../../engine/simulate/simulation.ts";
import { paint } from "../output.ts";
import { paragraph } from "./paragraph.ts";
import { type Column, table } from "./table.ts";
import { tellEnds } from "./tell-simulation-ends.ts";
import { count, counted, list, percent } from "./words.ts";

const right = { align: "right" } as const;

/** A simulation as a page to read: week by week, then in sentences. */
export function tellSimulation(simulation: Simulation): string {
  const { models, from, to } = simulation;
  const isPair = models.length > 1;
  const title = models
    .map(({ model }, index) =>
      paint("bold", isPair ? `${letter(index)}: ${model.name}` : model.name),
    )
    .join("\n");
  const parts = [
    `${title}\n${formatDay(from)} to ${formatDay(to)}, as if it had gone live on the first of these days. Nothing was written.`,
    isPair ? sideBySide(simulation) : alone(simulation),
    ...models.map((one, index) => summary(simulation, one, isPair ? letter(index) : null)),
    leaks(simulation),
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

function letter(index: number): string {
  return "AB"[index] ?? String(index + 1);
}

function alone({ models, by }: Simulation): string {
  const [one] = models as [ModelSimulation];
  const hasHealth = one.model.health !== undefined;
  const hasTeam = one.totals.capacityMinutes !== null;
  const columns: Column[] = [
    { head: by },
    { head: "accounts", ...right },
    { head: levelNames(one.model) },
    { head: "raised", ...right },
    ...(hasHealth ? [{ head: "red", ...right }] : []),
    { head: "moves", ...right },
    { head: "flap", ...right },
    { head: "hours", ...right },
    ...(hasTeam ? [{ head: "load", ...right }] : []),
    { head: "mails", ...right },
    { head: "in-app", ...right },
  ];
  const rows = one.periods.map((period) => [
    formatDay(period.from),
    count(period.accounts),
    levelCounts(one.model, period),
    count(period.raised),
    ...(hasHealth ? [count(period.red ?? 0)] : []),
    count(period.movesUp + period.movesDown),
    count(period.flapping),
    hoursOf(period.humanMinutes),
    ...(hasTeam ? [loadOf(period)] : []),
    count(period.mails),
    count(period.inApp),
  ]);
  return table(columns, rows);
}

/** Two tables, so that large books fit as well: who stands where, then what it costs. */
function sideBySide({ models, by }: Simulation): string {
  const periods = (models[0]?.periods ?? []).map(({ from }, index) => ({
    from: formatDay(from),
    both: models.map((one) => one.periods[index] as SimulatedPeriod),
  }));
  const levels = table(
    [
      { head: by },
      ...models.map(({ model }, index) => ({ head: `${letter(index)} ${levelNames(model)}` })),
    ],
    periods.map(({ from, both }) => [
      from,
      ...models.map(({ model }, place) => levelCounts(model, both[place] as SimulatedPeriod)),
    ]),
  );
  const costs = table(
    [
      { head: by },
      ...["moves", "flap", "hours", "mails", "in-app"].flatMap((what) =>
        models.map((_, index) => ({
          head: index === 0 ? `${what} ${letter(index)}` : letter(index),
          ...right,
        })),
      ),
    ],
    periods.map(({ from, both }) => [
      from,
      ...both.map(({ movesUp, movesDown }) => count(movesUp + movesDown)),
      ...both.map(({ flapping }) => count(flapping)),
      ...both.map(({ humanMinutes }) => hoursOf(humanMinutes)),
      ...both.map(({ mails }) => count(mails)),
      ...both.map(({ inApp }) => count(inApp)),
    ]),
  );
  return `${levels}\n\n${costs}`;
}

function levelNames({ levels }: Model): string {
  return levels.map(({ name }) => name).join("/");
}

function levelCounts({ levels }: Model, period: SimulatedPeriod): string {
  return levels.map(({ name }) => period.levels[name] ?? 0).join("/");
}

/** `1,234.5` */
function tenth(n: number): string {
  return n.toLocaleString("en-US", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
}

/** Hours in a column: whole ones. */
function hoursOf(minutes: number): string {
  return count(Math.round(minutes / 60));
}

function loadOf({ ownMinutes, capacityMinutes }: SimulatedPeriod): string {
  return capacityMinutes === null || capacityMinutes === 0
    ? "-"
    : percent(ownMinutes / capacityMinutes);
}

function summary(simulation: Simulation, one: ModelSimulation, name: string | null): string {
  const title = paint("bold", name === null ? "What it comes to" : `${name}: ${one.model.name}`);
  const sentences = [levelsIn(one), movesIn(one), hoursIn(simulation, one), messagesIn(one)];
  const ends = tellEnds(simulation, one);
  return [title, ...sentences.map(paragraph), ...(ends === "" ? [] : [ends])].join("\n");
}

function levelsIn({ model, totals }: ModelSimulation): string {
  const shares = model.levels.map(({ name }) => `${name} ${percent(totals.shares[name] ?? 0)}`);
  return `Levels: ${counted(totals.everOpen, "account")} ${totals.everOpen === 1 ? "was" : "were"} open on some day. On an average day ${list(shares)}.`;
}

function movesIn({ totals }: ModelSimulation): string {
  const { movesUp, movesDown, flapping } = totals;
  const flapped = flapping === 0 ? "No account flapped" : `${counted(flapping, "account")} flapped`;
  return `Moves: ${counted(movesUp + movesDown, "change")} of level, ${count(movesUp)} up and ${count(movesDown)} down. ${flapped} (more than two moves within 30 days).`;
}

function hoursIn({ by, book }: Simulation, { periods, totals }: ModelSimulation): string {
  if (totals.humanTouches === 0) return "Hours: no human touches.";
  const days = totals.to - totals.from + 1;
  const aWeek = (minutes: number): string => tenth((minutes / 60 / days) * 7);
  const busiest = periods.toSorted((a, b) => b.humanMinutes - a.humanMinutes)[0];
  const others = totals.humanMinutes - totals.ownMinutes;
  const parts = [
    `Hours: ${counted(totals.humanTouches, "human touch", "human touches")}, all held on their day, take ${count(Math.round(totals.humanMinutes / 60))} h, ${aWeek(totals.humanMinutes)} h a week; the busiest ${by} begins on ${formatDay(busiest?.from ?? 0)} with ${hoursOf(busiest?.humanMinutes ?? 0)} h.`,
  ];
  if (others > 0)
    parts.push(`${aWeek(others)} h a week of it are for others than owners, pods and the pool.`);
  parts.push(loadIn(periods, totals, by, book.team));
  return parts.join(" ");
}

function loadIn(
  periods: readonly SimulatedPeriod[],
  { ownMinutes, capacityMinutes }: ModelSimulation["totals"],
  by: string,
  team: number,
): string {
  if (capacityMinutes === null || capacityMinutes === 0) return "Nobody's hours are known.";
  const over = periods.filter(
    (period) => period.capacityMinutes !== null && period.ownMinutes > period.capacityMinutes,
  );
  const people = team === 1 ? "The one person" : `The ${count(team)} people`;
  return `${people} of the present team with hours could give ${count(Math.round(capacityMinutes / 60))} h: a load of ${percent(ownMinutes / capacityMinutes)}, over 100% in ${over.length} of ${counted(periods.length, by)}.`;
}

function messagesIn({ totals }: ModelSimulation): string {
  const { mails, inApp, otherMessages, dropped } = totals;
  const weeks = (totals.to - totals.from + 1) / 7;
  const others =
    otherMessages === 0 ? "" : ` and ${counted(otherMessages, "message")} on other channels`;
  const lost =
    dropped === 0 ? "" : ` Caps held ${counted(dropped, "message")} back until it was too late.`;
  return `Messages: ${counted(mails, "mail")} (${tenth(mails / weeks)} a week), ${counted(inApp, "in-app message")}${others}.${lost}`;
}

function leaks({ book, from, models }: Simulation): string {
  const lines: string[] = [];
  models.forEach(({ mayLeak }, index) => {
    if (mayLeak.length === 0) return;
    const whose = models.length > 1 ? `${letter(index)}: ` : "";
    lines.push(`${whose}${mayLeak.map(({ name }) => name).join(", ")}`);
  });
  if (lines.length > 0)
    lines.unshift(
      "Known only as they are today, so that they may know what came later (constant, may leak):",
    );
  if (book.withoutCreation > 0)
    lines.push(
      `${counted(book.withoutCreation, "account")} without a day of creation: what is counted of ${book.withoutCreation === 1 ? "it" : "them"} is unknown before ${book.withoutCreation === 1 ? "it" : "they"} came in.`,
    );
  if (from < book.firstDay)
    lines.push(`Nothing is known of anybody before ${formatDay(book.firstDay)}.`);
  if (book.lastEvent !== null && from > book.lastEvent)
    lines.push(`No event is of these days: the last is of ${formatDay(book.lastEvent)}.`);
  return lines.length === 0
    ? ""
    : [paint("bold", "Before you trust it"), ...lines.map(paragraph)].join("\n");
}
