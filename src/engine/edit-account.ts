import { readTyped, showTyped } from "../core/facts/index.ts";
import type { Model } from "../core/model/index.ts";
import type { RuleType } from "../core/rules/types.ts";
import { localDay } from "../core/time/zone.ts";
import { AppError } from "./app-error.ts";
import type { EngineContext } from "./context.ts";
import { assignOwner } from "./owners/change-owner.ts";
import type { AccountRow, Moment, RowScalar, RowValues } from "./ports.ts";
import { refuseStranger } from "./refuse-stranger.ts";
import { runDecisions } from "./run-decisions.ts";
import { readStoredModel } from "./read-stored.ts";

export interface AccountEdit {
  readonly name?: string | null;
  readonly owner?: string | null;
  /** Trait → value; null clears it. */
  readonly traits?: Readonly<Record<string, RowScalar | null>>;
  readonly reason: string | null;
  /** The `factsRev` of the account that the person had before their eyes. */
  readonly seen?: number;
}

/**
 * A person's word on what an account is: its traits count from today, as those of any source
 * do, and are on record. Answers once the account has been decided again.
 */
export async function editAccount(
  context: EngineContext,
  id: string,
  { name, owner, traits = {}, reason, seen }: AccountEdit,
): Promise<void> {
  const model = await presentModel(context);
  const moment = momentFor(context, model);
  if (owner !== undefined && owner !== null) await refuseStranger(context, owner);
  const values = traitValues(model, traits);
  const row: AccountRow = {
    accountId: id,
    name,
    // with a model live it is handed over, with tasks for both sides
    owner: model ? undefined : owner,
    parentId: undefined,
    createdAt: undefined,
    closedAt: undefined,
    timezone: undefined,
    asOf: moment.today,
    traits: values,
    outcome: {},
  };
  const details = {
    ...(name === undefined ? {} : { name }),
    ...(owner === undefined ? {} : { owner }),
    ...(Object.keys(values).length === 0 ? {} : { traits: values }),
  };
  const audit = { by: context.actor, what: "account changed", account: id, reason, details };
  const isStored = await context.store.byHand.account(row, audit, moment, seen);
  if (!isStored)
    throw new AppError(
      "changed-by-other",
      `${id} was changed by somebody else since you read it; nothing was stored.`,
      "Read it again, look at what changed, and send your change with the new ETag.",
    );
  if (!model) return;
  if (owner === undefined) await runDecisions(context, { ids: [id], cause: "person" });
  else await assignOwner(context, id, owner, reason);
}

export async function presentModel({
  store,
}: Pick<EngineContext, "store">): Promise<Model | undefined> {
  const live = await store.models.live();
  return live ? readStoredModel(live.source, live.name).model : undefined;
}

export function momentFor(
  { clock }: Pick<EngineContext, "clock">,
  model: Model | undefined,
): Moment {
  const now = clock();
  return { now, today: localDay(now, model?.workspace.timezone ?? "UTC") };
}

/** Values as the model declares their traits; a trait it does not declare is taken as it is. */
export function traitValues(
  model: Model | undefined,
  traits: Readonly<Record<string, RowScalar | null>>,
): RowValues {
  const types = new Map<string, RuleType>();
  for (const { source, type } of model?.facts ?? [])
    if (source.kind === "trait") types.set(source.trait, type);
  return typedValues(types, traits, model?.workspace.timezone ?? "UTC");
}

export function contactTraitValues(
  model: Model | undefined,
  traits: Readonly<Record<string, RowScalar | null>>,
): RowValues {
  const types = new Map((model?.contactTraits ?? []).map(({ trait, type }) => [trait, type]));
  return typedValues(types, traits, model?.workspace.timezone ?? "UTC");
}

function typedValues(
  types: ReadonlyMap<string, RuleType>,
  traits: Readonly<Record<string, RowScalar | null>>,
  zone: string,
): RowValues {
  return Object.fromEntries(
    Object.entries(traits).map(([trait, value]) => {
      const type = types.get(trait);
      return [trait, type ? typedValue(trait, type, value, zone) : value];
    }),
  );
}

const EXAMPLES: Readonly<Record<string, string>> = {
  number: "Write a number like 12000.",
  boolean: "Write true or false.",
  date: "Write a day like 2026-03-02.",
  time: "Write a time like 2026-03-02T15:00:00Z.",
  string: "Write a text.",
};

function typedValue(
  trait: string,
  type: RuleType,
  value: RowScalar | null,
  zone: string,
): RowScalar | null {
  const values = type.kind === "string" ? type.values : undefined;
  if (values && value !== null && value !== "" && !values.includes(String(value)))
    throw new AppError(
      "bad-value",
      `traits.${trait} cannot be \`${value}\`.`,
      `It is one of: ${values.join(", ")}.`,
    );
  const read = readTyped(type, value, zone);
  if (read === undefined)
    throw new AppError(
      "bad-value",
      `traits.${trait} cannot be \`${String(value)}\`: the model says it is a ${type.kind}.`,
      EXAMPLES[type.kind],
    );
  return showTyped(type, read);
}
