import type { Decision } from "../core/decide/decision.ts";
import { type Touch, touchJson } from "../core/schedule/index.ts";
import type { Instant } from "../core/time/day.ts";
import type { Notice, NoticeType } from "./ports.ts";

/** What others are told of an account (contracts.md §2, "Out"). */

/** A decision that differs from the one before (null: the first). `rev`: of the account once it is stored. */
export function decisionNotice(
  before: { readonly level: string | null; readonly stage: string | null } | null,
  decision: Decision,
  { cause, at, rev }: { readonly cause: string; readonly at: Instant; readonly rev: number },
): Notice {
  const { account } = decision;
  const after = { level: decision.level?.name ?? null, stage: decision.stage?.name ?? null };
  const data = JSON.parse(JSON.stringify({ before, after, cause, decision })) as Notice["data"];
  return { id: `decision:${account}:${rev}`, account, type: "decision.changed", at, data };
}

/** What a change of a touch is to others: planned, due or done; else nothing. */
export function touchNotice(
  before: Touch | undefined,
  touch: Touch,
  at: Instant,
  rev: number,
): readonly Notice[] {
  const type = TYPES[touch.status];
  if (type === undefined || before?.status === touch.status) return [];
  const { account } = touch;
  return [{ id: `${type}:${touch.id}:${rev}`, account, type, at, data: touchJson(touch) }];
}

const TYPES: { readonly [status in Touch["status"]]?: NoticeType } = {
  planned: "touch.planned",
  due: "touch.due",
  done: "touch.done",
};
