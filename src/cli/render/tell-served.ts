import type { Store } from "../../engine/ports.ts";
import type { Served } from "../compose-serve.ts";
import { note, paint, print, printJsonLine } from "../output.ts";
import type { SettingValues } from "../settings/setting-list.ts";

interface Telling {
  readonly json: boolean;
  readonly values: SettingValues;
}

/** Says that the server listens, and all that whoever started it needs now. */
export async function tellServed(
  served: Served,
  store: Store,
  { json, values }: Telling,
): Promise<void> {
  for (const warning of warnings(store, values)) note(`warning: ${warning}`);
  if (json) {
    printJsonLine({
      url: served.url,
      sign_in_url: served.signInUrl,
      admin_token: served.adminToken,
      database: { kind: store.kind, place: store.place },
      sends: served.sends,
      not_set_up: served.notSetUp,
      pid: process.pid,
    });
    return;
  }
  const model = await store.models.live();
  print(`${paint("bold", "Touchstone listens on")} ${served.url}`);
  if (served.signInUrl !== null) print(`  Sign in, once, shown only now: ${served.signInUrl}`);
  if (served.adminToken !== null)
    print(`  The administrator's key for the API, shown only now: ${served.adminToken}`);
  print(`  Data: ${store.place} (${store.kind === "pglite" ? "embedded database" : "Postgres"})`);
  print(
    `  Model: ${model ? `${model.name}, version ${model.version}` : "none yet; `touchstone apply MODEL` makes one live"}`,
  );
  print(
    served.sends
      ? "  Sending: yes"
      : "  Sending: no. A dry run: everything happens but nothing leaves.",
  );
  // in a dry run nothing waits for a channel
  for (const line of served.sends ? notSetUpLines(served) : []) print(line);
  print("  Ctrl-C stops it.");
}

/** Channels that miss the same are told together. */
function notSetUpLines({ notSetUp }: Served): string[] {
  const reasons = [...new Set(notSetUp.map(({ missing }) => missing))];
  return reasons.map((reason) => {
    const channels = notSetUp.filter(({ missing }) => missing === reason);
    return `  Not set up: ${channels.map(({ channel }) => channel).join(", ")} (${reason}); what would go there waits.`;
  });
}

function warnings({ kind }: Store, { secret }: SettingValues): string[] {
  if (secret === undefined)
    return kind === "postgres"
      ? [
          "TOUCHSTONE_SECRET is not set: the secret that signs links is kept in the database, where its backups have it, too.",
        ]
      : [];
  return secret.length < 32 ? ["TOUCHSTONE_SECRET is short; take 32 random characters."] : [];
}
