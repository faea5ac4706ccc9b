import { z } from "zod";
import { parseDuration } from "../../time/duration.ts";
import { type Blocks, Entry, isBlockOfEntries } from "../entry.ts";
import type { Reading } from "../reading.ts";
import { CHANNELS, coded, duration, hours, nameText } from "../schema-pieces.ts";
import type { Cap, CapsDef } from "../types.ts";
import { entriesOf, itemsOf, type MapEntry, textOf, type YamlNode } from "../yaml/tree.ts";

const CAP = /^(\d{1,6}) per (\d{1,6}[dw])$/;

const capText = z
  .string({
    error: coded("bad-cap", "This is no cap.", "Like 2 per 7d: so many in any so many days."),
  })
  .regex(CAP, {
    error: coded("bad-cap", "This is no cap.", "Like 2 per 7d: so many in any so many days."),
  })
  .refine((text) => Number(CAP.exec(text)?.[1] ?? 1) > 0, {
    error: coded(
      "out-of-range",
      "A cap of 0 lets nothing through.",
      "To stop a program, leave it out or pause it.",
    ),
  })
  .refine((text) => (parseDuration(CAP.exec(text)?.[2] ?? "1d") ?? 1) > 0, {
    error: coded("out-of-range", "A window is at least 1d.", "1d is today."),
  })
  .meta({ title: "Cap", description: "So many in any so many days: 2 per 7d." });

const capList = z.union([capText, z.array(capText)], {
  error: coded("bad-cap", "This is no list of caps.", "Like [1 per 1d, 2 per 7d]."),
});

const KEYS = [...CHANNELS, "any", "human"] as const;
const capKeys = z.strictObject(
  Object.fromEntries(
    KEYS.map((key) => [
      key,
      capList.optional().meta({ title: key, description: describeKey(key) }),
    ]),
  ),
);

function describeKey(key: string): string {
  if (key === "any") return "Touches of every channel together.";
  if (key === "human") return "Touches by people.";
  return `Touches by ${key}.`;
}

const parts = {
  quiet_after_human: duration(
    0,
    "Quiet after a person",
    "After a touch by a person promotional mail waits so long.",
  ).optional(),
  send_between: hours(
    "Send between",
    'Automated touches go out then, by the receiver\'s clock: "08:00-18:00".',
  ).optional(),
  give_up_after: duration(
    0,
    "Give up after",
    "A touch deferred for longer is dropped, with the reason.",
  ).optional(),
  priority: z.array(nameText("Priority")).optional().meta({
    title: "Priority",
    description:
      "Which touches come first under a cap: names that touchpoints give as their priority.",
  }),
};

export const capsSchema = z
  .strictObject({
    contact: capKeys
      .optional()
      .meta({ title: "Per contact", description: "Counted per mail address." }),
    account: capKeys
      .optional()
      .meta({ title: "Per account", description: "Counted over all its contacts." }),
    ...parts,
  })
  .meta({
    title: "Caps",
    description: "How much may reach a customer; transactional touches are exempt.",
  });

const outline = z.strictObject({
  contact: z.unknown().optional(),
  account: z.unknown().optional(),
  ...parts,
});

export const NO_CAPS: CapsDef = {
  contact: [],
  account: [],
  quietAfterHuman: 0,
  sendBetween: { from: 8 * 60, to: 18 * 60 },
  giveUpAfter: 7,
  priority: [],
};

export function readCaps(block: MapEntry | undefined, { reading }: Blocks): CapsDef {
  if (!block || !isBlockOfEntries(reading, "caps", block.value)) return NO_CAPS;
  const entry = Entry.of(reading, block, "caps");
  const shape = entry.shape(outline);
  const contact = readCapLists(entry.field("contact"), "contact", reading);
  const account = readCapLists(entry.field("account"), "account", reading);
  checkPriorities(entry);
  return {
    contact,
    account,
    quietAfterHuman: shape?.quiet_after_human ?? NO_CAPS.quietAfterHuman,
    sendBetween: shape?.send_between ?? NO_CAPS.sendBetween,
    giveUpAfter: shape?.give_up_after ?? NO_CAPS.giveUpAfter,
    priority: shape?.priority ?? NO_CAPS.priority,
  };
}

function readCapLists(node: YamlNode | undefined, name: string, reading: Reading): readonly Cap[] {
  if (!node || !isBlockOfEntries(reading, name, node)) return [];
  new Entry(reading, node, node, `caps per ${name}`).shape(capKeys);
  return entriesOf(node).flatMap(({ key, value }) => {
    const items = value.kind === "list" ? itemsOf(value) : [value];
    const caps = items.flatMap((item) => {
      const cap = parseCap(key, textOf(item));
      return cap ? [{ cap, node: item }] : [];
    });
    checkContradictions(caps, reading);
    return caps.map(({ cap }) => cap);
  });
}

function parseCap(key: string, text: string | undefined): Cap | undefined {
  const match = CAP.exec(text ?? "");
  const days = parseDuration(match?.[2] ?? "");
  const count = Number(match?.[1]);
  if (!match || days === undefined || days < 1 || count < 1) return undefined;
  return { key, count, days, text: `${key}: ${text ?? ""}` };
}

/** One window twice, or a longer window that allows fewer than a shorter one. */
function checkContradictions(
  caps: readonly { readonly cap: Cap; readonly node: YamlNode }[],
  reading: Reading,
): void {
  caps.forEach(({ cap, node }, i) => {
    for (const { cap: before } of caps.slice(0, i)) {
      const [short, long] = cap.days < before.days ? [cap, before] : [before, cap];
      if (cap.days === before.days) {
        const message = `"${before.text}" and "${cap.text}" are about the same days.`;
        reading.report("cap-contradiction", node, message, "Keep one of them.");
      } else if (long.count < short.count) {
        const message = `"${short.text}" can never be reached: "${long.text}" allows fewer in more days.`;
        reading.report(
          "cap-contradiction",
          node,
          message,
          "A longer window allows at least as many.",
        );
      }
    }
  });
}

function checkPriorities(entry: Entry): void {
  const seen = new Set<string>();
  for (const item of itemsOf(entry.field("priority"))) {
    const name = textOf(item);
    if (name !== undefined && seen.has(name)) {
      entry.report("duplicate-name", `"${name}" is in the list twice.`, undefined, item);
    }
    if (name !== undefined) seen.add(name);
  }
}
