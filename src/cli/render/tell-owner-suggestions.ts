import type { OwnerSuggestion } from "../../core/allocate/assign-owners.ts";
import { formatDay } from "../../core/time/day.ts";
import { csvLine } from "../../engine/csv-line.ts";
import type { OwnersChanged } from "../../engine/owners/change-owner.ts";
import type { SuggestedOwners } from "../../engine/owners/suggest-owners.ts";
import { paint } from "../output.ts";
import { flow, setIn } from "./paragraph.ts";
import { table } from "./table.ts";
import { count, counted, hours, money, percent } from "./words.ts";

const SHOWN = 20;
const right = { align: "right" } as const;

/** The suggested moves as a page to read; nothing has been done. */
export function tellSuggestions(suggested: SuggestedOwners): string {
  const { suggestions, nobodyFits } = suggested;
  if (suggestions.length === 0 && nobodyFits.length === 0)
    return "Every account has the owner that its level asks for: there is nothing to suggest.";
  const parts = [
    ...(suggestions.length === 0 ? ["There is nobody to suggest."] : moves(suggested)),
    ...(nobodyFits.length === 0 ? [] : [nobody(suggested)]),
  ];
  return parts.join("\n\n");
}

function moves(suggested: SuggestedOwners): string[] {
  const { suggestions, weeks } = suggested;
  return [
    `${paint("bold", `${counted(suggestions.length, "account")} could go to somebody else`)}\n${tellMoves(suggested, suggestions)}`,
    `${paint("bold", `What people would have, in the ${weeks} weeks ahead`)}\n${books(suggested)}`,
    flow(
      "Nothing has been changed. `touchstone owners accept ACCOUNT…` makes some of these moves, `touchstone owners accept --all` all of them.",
    ),
  ];
}

/** The most work first; what is left out is counted, and in the CSV. */
export function tellMoves(
  { model, names }: SuggestedOwners,
  all: readonly OwnerSuggestion[],
): string {
  const shown = all
    .toSorted((a, b) => (b.revenue ?? 0) - (a.revenue ?? 0) || (a.account < b.account ? -1 : 1))
    .slice(0, SHOWN);
  const rows = shown.map((one) => [
    one.name === null ? one.account : `${one.name} (${one.account})`,
    one.level,
    money(model, one.revenue),
    personOf(one.from, names, "nobody"),
    personOf(one.to, names, one.kind === "pool" ? "the pool" : "nobody") +
      (one.pod === null ? "" : `, pod ${one.pod}`),
  ]);
  const heads = [
    { head: "account" },
    { head: "level" },
    { head: "revenue", ...right },
    { head: "from" },
    { head: "to" },
  ];
  const drawn = withReasons(
    table(heads, rows),
    shown.map(({ reasons }) => reasons.join("; ")),
  );
  const rest = all.length - rows.length;
  return rest > 0
    ? `${drawn}\n  and ${count(rest)} more: \`--out FILE.csv\` lists them all`
    : drawn;
}

/** Under each row of a table why it is there: reasons are too long for a column. */
function withReasons(drawn: string, reasons: readonly string[]): string {
  const [head = "", ...lines] = drawn.split("\n");
  return [head, ...lines.flatMap((line, index) => [line, setIn(reasons[index] ?? "", 4)])].join(
    "\n",
  );
}

function personOf(id: string | null, names: ReadonlyMap<string, string>, none: string): string {
  return id === null ? none : (names.get(id) ?? id);
}

function books({ people }: SuggestedOwners): string {
  return table(
    [
      { head: "who" },
      { head: "accounts", ...right },
      { head: "then", ...right },
      { head: "work", ...right },
      { head: "then", ...right },
      { head: "has", ...right },
      { head: "load then", ...right },
    ],
    people.map(({ name, before, after, capacity }) => [
      name,
      count(before.accounts),
      count(after.accounts),
      hours(before.minutes),
      hours(after.minutes),
      capacity === null ? "" : hours(capacity),
      capacity === null || capacity === 0 ? "" : percent(after.minutes / capacity),
    ]),
  );
}

function nobody({ nobodyFits, names, model }: SuggestedOwners): string {
  const shown = nobodyFits
    .toSorted((a, b) => (b.revenue ?? 0) - (a.revenue ?? 0) || (a.account < b.account ? -1 : 1))
    .slice(0, SHOWN);
  const rows = shown.map((one) => [
    one.name === null ? one.account : `${one.name} (${one.account})`,
    one.level,
    money(model, one.revenue),
    personOf(one.owner, names, "nobody"),
  ]);
  const rest = nobodyFits.length - rows.length;
  const more = rest > 0 ? `\n  and ${count(rest)} more` : "";
  const title = `${counted(nobodyFits.length, "account")} whom nobody suits: ${nobodyFits.length === 1 ? "it stays where it is" : "they stay where they are"}`;
  const heads = [
    { head: "account" },
    { head: "level" },
    { head: "revenue", ...right },
    { head: "owner" },
  ];
  const drawn = withReasons(
    table(heads, rows),
    shown.map(({ reason }) => reason),
  );
  return `${paint("bold", title)}\n${drawn}${more}`;
}

export function suggestionsCsv({ suggestions, names }: SuggestedOwners): string {
  const head = [
    "account",
    "name",
    "level",
    "by",
    "from",
    "to",
    "to_name",
    "pod",
    "hours",
    "revenue",
    "reasons",
  ];
  const rows = suggestions.map((one) => [
    one.account,
    one.name,
    one.level,
    one.kind,
    one.from,
    one.to,
    one.to === null ? null : (names.get(one.to) ?? null),
    one.pod,
    Math.round((one.minutes / 60) * 10) / 10,
    one.revenue,
    one.reasons.join("; "),
  ]);
  return `${[head, ...rows].map(csvLine).join("\n")}\n`;
}

/** What was done: by account where there are few, else how many. */
export function tellOwnersChanged(
  { changed }: OwnersChanged,
  names: ReadonlyMap<string, string>,
): string {
  const real = changed.filter(({ from, to }) => from !== to);
  if (real.length === 0) return "Nothing to do: no account changes hands.";
  const lines = real
    .slice(0, SHOWN)
    .flatMap(({ account, name, from, to, kind, moved, tasks }) => [
      `${name === null ? account : `${name} (${account})`}: ${personOf(from, names, "nobody")} -> ${personOf(to, names, kind === "pool" ? "the pool" : "nobody")}, ${counted(moved, "open touch", "open touches")} moved.`,
      ...tasks.map(
        (task) =>
          `  ${formatDay(task.due)}  ${task.title}  (${personOf(task.owner, names, "the pool")}, ${task.id})`,
      ),
    ]);
  if (real.length > SHOWN) lines.push(`and ${count(real.length - SHOWN)} more`);
  const tasks = real.reduce((sum, one) => sum + one.tasks.length, 0);
  const moved = real.reduce((sum, one) => sum + one.moved, 0);
  return [
    ...lines,
    ...(real.length === 1
      ? []
      : [
          `${counted(real.length, "account")} handed over, ${counted(moved, "open touch", "open touches")} moved, ${counted(tasks, "task")} planned for both sides.`,
        ]),
  ].join("\n");
}
