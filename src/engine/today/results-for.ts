import type { Channel } from "../../core/model/types.ts";
import type { Touch, TouchResult } from "../../core/schedule/index.ts";

const MEETING: readonly TouchResult[] = ["held", "no_show", "replied", "converted", "dismissed"];
const MESSAGE: readonly TouchResult[] = ["completed", "replied", "converted", "dismissed"];

const BY_CHANNEL: { readonly [channel in Channel]: readonly TouchResult[] } = {
  call: MEETING,
  video: MEETING,
  in_person: MEETING,
  webinar: ["attended", "no_show", "registered", "converted", "dismissed"],
  email: MESSAGE,
  in_app: MESSAGE,
  slack: MESSAGE,
  webhook: MESSAGE,
  task: ["completed", "converted", "dismissed"],
};

/** What can become of a touch that people do, what it is meant to come to first: 1 on the keyboard. */
export function resultsFor(
  { channel }: Pick<Touch, "channel">,
  succeeds: string | undefined,
): TouchResult[] {
  const usual = BY_CHANNEL[channel];
  const best = succeeds as TouchResult | undefined;
  return best === undefined ? [...usual] : [best, ...usual.filter((result) => result !== best)];
}
