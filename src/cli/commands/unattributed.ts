import { type Define, withJson, withStore } from "../command.ts";
import { type StoreOptions, withContext } from "../compose.ts";
import { print, printJson } from "../output.ts";
import { countOption } from "../read-options.ts";
import { table } from "../render/table.ts";
import { counted } from "../render/words.ts";

interface Options extends StoreOptions {
  readonly user?: string;
  readonly limit: string;
  readonly json?: boolean;
}

export const unattributed: Define = (program) => {
  withStore(
    withJson(
      program
        .command("unattributed")
        .description("events that wait for an account: their user is in none yet, or in several")
        .option("--user <id>", "only of this user")
        .option("--limit <n>", "at most so many", "50"),
    ),
  ).action(async (options: Options) => {
    const { countUnattributed, listUnattributed } =
      await import("../../engine/ingest/unattributed.ts");
    const limit = countOption("--limit", options.limit);
    const filter = options.user === undefined ? {} : { userId: options.user };
    await withContext(options, async (context) => {
      const counts = await countUnattributed(context);
      const held = await listUnattributed(context, filter, limit);
      if (options.json) {
        const messages = held.map(({ at, arrived, ...message }) => ({
          ...message,
          at: new Date(at).toISOString(),
          arrived: new Date(arrived).toISOString(),
        }));
        printJson({ total: counts.messages, messages });
        return;
      }
      if (held.length === 0) {
        print("Nothing waits for an account.");
        return;
      }
      const heads = ["user", "message", "happened", "why it waits"];
      const rows = held.map(({ userId, event, kind, at, why }) => [
        userId,
        event ?? kind,
        new Date(at).toISOString(),
        why,
      ]);
      print(
        table(
          heads.map((head) => ({ head })),
          rows,
        ),
      );
      print(
        `  ${counted(counts.messages, "message")} in all. A \`group\` call or an imported contact that says which account a user belongs to takes them in.`,
      );
    });
  });
};
