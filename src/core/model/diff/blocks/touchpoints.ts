import { allParts, flagPart, rulePart, setPart, valuePart } from "../parts.ts";
import type { BlockThings } from "./block-things.ts";

export const touchpointThings: BlockThings = ({ touchpoints }, naming) => [
  {
    path: "touchpoints",
    block: "touchpoints",
    word: "touchpoint",
    lead: "touchpoint ",
    renaming: "what is planned of it is cancelled and planned anew",
    things: touchpoints.map((touchpoint) => ({
      name: touchpoint.name,
      summary: `${touchpoint.title}, ${touchpoint.channel} by ${touchpoint.by}`,
      parts: allParts(
        valuePart("title", "the title", touchpoint.title, { decides: false, weight: 5 }),
        valuePart("purpose", "the purpose", touchpoint.purpose),
        valuePart("channel", "the channel", touchpoint.channel),
        valuePart("by", "who does it", touchpoint.by),
        valuePart("accountable", "who answers for it", touchpoint.accountable, { decides: false }),
        touchpoint.minutes > 0
          ? valuePart("minutes", "takes", touchpoint.minutes, {
              isVerb: true,
              shown: `${touchpoint.minutes} minutes`,
            })
          : undefined,
        valuePart("drives", "what it drives", touchpoint.drives, { decides: false }),
        valuePart("succeeds", "the result that counts as success", touchpoint.succeeds),
        rulePart("to", "a receiver", touchpoint.to, naming),
        valuePart("template", "the message", touchpoint.template, { weight: 3 }),
        valuePart("deck", "the deck", touchpoint.deck, { decides: false }),
        flagPart("must", "has to happen: no cap drops it", touchpoint.must),
        valuePart("priority", "the priority", touchpoint.priority),
        setPart("asks", "what closing it asks for", touchpoint.asks),
      ),
      lists: [],
    })),
  },
];
