import type { Instant } from "../core/time/day.ts";
import type { AccessStore, Person, StoredKey } from "../engine/ports.ts";
import { addAudit } from "./audit-store.ts";
import { bucketOf } from "./bucket.ts";
import type { Database } from "./db/database.ts";
import { RecordShape } from "./db/record-shape.ts";

const KEY = new RecordShape<StoredKey>({
  id: ["id", "text"],
  kind: ["kind", "text"],
  name: ["name", "text"],
  scopes: ["scopes", "texts"],
  access: ["access", "text"],
  hash: ["hash", "text"],
  createdAt: ["created_at", "instant"],
  createdBy: ["created_by", "text"],
  lastUsedOn: ["last_used_on", "day"],
  revokedAt: ["revoked_at", "instant"],
});

export function accessStore(db: Database): AccessStore {
  return { ...keyMethods(db), ...signInMethods(db), ...sessionMethods(db) };
}

type KeyMethods = Pick<AccessStore, "addKey" | "key" | "keys" | "revokeKey" | "keyUsedOn">;

function keyMethods(db: Database): KeyMethods {
  return {
    addKey: (key, entry) =>
      db.tx(async (tx) => {
        await tx.q(
          `INSERT INTO access_key (${KEY.names()}) SELECT ${KEY.names("n.")} FROM ${KEY.table("$1", "n")}`,
          [KEY.encode([key])],
        );
        await addAudit(tx, entry, key.createdAt);
      }),
    async key(id) {
      const [found] = await KEY.read(db, "k", "FROM access_key k WHERE k.id = $1", [id]);
      return found ?? null;
    },
    keys: () => KEY.read(db, "k", "FROM access_key k ORDER BY k.created_at DESC, k.id"),
    revokeKey: (id, at, entry) =>
      db.tx(async (tx) => {
        const revoked = await tx.q(
          "UPDATE access_key SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL RETURNING id",
          [id, new Date(at)],
        );
        if (revoked.length > 0) await addAudit(tx, entry, at);
        return revoked.length > 0;
      }),
    async keyUsedOn(id, day) {
      await db.q(
        `UPDATE access_key SET last_used_on = date '1970-01-01' + $2::int4
         WHERE id = $1 AND (last_used_on IS NULL OR last_used_on < date '1970-01-01' + $2::int4)`,
        [id, day],
      );
    },
  };
}

type SignInMethods = Pick<
  AccessStore,
  "memberByEmail" | "addSignIn" | "isSignInOpen" | "openSession"
>;

function signInMethods(db: Database): SignInMethods {
  return {
    async memberByEmail(email) {
      const found = await db.q<Person>(
        `SELECT id AS member, name, access FROM team_member WHERE lower(email) = lower($1) LIMIT 2`,
        [email],
      );
      return found.length === 1 ? (found[0] ?? null) : null;
    },
    async addSignIn(hash, member, expiresAt) {
      await db.q("INSERT INTO sign_in (hash, member, expires_at) VALUES ($1, $2, $3)", [
        hash,
        member,
        new Date(expiresAt),
      ]);
    },
    async isSignInOpen(hash, now) {
      const found = await db.q(
        "SELECT 1 FROM sign_in WHERE hash = $1 AND used_at IS NULL AND expires_at > $2",
        [hash, new Date(now)],
      );
      return found.length > 0;
    },
    openSession: (signIn, session, now) =>
      db.tx(async (tx) => {
        const [used] = await tx.q<{ member: string | null }>(
          `UPDATE sign_in SET used_at = $2 WHERE hash = $1 AND used_at IS NULL AND expires_at > $2
           RETURNING member`,
          [signIn, new Date(now)],
        );
        if (!used) return null;
        const person = await personOf(tx, used.member, now);
        if (!person) return null;
        await tx.q(
          "INSERT INTO session (hash, member, created_at, expires_at) VALUES ($1, $2, $3, $4)",
          [session.hash, used.member, new Date(session.createdAt), new Date(session.expiresAt)],
        );
        return person;
      }),
  };
}

/** Of a member `t`: their last day is not over, wherever they are. */
const STILL_THERE =
  "(t.ends_on IS NULL OR t.ends_on >= ($2::timestamptz AT TIME ZONE 'Etc/GMT+12')::date)";

/** null: no longer of the team. */
async function personOf(
  session: Pick<Database, "q">,
  member: string | null,
  now: Instant,
): Promise<Person | null> {
  if (member === null) return { member: null, name: null, access: "admin" };
  const [found] = await session.q<Person>(
    `SELECT id AS member, name, access FROM team_member t WHERE id = $1 AND ${STILL_THERE}`,
    [member, new Date(now)],
  );
  return found ?? null;
}

type SessionMethods = Pick<AccessStore, "session" | "closeSession" | "ownerOf" | "tidy">;

function sessionMethods(db: Database): SessionMethods {
  return {
    async session(hash, now) {
      const [found] = await db.q<Person & { expiresAt: Instant; known: string | null }>(
        `SELECT s.member, s.expires_at AS "expiresAt", t.id AS known, t.name, t.access
         FROM session s LEFT JOIN team_member t ON t.id = s.member AND ${STILL_THERE}
         WHERE s.hash = $1 AND s.expires_at > $2`,
        [hash, new Date(now)],
      );
      if (!found) return null;
      const { known, ...person } = found;
      if (person.member === null) return { ...person, access: "admin" };
      return known === null ? null : person;
    },
    async closeSession(hash) {
      await db.q("DELETE FROM session WHERE hash = $1", [hash]);
    },
    async ownerOf(account) {
      const [found] = await db.q<{ owner: string | null }>(
        "SELECT owner FROM account WHERE bucket = $1 AND id = $2",
        [bucketOf(account), account],
      );
      return found?.owner;
    },
    async tidy(now) {
      const gone = await Promise.all([
        db.q("DELETE FROM session WHERE expires_at <= $1 RETURNING hash", [new Date(now)]),
        db.q("DELETE FROM sign_in WHERE expires_at <= $1 RETURNING hash", [new Date(now)]),
      ]);
      return gone.reduce((sum, rows) => sum + rows.length, 0);
    },
  };
}
