import type { LiveAccount } from "./live-book.ts";
import { decisionNotice, touchNotice } from "./notices.ts";
import type { EvaluatedAccount, Moment, Notice } from "./ports.ts";

/** What others are told of an evaluation: today's change of the decision, touches planned and due. */
export function accountNotices(
  { stored, loaded }: Pick<LiveAccount, "stored" | "loaded">,
  { history, touches }: EvaluatedAccount,
  { today, now }: Moment,
): readonly Notice[] {
  const rev = loaded.stateRev + 1;
  const decided = stored.state?.decided;
  const before = decided
    ? { level: decided.level?.name ?? null, stage: decided.stage?.name ?? null }
    : null;
  const last = history.at(-1);
  const changed =
    last?.day === today ? [decisionNotice(before, last.decision, { ...last, rev })] : [];
  if (touches.length === 0) return changed;
  const touchOf = new Map(stored.touches.map((touch) => [touch.key, touch]));
  return [
    ...changed,
    ...touches.flatMap((touch) => touchNotice(touchOf.get(touch.key), touch, now, rev)),
  ];
}
