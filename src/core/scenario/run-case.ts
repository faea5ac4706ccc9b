import type { Model } from "../model/types.ts";
import type { Decision } from "../decide/index.ts";
import { decisionEnv } from "../explain/decision-env.ts";
import { isEngineName, type Json } from "../facts/index.ts";
import { instantAt, localMinutes, startOfDay } from "../time/zone.ts";
import { checkExpectation } from "./check-expectation.ts";
import { checkNames } from "./expected-names.ts";
import type { TouchView } from "./match-touches.ts";
import type { Mismatch } from "./same-value.ts";
import { ScenarioError } from "./scenario-error.ts";
import type { Expectation, ScenarioCase, ScenarioStep } from "./scenario-schema.ts";
import * as doers from "./steps.ts";
import { type CalendarOf, World } from "./world.ts";

/** What came of one case. */
export interface CaseResult {
  readonly name: string;
  readonly passed: boolean;
  readonly failures: readonly CaseFailure[];
}

export interface CaseFailure {
  /** Which step, from 1; 0: the case's own `expect`. */
  readonly step: number;
  readonly account: string | null;
  /** What went wrong with the scenario itself, where it is not a mismatch. */
  readonly error: string | null;
  readonly mismatches: readonly Mismatch[];
  /** The decision that was found, for the explanation. */
  readonly decision: Decision | null;
  readonly touches: readonly TouchView[];
}

export interface CaseOptions {
  readonly model: Model;
  readonly calendarOf: CalendarOf;
  /** Reads the model that an `apply` step names. Throws ScenarioError when it cannot. */
  readonly modelAt: (path: string) => Model;
}

/** Runs one case in a world of its own. A case stops at its first step that cannot be done. */
export function runCase(scenario: ScenarioCase, options: CaseOptions): CaseResult {
  const world = new World(options.model, options.calendarOf);
  const failures: CaseFailure[] = [];
  for (const { step, run } of stagesOf(world, scenario, options)) {
    try {
      const failure = run();
      if (failure) failures.push({ ...failure, step });
    } catch (error) {
      if (!(error instanceof ScenarioError)) throw error;
      failures.push({
        step,
        account: null,
        error: error.message,
        mismatches: [],
        decision: null,
        touches: [],
      });
      break;
    }
  }
  return { name: scenario.name, passed: failures.length === 0, failures };
}

/** A case in the order in which it runs: the account it begins with, its steps, its own `expect`. */
function stagesOf(
  world: World,
  scenario: ScenarioCase,
  options: CaseOptions,
): { step: number; run: () => Omit<CaseFailure, "step"> | undefined }[] {
  const { at, account, contacts, events, steps = [], expect } = scenario;
  const isShort =
    steps.length === 0 || [at, account, contacts, events].some((part) => part !== undefined);
  return [
    ...(isShort ? [{ step: 0, run: () => begin(world, scenario) }] : []),
    ...steps.map((step, index) => ({ step: index + 1, run: () => runStep(world, step, options) })),
    ...(expect
      ? [
          {
            step: 0,
            run: () => check(world, { ...expect, account: expect.account ?? account?.id }),
          },
        ]
      : []),
  ];
}

function runStep(
  world: World,
  step: ScenarioStep,
  options: CaseOptions,
): Omit<CaseFailure, "step"> | undefined {
  if (step.at !== undefined) world.moveTo(world.instant(step.at));
  if (step.advance !== undefined) world.moveTo(later(world, step.advance));
  const changed = new Set<string>();
  const does = Object.values(STEPS).flatMap((run) => run(world, step));
  for (const id of does) changed.add(id);
  if (step.apply !== undefined) world.apply(options.modelAt(step.apply));
  const clockMoved = step.at !== undefined || step.advance !== undefined;
  if (clockMoved) world.decide([...world.accounts.keys()]);
  else if (changed.size > 0) world.decide([...changed]);
  return step.expect && check(world, step.expect);
}

/** In this order where one step says several things. */
const STEPS: Readonly<Record<string, (world: World, step: ScenarioStep) => readonly string[]>> = {
  group: (world, { group }) => (group ? doers.group(world, group) : []),
  contact: (world, { contact }) => (contact ? doers.contact(world, contact) : []),
  identify: (world, { identify }) => (identify ? doers.identify(world, identify) : []),
  track: (world, { track }) => (track ? doers.track(world, track) : []),
  answer: (world, { answer }) => (answer ? doers.answer(world, answer) : []),
  opt_out: (world, { opt_out: optOut }) => (optOut ? doers.opt_out(world, optOut) : []),
  outcome: (world, { outcome }) => (outcome ? doers.outcome(world, outcome) : []),
  pin: (world, { pin }) => (pin ? doers.pin(world, pin) : []),
  stage: (world, { stage }) => (stage ? doers.stage(world, stage) : []),
};

/** The same time of day some calendar days later. */
function later(world: World, duration: string): number {
  const days = Number(duration.slice(0, -1)) * (duration.endsWith("w") ? 7 : 1);
  const midnight = startOfDay(world.today, world.zone);
  const wholeMinutes = localMinutes(world.now, world.zone);
  const rest = (world.now - midnight) % 60_000;
  return instantAt(world.today + days, wholeMinutes, world.zone) + rest;
}

function check(
  world: World,
  expected: Omit<Expectation, "account"> & { readonly account?: string | undefined },
): Omit<CaseFailure, "step"> | undefined {
  const account = expected.account ?? only(world);
  world.account(account);
  checkNames(expected, world.models);
  const decision = world.decision(account);
  const touches = world.touches(account);
  const env = decision && decisionEnv(world.model, decision);
  const mismatches = checkExpectation(expected, {
    decision,
    touches,
    programs: world.programs(account),
    known: (name) => (name === "today" ? decision?.at : env?.get(name)),
  });
  return mismatches.length === 0
    ? undefined
    : { account, error: null, mismatches, decision, touches };
}

function only(world: World): string {
  const [id, ...others] = world.accounts.keys();
  if (id === undefined || others.length > 0)
    throw new ScenarioError("`expect` has to say `account:`");
  return id;
}

/**
 * The short form: the account is first seen at `at`, once, with its events already there: one
 * by each of u1 to uN just after local midnight on each of the days that end on `last`.
 */
function begin(world: World, scenario: ScenarioCase): undefined {
  const { at, account, contacts = [], events = [] } = scenario;
  if (at === undefined || !account)
    throw new ScenarioError("a case needs either `steps:`, or `at:` and `account:`");
  world.moveTo(world.instant(at));
  doers.group(world, account);
  for (const contact of contacts) doers.contact(world, { ...contact, account: account.id });
  for (const event of events) addEvents(world, account.id, event);
  world.decide([account.id]);
}

type ShortEvents = NonNullable<ScenarioCase["events"]>[number];

function addEvents(
  world: World,
  account: string,
  { event, user, users, days = 1, last, properties = {} }: ShortEvents,
): void {
  const end = last === undefined ? world.today : world.day(last);
  const who =
    user === undefined ? Array.from({ length: users ?? 1 }, (_, index) => `u${index + 1}`) : [user];
  for (let day = end - days + 1; day <= end; day++) {
    const at = startOfDay(day, world.zone) + 60_000;
    for (const one of who) {
      const happened = {
        name: event,
        at,
        user: one,
        properties: properties as Record<string, Json>,
        engine: isEngineName(event),
      };
      // what lies before the first day known of the account starts no program
      if (day >= world.today) world.happen(account, happened);
      else world.account(account).inputs.addEvent(happened);
    }
  }
}
