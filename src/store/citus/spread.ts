import { describeFailure } from "../db/database-error.ts";
import type { Database, Session } from "../db/database.ts";
import { MIGRATION_LOCK } from "../migrate.ts";
import { StoreError } from "../store-error.ts";
import { planSpread, type SpreadPlan } from "./spread-plan.ts";
import { hasCitus, plainTables, spreadTables } from "./spread-tables.ts";

export interface Spread {
  /** Tables that were spread by bucket just now, and those that lie on every server since. */
  readonly distributed: readonly string[];
  readonly reference: readonly string[];
  /** Into how many parts the accounts are divided. */
  readonly shards: number;
  /** Servers that hold a part. */
  readonly servers: number;
}

/**
 * Spreads the tables of a migrated database over its Citus cluster, all in one transaction: by
 * bucket, those of all accounts whole on every server. Done again it changes nothing. Nobody
 * else may work on the database meanwhile.
 */
export async function spreadOverCluster(db: Database, shards?: number): Promise<Spread> {
  return db.tx(async (tx) => {
    await tx.q("SELECT pg_advisory_xact_lock($1)", [MIGRATION_LOCK]);
    await refuseWithoutCitus(tx);
    const plan = planSpread(await plainTables(tx), await spreadTables(tx), shards);
    if (plan.distributed.includes("account")) await refuseWhileWorking(tx, new Date());
    await run(tx, plan);
    const { distributed, reference } = plan;
    return { distributed, reference, ...(await sizeOf(tx)) };
  });
}

/** Asked before anything is changed. */
export async function refuseWithoutCitus(session: Session): Promise<void> {
  if (await hasCitus(session)) return;
  throw new StoreError(
    "citus-missing",
    "this database has no Citus: its tables stay on one server, and nothing was changed",
    "on a Citus cluster run CREATE EXTENSION citus in this database, on its coordinator and all workers; one server needs no --citus",
  );
}

/** What a migration has added to a database that is spread already goes where the rest is. */
export async function spreadNewTables(db: Database): Promise<void> {
  if (db.isSpread) await spreadOverCluster(db);
}

async function run(tx: Session, { statements }: SpreadPlan): Promise<void> {
  for (const statement of statements) {
    try {
      await tx.q(statement);
    } catch (error) {
      throw new StoreError(
        "spread-failed",
        `the cluster refused \`${statement}\`: ${describeFailure(error).message}; nothing was changed`,
        "check that all servers of the cluster run and may be reached from its coordinator (SELECT * FROM pg_dist_node), then run it again",
        { cause: error },
      );
    }
  }
}

async function refuseWhileWorking(tx: Session, now: Date): Promise<void> {
  const [found] = await tx.q<{ workers: number }>(
    "SELECT count(*) AS workers FROM worker WHERE until > $1",
    [now],
  );
  if (!found || found.workers === 0) return;
  throw new StoreError(
    "spread-failed",
    `${found.workers} of Touchstone's workers are at work on this database`,
    "stop `touchstone serve` and `touchstone worker`; one that was killed is forgotten after ten seconds",
  );
}

async function sizeOf(tx: Session): Promise<Pick<Spread, "shards" | "servers">> {
  const [found] = await tx.q<Pick<Spread, "shards" | "servers">>(
    `SELECT count(*) AS shards, count(DISTINCT (nodename, nodeport)) AS servers FROM citus_shards
     WHERE table_name = 'account'::regclass`,
  );
  return found ?? { shards: 0, servers: 0 };
}
