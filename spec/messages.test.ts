import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Liquid } from "liquidjs";
import { expect, test } from "vitest";
import { readModel } from "../src/core/model/index.ts";
import type { Channel as ChannelName, FactDef, Model } from "../src/core/model/types.ts";
import { openChannels } from "../src/deliver/open-channels.ts";
import { MESSAGE_HEADS } from "../src/deliver/render/message-file.ts";
import { SAMPLE_CONTACT, SAMPLE_LINKS, sampleScene } from "../src/deliver/testing/sample-scene.ts";

/**
 * The messages that the templates bring along: each is well-formed Liquid, names only what there is to
 * name, and reads well for an account of which everything is known and for one of which nothing is.
 */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  account: ["id", "name"],
  contact: ["id", "email", "name", "role", "timezone", "locale", "created_at"],
  owner: ["name", "email"],
  workspace: ["name", "timezone", "currency"],
  touch: ["id", "touchpoint", "title", "program", "channel", "due", "starts_at", "minutes"],
};
const BUILT_IN_FACTS = [
  "today",
  "account_age_days",
  "days_since_touch",
  "days_since_human_touch",
  "level",
  "stage",
  "health",
  "health_band",
];
const HEADS = new RegExp(`^(?:${MESSAGE_HEADS.join("|")}): \\S`);
/** Names that stand alone: where the scores of a survey go, and ways out. */
const ALONE = ["survey", "unsubscribe_url", "preferences_url"];

const liquid = new Liquid({ strictFilters: true, strictVariables: true, lenientIf: true });

interface Message {
  readonly template: string;
  readonly file: string;
  readonly text: string;
  readonly model: Model;
}

const messages = readdirSync("templates", { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) => messagesOf(name));

function messagesOf(template: string): Message[] {
  const folder = join("templates", template, "messages");
  const modelFile = join("templates", template, "model.yaml");
  const { model } = readModel(readFileSync(modelFile, "utf8"), { file: modelFile });
  if (!model) throw new Error(`${modelFile} has errors`);
  return readdirSync(folder).map((file) => ({
    template,
    file,
    text: readFileSync(join(folder, file), "utf8"),
    model,
  }));
}

/** Counts are never unknown; anything else may be. */
function isCount({ source }: FactDef): boolean {
  if (source.kind === "contacts") return true;
  return (
    source.kind === "event" && ["count", "users", "days", "sum"].includes(source.aggregate.kind)
  );
}

/** Whole numbers where data is whole, and one with many digits where it is worked out. */
function factValue(fact: FactDef): unknown {
  const { source } = fact;
  const isDivided = source.kind === "is" && source.rule.text.includes("/");
  if (fact.type.kind === "number") return isDivided || source.kind === "ratio" ? 0.683333333 : 12;
  if (fact.type.kind === "boolean") return true;
  return fact.type.kind === "string" ? "sample" : "2026-03-01";
}

/** What a message may use. Of the unknown account only its counts are known, and they are 0. */
function world(model: Model, known: boolean): object {
  const facts = model.facts.map((fact) => [
    fact.name,
    known ? factValue(fact) : isCount(fact) ? 0 : null,
  ]);
  const builtIn = BUILT_IN_FACTS.map((name) => [name, known ? "2026-03-01" : null]);
  const sample = Object.fromEntries(
    Object.entries(NAMES).map(([thing, names]) => [
      thing,
      Object.fromEntries(
        names.map((name) => [
          name,
          known || thing === "account" || thing === "workspace" ? `Sample ${name}` : null,
        ]),
      ),
    ]),
  );
  return { ...sample, survey: "0 1 2", facts: Object.fromEntries([...builtIn, ...facts]) };
}

test.each(messages)(
  "$template/$file opens with its head and names only what there is",
  async ({ text, model }) => {
    const head = text.slice(0, text.indexOf("\n\n")).split("\n");
    expect(head.length).toBeGreaterThan(0);
    for (const line of head) expect(line).toMatch(HEADS);
    const facts = new Set([...model.facts.map(({ name }) => name), ...BUILT_IN_FACTS]);
    const used = await liquid.globalFullVariables(text);
    const unknown = used.filter((path) => {
      const [thing = "", name = ""] = path.split(".");
      if (ALONE.includes(path)) return false;
      return thing === "facts" ? !facts.has(name) : !NAMES[thing]?.includes(name);
    });
    expect(unknown).toEqual([]);
  },
);

/** A value that nobody knows leaves a gap ("of  seats", "in ."), an unrounded one a tail of digits. */
const FLAWS = /NaN|undefined|null|Invalid|\{[{%]|\d\.\d{4,}|\S {2}\S|[a-z] [.,;:](?=\s|$)|\(\)/gm;

test.each(messages)("$template/$file reads well whatever is known", async ({ text, model }) => {
  for (const known of [true, false]) {
    const sent = String(await liquid.parseAndRender(text, world(model, known)));
    const flaws = [...sent.matchAll(FLAWS)].map(({ index }) =>
      sent.slice(Math.max(0, index - 30), index + 30),
    );
    expect(flaws).toEqual([]);
    expect(sent.split("\n\n").slice(1).join("").trim().length).toBeGreaterThan(40);
  }
});

const channels = openChannels({
  smtpUrl: null,
  mailFrom: null,
  mailPostalAddress: "Northwind GmbH, Berlin",
  dkimKeyFile: null,
  slackWebhookUrl: null,
  touchWebhookUrl: null,
  secret: "for tests",
  allowPrivateTargets: false,
});

test.each(messages)("$template/$file is a message of its channel", ({ text, file, model }) => {
  const [template = "", locale = ""] = file.split(".");
  const touchpoint = model.touchpoints.find((one) => one.template === template);
  const channel: ChannelName = touchpoint?.channel ?? "email";
  for (const known of [true, false]) {
    const { facts } = world(model, known) as { facts: Readonly<Record<string, string | null>> };
    const scene = sampleScene(
      { [`${template}.${locale}`]: text },
      {
        template,
        facts,
        touch: { channel, human: touchpoint?.human ?? false },
        contact: known ? SAMPLE_CONTACT : { ...SAMPLE_CONTACT, name: null, role: null },
      },
    );
    const message = channels.get(channel)?.render(scene, SAMPLE_LINKS);
    expect(message?.subject).toMatch(/\S/);
    expect(message?.text).toMatch(/\S/);
    // nothing of the two languages it was written in is left
    expect(message?.html).not.toMatch(/\{[{%]|\*\*|\]\(/);
    if (/^survey: /m.test(text)) expect(message?.html.match(/\/s\/\w+\.5"/g)).toHaveLength(1);
  }
});

test("all seven templates bring messages", () => {
  expect(new Set(messages.map(({ template }) => template)).size).toBe(7);
});
