import type { ArchiveStore } from "../../engine/ports.ts";
import type { Database } from "../db/database.ts";

type Finding = Awaited<ReturnType<ArchiveStore["health"]>>[number];

/** What `doctor` shows of the database. */
export async function health(db: Database): Promise<Finding[]> {
  const [found] = await db.q<{
    version: string;
    bytes: number;
    schema: string;
    fsync: string;
    commit: string;
  }>(
    `SELECT current_setting('server_version') AS version, pg_database_size(current_database()) AS bytes,
       (SELECT name FROM schema_migration ORDER BY version DESC LIMIT 1) AS schema,
       current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit`,
  );
  if (!found) throw new Error("the database tells nothing about itself");
  const kind = db.kind === "pglite" ? "embedded Postgres" : "Postgres server";
  const megabytes = (found.bytes / 1_048_576).toFixed(1);
  const isDurable = found.fsync === "on" && found.commit !== "off";
  return [
    { name: "database", ok: true, value: `${kind} ${found.version}` },
    { name: "size", ok: true, value: `${megabytes} MB` },
    { name: "schema", ok: true, value: found.schema },
    {
      name: "durability",
      ok: isDurable,
      value: `fsync ${found.fsync}, synchronous_commit ${found.commit}`,
      ...(isDurable
        ? {}
        : {
            mend: "turn fsync and synchronous_commit on, or a power cut loses what was acknowledged",
          }),
    },
  ];
}
