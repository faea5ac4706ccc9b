import { UsageError } from "../cli-error.ts";
import { type Define, withJson, withStore } from "../command.ts";
import { type StoreOptions, withContext } from "../compose.ts";
import { note, print, printJson } from "../output.ts";

interface Options extends StoreOptions {
  readonly admin?: boolean;
  readonly url?: string;
  readonly json?: boolean;
}

/** Where the server is found unless something else is said. */
const DEFAULT_URL = "http://127.0.0.1:4600";

export const signin: Define = (program) => {
  withStore(
    withJson(
      program
        .command("signin")
        .description("print a link that signs a team member in, once, within 30 minutes")
        .argument("[email]", "the member's address")
        .option("--admin", "a link for the administrator, who needs no team")
        .option(
          "--url <url>",
          `where the server is reached (or TOUCHSTONE_PUBLIC_URL; default ${DEFAULT_URL})`,
        ),
    ),
  ).action(async (email: string | undefined, options: Options) => {
    const isAdmin = options.admin === true;
    if ((email === undefined) === !isAdmin)
      throw new UsageError("whose link?", "Give a team member's address, or --admin; one of them.");
    const { linkPath, makeAdminSignIn, makeSignIn, SERVER_URL } =
      await import("../../engine/access/sign-in.ts");
    const { readSettings } = await import("../settings/read-settings.ts");
    const given = options.url ?? readSettings(process.env).values.publicUrl;
    const link = await withContext(options, async (context) => {
      const token =
        email === undefined
          ? await makeAdminSignIn(context)
          : (await makeSignIn(context, email)).token;
      const server = await context.store.settings.get(SERVER_URL);
      const base = given ?? (typeof server === "string" ? server : DEFAULT_URL);
      return base.replace(/\/+$/, "") + linkPath(token);
    });
    if (options.json) {
      printJson({ url: link, minutes: 30 });
      return;
    }
    note("This link works once, within 30 minutes:");
    print(link);
  });
};
