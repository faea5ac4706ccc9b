import { TOUCH_STATUSES } from "../../core/schedule/touch-words.ts";
import { UsageError } from "../cli-error.ts";
import { type Define, withJson, withStore } from "../command.ts";
import { type StoreOptions, withContext } from "../compose.ts";
import { dayOption } from "../read-options.ts";
import { print, printJson } from "../output.ts";
import { counted, tellDoer } from "../render/words.ts";

interface Options extends StoreOptions {
  readonly account?: string;
  readonly owner?: string;
  readonly status?: string;
  readonly from?: string;
  readonly to?: string;
  readonly json?: boolean;
}

export const touches: Define = (program) => {
  withStore(
    withJson(
      program
        .command("touches")
        .description("list touches, by day")
        .option("--account <id>", "of this account")
        .option("--owner <id>", "of this person, or done by them for somebody who is away")
        .option("--status <status>", `one of ${TOUCH_STATUSES.join(", ")}`)
        .option("--from <date>", "due on or after this day")
        .option("--to <date>", "due on or before this day"),
    ),
  ).action(async (options: Options) => {
    const { formatDay } = await import("../../core/time/day.ts");
    const { touchJson } = await import("../../core/schedule/index.ts");
    const { nearest } = await import("../../core/text/nearest.ts");
    const { table } = await import("../render/table.ts");
    const status = TOUCH_STATUSES.find((one) => one === options.status);
    if (options.status !== undefined && !status) {
      const near = nearest(options.status, TOUCH_STATUSES);
      throw new UsageError(
        `--status: there is no status \`${options.status}\`.`,
        near === undefined
          ? `It is one of ${TOUCH_STATUSES.join(", ")}.`
          : `Did you mean \`${near}\`?`,
      );
    }
    const from = dayOption("--from", options.from);
    const to = dayOption("--to", options.to);
    await withContext(options, async (context) => {
      const { findAccount } = await import("../../engine/find-account.ts");
      const { peopleNames } = await import("../../engine/explain-account.ts");
      const account =
        options.account === undefined
          ? undefined
          : (await findAccount(context, options.account)).id;
      const { listTouchesOf } = await import("../../engine/owners/who-does.ts");
      const found = await listTouchesOf(context, {
        ...(account === undefined ? {} : { account }),
        ...(options.owner === undefined ? {} : { owner: options.owner }),
        ...(status ? { statuses: [status] } : {}),
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
      });
      if (options.json) {
        printJson({
          touches: found.map(({ touch, accountName, contactName, doing }) => ({
            ...touchJson(touch),
            doer: doing.doer,
            stands_in_for: doing.standsInFor,
            account_name: accountName,
            contact_name: contactName,
          })),
        });
        return;
      }
      if (found.length === 0) {
        print("No touches.");
        return;
      }
      const people = await peopleNames(context);
      const rows = found.map(({ touch, accountName, contactName, doing }) => [
        formatDay(touch.due),
        touch.status,
        touch.title,
        accountName ?? touch.account,
        contactName ?? touch.contact ?? "",
        tellDoer(doing, people),
        touch.result ?? touch.reason ?? "",
        touch.id,
      ]);
      const heads = [
        "due",
        "status",
        "touch",
        "account",
        "contact",
        "who",
        "result or reason",
        "id",
      ];
      print(
        `${table(
          heads.map((head) => ({ head })),
          rows,
        )}\n  ${counted(found.length, "touch", "touches")}`,
      );
    });
  });
};
