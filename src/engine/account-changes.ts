import { type WhatWouldChange, whatWouldChange } from "../core/explain/index.ts";
import { accountRecord } from "./account-record.ts";
import { AppError } from "./app-error.ts";
import type { EngineContext } from "./context.ts";
import { findAccount } from "./find-account.ts";
import { liveModel } from "./live-model.ts";

/** Which single facts, were they otherwise, would make another decision of an account today. */
export async function accountChanges(context: EngineContext, id: string): Promise<WhatWouldChange> {
  const live = await liveModel(context);
  const account = await findAccount(context, id);
  if (!account.state?.decided)
    throw new AppError(
      "not-decided",
      `${account.id} has no decision that anything could change.`,
      "Wait until it has been decided, or run `touchstone decide`.",
    );
  const { compiled } = live.evaluator;
  return whatWouldChange(compiled, accountRecord(compiled.plan, account), live.moment().today);
}
