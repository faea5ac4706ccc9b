import crypto from "node:crypto";
import pg from "pg";
import { spreadOverCluster } from "../citus/spread.ts";
import { openPostgres } from "../db/postgres.ts";
import { migrate } from "../migrate.ts";

/**
 * The address of a Citus coordinator (any of its databases that has its nodes): tests make
 * databases of their own on all its nodes, by the same user and password, and drop them.
 */
export const CITUS_URL = process.env["CITUS_URL"];

/** Few, so that a table is made in little time; more than servers, so that rows really part. */
const SHARDS = 4;

interface Node {
  readonly host: string;
  readonly port: number;
  readonly isCoordinator: boolean;
}

/** Databases on a cluster, gone when it is closed. */
export class CitusCluster {
  readonly #url: string;
  readonly #names: string[] = [];
  #nodes: Promise<readonly Node[]> | undefined;

  constructor(url: string) {
    this.#url = url;
  }

  /** A new database that knows the cluster's nodes, and nothing else yet; answers its address. */
  async newDatabase(): Promise<string> {
    const name = `touchstone_test_${crypto.randomBytes(6).toString("hex")}`;
    const nodes = await (this.#nodes ??= nodesOf(this.#url));
    this.#names.push(name);
    for (const node of nodes) {
      await run(at(this.#url, node), `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`);
      await run(at(this.#url, node, name), "CREATE EXTENSION citus");
    }
    const url = at(this.#url, coordinatorOf(nodes), name);
    for (const { host, port, isCoordinator } of nodes) {
      const add = isCoordinator ? "citus_set_coordinator_host" : "citus_add_node";
      await run(url, `SELECT ${add}('${host}', ${port})`);
    }
    return url;
  }

  /** The same with the store's schema, spread over the nodes. */
  async newStore(): Promise<string> {
    const url = await this.newDatabase();
    const db = await openPostgres({ url });
    try {
      await migrate(db);
      await spreadOverCluster(db, SHARDS);
    } finally {
      await db.close();
    }
    return url;
  }

  async close(): Promise<void> {
    const nodes = (await this.#nodes) ?? [];
    for (const name of this.#names.splice(0)) {
      for (const node of nodes) {
        await run(at(this.#url, node), `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      }
    }
  }
}

function at(url: string, { host, port }: Node, database?: string): string {
  const other = new URL(url);
  other.hostname = host;
  other.port = String(port);
  if (database !== undefined) other.pathname = `/${database}`;
  return other.href;
}

function coordinatorOf(nodes: readonly Node[]): Node {
  const found = nodes.find(({ isCoordinator }) => isCoordinator);
  if (!found) throw new Error("CITUS_URL: its coordinator does not know itself");
  return found;
}

/** The nodes that its database knows; the coordinator is as the address given has it. */
async function nodesOf(url: string): Promise<Node[]> {
  const { hostname, port } = new URL(url);
  const workers = await run(
    url,
    "SELECT nodename AS host, nodeport AS port FROM pg_dist_node WHERE groupid <> 0 AND isactive",
  );
  const coordinator = { host: hostname, port: Number(port || "5432"), isCoordinator: true };
  return [
    coordinator,
    ...workers.map((row) => ({
      host: String(row["host"]),
      port: Number(row["port"]),
      isCoordinator: false,
    })),
  ];
}

async function run(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}
