import { type Define, withJson, withStore } from "../command.ts";
import { type StoreOptions, withContext } from "../compose.ts";
import { print, printJson } from "../output.ts";
import { table } from "../render/table.ts";
import { count, shown } from "../render/words.ts";

export const facts: Define = (program) => {
  withStore(
    withJson(program.command("facts").description("for each fact: of how many accounts it is known, what it is like, where it comes from")),
  ).action(async (options: StoreOptions & { json?: boolean }) => {
    const { factsReport } = await import("../../engine/facts-report.ts");
    await withContext(options, async (context) => {
      const lines = await factsReport(context);
      if (options.json) {
        printJson({ facts: lines });
        return;
      }
      const right = { align: "right" } as const;
      print(
        table(
          [{ head: "fact" }, { head: "known", ...right }, { head: "lowest", ...right }, { head: "median", ...right }, { head: "highest", ...right }, { head: "newest" }, { head: "source" }],
          lines.map(({ fact, known, accounts, lowest, median, highest, newest, source, hint }) => [
            fact,
            `${count(known)}/${count(accounts)}`,
            value(lowest),
            value(median),
            value(highest),
            newest?.slice(0, 10) ?? "",
            hint === null ? source : `${source} (${hint})`,
          ]),
        ),
      );
    });
  });
};

function value(one: string | number | boolean | null): string {
  return one === null ? "-" : shown(one).slice(0, 24);
}
