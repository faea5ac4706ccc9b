import { isEngineName } from "../../core/facts/index.ts";
import { type Day, parseDay } from "../../core/time/day.ts";
import { type FactLine, factsReport } from "../facts-report.ts";
import type { EngineContext } from "../context.ts";
import { presentModel } from "../edit-account.ts";
import { type FactUse, factUses } from "../first-run/fact-uses.ts";
import type { GapCounts } from "../ports.ts";
import { workspaceMoment } from "../results/workspace-moment.ts";

/** Where data comes from, and when it last did. */
export interface DataSource {
  readonly kind: "event" | "trait" | "import" | "key";
  readonly name: string;
  /** Accounts that have it; null: that is not known. */
  readonly accounts: number | null;
  /** The newest day; null: never. */
  readonly newest: Day | null;
  /** Days since then; null: never. */
  readonly days: number | null;
  readonly stale: boolean;
}

export interface FactQuality extends FactLine {
  readonly missing: number;
  readonly uses: readonly FactUse[];
}

/** How complete and how fresh the data is: what decisions rest on. */
export interface DataQuality {
  readonly today: Day;
  readonly staleAfter: number;
  readonly gaps: GapCounts;
  /** The fact that says when an account renews; null: the model has none. */
  readonly renewal: string | null;
  /** Empty before a model is live. */
  readonly facts: readonly FactQuality[];
  readonly sources: readonly DataSource[];
}

/** Sources are told apart by imports of the same file, and by events and traits of one name. */
const IMPORTS_LOOKED_AT = 200;

export async function dataQuality(
  context: EngineContext,
  staleAfter: number,
): Promise<DataQuality> {
  const { store } = context;
  const { today } = await workspaceMoment(context);
  const model = await presentModel(context);
  const uses = model ? factUses(model) : new Map<string, readonly FactUse[]>();
  const [gaps, lines, sources] = await Promise.all([
    store.quality.gaps(),
    model ? factsReport(context) : [],
    dataSources(context, today, staleAfter),
  ]);
  return {
    today,
    staleAfter,
    gaps,
    renewal: model?.workspace.renewal ?? null,
    facts: lines.map((line) => ({
      ...line,
      missing: line.accounts - line.known,
      uses: uses.get(line.fact) ?? [],
    })),
    sources,
  };
}

/**
 * Events and imports that have stopped are stale. A trait keeps its value until another is said, so
 * that the day of its newest value says how it changes and not whether it still comes in.
 */
async function dataSources(
  { store }: EngineContext,
  today: Day,
  staleAfter: number,
): Promise<readonly DataSource[]> {
  const [events, traits, runs, keys] = await Promise.all([
    store.accounts.eventNames(),
    store.accounts.traitNames(),
    store.importRuns.list(IMPORTS_LOOKED_AT),
    store.access.keys(),
  ]);
  const source = (
    kind: DataSource["kind"],
    name: string,
    accounts: number | null,
    newest: Day | null,
  ): DataSource => {
    const days = newest === null ? null : Math.max(0, today - newest);
    return {
      kind,
      name,
      accounts,
      newest,
      days,
      stale: kind !== "trait" && (days === null || days > staleAfter),
    };
  };
  const latest = new Map<string, Day>();
  for (const { file, status, startedAt } of runs)
    if (status === "done" && !latest.has(file)) latest.set(file, dayOf(startedAt));
  return [
    ...[...latest].map(([file, day]) => source("import", file, null, day)),
    ...keys
      .filter(({ kind, revokedAt }) => kind === "write" && revokedAt === null)
      .map(({ name, lastUsedOn }) => source("key", name, null, lastUsedOn)),
    ...events
      .filter(({ name }) => !isEngineName(name))
      .map(({ name, accounts, newest }) => source("event", name, accounts, dayOf(newest))),
    ...traits.map(({ trait, accounts, newest }) => source("trait", trait, accounts, newest)),
  ];
}

function dayOf(at: number): Day {
  return parseDay(new Date(at).toISOString().slice(0, 10)) ?? 0;
}
