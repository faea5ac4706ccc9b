import type { Channel } from "../../core/model/index.ts";
import type { Pause } from "../ports.ts";

/** What holds back a message of this channel and program, as people read it; null: nothing. */
export function whyPaused(
  pauses: readonly Pause[],
  { channel, program }: { readonly channel: Channel; readonly program: string | null },
): string | null {
  const holds = pauses.find(
    ({ scope, name }) =>
      scope === "all" ||
      (scope === "channel" && name === channel) ||
      (scope === "program" && name === program),
  );
  return holds ? pauseText(holds) : null;
}

export function pauseText({ scope, name }: Pick<Pause, "scope" | "name">): string {
  if (scope === "all") return "sending is paused";
  return `${scope} ${name} is paused`;
}
