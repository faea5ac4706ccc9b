import { formatDay } from "../core/time/day.ts";
import { AppError } from "./app-error.ts";
import type { EngineContext } from "./context.ts";
import { factsReport } from "./facts-report.ts";
import { findMisfits, tellMisfit } from "./misfits.ts";
import { liveModel } from "./live-model.ts";

export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly value: string;
  /** What to do about it. */
  readonly mend?: string;
}

/** What `doctor` looks at: the database, the model, the data, and whether decisions are current. */
export async function examine(context: EngineContext): Promise<Check[]> {
  const { store } = context;
  const database: Check[] = (await store.archive.health()).map(({ name, ok, value, mend }) => ({
    name,
    ok,
    value,
    ...(mend === undefined ? {} : { mend }),
  }));
  const counts = await store.accounts.counts();
  const data: Check = {
    name: "data",
    ok: counts.accounts > 0,
    value: `${counts.accounts} accounts, ${counts.contacts} contacts, ${counts.events} events, ${counts.touches} touches`,
    mend: "Bring accounts in with `touchstone import`.",
  };
  return [
    { name: "database", ok: true, value: `${store.kind} at ${store.place}` },
    ...database,
    data,
    ...(await examineModel(context)),
  ];
}

/** Workers that run now, and what troubles them. */
async function examineWorkers({ store, clock }: EngineContext): Promise<Check[]> {
  const workers = await store.leases.workers(clock());
  return workers.map(({ id, seenAt, details }) => {
    const { failing = [], troubled = [] } = details as Partial<WorkerTrouble>;
    const problems = [
      ...failing.map(({ job, error }) => `${job} fails: ${error}`),
      ...troubled.map(({ account, error }) => `${account} is set aside: ${error}`),
    ];
    return {
      name: `worker ${id}`,
      ok: problems.length === 0,
      value:
        problems.length === 0
          ? `runs, seen ${new Date(seenAt).toISOString()}`
          : problems.join("; "),
      mend: "It tries again by itself; its log says more.",
    };
  });
}

/** What a worker says of itself in its sign of life. */
interface WorkerTrouble {
  readonly failing: readonly { readonly job: string; readonly error: string }[];
  readonly troubled: readonly { readonly account: string; readonly error: string }[];
}

async function examineModel(context: EngineContext): Promise<Check[]> {
  try {
    const live = await liveModel(context);
    const { today } = live.moment();
    const waiting = (await context.store.accounts.ids({ toDecideOn: today })).length;
    const unknown = (await factsReport(context)).filter(
      ({ accounts, hint }) => hint !== null && accounts > 0,
    );
    return [
      { name: "model", ok: true, value: `${live.model.name}, version ${live.stored.version}` },
      {
        name: "decisions",
        ok: waiting === 0,
        value:
          waiting === 0
            ? `up to date on ${formatDay(today)}`
            : `${waiting} accounts wait to be decided`,
        mend: "Run `touchstone decide`.",
      },
      ...(await findMisfits(context, live.model)).map((misfit) => ({
        name: `values of ${misfit.trait}`,
        ok: false,
        value: `${tellMisfit(misfit)}: refused, the value before it stays`,
        mend: "Mend them where they come from, or the type in the model.",
      })),
      ...(await examineWorkers(context)),
      ...unknown.map(({ fact, source, hint }) => ({
        name: `fact ${fact}`,
        ok: false,
        value: `never known (${source})`,
        mend: `Bring it in, or mend its name in the model: ${hint ?? ""}.`,
      })),
    ];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return [
      {
        name: "model",
        ok: false,
        value: error.message,
        ...(error.hint === undefined ? {} : { mend: error.hint }),
      },
    ];
  }
}
