import { type Define, withJson, withStore } from "../command.ts";
import { type StoreOptions, withContext } from "../compose.ts";
import { print, printJson } from "../output.ts";

export const overview: Define = (program) => {
  withStore(
    withJson(
      program
        .command("overview")
        .description(
          "the book's picture: who stands where, who moved and why, this week's work, who is in need",
        ),
    ),
  ).action(async (options: StoreOptions & { json?: boolean }) => {
    const { overview: look } = await import("../../engine/overview.ts");
    const { tellOverview, overviewJson } = await import("../render/tell-overview.ts");
    await withContext(options, async (context) => {
      const picture = await look(context);
      if (options.json) printJson(overviewJson(picture));
      else print(tellOverview(picture));
    });
  });
};
