export { type AboutModel, aboutModel } from "./about-model.ts";
export { accountScope } from "./account-scope.ts";
export { decisionEnv } from "./decision-env.ts";
export { explainDecision, type Explanation } from "./explain-decision.ts";
export { type NearestChange, type NearestChanges, nearestChanges } from "./nearest-change.ts";
export {
  type FactChange,
  type UpAndDown,
  type WhatWouldChange,
  whatWouldChange,
} from "./what-would-change.ts";
