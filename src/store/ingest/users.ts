import type { IngestMessage, Taken } from "../../engine/ports/ingest.ts";
import { bucketOf } from "../bucket.ts";
import type { Session } from "../db/database.ts";

/** Which user a name stands for: users have had other names before. */
export class Users {
  readonly #roots: Map<string, string>;

  constructor(roots: Map<string, string>) {
    this.#roots = roots;
  }

  rootOf(name: string): string {
    return this.#roots.get(name) ?? name;
  }

  /** Who did it: a visitor without a name of its own is told by its anonymous id. */
  of({ userId, anonymousId }: IngestMessage): string | null {
    const name = userId ?? anonymousId;
    return name === null ? null : this.rootOf(name);
  }

  /** The same, but nobody where all that is known is an anonymous id. */
  knownOf({ userId, anonymousId }: IngestMessage): string | null {
    if (userId !== null) return this.rootOf(userId);
    return anonymousId === null ? null : (this.#roots.get(anonymousId) ?? null);
  }
}

interface Join {
  readonly index: number;
  readonly former: string;
  readonly user: string;
  /** By an `alias` call: it is refused where it cannot be; else nothing happens. */
  readonly asked: boolean;
}

/** One at a time joins users, or two could be made each other's former name. */
const JOINING = "SELECT pg_advisory_xact_lock(7468461001)";

/**
 * The users of the messages, after their joins: `alias` joins a former id to a user, and so do
 * `identify` and `group` with an anonymous id. A name belongs to one user for ever: an anonymous
 * id that two people shared stays the first one's.
 */
export async function joinUsers(
  tx: Session,
  messages: readonly IngestMessage[],
  fresh: readonly number[],
  results: (Taken | undefined)[],
): Promise<{ readonly users: Users; readonly joined: boolean }> {
  const names = new Set<string>();
  const joins: Join[] = [];
  for (const index of fresh) {
    const message = messages[index] as IngestMessage;
    const { userId, anonymousId } = message;
    if (userId !== null) names.add(userId);
    if (anonymousId !== null) names.add(anonymousId);
    if (message.kind === "alias") {
      names.add(message.previousId);
      joins.push({ index, former: message.previousId, user: userId ?? "", asked: true });
    } else if (message.kind !== "track" && userId !== null && anonymousId !== null) {
      joins.push({ index, former: anonymousId, user: userId, asked: false });
    }
  }
  let roots = await rootsOf(tx, names);
  if (planJoins(roots, joins).made.size === 0) {
    report(planJoins(roots, joins).refused, results);
    return { users: new Users(roots), joined: false };
  }
  await tx.exec(JOINING);
  roots = await rootsOf(tx, names);
  const { made, refused } = planJoins(roots, joins);
  report(refused, results);
  await write(tx, made);
  for (const [former, user] of roots) roots.set(former, made.get(user) ?? user);
  for (const [former, user] of made) roots.set(former, user);
  return { users: new Users(roots), joined: made.size > 0 };
}

interface Plan {
  /** Former name → the user it is of. */
  readonly made: ReadonlyMap<string, string>;
  readonly refused: readonly Join[];
}

function planJoins(roots: ReadonlyMap<string, string>, joins: readonly Join[]): Plan {
  const made = new Map<string, string>();
  const rootOf = (name: string): string => {
    const root = roots.get(name) ?? name;
    return made.get(root) ?? root;
  };
  const refused: Join[] = [];
  for (const join of joins) {
    const user = rootOf(join.user);
    if (rootOf(join.former) === user) continue;
    if (roots.has(join.former) || made.has(join.former)) {
      if (join.asked) refused.push(join);
      continue;
    }
    for (const [name, root] of made) if (root === join.former) made.set(name, user);
    made.set(join.former, user);
  }
  return { made, refused };
}

function report(refused: readonly Join[], results: (Taken | undefined)[]): void {
  for (const { index, former } of refused) {
    results[index] = {
      status: "refused",
      reason: `previousId: ${JSON.stringify(former)} is another user's already`,
    };
  }
}

async function rootsOf(tx: Session, names: ReadonlySet<string>): Promise<Map<string, string>> {
  if (names.size === 0) return new Map();
  const list = [...names];
  const found = await tx.q<{ alias: string; user: string }>(
    `SELECT u.alias, u.user_id AS user FROM user_alias u JOIN unnest($1::int2[], $2::text[]) AS k (bucket, name)
       ON u.bucket = k.bucket AND u.alias = k.name`,
    [list.map(bucketOf), list],
  );
  return new Map(found.map(({ alias, user }) => [alias, user]));
}

async function write(tx: Session, made: ReadonlyMap<string, string>): Promise<void> {
  if (made.size === 0) return;
  const formers = [...made.keys()];
  const users = [...made.values()];
  await tx.q(
    `INSERT INTO user_alias (bucket, alias, user_id)
     SELECT k.bucket, k.alias, k.user_id FROM unnest($1::int2[], $2::text[], $3::text[]) AS k (bucket, alias, user_id)`,
    [formers.map(bucketOf), formers, users],
  );
  // Names of a user that is now a former name itself are the new user's.
  await tx.q(
    `UPDATE user_alias u SET user_id = k.user_id FROM unnest($1::text[], $2::text[]) AS k (alias, user_id)
     WHERE u.user_id = k.alias`,
    [formers, users],
  );
}
