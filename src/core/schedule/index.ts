export { isExempt, longestWindow, occurrenceOf, type SentRecord } from "./cap-windows.ts";
export {
  applyChoice,
  chooseSends,
  sentRecord,
  type SendCandidate,
  type SendChoice,
  type SendInput,
} from "./choose-sends.ts";
export { contactsAsPersons, type Person, personsById } from "./persons.ts";
export { planAccount } from "./plan-account.ts";
export { isPerReceiver, whyNotReceived } from "./receivers.ts";
export { recordOutcome, type OutcomeDetails } from "./record-outcome.ts";
export { startRun, stopRun, type RunChange, type RunChoice } from "./run-by-hand.ts";
export { nextSendTime, receiverKey, receiverZone, sendWindow } from "./send-window.ts";
export {
  addTouch,
  type AddedTouch,
  assignTouch,
  cancelTouch,
  isAssignedByHand,
  isMovedByHand,
  moveTouch,
  skipTouch,
} from "./touch-by-hand.ts";
export type { TouchChange } from "./touch-change.ts";
export { touchEvent } from "./touch-event.ts";
export { touchJson, type TouchJson } from "./touch-json.ts";
export { byHandKey, touchId, touchKey } from "./touch-key.ts";
export { touchMemory } from "./touch-memory.ts";
export { isAhead, isOpen } from "./touch-status.ts";
export { TOUCH_RESULTS, TOUCH_STATUSES } from "./touch-words.ts";
export * from "./types.ts";
