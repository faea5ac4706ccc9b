import type { EngineContext } from "../../engine/context.ts";
import type { TimelineQuery } from "../../engine/account-timeline.ts";
import type { TimelineAfter, TimelineEntry } from "../../engine/ports.ts";
import { type Define, withJson, withStore } from "../command.ts";
import { type StoreOptions, withContext } from "../compose.ts";
import { note, print, printJson } from "../output.ts";
import { countOption, dayOption } from "../read-options.ts";
import { UsageError } from "../cli-error.ts";

interface Options extends StoreOptions {
  readonly from?: string;
  readonly to?: string;
  readonly all?: boolean;
  readonly limit?: string;
  readonly json?: boolean;
}

const SHOWN = 50;
/** Entries read at once. */
const PAGE = 200;

export const timeline: Define = (program) => {
  withStore(
    withJson(
      program
        .command("timeline")
        .description(
          "what happened to an account, newest first: moves and why, touches and what came of them, what people changed",
        )
        .argument("<account>", "its id, or a name that only one account has")
        .option("--from <date>", "on or after this day")
        .option("--to <date>", "on or before this day")
        .option("--all", "with everything that its users did")
        .option("--limit <n>", `at most so many entries (${SHOWN})`),
    ),
  ).action(async (id: string, options: Options) => {
    const limit = options.limit === undefined ? SHOWN : countOption("--limit", options.limit);
    const [from, to] = [dayOption("--from", options.from), dayOption("--to", options.to)];
    if (from !== undefined && to !== undefined && from > to)
      throw new UsageError("--from lies after --to.");
    const { findAccount } = await import("../../engine/find-account.ts");
    const { timelineNames } = await import("../../engine/account-timeline.ts");
    const { tellTimeline, timelineJson } = await import("../render/tell-timeline.ts");
    await withContext(options, async (context) => {
      const account = await findAccount(context, id);
      const query: TimelineQuery = {
        choice: options.all === true ? "all" : "important",
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
      };
      const { entries, hasMore } = await entriesOf(context, account.id, query, limit);
      const names = await timelineNames(context, account.id);
      if (options.json) {
        printJson({
          account: account.id,
          name: account.name,
          entries: entries.map((one) => timelineJson(one, names)),
        });
      } else {
        const who = account.name === null ? account.id : `${account.name} (${account.id})`;
        const lines = tellTimeline(entries, names);
        print(
          [
            `${who}, newest first, times of ${names.zone}`,
            "",
            ...(lines.length > 0 ? lines : ["Nothing happened."]),
          ].join("\n"),
        );
      }
      if (hasMore) note(`The newest ${limit} shown; --limit shows more, --to goes further back.`);
    });
  });
};

async function entriesOf(
  context: EngineContext,
  account: string,
  query: TimelineQuery,
  limit: number,
): Promise<{ readonly entries: readonly TimelineEntry[]; readonly hasMore: boolean }> {
  const { accountTimeline } = await import("../../engine/account-timeline.ts");
  const entries: TimelineEntry[] = [];
  let after: TimelineAfter | null = null;
  do {
    const size = Math.min(PAGE, limit - entries.length);
    const page: Awaited<ReturnType<typeof accountTimeline>> = await accountTimeline(
      context,
      account,
      query,
      after,
      size,
    );
    entries.push(...page.items);
    after = page.next;
  } while (after && entries.length < limit);
  return { entries, hasMore: after !== null };
}
