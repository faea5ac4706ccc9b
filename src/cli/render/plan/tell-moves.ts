import type { AccountMove, MoveReason } from "../../../engine/plan/types.ts";
import { paint } from "../../output.ts";
import { cut, wrap } from "../columns.ts";
import { count, counted, money } from "../words.ts";
import { COLUMNS, part, type PlanPage } from "./page.ts";

/** The accounts that move, those with the most revenue first, each with why. */
export function tellMoves(page: PlanPage): string {
  const { plan, limit } = page;
  const { moves } = plan;
  if (moves.length === 0 || !plan.live) return "";
  const shown = moves.toSorted((a, b) => (b.revenue ?? -1) - (a.revenue ?? -1)).slice(0, limit);
  const rest = moves.length - shown.length;
  const title =
    rest === 0
      ? `${counted(moves.length, "account that moves", "accounts that move")}, and why`
      : `The ${shown.length === 1 ? "account" : `${count(shown.length)} accounts`} with the most revenue of ${count(moves.length)} that move, and why`;
  return part(title, [
    ...shown.flatMap((move) => account(page, move)),
    ...(rest > 0 ? [`  and ${count(rest)} more: --limit shows more of them, --json all`] : []),
  ]);
}

function account(
  { model, plan }: PlanPage,
  { account: id, name, owner, revenue, reasons }: AccountMove,
): string[] {
  const who = name === null ? cut(id, 60) : `${cut(name, 40)} (${cut(id, 24)})`;
  const nameOf = (doer: string): string =>
    plan.hours.after.doers.find((one) => one.doer === doer)?.name ?? doer;
  const facts = [
    money(model, revenue),
    ...(owner === null ? [] : [`owner ${cut(nameOf(owner), 24)}`]),
  ];
  return [`  ${paint("bold", who)}  ${facts.join(", ")}`, ...reasonLines(reasons)];
}

/** Moves that have one reason are told together. */
function reasonLines(reasons: readonly MoveReason[]): string[] {
  const whys = [...new Set(reasons.map(({ why }) => why))];
  return whys.flatMap((why) => {
    const moved = reasons
      .filter((one) => one.why === why)
      .map((one) => `${words(one.what)} ${ends(one)}`);
    return wrap(cut(`${moved.join(", ")}: ${why}`, MOST), COLUMNS - 4, "  ").map(
      (line) => `    ${line}`,
    );
  });
}

/** One is in a segment or out of it; of other things one has one or none. */
function ends({ from, to }: MoveReason): string {
  const none = from === "in" || to === "in" ? "out" : "none";
  return `${from ?? none} -> ${to ?? none}`;
}

/** `segments.value` → `segment value`. */
function words(what: string): string {
  return what.replace(/^(segment|program)s\./, "$1 ").replace(/^base_level$/, "base level");
}

/** Three lines are as much of one reason as a page has room for. */
const MOST = 280;
