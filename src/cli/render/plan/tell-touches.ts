import type { TouchTally } from "../../../engine/plan/types.ts";
import { cut } from "../columns.ts";
import { table } from "../table.ts";
import { count, counted } from "../words.ts";
import { part, type PlanPage, right } from "./page.ts";

const PROGRAMS_SHOWN = 20;
const TOUCHES_SHOWN = 30;

/** Runs that begin and end by the new model. */
export function tellPrograms({ plan: { programs } }: PlanPage): string[] {
  const shown = programs
    .filter(({ started, ended, heldBack }) => started + ended + heldBack > 0)
    .toSorted((a, b) => b.started + b.ended - a.started - a.ended);
  if (shown.length === 0) return [];
  const isHeld = shown.some(({ heldBack }) => heldBack > 0);
  const rest = shown.slice(PROGRAMS_SHOWN);
  return [
    table(
      [
        { head: "program" },
        { head: "begin", ...right },
        { head: "end", ...right },
        ...(isHeld ? [{ head: "held back", ...right }] : []),
      ],
      shown
        .slice(0, PROGRAMS_SHOWN)
        .map(({ program, started, ended, heldBack }) => [
          cut(program, 40),
          blank(started),
          blank(ended),
          ...(isHeld ? [blank(heldBack)] : []),
        ]),
    ),
    ...(rest.length > 0 ? [`  and ${counted(rest.length, "more program")}, all in --json`] : []),
  ];
}

/** What becomes of the touches that are planned, and which are new. */
export function tellTouches({ plan: { touches } }: PlanPage): string {
  const all = (key: Fate): number => touches.reduce((sum, one) => sum + one[key], 0);
  const shown = touches
    .filter((one) => changes(one) > 0)
    .toSorted((a, b) => changes(b) - changes(a));
  if (shown.length === 0)
    return all("kept") === 0
      ? ""
      : `All ${counted(all("kept"), "open touch", "open touches")} stay as they are.`;
  const rest = shown.slice(TOUCHES_SHOWN);
  const fates = FATES.filter((key) => all(key) > 0);
  const title = `Touches: ${fates.map((key) => `${count(all(key))} ${key}`).join(", ")}`;
  return part(title, [
    table(
      [
        { head: "program" },
        { head: "touchpoint" },
        { head: "" },
        ...fates.map((head) => ({ head, ...right })),
      ],
      shown
        .slice(0, TOUCHES_SHOWN)
        .map((one) => [
          cut(one.program ?? "by hand", 24),
          cut(one.touchpoint, 24),
          one.human ? "person" : "automated",
          ...fates.map((key) => blank(one[key])),
        ]),
    ),
    ...(rest.length > 0 ? [`  and ${counted(rest.length, "more row")}, all in --json`] : []),
  ]);
}

type Fate = "made" | "kept" | "moved" | "cancelled" | "changed";
const FATES: readonly Fate[] = ["made", "kept", "moved", "cancelled", "changed"];

function changes({ made, moved, cancelled, changed }: TouchTally): number {
  return made + moved + cancelled + changed;
}

function blank(n: number): string {
  return n === 0 ? "" : count(n);
}
