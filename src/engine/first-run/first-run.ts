import { readModel } from "../../core/model/index.ts";
import type { Json } from "../../core/facts/types.ts";
import { AppError } from "../app-error.ts";
import type { EngineContext } from "../context.ts";
import type { BundledFiles, BundledTemplate } from "../ports.ts";
import { workspaceMoment } from "../results/workspace-moment.ts";
import { type DemoProgress, demoProgress } from "./load-demo.ts";
import { fitModel, type ModelFit } from "./fit-model.ts";

const KEY = "first run";

/** What was chosen so far on the way to the first decisions. */
export interface FirstRunChoice extends ModelFit {
  readonly template: string;
}

/** How far a workspace is: from the database, whoever asks and wherever they left off. */
export interface FirstRun {
  /** `empty`: no data; `data`: no model is live yet; `live`: it decides. */
  readonly state: "empty" | "data" | "live";
  readonly counts: {
    readonly accounts: number;
    readonly contacts: number;
    readonly events: number;
    readonly members: number;
  };
  /** Accounts that the live model has yet to decide for the first time; 0 where none is live. */
  readonly undecided: number;
  readonly choice: FirstRunChoice | null;
  readonly demo: DemoProgress | null;
}

export async function firstRun(context: EngineContext): Promise<FirstRun> {
  const { store } = context;
  const [live, counts, undecided, team, choice, demo] = await Promise.all([
    store.models.liveVersion(),
    store.accounts.counts(),
    store.accounts.neverDecided(),
    store.team.list(),
    readChoice(context),
    demoProgress(context),
  ]);
  const { accounts, contacts, events } = counts;
  return {
    state: live !== null ? "live" : accounts > 0 ? "data" : "empty",
    counts: { accounts, contacts, events, members: team.length },
    undecided: live === null ? 0 : undecided,
    choice,
    demo,
  };
}

export async function readChoice({ store }: EngineContext): Promise<FirstRunChoice | null> {
  return (await store.settings.get(KEY)) as FirstRunChoice | null;
}

/** Keeps a choice: a template, and what is different here. */
export async function choose(
  context: EngineContext,
  bundled: BundledFiles,
  choice: FirstRunChoice,
): Promise<void> {
  // refused where the fit does not go with the template
  fitModel((await requireTemplate(bundled, choice.template)).source, choice);
  const before = await readChoice(context);
  await context.store.settings.set(KEY, { ...choice } as unknown as Json);
  if (before?.template === choice.template) return;
  await context.store.audit.add(
    {
      by: context.actor,
      what: "template chosen",
      account: null,
      reason: null,
      details: { template: choice.template },
    },
    await workspaceMoment(context),
  );
}

/** The model that was chosen, as it would go live. */
export async function chosenModel(
  context: EngineContext,
  bundled: BundledFiles,
): Promise<(Pick<BundledTemplate, "source" | "messages"> & { readonly template: string }) | null> {
  const choice = await readChoice(context);
  if (!choice) return null;
  const { source, messages } = await requireTemplate(bundled, choice.template);
  return { template: choice.template, source: fitModel(source, choice), messages };
}

export async function requireTemplate(
  bundled: BundledFiles,
  name: string,
): Promise<BundledTemplate> {
  const found = await bundled.template(name);
  if (found) return found;
  throw new AppError(
    "unknown-template",
    `There is no template \`${name}\`.`,
    `There are: ${(await bundled.templates()).join(", ")}.`,
  );
}

/** A template's model as it was read; those that come with the program have no errors. */
export function modelOf(source: string) {
  const { model } = readModel(source, { file: "model.yaml" });
  if (!model) throw new AppError("invalid-model", "The template does not fit so.");
  return model;
}
