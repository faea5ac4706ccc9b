import type { Cap } from "../../types.ts";
import { allParts, daysPart, orderedPart, spanPart, valuePart } from "../parts.ts";
import type { ThingList } from "../thing.ts";
import { type BlockThings, oneThing } from "./block-things.ts";

export const capThings: BlockThings = ({ caps }) => [
  oneThing(
    "caps",
    "caps",
    allParts(
      daysPart("quiet_after_human", "the quiet after a human touch", caps.quietAfterHuman),
      spanPart("send_between", "the hours of sending", caps.sendBetween),
      daysPart("give_up_after", "how long a held-back touch is tried", caps.giveUpAfter),
      orderedPart("priority", "the order of priority", caps.priority),
    ),
    [capList("contact", caps.contact), capList("account", caps.account)],
  ),
];

/** A cap is known by what it counts and over how many days: `email per 7 days` lets 2 through. */
function capList(whose: "contact" | "account", caps: readonly Cap[]): ThingList {
  return {
    path: `caps.${whose}`,
    block: "caps",
    word: "cap",
    lead: `cap for ${whose === "contact" ? "a contact" : "an account"}, `,
    fixed: true,
    nameless: true,
    things: caps.map(({ key, count, days }) => ({
      name: `${key} per ${days === 1 ? "day" : `${days} days`}`,
      summary: `at most ${count}`,
      parts: allParts(
        valuePart("key", "what it counts", `${key} per ${days}`),
        valuePart("count", "allows", count, { isVerb: true }),
      ),
      lists: [],
    })),
  };
}
