import { type Define, withJson, withStore } from "../command.ts";
import { type StoreOptions, withContext } from "../compose.ts";
import { print, printJson } from "../output.ts";

export const facts: Define = (program) => {
  withStore(
    withJson(
      program
        .command("facts")
        .description(
          "for each fact: of how many accounts it is known, what it is like, where it comes from",
        ),
    ),
  ).action(async (options: StoreOptions & { json?: boolean }) => {
    const { tellFacts } = await import("../render/tell-facts.ts");
    const { factsReport } = await import("../../engine/facts-report.ts");
    await withContext(options, async (context) => {
      const lines = await factsReport(context);
      if (options.json) {
        printJson({ facts: lines });
        return;
      }
      print(tellFacts(lines));
    });
  });
};
