import type { AccountState } from "../../core/account/state.ts";
import { type Day, dayOf, formatDay } from "../../core/time/day.ts";
import { startOfDay } from "../../core/time/zone.ts";
import { applyModel } from "../apply-model.ts";
import type { Applied } from "../apply-plan.ts";
import { bareAccount, bareContact } from "../bare-rows.ts";
import type { EngineContext } from "../context.ts";
import { type ImportReport, importData } from "../import-data.ts";
import type {
  AccountRow,
  ContactRow,
  EventRow,
  ImportSource,
  Reject,
  Store,
  TeamRow,
} from "../ports.ts";
import { runDecisions } from "../run-decisions.ts";
import type { DecisionRun } from "../run-tally.ts";
import { SMALL_MODEL } from "./small-model.ts";

/** A Monday. */
export const GO_LIVE: Day = dayOf(2026, 3, 2);

const ZONE = "Europe/Paris";
const HOUR_MS = 3_600_000;

/** A store with a clock that stands still until it is set: what tests of the engine work on. */
export class Book {
  readonly context: EngineContext;
  readonly store: Store;
  now: number;

  constructor(store: Store, day: Day = GO_LIVE, hour = 0) {
    this.store = store;
    this.now = startOfDay(day, ZONE) + hour * HOUR_MS;
    this.context = { store, clock: () => this.now, actor: "tester" };
  }

  /** Sets the clock: an hour of a local day. */
  on(day: Day, hour = 0): this {
    this.now = startOfDay(day, ZONE) + hour * HOUR_MS;
    return this;
  }

  import(
    rows: Rows,
    dryRun = false,
  ): Promise<ImportReport & { readonly rejects: readonly Reject[] }> {
    return importRows(this.context, rows, dryRun);
  }

  apply(source: string = SMALL_MODEL, since?: Day): Promise<Applied> {
    const files = { file: "model.yaml", source, messages: {} };
    return applyModel(this.context, files, since === undefined ? {} : { since });
  }

  decide(): Promise<DecisionRun> {
    return runDecisions(this.context);
  }

  /** All that was decided, remembered and planned of each account. */
  async picture(): Promise<readonly AccountPicture[]> {
    const accounts = await this.store.accounts.load(await this.store.accounts.ids({}));
    const pictures = accounts.map(async ({ id, state, decidedOn, touches }) => ({
      id,
      state,
      decidedOn,
      touches,
      history: await this.store.decisions.history(id, 1000),
    }));
    return (await Promise.all(pictures)).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** One account's present level, stage and open touches, for short expectations. */
  async standing(id: string): Promise<Standing> {
    const [account] = await this.store.accounts.load([id]);
    const decided = account?.state?.decided;
    const open = (account?.touches ?? []).filter(
      ({ status }) => status === "planned" || status === "due",
    );
    return {
      level: decided?.level?.name ?? null,
      stage: decided?.stage?.name ?? null,
      open: open.map(({ touchpoint, due }) => `${touchpoint} ${formatDay(due)}`),
    };
  }
}

export interface AccountPicture {
  readonly id: string;
  readonly state: AccountState | null;
  readonly decidedOn: Day | null;
  readonly touches: readonly unknown[];
  readonly history: readonly unknown[];
}

export interface Standing {
  readonly level: string | null;
  readonly stage: string | null;
  readonly open: readonly string[];
}

export interface Rows {
  readonly accounts?: readonly AccountRow[];
  readonly contacts?: readonly ContactRow[];
  readonly events?: readonly EventRow[];
  readonly team?: readonly TeamRow[];
}

async function importRows(context: EngineContext, rows: Rows, dryRun: boolean) {
  const rejects: Reject[] = [];
  const report = await importData(context, {
    source: "rows of a test",
    open: () => Promise.resolve(sourceOf(rows)),
    dryRun,
    onReject: (reject) => rejects.push(reject),
  });
  return { ...report, rejects };
}

function sourceOf({ accounts, contacts, events, team }: Rows): ImportSource {
  return {
    shiftDays: undefined,
    timezone: ZONE,
    totals: {
      accounts: accounts?.length,
      contacts: contacts?.length,
      events: events?.length,
      team: team?.length,
    },
    rejected: new Map(),
    warnings: [],
    accounts: () => inBatches(accounts),
    contacts: () => inBatches(contacts),
    events: () => inBatches(events),
    team: () => inBatches(team),
    close: () => Promise.resolve(),
  };
}

async function* inBatches<R>(rows: readonly R[] = []): AsyncGenerator<readonly R[]> {
  for (let start = 0; start < rows.length; start += 2)
    yield await Promise.resolve(rows.slice(start, start + 2));
}

/** Rows in which only what matters is named. */
export function account(accountId: string, change: Partial<AccountRow> = {}): AccountRow {
  return { ...bareAccount(accountId), ...change };
}

export function contact(
  accountId: string,
  contactId: string,
  change: Partial<ContactRow> = {},
): ContactRow {
  return { ...bareContact(accountId, contactId), ...change };
}

/** Somebody logs in at nine in the morning of a day. */
export function login(accountId: string, day: Day, change: Partial<EventRow> = {}): EventRow {
  return {
    accountId,
    event: "Logged In",
    at: startOfDay(day, ZONE) + 9 * HOUR_MS,
    userId: "u1",
    messageId: `${accountId} ${day}`,
    properties: {},
    outcome: {},
    ...change,
  };
}

/** A login on each of the days, both ends included. */
export function logins(accountId: string, from: Day, to: Day): EventRow[] {
  return Array.from({ length: to - from + 1 }, (_, index) => login(accountId, from + index));
}
