import type { DecisionRecord } from "../engine/ports.ts";
import { RecordShape } from "./db/record-shape.ts";

export interface DecisionRow extends DecisionRecord {
  readonly bucket: number;
  readonly account: string;
  readonly level: string | null;
  readonly stage: string | null;
  readonly band: string | null;
}

/** Decisions and states are kept as text (`json`): in the order of their keys, and only read whole. */
export const DECISION = new RecordShape<DecisionRow>({
  bucket: ["bucket", "int2"],
  account: ["account", "text"],
  day: ["day", "day"],
  at: ["at", "instant"],
  cause: ["cause", "text"],
  modelVersion: ["model_version", "int4"],
  level: ["level", "text"],
  stage: ["stage", "text"],
  band: ["band", "text"],
  decision: ["decision", "json"],
  state: ["state", "json"],
});

export function asDecisionRecord({
  day,
  at,
  cause,
  modelVersion,
  decision,
  state,
}: DecisionRow): DecisionRecord {
  return { day, at, cause, modelVersion, decision, state };
}
