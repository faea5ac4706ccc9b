import { setTimeout as sleep } from "node:timers/promises";
import { openStore } from "../../../src/store/index.ts";
import { newPostgresDatabase } from "../../../src/store/testing/test-database.ts";
import type { Store } from "../../../src/engine/ports.ts";
import { Desk, ROOT } from "../../e2e/support/command.ts";
import { MailServer } from "./mail-server.ts";
import { RunningServer } from "./running-server.ts";
import type { Workload } from "./workload.ts";

export type Kind = "pglite" | "postgres";

/** A database with the harness's model live in it, a mail server, and what to start servers with. */
export class Harness {
  readonly desk: Desk;
  readonly mail: MailServer;
  /** `--data DIR` or `--database URL`. */
  readonly where: readonly string[];
  readonly writeKey: string;
  readonly #kind: Kind;

  private constructor(
    desk: Desk,
    mail: MailServer,
    kind: Kind,
    where: readonly string[],
    key: string,
  ) {
    this.desk = desk;
    this.mail = mail;
    this.where = where;
    this.writeKey = key;
    this.#kind = kind;
  }

  static async open(kind: Kind): Promise<Harness> {
    let mails = 0;
    // now and then slow enough for a kill to fall between a mail's taking and its answer
    const mail = await MailServer.start(() => (mails++ % 3 === 0 ? 150 : 5));
    const desk = new Desk({
      SMTP_URL: mail.url,
      MAIL_FROM: "Touchstone <cs@example.test>",
      MAIL_POSTAL_ADDRESS: "1 Test Street, Berlin",
      TOUCHSTONE_PUBLIC_URL: "http://127.0.0.1:4600",
      TOUCHSTONE_SECRET: "a secret of the harness, thirty-two or more",
    });
    const where =
      kind === "pglite" ? ["--data", "live"] : ["--database", await newPostgresDatabase()];
    const model = `${ROOT}spec/live/support/model/model.yaml`;
    await desk.done("import", "accounts", desk.write("none.csv", "account_id\nfirst\n"), ...where);
    await desk.done("apply", model, "--yes", ...where);
    const { key } = await desk.json<{ key: string }>("keys", "create", "harness", ...where);
    return new Harness(desk, mail, kind, where, key);
  }

  serve(...options: readonly string[]): Promise<RunningServer> {
    return RunningServer.start(this.desk, ["serve", "--port", "0", ...this.where, ...options], {});
  }

  worker(): Promise<RunningServer> {
    return RunningServer.start(this.desk, ["worker", ...this.where], {});
  }

  /** Looks into the database; nobody else may hold a data folder. */
  async look<T>(use: (store: Store) => Promise<T>): Promise<T> {
    const [, place = ""] = this.where;
    const store = await openStore(
      this.#kind === "pglite" ? { data: this.desk.path(place) } : { databaseUrl: place },
    );
    try {
      return await use(store);
    } finally {
      await store.close();
    }
  }

  async close(): Promise<void> {
    await this.mail.stop();
    this.desk.remove();
  }
}

const OPEN = ["due", "deferred", "sending"];
const SETTLED_WITHIN_MS = 90_000;

/**
 * Waits until everybody is decided (accounts of a worker that was killed wait until its lease is
 * over), and all that is to go out has gone, or its end is as known as it will be.
 */
export async function untilSettled(harness: Harness, server: RunningServer): Promise<void> {
  const { mail, desk, where } = harness;
  const until = performance.now() + SETTLED_WITHIN_MS;
  for (let seen = -1; performance.now() < until;) {
    await sleep(2_000);
    const { touches } = await desk.json<{ touches: { status: string }[] }>("touches", ...where);
    const isOpen = touches.some(({ status }) => OPEN.includes(status));
    const isDecided = (await accountsWaiting(server)) === 0;
    if (isDecided && !isOpen && seen === mail.mails.length) return;
    seen = mail.mails.length;
  }
}

async function accountsWaiting(server: RunningServer): Promise<number> {
  const figures = await (await fetch(`${server.url}/metrics`)).text();
  const [, waiting] = /^touchstone_accounts_waiting (\d+)$/m.exec(figures) ?? [];
  if (waiting === undefined) throw new Error("the figures do not say how many accounts wait");
  return Number(waiting);
}

/** What there is at the end, held against what was acknowledged and what came in by mail. */
export interface Balance {
  readonly events: Readonly<Record<string, number>>;
  readonly unattributed: number;
  /** By touchpoint and status. */
  readonly touches: Readonly<Record<string, number>>;
  /** Keys of mails (receiver and subject) that came more than once. */
  readonly twice: readonly string[];
  /** Delivered by our account, but no mail came. */
  readonly phantom: readonly string[];
  /** Mails that came for touches of which our account says neither delivered nor uncertain. */
  readonly unaccounted: readonly string[];
  /** Accounts of which something was not taken notice of. */
  readonly undecided: readonly string[];
  /** Contacts who signed up and have no welcome touch. */
  readonly forgotten: readonly string[];
  /** Reports viewed by account, as the last decisions counted them. */
  readonly views: Readonly<Record<string, unknown>>;
}

export async function balanceOf(harness: Harness, workload: Workload): Promise<Balance> {
  return harness.look(async (store) => {
    const names = await store.accounts.eventNames();
    const touches = (await store.touches.list({})).map(({ touch }) => touch);
    const emailOf = new Map(
      [...workload.users.values()].flat().map(({ id, email }) => [id, email]),
    );
    const wanted = new Set(emailOf.keys());
    const came = new Map<string, number>();
    for (const { to, subject } of harness.mail.mails) {
      const key = `${to} ${subject.startsWith("Welcome") ? "welcome" : "thanks"}`;
      came.set(key, (came.get(key) ?? 0) + 1);
    }
    const byStatus: Record<string, number> = {};
    const phantom: string[] = [];
    const told = new Set<string>();
    for (const { touchpoint, status, contact } of touches) {
      const label = `${touchpoint} ${status}`;
      byStatus[label] = (byStatus[label] ?? 0) + 1;
      const key = `${emailOf.get(contact ?? "") ?? contact ?? ""} ${touchpoint}`;
      if (status === "done" || status === "uncertain") told.add(key);
      if (status === "done" && !came.has(key)) phantom.push(key);
      if (touchpoint === "welcome") wanted.delete(contact ?? "");
    }
    return {
      events: Object.fromEntries(
        names
          .filter(({ name }) => workload.events.has(name))
          .map(({ name, events }) => [name, events]),
      ),
      unattributed: (await store.ingest.heldCounts()).messages,
      touches: byStatus,
      twice: [...came].filter(([, times]) => times > 1).map(([key]) => key),
      phantom,
      unaccounted: [...came.keys()].filter((key) => !told.has(key)),
      undecided: await store.accounts.withNews({
        buckets: null,
        limit: 100,
        except: [],
        after: null,
        withNew: true,
      }),
      forgotten: [...wanted],
      views: await viewsDecided(store),
    };
  });
}

async function viewsDecided(store: Store): Promise<Record<string, unknown>> {
  const views: Record<string, unknown> = {};
  for await (const page of store.decisions.current())
    for (const { decision } of page) views[decision.account] = decision.facts["reports_28d"];
  return views;
}
