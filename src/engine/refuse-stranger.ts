import { AppError } from "./app-error.ts";
import type { EngineContext } from "./context.ts";
import { nearestOrAll } from "./did-you-mean.ts";

/** An owner whom the team does not know is a slip of the pen, once there is a team. */
export async function refuseStranger({ store }: EngineContext, id: string): Promise<void> {
  const team = (await store.team.list()).map((member) => member.id);
  if (team.length === 0 || team.includes(id)) return;
  throw new AppError(
    "unknown-member",
    `There is nobody called \`${id}\` in the team.`,
    nearestOrAll(id, team),
  );
}
