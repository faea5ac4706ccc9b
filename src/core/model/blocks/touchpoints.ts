import { TOUCH_RESULTS } from "../../schedule/touch-words.ts";
import { z } from "zod";
import { type Blocks, type Entry, entriesIn, isBlockOfEntries } from "../entry.ts";
import { checkName } from "../names.ts";
import { CHANNELS, DOERS, DRIVES, freeText, nameText, rule } from "../schema-pieces.ts";
import { CONTACT_FIELDS, type Scopes } from "../scopes.ts";
import type { Channel, TouchpointDef } from "../types.ts";
import { itemsOf, textOf, type YamlNode } from "../yaml/tree.ts";

export const touchpointSchema = z.strictObject({
  title: freeText("Title", "What people see it called. Default: its name.").optional(),
  purpose: z.enum(["proactive", "reactive", "educational", "transactional"]).optional().meta({
    title: "Purpose",
    description: "proactive, reactive, educational, or transactional (which no cap holds back).",
  }),
  channel: z.enum(CHANNELS).meta({ title: "Channel", description: "How it reaches the customer." }),
  by: z.enum(DOERS).meta({
    title: "By",
    description: "Who does it; owner is the account's CSM, pod or pool.",
  }),
  accountable: z.enum(DOERS).optional().meta({
    title: "Accountable",
    description: "Who answers for it, when that is another than who does it.",
  }),
  minutes: z.number().min(0).max(10_000).optional().meta({
    title: "Minutes",
    description: "Working time it takes a person, preparation included.",
  }),
  drives: z
    .enum(DRIVES)
    .optional()
    .meta({ title: "Drives", description: "The outcome it is for." }),
  succeeds: z.enum(TOUCH_RESULTS).optional().meta({
    title: "Succeeds",
    description: "The result that counts as success: held, clicked, …",
  }),
  to: rule(
    "To",
    'Which contacts receive it: contact.role in ["admin", "user"]. Default: all.',
  ).optional(),
  template: nameText("Template")
    .optional()
    .meta({ title: "Template", description: "The message: messages/TEMPLATE.LOCALE.liquid." }),
  deck: freeText("Deck", "The slides that a review starts from.").optional(),
  must: z.boolean().optional().meta({
    title: "Must",
    description: "No cap drops it, skipping needs a reason, and a missed one is planned again.",
  }),
  priority: nameText("Priority").optional().meta({
    title: "Priority",
    description: "Which of several comes first under a cap; listed under caps.priority.",
  }),
  asks: z.array(z.string()).optional().meta({
    title: "Asks",
    description: "Traits that closing the touch asks for.",
  }),
});

export const touchpointsSchema = z
  .record(nameText("Touchpoint"), touchpointSchema)
  .meta({ title: "Touchpoints", description: "Kinds of interaction that programs plan." });

export function readTouchpoints(
  node: YamlNode | undefined,
  priorities: YamlNode | undefined,
  blocks: Blocks,
): readonly TouchpointDef[] {
  const { reading } = blocks;
  if (!isBlockOfEntries(reading, "touchpoints", node)) return [];
  const ranks = priorities && itemsOf(priorities).flatMap((item) => textOf(item) ?? []);
  return entriesIn(reading, node, "a touchpoint").flatMap((entry) => {
    const named = checkName(entry);
    const touchpoint = readTouchpoint(entry, ranks, blocks);
    return named && touchpoint ? [touchpoint] : [];
  });
}

function readTouchpoint(
  entry: Entry,
  ranks: readonly string[] | undefined,
  { scopes }: Blocks,
): TouchpointDef | undefined {
  const shape = entry.shape(touchpointSchema);
  const to = entry.rule("to", scopes.contact(), "boolean");
  checkPriority(entry, ranks);
  checkAsks(entry, scopes);
  if (!shape || (entry.has("to") && !to)) return undefined;
  const human = shape.by !== "automation";
  return {
    name: entry.name,
    title: shape.title ?? titleOf(entry.name),
    purpose: shape.purpose ?? "proactive",
    channel: shape.channel,
    by: shape.by,
    accountable: shape.accountable,
    human,
    minutes: shape.minutes ?? 0,
    drives: shape.drives,
    succeeds: shape.succeeds ?? usualSuccess(shape.channel, human),
    to,
    template: shape.template,
    deck: shape.deck,
    must: shape.must ?? false,
    priority: shape.priority,
    asks: shape.asks ?? [],
  };
}

/** `check_in` → `Check in`. */
function titleOf(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1).replaceAll("_", " ");
}

/** What counts as success when the model does not say. */
function usualSuccess(channel: Channel, human: boolean): string {
  switch (channel) {
    case "call":
    case "video":
    case "in_person":
      return "held";
    case "webinar":
      return "attended";
    case "task":
      return "completed";
    case "email":
    case "in_app":
    case "slack":
    case "webhook":
      return human ? "completed" : "delivered";
  }
}

function checkPriority(entry: Entry, ranks: readonly string[] | undefined): void {
  const priority = textOf(entry.field("priority"));
  if (priority === undefined || !ranks || ranks.includes(priority)) return;
  const message = `"${priority}" is not in the list caps.priority.`;
  const hint = entry.reading.didYouMean(priority, ranks, `The list: ${ranks.join(", ")}.`);
  entry.report("unknown-priority", message, hint, entry.spanOf("priority"));
}

/** An answer becomes a trait; one that no fact and no contact knows is stored and never read. */
function checkAsks(entry: Entry, scopes: Scopes): void {
  const { reading } = entry;
  const known = new Set([
    ...scopes.contactTraits.keys(),
    ...CONTACT_FIELDS.keys(),
    ...scopes.traits,
  ]);
  for (const item of itemsOf(entry.field("asks"))) {
    const trait = textOf(item);
    if (trait === undefined) continue;
    reading.use("fact", trait);
    if (known.has(trait)) continue;
    const hint = reading.didYouMean(trait, [...known], "Declare it under `facts` or `contacts`.");
    reading.report("unknown-trait", item, `No fact and no contact has a trait "${trait}".`, hint);
  }
}
