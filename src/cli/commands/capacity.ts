import { type Define, withJson, withStore } from "../command.ts";
import { type StoreOptions, withContext } from "../compose.ts";
import { print, printJson } from "../output.ts";
import { countOption } from "../read-options.ts";

interface Options extends StoreOptions {
  readonly weeks?: string;
  readonly who?: string;
  readonly addHead?: string;
  readonly leave?: string;
  readonly json?: boolean;
}

export const capacity: Define = (program) => {
  withStore(
    withJson(
      program
        .command("capacity")
        .description(
          "whether the work that is planned fits the hours there are: load, coverage, what will not fit and what that costs",
        )
        .option("--weeks <n>", "so many weeks ahead (default 8)")
        .option("--who <id>", "one person's, `pod:NAME`, `pool` or a role's")
        .option(
          "--add-head <role[:pod][@day]>",
          "what one more head would change, from that day (default today)",
        )
        .option("--leave <id:from..to>", "what somebody's days off would change"),
    ),
  ).action(async ({ weeks, who, addHead, leave, json, ...where }: Options) => {
    const { capacity: look } = await import("../../engine/capacity.ts");
    const ahead = weeks === undefined ? undefined : countOption("--weeks", weeks);
    await withContext(where, async (context) => {
      const report = await look(context, {
        ...(ahead === undefined ? {} : { weeks: ahead }),
        ...(who === undefined ? {} : { who }),
        ...(addHead === undefined ? {} : { addHead }),
        ...(leave === undefined ? {} : { leave }),
      });
      if (json) {
        const { capacityJson } = await import("../../engine/capacity/capacity-json.ts");
        printJson(capacityJson(report));
      } else {
        const { tellCapacity } = await import("../render/tell-capacity.ts");
        print(tellCapacity(report));
      }
    });
  });
};
