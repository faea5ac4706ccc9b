import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { readBenchmarks } from "./blocks/benchmarks.ts";
import { readCaps } from "./blocks/caps.ts";
import { readContacts } from "./blocks/contacts.ts";
import { readExperiments } from "./blocks/experiments.ts";
import { readFacts } from "./blocks/facts.ts";
import { readHealth } from "./blocks/health.ts";
import { readLevels } from "./blocks/levels.ts";
import { readLifecycle } from "./blocks/lifecycle.ts";
import { readPrograms } from "./blocks/programs.ts";
import { readSegments } from "./blocks/segments.ts";
import { readTopLevel } from "./blocks/top-level.ts";
import { readTouch } from "./blocks/touch.ts";
import { readTouchpoints } from "./blocks/touchpoints.ts";
import { DEFAULT_WORKSPACE, readWorkspace } from "./blocks/workspace.ts";
import { checkCaps } from "./checks/caps-too-tight.ts";
import type { CheckedModel } from "./checks/checked-model.ts";
import { checkHumanMinutes } from "./checks/human-minutes.ts";
import { checkMessageFiles } from "./checks/message-files.ts";
import { checkPool } from "./checks/pool.ts";
import { checkLevelsHavePrograms, checkTouchesFitLevels } from "./checks/programs-by-level.ts";
import { checkUnused } from "./checks/unused.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { type Blocks, Entry } from "./entry.ts";
import { NameIndex } from "./name-index.ts";
import { Reading } from "./reading.ts";
import { Scopes } from "./scopes.ts";
import type { Model, Workspace } from "./types.ts";
import { loadYaml } from "./yaml/load-yaml.ts";
import { entryOf, fieldOf, type MapNode } from "./yaml/tree.ts";

export interface ReadOptions {
  /** The file's name as diagnostics show it. */
  readonly file: string;
  /** `<template>.<locale>` of every message file beside the model; undefined: not checked. */
  readonly messages?: ReadonlySet<string>;
  /** Whether a `holidays` code (`MY`, `DE-BY`) has a calendar; undefined: not checked. */
  readonly knownHolidays?: (code: string) => boolean;
  /** Hours that all people together have in a week; undefined: not checked. */
  readonly team?: { readonly hoursPerWeek: number };
}

export interface ReadResult {
  /** Undefined when any diagnostic is an error. */
  readonly model: Model | undefined;
  /** All problems at once, in the order of the file. */
  readonly diagnostics: readonly Diagnostic[];
}

type Steps<Result> = Generator<undefined, Result>;

/**
 * Reads and checks a touch model. Pure, and never throws on what a person wrote: every
 * problem is a Diagnostic at its own line and column.
 */
export function readModel(text: string, options: ReadOptions): ReadResult {
  const steps = readModelInSteps(text, options);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/** The same in pieces of some milliseconds, for those who have others to answer meanwhile. */
export function* readModelInSteps(text: string, options: ReadOptions): Steps<ReadResult> {
  const { root, problems, eaten } = loadYaml(text);
  yield;
  const names = new NameIndex(root ?? { kind: "map", entries: [], start: 0, end: 0 });
  const reading = new Reading(options.file, text, names, eaten);
  for (const { code, span, message, hint } of problems) reading.report(code, span, message, hint);
  if (!root) return { model: undefined, diagnostics: reading.diagnostics };
  const model = yield* readBlocks(root, text, reading, options);
  yield;
  checkAcrossBlocks({ model, reading, root }, options);
  return { model: reading.hasErrors ? undefined : model, diagnostics: reading.diagnostics };
}

/**
 * Every block, each with its own checks, in the order in which they may name each other. What is
 * in error is left out, so a model with errors is only good for finding more of them.
 */
function* readBlocks(
  root: MapNode,
  text: string,
  reading: Reading,
  options: ReadOptions,
): Steps<Model> {
  const blocks: Blocks = { reading, scopes: new Scopes(reading) };
  const name = readTopLevel(reading, root);
  const contactTraits = readContacts(fieldOf(root, "contacts"), blocks);
  const facts = readFacts(fieldOf(root, "facts"), blocks);
  const workspace = readWorkspaceBlock(root, blocks, options);
  yield;
  const health = readHealth(entryOf(root, "health"), blocks);
  const lifecycle = readLifecycle(entryOf(root, "lifecycle"), blocks);
  yield;
  const segments = readSegments(fieldOf(root, "segments"), blocks);
  yield;
  const levels = readLevels(entryOf(root, "levels"), blocks);
  const touch = readTouch(entryOf(root, "touch"), blocks);
  const priorities = fieldOf(fieldOf(root, "caps"), "priority");
  yield;
  const touchpoints = readTouchpoints(fieldOf(root, "touchpoints"), priorities, blocks);
  const minutes = new Map(touchpoints.map((each) => [each.name, each.minutes]));
  yield;
  const programs = readPrograms(fieldOf(root, "programs"), minutes, blocks);
  yield;
  const caps = readCaps(entryOf(root, "caps"), blocks);
  const benchmarks = readBenchmarks(fieldOf(root, "benchmarks"), blocks);
  const experiments = readExperiments(fieldOf(root, "experiments"), blocks);
  return {
    language: 1,
    name,
    hash: `sha256:${bytesToHex(sha256(utf8ToBytes(text)))}`,
    source: text,
    workspace,
    facts,
    contactTraits,
    health,
    lifecycle,
    segments,
    levels,
    touch,
    touchpoints,
    programs,
    caps,
    benchmarks,
    experiments,
  };
}

function readWorkspaceBlock(
  root: MapNode,
  { reading, scopes }: Blocks,
  options: ReadOptions,
): Workspace {
  const block = entryOf(root, "workspace");
  const entry = block && Entry.of(reading, block, "the workspace");
  return entry ? readWorkspace(entry, scopes, options.knownHolidays) : DEFAULT_WORKSPACE;
}

/** What only shows when all blocks are there. */
function checkAcrossBlocks(checked: CheckedModel, options: ReadOptions): void {
  checkPool(checked);
  checkUnused(checked);
  checkLevelsHavePrograms(checked);
  checkTouchesFitLevels(checked);
  checkCaps(checked);
  checkHumanMinutes(checked, options.team);
  if (options.messages) checkMessageFiles(checked, options.messages);
}
