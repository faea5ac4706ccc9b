import { allParts, number, rulePart, valuePart } from "../parts.ts";
import type { BlockThings } from "./block-things.ts";

export const experimentThings: BlockThings = ({ experiments }, naming) => [
  {
    path: "experiments",
    block: "experiments",
    word: "experiment",
    lead: "experiment ",
    renaming: "its arms are dealt out anew",
    things: experiments.map((one) => {
      const later = naming.thing("experiments", one.name);
      return {
        name: one.name,
        summary: `arms ${one.arms.map(({ name }) => name).join(", ")}`,
        parts: allParts(
          valuePart("unit", "what is dealt out", one.unit),
          rulePart("among", "", one.among, naming, { weight: 2 }),
          valuePart("metric", "the metric", one.metric, { decides: false }),
        ),
        lists: [
          {
            path: `experiments.${later}`,
            block: "experiments",
            word: "arm",
            lead: `experiment ${later}: arm `,
            order: "shares are dealt out from the first",
            things: one.arms.map(({ name, weight }) => ({
              name,
              summary: `share ${number(weight)}`,
              parts: allParts(valuePart("weight", "has a share of", weight, { isVerb: true })),
              lists: [],
            })),
          },
        ],
      };
    }),
  },
];
