import type { MatrixCell } from "../../../engine/plan/types.ts";
import { paint } from "../../output.ts";
import { cut } from "../columns.ts";
import { table } from "../table.ts";
import { count, money } from "../words.ts";
import { COLUMNS, type PlanPage, right } from "./page.ts";

const SEGMENTS_SHOWN = 20;
/** A name and a cell such as `1,234, $12.3M` each take so much. */
const NAME = 18;
const CELL = 16;
const NONE = "none";

/** Which level accounts have and would have. */
export function tellLevels(page: PlanPage): string[] {
  const names = page.model.levels.map(({ name }) => name);
  if (page.plan.accounts.total === 0) return [];
  return page.plan.levels.some(isMove)
    ? matrix(page, page.plan.levels, names)
    : ["  No account changes its level."];
}

export function tellStages(page: PlanPage): string[] {
  const names = page.model.lifecycle?.stages.map(({ name }) => name) ?? [];
  return page.plan.stages.some(isMove) ? matrix(page, page.plan.stages, names) : [];
}

/** As a table where it fits, as a list of the moves otherwise. */
function matrix(
  { plan, model }: PlanPage,
  cells: readonly MatrixCell[],
  order: readonly string[],
): string[] {
  if (cells.length === 0) return [];
  const place = (name: string | null): number => {
    if (name === null) return order.length + 1;
    const at = order.indexOf(name);
    return at < 0 ? order.length : at;
  };
  const sorted = (names: readonly (string | null)[]): readonly (string | null)[] =>
    [...new Set(names)].toSorted((a, b) => place(a) - place(b));
  const from = sorted(cells.map((cell) => cell.from));
  const to = sorted(cells.map((cell) => cell.to));
  // a first model has nothing to come from
  if (!plan.live || NAME + to.length * CELL > COLUMNS)
    return moves({ model }, cells, plan.live === null);
  const text = (a: string | null, b: string | null): string => {
    const cell = cells.find((one) => one.from === a && one.to === b);
    if (!cell) return "";
    const told = `${count(cell.accounts)}, ${money(model, cell.revenue)}`;
    return isMove(cell) ? paint("bold", told) : told;
  };
  return [
    table(
      [{ head: "" }, ...to.map((name) => ({ head: cut(name ?? NONE, CELL - 2), ...right }))],
      from.map((name) => [cut(name ?? NONE, NAME), ...to.map((other) => text(name, other))]),
    ),
  ];
}

function moves(
  { model }: Pick<PlanPage, "model">,
  cells: readonly MatrixCell[],
  isFirst: boolean,
): string[] {
  const shown = cells.filter(isMove).toSorted((a, b) => b.accounts - a.accounts);
  if (shown.length === 0) return [];
  return [
    table(
      [
        ...(isFirst ? [] : [{ head: "from" }]),
        { head: isFirst ? "" : "to" },
        { head: "accounts", ...right },
        { head: "revenue", ...right },
      ],
      shown.map(({ from, to, accounts, revenue }) => [
        ...(isFirst ? [] : [cut(from ?? NONE, 30)]),
        cut(to ?? NONE, 30),
        count(accounts),
        money(model, revenue),
      ]),
    ),
  ];
}

function isMove({ from, to }: MatrixCell): boolean {
  return from !== to;
}

/** Who joins, leaves or goes from one entry to another, by segment. */
export function tellSegments({ plan: { segments, live }, model }: PlanPage): string[] {
  const shown = live ? segments.toSorted((a, b) => b.accounts - a.accounts) : [];
  if (shown.length === 0) return [];
  const rest = shown.slice(SEGMENTS_SHOWN);
  return [
    table(
      [
        { head: "segment" },
        { head: "from" },
        { head: "to" },
        { head: "accounts", ...right },
        { head: "revenue", ...right },
      ],
      shown
        .slice(0, SEGMENTS_SHOWN)
        .map(({ segment, from, to, accounts, revenue }) => [
          cut(segment, 28),
          cut(from ?? "out", 20),
          cut(to ?? "out", 20),
          count(accounts),
          money(model, revenue),
        ]),
    ),
    ...(rest.length > 0 ? [`  and ${count(rest.length)} more, all in --json`] : []),
  ];
}
