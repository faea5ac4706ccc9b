export { readScenarios, type ReadScenarios } from "./read-scenarios.ts";
export { type CaseFailure, type CaseResult, runCase } from "./run-case.ts";
export type { Mismatch } from "./same-value.ts";
export { ScenarioError } from "./scenario-error.ts";
export type { ScenarioCase, ScenarioFile } from "./scenario-schema.ts";
export { because } from "./check-expectation.ts";
