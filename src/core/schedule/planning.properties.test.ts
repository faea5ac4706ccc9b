import fc from "fast-check";
import { assert, expect, test } from "vitest";
import type { ContactInput } from "../facts/types.ts";
import type { Model, ProgramDef, StepDef } from "../model/types.ts";
import { dayOf, formatDay } from "../time/day.ts";
import { calendar, contact, planningModel, SimulatedAccount } from "./testing/simulated-account.ts";
import { moveTouch, skipTouch } from "./touch-by-hand.ts";
import { isAgain } from "./touch-key.ts";
import { touchMemory } from "./touch-memory.ts";
import { isAhead, isOpen } from "./touch-status.ts";
import type { PlanOutput, Touch, TouchResult } from "./types.ts";

const RUNS = Number(process.env["TOUCHSTONE_RUNS"] ?? 1000);
const START = dayOf(2026, 6, 1);

// ---- random programs

/** Every way of starting, read once: reading a model for each run would take most of the time. */
const STARTS = [
  "when: on",
  "when: 'tier == \"high\"'",
  "when: 'on && level == \"high\"'",
  "on: Asked",
  "on: Asked, when: on",
  "on: 'account:closed'",
  "on: 'touch:call:missed'",
];
const base = planningModel(
  STARTS.map(
    (start, index) => `p${index}: { ${start}, steps: [ { touch: call, after: 1d } ] }`,
  ).join("\n"),
);

const touchpoint = fc.constantFrom("call", "review", "mail", "tip", "bill", "ping", "pitch");
const timing: fc.Arbitrary<StepDef["timing"]> = fc.oneof(
  fc.record({ kind: fc.constant("after" as const), days: fc.integer({ min: 0, max: 75 }) }),
  fc.record({
    kind: fc.constant("every" as const),
    period: fc.integer({ min: 1, max: 40 }),
    first: fc.integer({ min: 0, max: 40 }),
  }),
  fc.record({
    kind: fc.constant("before" as const),
    date: fc.constant("renewal_date"),
    days: fc.uniqueArray(fc.integer({ min: 0, max: 70 }), { minLength: 1, maxLength: 3 }),
  }),
);
const program: fc.Arbitrary<ProgramDef> = fc
  .record({
    start: fc.constantFrom(...base.programs),
    forContact: fc.boolean(),
    again: fc.constantFrom<ProgramDef["again"]>(
      { kind: "after_leaving" },
      { kind: "never" },
      { kind: "after", days: 9 },
    ),
    finish: fc.boolean(),
    steps: fc.array(fc.record({ touchpoint, timing }), { minLength: 1, maxLength: 3 }),
  })
  .map(({ start, steps, ...rest }) => ({
    ...start,
    ...rest,
    steps: steps.map((step, index) => ({ ...step, minutes: 30, ordinal: index + 1 })),
  }));
/** Shown by its programs alone when a property fails. */
const programs: fc.Arbitrary<{ readonly model: Model }> = fc
  .array(program, { minLength: 1, maxLength: 3 })
  .map((list) => ({
    model: { ...base, programs: list.map((one, index) => ({ ...one, name: `p${index}` })) },
    [fc.toStringMethod]: () => list.map(showProgram).join("\n"),
  }));

function showProgram({ when, on, forContact, again, finish, steps }: ProgramDef): string {
  const start = { when: when?.text, on: on?.pattern, forContact, again, finish };
  return JSON.stringify({
    ...start,
    steps: steps.map(({ touchpoint: name, timing: at }) => [name, at]),
  });
}

// ---- random lives

const someone: fc.Arbitrary<ContactInput> = fc
  .record({
    id: fc.constantFrom("a", "b", "c", "d"),
    email: fc.constantFrom(null, "a@x", "A@x", "b@x", "c@x"),
    role: fc.constantFrom("admin", "user", null),
    user: fc.constantFrom(null, "u1", "u2"),
    optOuts: fc.constantFrom([], [], ["email"], ["in_app"]),
    from: fc.integer({ min: 0, max: 3 }),
  })
  .map(contact);
const results = fc.constantFrom<TouchResult>("held", "no_show", "delivered", "clicked", "bounced");

type Deed = (account: SimulatedAccount) => void;
const pick = (account: SimulatedAccount, index: number): Touch | undefined => {
  const ahead = [...account.touches.values()].filter(isAhead);
  return ahead[index % Math.max(1, ahead.length)];
};
const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.boolean().map(
    (on): Deed =>
      (account) =>
        account.facts.set("on", on),
  ),
  fc.constantFrom("high", "low", null).map((tier): Deed => (account) => {
    account.facts.set("tier", tier);
    account.facts.set("level", tier);
  }),
  fc.boolean().map(
    (held): Deed =>
      (account) =>
        (account.held = held),
  ),
  fc.constantFrom("ann", "bob", null).map(
    (owner): Deed =>
      (account) =>
        (account.owner = owner),
  ),
  fc.option(fc.integer({ min: -40, max: 120 })).map((days): Deed => (account) => {
    account.facts.set("renewal_date", days === null ? null : account.today + days);
  }),
  fc.uniqueArray(someone, { selector: ({ id }) => id, maxLength: 4 }).map(
    (contacts): Deed =>
      (account) =>
        (account.contacts = contacts),
  ),
  fc.constantFrom("u1", "a", null).map(
    (user): Deed =>
      (account) =>
        account.hear("Asked", { user }),
  ),
  fc.nat(50).map((index): Deed => (account) => {
    const touch = pick(account, index);
    if (touch) account.apply(skipTouch(touch, "no", account.today * 86_400_000 + 43_200_000));
  }),
  fc.tuple(fc.nat(50), fc.nat(20)).map(([index, days]): Deed => (account) => {
    const touch = pick(account, index);
    const when = { today: account.today, at: account.today * 86_400_000 + 43_200_000 };
    if (touch) account.apply(moveTouch(touch, { due: account.today + days }, "so", when));
  }),
  fc.tuple(fc.nat(50), results).map(([index, result]): Deed => (account) => {
    const touch = pick(account, index);
    if (touch) account.outcome(touch.touchpoint, result);
  }),
  programs.map(
    ({ model }): Deed =>
      (account) =>
        (account.model = model),
  ),
  fc.boolean().map((isClosed): Deed => (account) => {
    if (!isClosed) account.closed = false;
    else if (!account.closed) account.hear("account:closed");
  }),
);
const life = fc.array(fc.tuple(fc.integer({ min: 0, max: 12 }), deed), { maxLength: 12 });

/** Lives through it all; `look` sees every planning. */
function liveThrough(
  model: Model,
  days: readonly (readonly [number, Deed])[],
  look: (account: SimulatedAccount, output: PlanOutput, before: ReadonlyMap<string, Touch>) => void,
): SimulatedAccount {
  const account = new Watched(model, formatDay(START));
  account.look = look;
  account.contacts = [contact({ id: "a", role: "admin" }), contact({ id: "b" })];
  account.plan();
  for (const [wait, act] of days) {
    account.goTo(formatDay(account.today + wait));
    act(account);
    account.plan();
  }
  account.goTo(formatDay(account.today + 20));
  return account;
}

class Watched extends SimulatedAccount {
  look: Parameters<typeof liveThrough>[2] | undefined;

  override plan(over: Parameters<SimulatedAccount["plan"]>[0] = {}): PlanOutput {
    const before = new Map(this.touches);
    const output = super.plan(over);
    this.look?.(this, output, before);
    return output;
  }
}

const check = (look: Parameters<typeof liveThrough>[2], numRuns = RUNS): void => {
  fc.assert(
    fc.property(programs, life, ({ model }, days) => {
      liveThrough(model, days, look);
    }),
    { numRuns },
  );
};

test("planning twice changes nothing", () => {
  check((account) => {
    const { state } = account;
    const again = SimulatedAccount.prototype.plan.call(account);
    assert(again.touches.length === 0, "a touch changed");
    assert(again.events.length === 0, "an event was made");
    assert(again.state === state, "the state changed");
  });
});

test("a touch once closed never opens or changes, so no key is made twice", () => {
  check((account, output, before) => {
    for (const touch of output.touches) {
      const was = before.get(touch.key);
      if (!was) continue;
      assert(isOpen(was), `${touch.key} was closed`);
      assert(
        was.id === touch.id && was.plannedAt === touch.plannedAt,
        `${touch.key} was made again`,
      );
    }
    const ids = new Set([...account.touches.values()].map(({ id }) => id));
    assert(ids.size === account.touches.size, "two touches have one id");
  });
});

test("there is one event for each change of status and none for planning", () => {
  check((_account, output, before) => {
    const changed = output.touches.filter(
      (touch) => touch.status !== "planned" && touch.status !== before.get(touch.key)?.status,
    );
    const said = new Set(output.events.map(({ properties }) => properties["touch"]));
    assert(output.events.length === changed.length, "not one event each");
    assert(
      changed.every(({ id }) => said.has(id)),
      "a change without an event",
    );
  });
});

test("what is ahead belongs to a run that goes on, and to somebody who may have it", () => {
  check((account) => {
    const runs = new Set(account.state.runs.map(({ program: name, run }) => `${name} ${run}`));
    const ids = new Set(account.contacts.map(({ id }) => id));
    for (const touch of account.touches.values()) {
      const { key, program: name, run, contact: who } = touch;
      if (!isAhead(touch)) continue;
      assert(runs.has(`${name} ${run}`), `${key} belongs to no run`);
      assert(who === null || ids.has(who), `${key} is for nobody`);
    }
  });
});

test("nobody gets an occurrence twice, whatever names they go by", () => {
  check((account) => {
    const mails = new Map(
      account.contacts.map(({ id, email }) => [id, email?.toLowerCase() ?? id]),
    );
    const seen = new Set<string>();
    for (const touch of account.touches.values()) {
      if (!isAhead(touch) || isAgain(touch.key) || touch.contact === null) continue;
      const { program: name, step: which, occurrence } = touch;
      const mark = [name, which, occurrence, mails.get(touch.contact)].join(" ");
      assert(!seen.has(mark), `twice: ${mark}`);
      seen.add(mark);
    }
  });
});

test("human touches are planned on working days, automated ones on their own", () => {
  check((_account, output, before) => {
    for (const touch of output.touches) {
      if (before.has(touch.key)) continue;
      const isRight = touch.human
        ? calendar.isWorkingDay(touch.due)
        : touch.due === touch.unshifted;
      assert(isRight, `${touch.key} falls on ${formatDay(touch.due)}`);
    }
  });
});

test("closed touches from before touchMemory may be forgotten", () => {
  check(
    (account) => {
      const from = account.today - touchMemory(account.model);
      const kept = [...account.touches.values()].filter(
        (touch) => isOpen(touch) || touch.due >= from,
      );
      const again = SimulatedAccount.prototype.plan.call(account, { touches: kept });
      assert(again.touches.length === 0, "a touch changed");
    },
    Math.ceil(RUNS / 4),
  );
});

test("days caught up one by one give what daily passes would have given", () => {
  fc.assert(
    fc.property(
      programs,
      fc.integer({ min: 1, max: 20 }),
      fc.boolean(),
      ({ model }, skipped, isHigh) => {
        const [daily, late] = [1, 2].map(() => {
          const account = new SimulatedAccount(model, formatDay(START));
          account.contacts = [contact({ id: "a", role: "admin" }), contact({ id: "b" })];
          account.facts.set("renewal_date", START + 40);
          account.facts.set("tier", isHigh ? "high" : "low");
          account.hear("Asked", { user: "a" });
          return account;
        });
        if (!daily || !late) throw new Error("no accounts");
        daily.goTo(formatDay(START + skipped));
        late.present = START + skipped;
        late.goTo(formatDay(START + skipped));
        expect(late.list()).toEqual(daily.list());
        expect(late.state).toEqual(daily.state);
      },
    ),
    { numRuns: RUNS },
  );
});
