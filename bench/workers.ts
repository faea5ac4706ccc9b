// `npm run bench -- workers [accounts] [turns]`: full passes and deliveries with 1, 2 and 4 worker processes on one Postgres.
import { loadavg } from "node:os";
import { startOfDay } from "../src/core/time/zone.ts";
import { applyModel } from "../src/engine/apply-model.ts";
import { mailModel } from "../src/engine/outbox/testing/mail-model.ts";
import type { Store } from "../src/engine/ports.ts";
import { runDecisions } from "../src/engine/run-decisions.ts";
import { account, Book, contact, GO_LIVE, login } from "../src/engine/testing/book.ts";
import { openStore } from "../src/store/index.ts";
import { createDatabase, startTestServer } from "../src/store/testing/postgres-server.ts";
import { openMailSink, type MailSink } from "./mail-sink.ts";
import { openPlanBook, PLAN_BOOK_NOW } from "./plan-book.ts";
import { type Spread, spread } from "./timing.ts";
import { Crew, type Team, type TeamTime } from "./workers-team.ts";

const TEAMS = [1, 2, 4] as const;
const MOST = Math.max(...TEAMS);
const DAY_MS = 86_400_000;
const MAIL_ZONE = "Europe/Paris";
const AT_ONCE = 1000;

export type TeamWork = "first pass" | "next day's pass" | "deliveries";

export interface TeamFigures {
  readonly what: TeamWork;
  readonly workers: number;
  /** Accounts, or mails. */
  readonly each: number;
  readonly perSecond: Spread;
  /** Against one worker of the same turn: 2 is twice as fast. */
  readonly speed: Spread;
  /** Milliseconds of the workers' processor time for one account or mail. */
  readonly processorMs: Spread;
}

export interface WorkersFigures {
  readonly figures: readonly TeamFigures[];
  readonly load: number;
}

type Times = readonly { readonly what: TeamWork; readonly time: TeamTime }[];

export async function measureWorkers(
  accounts: number,
  turns: number,
  say: (text: string) => void,
): Promise<WorkersFigures> {
  const server = await startTestServer();
  const sink = await openMailSink();
  const newDatabase = () => createDatabase(server.url, "template0");
  try {
    say(`a book of ${accounts} accounts`);
    const passes = await measurePasses(await newDatabase(), accounts, turns, say);
    const mails = Math.ceil(accounts / 3);
    say(`a book of ${mails} people to write to`);
    const sent = await measureMails(await newDatabase(), mails, turns, sink, say);
    return { figures: [...passes, ...sent], load: Math.round((loadavg()[0] ?? 0) * 10) / 10 };
  } finally {
    sink.close();
    await server.stop();
  }
}

/**
 * Two new days for each team: on the first every account is read, decided and written; on the
 * next its workers know them, and only decide and write.
 */
async function measurePasses(
  databaseUrl: string,
  accounts: number,
  turns: number,
  say: (text: string) => void,
): Promise<TeamFigures[]> {
  const { store } = await openPlanBook({ databaseUrl }, accounts, () => undefined);
  const crew = new Crew(store, MOST, { databaseUrl, what: "decide", smtpUrl: null });
  let day = 0;
  const pass = (team: Team): Promise<TeamTime> => {
    day += 1;
    const now = PLAN_BOOK_NOW + day * DAY_MS;
    return team.time(now - Date.now(), () => isDecided(store, Math.floor(now / DAY_MS)));
  };
  try {
    return await inTurns(accounts, turns, say, async (size) => {
      const team = await crew.team(size);
      const first = await pass(team);
      const next = await pass(team);
      await team.leave();
      return [
        { what: "first pass", time: first },
        { what: "next day's pass", time: next },
      ];
    });
  } finally {
    await crew.end();
    await store.close();
  }
}

async function isDecided(store: Store, today: number): Promise<boolean> {
  const wanted = { buckets: null, limit: 1, except: [] };
  return (await store.accounts.behind(wanted, today)).length === 0;
}

/** A bill to everybody for each team, over SMTP to a server on loopback that keeps nothing. */
async function measureMails(
  databaseUrl: string,
  mails: number,
  turns: number,
  sink: MailSink,
  say: (text: string) => void,
): Promise<TeamFigures[]> {
  const store = await openStore({ databaseUrl });
  const crew = new Crew(store, MOST, { databaseUrl, what: "deliver", smtpUrl: sink.url });
  try {
    const book = await mailBook(store, mails);
    let day = GO_LIVE;
    const round = async (team: Team): Promise<TeamTime> => {
      day += 1;
      await oweBills(book, mails, day);
      const until = sink.taken() + mails;
      return team.time(book.now - Date.now(), () => isDelivered(store, sink, until));
    };
    return await inTurns(mails, turns, say, async (size) => {
      const team = await crew.team(size);
      const time = await round(team);
      await team.leave();
      return [{ what: "deliveries", time }];
    });
  } finally {
    await crew.end();
    await store.close();
  }
}

const idOf = (n: number): string => `acc-${n}`;

async function mailBook(store: Store, size: number): Promise<Book> {
  const book = new Book(store, GO_LIVE, 9);
  const messages = {
    "welcome.en": "subject: Your bill\n\nDear {{ contact.name }},\n\nhere it is.",
  };
  await applyModel(book.context, { file: "model.yaml", source: mailModel(), messages }, {});
  const moment = { now: book.now, today: GO_LIVE };
  await inPieces(size, async (ids) => {
    const accounts = ids.map((id) => account(id, { name: id, traits: { arr: 0 } }));
    await store.intake.accounts(accounts, moment);
    const of = (id: string) => ({ email: `${id}@bench.test`, name: "Ann", role: "user" });
    await store.intake.contacts(
      ids.map((id) => contact(id, "c", of(id))),
      moment,
    );
  });
  await runDecisions(book.context);
  return book;
}

/** Everybody's bill is due and everybody is decided, so that all there is to do is to send. */
async function oweBills(book: Book, size: number, day: number): Promise<void> {
  book.now = startOfDay(day, MAIL_ZONE) + 10 * 3_600_000;
  const context = { ...book.context, delivers: true };
  await runDecisions(context);
  await inPieces(size, async (ids) => {
    const events = ids.map((id) => login(id, day, { event: "Bill Wanted" }));
    await book.store.intake.events(events, { now: book.now, today: day });
  });
  await runDecisions(context);
}

async function inPieces(size: number, use: (ids: readonly string[]) => Promise<void>) {
  const ids = Array.from({ length: size }, (_, n) => idOf(n));
  for (let start = 0; start < size; start += AT_ONCE) await use(ids.slice(start, start + AT_ONCE));
}

/** All have arrived, and that is on record. */
async function isDelivered(store: Store, sink: MailSink, until: number): Promise<boolean> {
  if (sink.taken() < until) return false;
  const open = await store.outbox.list({ statuses: ["sending", "queued"] }, 1);
  return open.length === 0;
}

/**
 * One, two and four workers after each other, then again: what else the machine does falls on all
 * alike. What all of them do before that does not count: their code is compiled by it.
 */
async function inTurns(
  each: number,
  turns: number,
  say: (text: string) => void,
  measure: (size: number) => Promise<Times>,
): Promise<TeamFigures[]> {
  say("everybody once, to begin with");
  await measure(MOST);
  const found: { what: TeamWork; size: number; turn: number; time: TeamTime }[] = [];
  for (let turn = 0; turn < turns; turn++) {
    for (const size of TEAMS) {
      for (const { what, time } of await measure(size)) {
        found.push({ what, size, turn, time });
        say(`${what}, ${size}: ${Math.round(time.ms)} ms`);
      }
    }
  }
  const of = (what: TeamWork, size: number): TeamTime[] =>
    found.filter((one) => one.what === what && one.size === size).map(({ time }) => time);
  const works = [...new Set(found.map(({ what }) => what))];
  return works.flatMap((what) =>
    TEAMS.map((size): TeamFigures => {
      const own = of(what, size);
      const alone = of(what, 1);
      return {
        what,
        workers: size,
        each,
        perSecond: spread(own.map(({ ms }) => Math.round((each / ms) * 1000))),
        speed: spread(own.map(({ ms }, turn) => (alone[turn]?.ms ?? Number.NaN) / ms)),
        processorMs: spread(own.map(({ processorMs }) => processorMs / each)),
      };
    }),
  );
}
