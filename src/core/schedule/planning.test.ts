import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { ContactInput, Json } from "../facts/types.ts";
import type { Value } from "../rules/types.ts";
import { parseDay } from "../time/day.ts";
import { contact, planningModel, SimulatedAccount } from "./testing/simulated-account.ts";
import type { TouchResult } from "./types.ts";

type Someone = string | (Partial<ContactInput> & { readonly id: string });

interface Heard {
  readonly name: string;
  readonly user?: string;
  readonly properties?: { readonly [key: string]: Json };
}

/** One thing that happens or is expected; keys in the order in which they are listed here. */
interface Step {
  /** Planning once more on the day. */
  readonly plan?: null;
  readonly to?: string;
  readonly facts?: { readonly [name: string]: Value };
  readonly contacts?: readonly Someone[];
  readonly held?: boolean;
  readonly owner?: string;
  readonly model?: string;
  readonly event?: string | Heard;
  readonly close?: boolean;
  readonly outcome?: readonly [string, TouchResult];
  /** In order of day; a line without a reason matches any. */
  readonly touches?: readonly string[];
  readonly runs?: readonly string[];
  readonly notes?: readonly string[];
  /** Since they were last asked for. */
  readonly events?: readonly string[];
}

interface Case {
  readonly name: string;
  readonly programs: string;
  readonly start?: string;
  readonly facts?: { readonly [name: string]: Value };
  readonly contacts?: readonly Someone[];
  readonly live?: string;
  readonly steps: readonly Step[];
}

const file = new URL("planning.cases.yaml", import.meta.url);
const groups = parse(readFileSync(file, "utf8")) as { readonly [group: string]: readonly Case[] };

for (const [group, cases] of Object.entries(groups)) {
  describe(group, () => {
    test.each(cases)("$name", (one) => {
      const account = new SimulatedAccount(planningModel(one.programs), one.start ?? "2026-06-01");
      account.contacts = (one.contacts ?? []).map(someone);
      account.liveFrom = one.live === undefined ? null : (parseDay(one.live) ?? null);
      know(account, one.facts ?? {});
      account.plan();
      for (const step of one.steps) {
        live(account, step);
        check(account, step);
      }
    });
  });
}

function someone(given: Someone): ContactInput {
  return contact(typeof given === "string" ? { id: given } : given);
}

function know(account: SimulatedAccount, facts: { readonly [name: string]: Value }): void {
  for (const [name, value] of Object.entries(facts)) {
    account.facts.set(name, typeof value === "string" ? (parseDay(value) ?? value) : value);
  }
}

function live(account: SimulatedAccount, step: Step): void {
  if (step.to !== undefined) account.goTo(step.to);
  if (step.facts) know(account, step.facts);
  if (step.contacts) account.contacts = step.contacts.map(someone);
  if (step.held !== undefined) account.held = step.held;
  if (step.owner !== undefined) account.owner = step.owner;
  if (step.model !== undefined) account.model = planningModel(step.model);
  if (step.outcome) account.outcome(...step.outcome);
  if (step.close === false) account.closed = false;
  if (step.close === true) account.hear("account:closed");
  if (step.event === undefined) account.plan();
  else if (typeof step.event === "string") account.hear(step.event);
  else account.hear(step.event.name, { ...step.event, user: step.event.user ?? null });
}

function check(account: SimulatedAccount, step: Step): void {
  if (step.touches) {
    const actual = account.list();
    const shown = actual.map((line, index) =>
      step.touches?.[index]?.includes(": ") ? line : line.replace(/: .*/, ""),
    );
    expect(shown).toEqual(step.touches);
  }
  if (step.runs) expect(account.runs()).toEqual(step.runs);
  if (step.notes) {
    expect(
      account.notes.map(
        ({ program, contact: who, reason }) =>
          `${program}${who === null ? "" : `/${who}`}: ${reason}`,
      ),
    ).toEqual(step.notes);
  }
  if (step.events) expect(account.events.splice(0)).toEqual(step.events);
}
