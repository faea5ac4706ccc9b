import { allParts, daysPart, inDays, setPart, valuePart } from "../parts.ts";
import type { BlockThings } from "./block-things.ts";

/** Of a level's answers only who looks after it changes what is decided; the others are held against it. */
export const levelThings: BlockThings = ({ levels }, naming) => [
  {
    path: "levels",
    block: "levels",
    word: "level",
    lead: "level ",
    order: "higher stands first",
    renaming: "accounts get it anew",
    things: levels.map((level) => ({
      name: level.name,
      summary: `by ${level.by}`,
      parts: allParts(
        valuePart("often", "the longest silence", level.often, {
          decides: false,
          shown: inDays(level.often ?? 0),
        }),
        setPart("channels", "channels", level.channels, { decides: false }),
        setPart("kinds", "kinds of touchpoint", level.kinds, {
          decides: false,
          named: (name) => naming.thing("touchpoints", name),
        }),
        valuePart("by", "who looks after it", level.by),
        setPart("drives", "what it drives", level.drives, { decides: false }),
        valuePart("accounts_per_owner", "the accounts per owner", level.accountsPerOwner, {
          decides: false,
        }),
        daysPart("respond", "the promised answer", level.respond, { decides: false }),
        valuePart("share", "the expected share", level.share?.join(" to "), {
          decides: false,
          shown: level.share ? level.share.map(percent).join(" to ") : "",
        }),
      ),
      lists: [],
    })),
  },
];

function percent(share: number): string {
  return `${Number((share * 100).toFixed(2))}%`;
}
