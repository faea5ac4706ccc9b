import type { PlanDifference } from "../../../engine/plan-difference.ts";
import { cut, wrap } from "../columns.ts";
import { count, counted } from "../words.ts";
import { COLUMNS } from "./page.ts";

const SHOWN = 20;

/** In what reality has moved away from a plan that was to be applied. */
export function tellDifference({ live, moves, problems }: PlanDifference): string {
  // over another live model every account may be another: which ones says nothing
  const shown = live ? [] : moves.slice(0, SHOWN);
  const rest = moves.length - SHOWN;
  return [
    ...(live ? [`Live was ${version(live.planned)}, and is ${version(live.now)}.`] : []),
    ...(shown.length > 0
      ? [`${counted(moves.length, "account moves", "accounts move")} otherwise than planned:`]
      : []),
    ...shown.flatMap(({ account, name, planned, now }) => {
      const who = name === null ? cut(account, 60) : `${cut(name, 40)} (${cut(account, 24)})`;
      const [was, is] = [told(planned), told(now)];
      return wrap(`${who}: planned ${was}; now ${is}`, COLUMNS - 2, "  ").map(
        (line) => `  ${line}`,
      );
    }),
    ...(shown.length > 0 && rest > 0 ? [`  and ${count(rest)} more`] : []),
    ...problems.flatMap(({ message, code }) => wrap(`New problem: ${message} [${code}]`, COLUMNS)),
  ].join("\n");
}

function version(live: { readonly version: number; readonly name: string } | null): string {
  return live ? `version ${live.version} (${live.name})` : "no model";
}

function told(reasons: readonly string[]): string {
  return reasons.length === 0 ? "no move" : reasons.join(", ").replaceAll("→", "->");
}
