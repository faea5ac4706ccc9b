import { formatDay } from "../../core/time/day.ts";
import type { CapacityReport } from "../../engine/capacity.ts";
import { setIn } from "./paragraph.ts";
import { count, counted, hours, weekdayOf } from "./words.ts";

const DAYS_SHOWN = 5;
const MOVES_SHOWN = 3;
/** Of an id; that much of it is unique. */
const ID_SHOWN = 8;

/** The days with more to do than hours, what could move and where to. */
export function tellBusiestDays(
  { busiest }: CapacityReport,
  nameOf: (doer: string) => string,
): string {
  if (busiest.length === 0) return "  No day holds more than its hours.";
  const days = busiest.slice(0, DAYS_SHOWN).map((busy) => {
    const { doer, day, minutes, capacity, touches, moves, left } = busy;
    const head = `  ${weekdayOf(day)} ${formatDay(day)}  ${nameOf(doer)}: ${hours(minutes)} planned (${counted(touches, "touch", "touches")}), ${hours(capacity)} there`;
    if (moves.length === 0) return `${head}\n    nothing of it can move to a day with room`;
    const named = moves
      .slice(0, MOVES_SHOWN)
      .map(
        ({ work, to }) =>
          `${work.title} with ${work.accountName ?? work.account} (${work.touchId.slice(0, ID_SHOWN)}) to ${weekdayOf(to)} ${formatDay(to).slice(5)}`,
      );
    const others = moves.length - named.length;
    const more = others === 0 ? "" : `; ${count(others)} more`;
    const rest = left > 0 ? `; ${hours(left)} would stay over` : "";
    return `${head}\n${setIn(`could move: ${named.join("; ")}${more}${rest}`, 4)}`;
  });
  const how =
    "Nothing moves by itself: `touchstone touch schedule ID --starts-at DAY-AND-TIME` puts a touch on another day.";
  return `${days.join("\n")}\n${setIn(how, 2)}`;
}
