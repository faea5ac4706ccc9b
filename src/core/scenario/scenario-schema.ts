import { z } from "zod";

/**
 * The shape of a scenario file (model.md §6). Instants and days stay text here; the runner
 * reads them in the model's zone.
 */
const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const id = z.union([z.string(), z.number()]).transform(String);
const traits = z.record(z.string(), z.unknown());
const moment = z.string();

const event = z.strictObject({
  event: z.string().min(1),
  users: z.int().min(1).max(10_000).optional(),
  user: id.optional(),
  days: z.int().min(1).max(4_000).optional(),
  last: z.string().optional(),
  properties: traits.optional(),
});

const contactFields = z.looseObject({
  id,
  account: id.optional(),
  email: z.string().nullish(),
  name: z.string().nullish(),
  role: z.string().nullish(),
  timezone: z.string().nullish(),
  locale: z.string().nullish(),
  user: id.nullish(),
  created_at: z.string().nullish(),
});

const number = z.union([z.number(), z.literal("unknown"), z.null()]);
const text = z.union([z.string(), z.null()]);

/** A touch's keys are those under which it is shown; `touch` is short for `touchpoint`. */
const any = z.unknown().optional();
const touch = z.strictObject({
  id: any,
  touch: any,
  touchpoint: any,
  account: any,
  contact: any,
  title: any,
  program: any,
  run: any,
  step: any,
  occurrence: any,
  due: any,
  starts_at: any,
  channel: any,
  by: any,
  accountable: any,
  owner: any,
  minutes: any,
  minutes_spent: any,
  purpose: any,
  drives: any,
  status: any,
  result: any,
  reason: any,
  note: any,
  action_items: any,
  planned_at: any,
  done_at: any,
  model_version: any,
  within: z.number().min(0).optional(),
});

export const expectation = z.strictObject({
  account: id.optional(),
  facts: z.record(z.string(), z.unknown()).optional(),
  health: z
    .strictObject({
      score: number.optional(),
      band: text.optional(),
      coverage: z.number().optional(),
    })
    .optional(),
  stage: text.optional(),
  stage_status: z.enum(["on_track", "overdue"]).optional(),
  segments: z.record(z.string(), z.union([z.string(), z.boolean(), z.null()])).optional(),
  level: text.optional(),
  base_level: text.optional(),
  held: z.boolean().optional(),
  because: z.array(z.string()).optional(),
  programs: z.array(z.string()).optional(),
  touches: z.array(touch).optional(),
  touches_only: z.array(touch).optional(),
  missing: z.array(z.string()).optional(),
  within: z.number().min(0).optional(),
});

/** What each kind of step looks like under its own key. */
export const STEP_KINDS = {
  group: z.strictObject({
    id,
    name: z.string().optional(),
    traits: traits.optional(),
    as_of: z.string().optional(),
  }),
  contact: contactFields,
  identify: z.strictObject({ user: id, account: id.optional(), traits: traits.optional() }),
  track: z.strictObject({
    event: z.string().min(1),
    user: id.nullish(),
    account: id,
    at: moment.optional(),
    properties: traits.optional(),
  }),
  outcome: z.strictObject({
    account: id,
    touch: z.string(),
    result: z.string(),
    contact: id.optional(),
    minutes: z.number().min(0).optional(),
    note: z.string().optional(),
    set: z.record(z.string(), scalar).optional(),
  }),
  pin: z.strictObject({
    account: id,
    level: z.string().nullable(),
    until: z.string().nullish(),
    reason: z.string().optional(),
    by: z.string().optional(),
  }),
  stage: z.strictObject({ account: id, stage: z.string(), reason: z.string().optional() }),
  opt_out: z.strictObject({ contact: id, channel: z.string(), account: id.optional() }),
  answer: z.strictObject({
    contact: id,
    survey: z.string(),
    score: z.number(),
    account: id.optional(),
  }),
  apply: z.string(),
  expect: expectation,
} as const;

export const step = z.strictObject({
  at: moment.optional(),
  advance: z
    .string()
    .regex(/^\d{1,4}[dw]$/, "a duration like 14d or 2w")
    .optional(),
  group: STEP_KINDS.group.optional(),
  contact: STEP_KINDS.contact.optional(),
  identify: STEP_KINDS.identify.optional(),
  track: STEP_KINDS.track.optional(),
  outcome: STEP_KINDS.outcome.optional(),
  pin: STEP_KINDS.pin.optional(),
  stage: STEP_KINDS.stage.optional(),
  opt_out: STEP_KINDS.opt_out.optional(),
  answer: STEP_KINDS.answer.optional(),
  apply: STEP_KINDS.apply.optional(),
  expect: STEP_KINDS.expect.optional(),
});

export const scenarioCase = z.strictObject({
  name: z.string().min(1),
  at: moment.optional(),
  account: z
    .strictObject({ id, name: z.string().optional(), traits: traits.optional() })
    .optional(),
  contacts: z.array(contactFields).optional(),
  events: z.array(event).optional(),
  steps: z.array(step).optional(),
  expect: expectation.optional(),
});

export const scenarioFile = z.strictObject({
  model: z.string().min(1),
  cases: z.array(scenarioCase).min(1),
});

export type ScenarioFile = z.output<typeof scenarioFile>;
export type ScenarioCase = z.output<typeof scenarioCase>;
export type ScenarioStep = z.output<typeof step>;
export type Expectation = z.output<typeof expectation>;
export type ContactFields = z.output<typeof contactFields>;
