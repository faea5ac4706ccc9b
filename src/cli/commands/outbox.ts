import { Option } from "commander";
import type { Channel } from "../../core/model/index.ts";
import type { Finding } from "../../engine/outbox/outbox-actions.ts";
import type { Outgoing, OutgoingStatus } from "../../engine/ports.ts";
import { OUTGOING_STATUSES } from "../../engine/ports/outbox.ts";
import { type Define, withJson, withStore } from "../command.ts";
import { type StoreOptions, withContext } from "../compose.ts";
import { NotSo } from "../cli-error.ts";
import { note, print, printJson } from "../output.ts";
import { countOption } from "../read-options.ts";
import { table } from "../render/table.ts";
import { counted } from "../render/words.ts";

interface Options extends StoreOptions {
  readonly json?: boolean;
}

interface ListOptions extends Options {
  readonly account?: string;
  readonly channel?: Channel;
  readonly status?: OutgoingStatus;
  readonly limit: string;
}

export const outbox: Define = (program) => {
  const group = program
    .command("outbox")
    .description("what went out and is going out; settle and send again what went wrong");
  withStore(withJson(group.command("list").description("messages, newest first")))
    .option("--account <id>", "only messages of this account")
    .option("--channel <channel>", "email, in_app, slack ...")
    .addOption(new Option("--status <status>", "only these").choices([...OUTGOING_STATUSES]))
    .option("--limit <n>", "at most so many", "50")
    .action(async (options: ListOptions) => {
      const { listOutbox } = await import("../../engine/outbox/outbox-actions.ts");
      const { account, channel, status } = options;
      const filter = {
        ...(account === undefined ? {} : { account }),
        ...(channel === undefined ? {} : { channel }),
        ...(status === undefined ? {} : { statuses: [status] }),
      };
      const limit = countOption("--limit", options.limit);
      await withContext(options, async (context) => {
        const { messages, next } = await listOutbox(context, filter, limit);
        if (options.json) printJson(messages.map(messageJson));
        else tell(messages, next !== null);
      });
    });
  withStore(
    withJson(group.command("show").description("one message in full").argument("<id>")),
  ).action(async (id: string, options: Options) => {
    const { oneMessage } = await import("../../engine/outbox/outbox-actions.ts");
    await withContext(options, async (context) => {
      const message = await oneMessage(context, id);
      if (options.json) printJson(messageJson(message));
      else tellOne(message);
    });
  });
  withStore(
    group
      .command("replay")
      .description("make dead messages once more, each looked at afresh")
      .argument("<id...>"),
  ).action(async (ids: string[], options: Options) => {
    const { oneMessage, replayDead } = await import("../../engine/outbox/outbox-actions.ts");
    await withContext(options, async (context) => {
      const again = await replayDead(context, ids);
      print(`${counted(again.length, "message")} of ${ids.length} will be tried again.`);
      for (const id of ids.filter((one) => !again.includes(one))) {
        const { status } = await oneMessage(context, id);
        note(
          status === "dead"
            ? `${id}: a later attempt has taken its place.`
            : `${id} is ${status}: only dead messages are made once more.`,
        );
      }
      if (again.length === 0) throw new NotSo();
    });
  });
  withStore(
    group
      .command("settle")
      .description("say what became of a message that is `uncertain`")
      .argument("<id>"),
  )
    .addOption(
      new Option("--as <finding>", "what you found out")
        .choices(["sent", "not_sent", "again"])
        .makeOptionMandatory(),
    )
    .action(async (id: string, options: Options & { readonly as: Finding }) => {
      const { settleByHand } = await import("../../engine/outbox/outbox-actions.ts");
      await withContext(options, (context) => settleByHand(context, id, options.as));
      print(`${id} is settled.`);
    });
};

function tell(messages: readonly Outgoing[], hasMore: boolean): void {
  if (messages.length === 0) {
    print("No messages.");
    return;
  }
  const heads = ["id", "made", "channel", "to", "status", "subject"];
  const rows = messages.map(
    ({ id, madeAt, channel, receiver, account, status, message, error }) => [
      id,
      timeText(madeAt),
      channel,
      receiver ?? account,
      error === null ? status : `${status}: ${error}`,
      message.subject,
    ],
  );
  print(
    table(
      heads.map((head) => ({ head })),
      rows,
    ),
  );
  if (hasMore) print(`  the newest ${messages.length}; --limit shows more`);
}

function tellOne({ message, ...one }: Outgoing): void {
  const lines = [
    `${one.id}: ${one.channel} to ${one.receiver ?? one.account}, ${one.status}${one.error === null ? "" : ` (${one.error})`}`,
    `made ${timeText(one.madeAt)}${one.sentAt === null ? "" : `, sent ${timeText(one.sentAt)}`}, attempt ${one.attempt} of ${one.touchpoint ?? one.kind} for ${one.account}`,
    "",
    `Subject: ${message.subject}`,
    "",
    message.text,
  ];
  print(lines.join("\n"));
}

function timeText(at: number): string {
  return new Date(at).toISOString().slice(0, 16).replace("T", " ");
}

function messageJson({ madeAt, tryAt, sentAt, ...message }: Outgoing): object {
  const time = (at: number | null): string | null =>
    at === null ? null : new Date(at).toISOString();
  return { ...message, madeAt: time(madeAt), tryAt: time(tryAt), sentAt: time(sentAt) };
}
