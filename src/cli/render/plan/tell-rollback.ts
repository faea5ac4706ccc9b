import { formatDay } from "../../../core/time/day.ts";
import type { Rollback } from "../../../engine/rollback-model.ts";
import { cut, wrap } from "../columns.ts";
import { table } from "../table.ts";
import { count, counted } from "../words.ts";
import { COLUMNS } from "./page.ts";

const STAYING_SHOWN = 10;

/** What going back one version restores, and what cannot be taken back. */
export function tellRollback(back: Rollback, when: "would" | "did"): string {
  const { from, to } = back;
  const versions = `version ${to.version} (${to.name})`;
  const first =
    when === "would"
      ? `Going back from version ${from.version} (${from.name}) makes ${versions} live again.`
      : `${to.name} is live again, as version ${to.version}; version ${from.version} (${from.name}) is live no more.`;
  return [
    ...wrap(first, COLUMNS),
    ...(back.isKept
      ? []
      : wrap(
          `Version ${from.version} is so old that what it found is not kept any more: accounts are decided anew.`,
          COLUMNS,
        )),
    ...accountLines(back),
    ...touchLines(back),
  ].join("\n");
}

function accountLines({ accounts }: Rollback): string[] {
  const { restored, caughtUp, keptByHand, decidedAnew } = accounts;
  return [
    ...line(
      restored,
      "is as it was found when the later version went live",
      "are as they were found when the later version went live",
    ),
    ...line(
      caughtUp,
      "is as it was found, brought up to now with all that has happened since",
      "are as they were found, brought up to now with all that has happened since",
    ),
    ...line(
      keptByHand,
      "keeps what a person has set by hand since",
      "keep what people have set by hand since",
    ),
    ...line(decidedAnew, "is decided anew", "are decided anew"),
  ];
}

function line(n: number, one: string, many: string): string[] {
  return n === 0
    ? []
    : wrap(`  ${counted(n, "account")} ${n === 1 ? one : many}.`, COLUMNS, "  ").map(setIn);
}

function setIn(text: string): string {
  return text.startsWith("  ") ? text : `  ${text}`;
}

function touchLines({ touches: { restored, removed, staying } }: Rollback): string[] {
  const rest = staying.length - STAYING_SHOWN;
  if (restored + removed + staying.length === 0) return ["  No touch changes."];
  return [
    `  ${counted(restored, "touch is", "touches are")} as before, ${count(removed)} that the later version planned ${removed === 1 ? "is" : "are"} taken back.`,
    ...(staying.length === 0
      ? []
      : [
          ...wrap(
            `  ${counted(staying.length, "touch", "touches")} that the later version made ${staying.length === 1 ? "has" : "have"} gone out or been done: that cannot be taken back, and stays.`,
            COLUMNS,
            "  ",
          ).map(setIn),
          table(
            [{ head: "account" }, { head: "touch" }, { head: "due" }, { head: "status" }],
            staying
              .slice(0, STAYING_SHOWN)
              .map(({ account, title, due, status }) => [
                cut(account, 30),
                cut(title, 36),
                formatDay(due),
                status,
              ]),
          ),
          ...(rest > 0 ? [`  and ${counted(rest, "more")}, all in --json`] : []),
        ]),
  ];
}
