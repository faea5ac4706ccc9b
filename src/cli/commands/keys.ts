import { Option } from "commander";
import { formatDay } from "../../core/time/day.ts";
import type { Access, KeyScope, StoredKey } from "../../engine/ports.ts";
import { type Define, withJson, withStore } from "../command.ts";
import { type StoreOptions, withContext } from "../compose.ts";
import { note, print, printJson } from "../output.ts";
import { table } from "../render/table.ts";

type Options = StoreOptions & { readonly json?: boolean };
type KindOption = "write" | "api" | "widget";

interface CreateOptions extends Options {
  readonly kind: KindOption;
  readonly scope: readonly KeyScope[];
  readonly access?: Access;
}

/** What a key is for, in the words of who makes one. */
const USES: Readonly<Record<KindOption, string>> = {
  write: "sends events to /v1 and can do nothing else; it may stand in a browser",
  api: "reads and does under /api, within its scopes",
  widget: "signs the users who see messages in your product; keep it on your server",
};

export const keys: Define = (program) => {
  const group = program
    .command("keys")
    .description("make, list and revoke the keys that other programs come in with");
  withStore(
    withJson(
      group
        .command("create")
        .description("make a key; its secret is printed once and cannot be shown again")
        .argument("<name>", "what it is for, as the lists show it"),
    ),
  )
    .addOption(
      new Option("--kind <kind>", "write (ingestion), api or widget")
        .choices(["write", "api", "widget"])
        .default("write"),
    )
    .addOption(
      new Option("--scope <scope...>", "of an api key")
        .choices(["read", "write", "admin"])
        .default(["read"]),
    )
    .addOption(
      new Option("--access <access>", "the most that an api key may do").choices([
        "csm",
        "leader",
        "ops",
        "admin",
      ]),
    )
    .action(create);
  withStore(withJson(group.command("list").description("the keys there are, newest first"))).action(
    async (options: Options) => {
      await withContext(options, async ({ store }) => tell(await store.access.keys(), options));
    },
  );
  withStore(
    group
      .command("revoke")
      .description("from now on the key opens nothing")
      .argument("<id>", "as `keys list` shows it"),
  ).action(async (id: string, options: Options) => {
    const { revokeKey } = await import("../../engine/access/keys.ts");
    await withContext(options, (context) => revokeKey(context, id));
    print(`Key ${id} is revoked.`);
  });
};

async function create(name: string, options: CreateOptions): Promise<void> {
  const { makeKey } = await import("../../engine/access/keys.ts");
  const { serverSecret } = await import("../../engine/access/server-secret.ts");
  const { kind, scope, access, json } = options;
  const { key, secret } = await withContext(options, async (context) =>
    makeKey(
      context,
      { kind, name, scopes: scope, access: access ?? null },
      await serverSecret(context.store, process.env["TOUCHSTONE_SECRET"] ?? null),
    ),
  );
  if (json) {
    printJson({ id: key.id, kind, name, key: secret });
    return;
  }
  note(`Key ${key.id} (${name}): ${USES[kind]}. This is shown once:`);
  print(secret);
}

function tell(found: readonly StoredKey[], { json }: Options): void {
  if (json) {
    printJson(found.map((key) => ({ ...key, hash: undefined })));
    return;
  }
  if (found.length === 0) {
    print("No keys. `touchstone keys create NAME --kind write` makes one for sending events.");
    return;
  }
  const rows = found.map((key) => [
    key.id,
    key.name,
    key.kind,
    key.scopes.join(" "),
    key.lastUsedOn === null ? "never used" : `last used ${formatDay(key.lastUsedOn)}`,
    key.revokedAt === null ? "" : "revoked",
  ]);
  const heads = ["id", "name", "kind", "scopes", "use", ""];
  print(
    table(
      heads.map((head) => ({ head })),
      rows,
    ),
  );
}
