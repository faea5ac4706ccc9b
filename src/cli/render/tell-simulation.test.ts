import { describe, expect, test } from "vitest";
import { readModel } from "../../core/model/index.ts";
import type { Model } from "../../core/model/types.ts";
import { HORIZONS, type EndFindings, type Foresight } from "../../core/simulate/judge-ends.ts";
import { dayOf } from "../../core/time/day.ts";
import type { ModelSimulation, Simulation } from "../../engine/simulate/simulation.ts";
import { tellSimulation } from "./tell-simulation.ts";
import { simulationJson } from "./tell-simulation-json.ts";

const { model } = readModel(
  `
touchstone: 1
name: Four levels
workspace: { timezone: UTC, currency: USD }
facts: { arr: { type: number } }
health: { measures: { pays: { score: arr, weight: 1 } }, bands: { red: 0, green: 50 } }
levels: { high: { by: csm }, medium: { by: pod }, low: { by: pool }, tech: { by: automation } }
touch: { base: [ { when: arr >= 10, level: high }, { otherwise: tech } ] }
`,
  { file: "told.yaml" },
);

const FROM = dayOf(2026, 2, 2);
const count = 12_345;

function simulated(name: string, ends: EndFindings | null): ModelSimulation {
  const period = {
    from: FROM,
    to: FROM + 6,
    accounts: count,
    revenue: 1_000_000,
    levels: { high: 1000, medium: 2000, low: 4000, tech: 5345 },
    raised: 321,
    red: 54,
    movesUp: 1200,
    movesDown: 1,
    flapping: 1,
    humanTouches: 5000,
    humanMinutes: 600_000,
    ownMinutes: 540_000,
    mails: 98_765,
    inApp: 4321,
    otherMessages: 1,
    dropped: 2,
    capacityMinutes: 480_000,
  };
  return {
    model: { ...(model as Model), name },
    periods: [period],
    totals: {
      ...period,
      shares: { high: 0.1, medium: 0.2, low: 0.3, tech: 0.4 },
      everOpen: count,
      minutesByDoer: { owner: 540_000, sales: 60_000 },
    },
    ends,
    mayLeak: [{ name: "region", kind: "trait", known: 3, since: FROM }],
  };
}

const foresight = (caught: number, recall: number | null): Foresight => ({
  caught: { accounts: caught, revenue: caught * 10 },
  recall,
  recallOfRevenue: recall,
  precision: 0.05,
  precisionOfRevenue: null,
});

const ENDS: EndFindings = {
  ended: { accounts: 50, revenue: 5_000_000 },
  alarmed: { accounts: 400, revenue: 1 },
  falseAlarms: { accounts: 380, revenue: 1 },
  horizons: HORIZONS.map((days) => ({
    days,
    seen: { accounts: 40, revenue: 100 },
    seenTooShort: 10,
    picked: 12.34,
    endRate: 0.01,
    model: foresight(10, 0.25),
    raised: 8,
    red: 3,
    byRevenue: foresight(12, 0.3),
    byLot: foresight(9.96, 0.249),
  })),
};

function simulation(...models: ModelSimulation[]): Simulation {
  return {
    from: FROM,
    to: FROM + 6,
    decidedFrom: FROM - 90,
    by: "week",
    ended: "Churned",
    book: {
      accounts: count,
      firstDay: FROM + 1,
      lastEvent: FROM - 1,
      withoutCreation: 1,
      team: 12,
    },
    models,
  };
}

const text = (...models: ModelSimulation[]): string =>
  tellSimulation(simulation(...models)).replaceAll(/\s*\n\s*/g, " ");

describe("a simulation as a page", () => {
  test("fits a hundred columns, alone and side by side", () => {
    const one = simulated("One", ENDS);
    for (const models of [[one], [one, simulated("Another", ENDS)]]) {
      for (const line of tellSimulation(simulation(...models)).split("\n"))
        expect(line.length, line).toBeLessThanOrEqual(100);
    }
  });

  test("says in sentences what a week came to", () => {
    const told = text(simulated("One", null));
    expect(told).toContain("1,201 changes of level, 1,200 up and 1 down. 1 account flapped");
    expect(told).toContain("take 10,000 h, 10,000.0 h a week");
    expect(told).toContain("could give 8,000 h: a load of 113%, over 100% in 1 of 1 week.");
    expect(told).toContain("98,765 mails (98,765.0 a week), 4,321 in-app messages and 1 message");
    expect(told).toContain("(constant, may leak): region");
    expect(told).not.toContain("Ends:");
  });

  test("says where a way of picking without a model is better, or as good", () => {
    const told = text(simulated("One", ENDS));
    expect(told).toContain("50 accounts ($5.0M) ended by Churned.");
    expect(told).toContain(
      "60 days before: 10 of 40 were picked (8 raised, 3 in red) out of 12.3 a day: 5.0 points WORSE than the same number by revenue, no better than drawn by lot. 10 accounts had been seen for less than that.",
    );
    expect(told).toContain("380 (95%) did not end so afterwards.");
  });

  test("as a document it has names in snake_case and days as days", () => {
    expect(simulationJson(simulation(simulated("One", ENDS)))).toMatchObject({
      from: "2026-02-02",
      decided_from: "2025-11-04",
      book: { last_event: "2026-02-01" },
      models: [
        {
          model: { name: "One" },
          periods: [{ to: "2026-02-08", human_minutes: 600_000, levels: { tech: 5345 } }],
          ends: { false_alarms: { accounts: 380 }, horizons: [{ days: 30, by_lot: {} }, {}, {}] },
          may_leak: [{ name: "region", since: "2026-02-02" }],
        },
      ],
    });
  });
});
