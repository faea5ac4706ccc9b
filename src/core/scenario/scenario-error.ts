/** A step that cannot be done: the scenario is wrong, not the model. */
export class ScenarioError extends Error {
  override readonly name = "ScenarioError";
}
