import { StoreError } from "../store-error.ts";

/** A table of ours, as its own database has it. */
export interface PlainTable {
  readonly name: string;
  readonly hasBucket: boolean;
  /** Other tables that its rows point to, by key. */
  readonly refersTo: readonly string[];
}

/** A table that the cluster knows of. */
export interface SpreadTable {
  readonly name: string;
  readonly kind: "distributed" | "reference" | "local" | "schema";
  /** By which its rows are spread. */
  readonly column: string | null;
  /** Tables of one group have the rows of a bucket on the same server. */
  readonly group: number;
  readonly shards: number;
}

export interface SpreadPlan {
  /** In the order in which they have to run. */
  readonly statements: readonly string[];
  readonly distributed: readonly string[];
  readonly reference: readonly string[];
}

/** Every row of an account lies where the account does. */
const FIRST = "account";
/** About nobody's account, though it has a bucket: which worker looks after which. */
const EVERYWHERE: ReadonlySet<string> = new Set(["bucket_lease"]);

/** By bucket, or the whole of it on every server. */
export function isSpreadByBucket({ name, hasBucket }: PlainTable): boolean {
  return hasBucket && !EVERYWHERE.has(name);
}

/**
 * What is left to do until every table lies as it has to. Nothing for a database that is spread
 * already; only what a migration has added since for one that was spread before it.
 */
export function planSpread(
  tables: readonly PlainTable[],
  present: readonly SpreadTable[],
  shards: number | undefined,
): SpreadPlan {
  const known = new Map(present.map((table) => [table.name, table]));
  refuseOther(tables, known, shards);
  const missing = inOrder(tables).filter(
    ({ name }) => !known.has(name) || known.get(name)?.kind === "local",
  );
  const distributed = missing.filter(isSpreadByBucket).map(({ name }) => name);
  const reference = missing.filter((table) => !isSpreadByBucket(table)).map(({ name }) => name);
  return {
    statements: [
      ...distributed.map((name) => distribute(name, shards)),
      ...reference.map((name) => `SELECT create_reference_table('${name}')`),
      // what lay here before has been copied, and would only lie about
      ...[...distributed, ...reference].map(
        (name) => `SELECT truncate_local_data_after_distributing_table('${name}')`,
      ),
    ],
    distributed,
    reference,
  };
}

function distribute(name: string, shards: number | undefined): string {
  if (name !== FIRST) {
    return `SELECT create_distributed_table('${name}', 'bucket', colocate_with => '${FIRST}')`;
  }
  const count = shards === undefined ? "" : `, shard_count => ${Math.trunc(shards)}`;
  return `SELECT create_distributed_table('${name}', 'bucket', colocate_with => 'none'${count})`;
}

/** What others refer to comes first; the account before all, since all go where it goes. */
function inOrder(tables: readonly PlainTable[]): PlainTable[] {
  const byName = new Map(tables.map((table) => [table.name, table]));
  const done = new Set<PlainTable>();
  const add = (table: PlainTable | undefined): void => {
    if (!table || done.has(table)) return;
    for (const name of table.refersTo) if (name !== table.name) add(byName.get(name));
    done.add(table);
  };
  add(byName.get(FIRST));
  for (const table of tables) add(table);
  return [...done];
}

function refuseOther(
  tables: readonly PlainTable[],
  known: ReadonlyMap<string, SpreadTable>,
  shards: number | undefined,
): void {
  const first = known.get(FIRST);
  const wrong = tables.flatMap((table) => {
    const found = known.get(table.name);
    if (!found || found.kind === "local") return [];
    if (isSpreadByBucket(table)) {
      const isRight =
        found.kind === "distributed" && found.column === "bucket" && found.group === first?.group;
      return isRight ? [] : [`${table.name} (${howItLies(found)})`];
    }
    return found.kind === "reference" ? [] : [`${table.name} (${howItLies(found)})`];
  });
  if (wrong.length > 0) {
    throw new StoreError(
      "spread-otherwise",
      `tables of this database are spread in another way than Touchstone needs: ${wrong.join(", ")}`,
      "take these back with Citus's undistribute_table(), then run `touchstone migrate --citus` again",
    );
  }
  if (shards !== undefined && first?.kind === "distributed" && first.shards !== shards) {
    throw new StoreError(
      "spread-otherwise",
      `the accounts lie on ${first.shards} shards already, not on ${shards}`,
      "leave --shards out; Citus's alter_distributed_table() changes the number of a database that stands still",
    );
  }
}

function howItLies({ kind, column, group }: SpreadTable): string {
  if (kind !== "distributed") return kind === "schema" ? "spread by schema" : `a ${kind} table`;
  return column === "bucket" ? `by bucket, in another group: ${group}` : `by ${column}`;
}
