import type { ContactInput, EventInput } from "../src/core/facts/types.ts";
import { DAY_MS, type Day, formatDay } from "../src/core/time/day.ts";
import { startOfDay } from "../src/core/time/zone.ts";
import type { RowValues } from "../src/engine/ports/rows.ts";
import { Random } from "./random.ts";
import type { Style, Use } from "./use-stream.ts";

/** A made-up customer, with what every template asks for and, here and there, a gap. */
export interface SampleAccount {
  readonly id: string;
  readonly name: string;
  readonly born: Day;
  readonly traits: RowValues;
  /** Traits that were stated anew later. */
  readonly later: readonly { readonly on: Day; readonly traits: RowValues }[];
  readonly contacts: readonly (Pick<ContactInput, "id" | "email" | "name" | "role"> & {
    readonly traits: RowValues;
  })[];
  readonly use: Use;
  /** Survey answers and touches that took place. */
  readonly answers: readonly EventInput[];
}

export interface BookOptions {
  readonly seed: number;
  /** Nothing happens later. */
  readonly today: Day;
  readonly zone: string;
}

/** The account of a number in a seed's book: always the same, whoever is made before it. */
export function sampleAccount(index: number, { seed, today, zone }: BookOptions): SampleAccount {
  const random = new Random(seed, index);
  const id = `acc-${String(index + 1).padStart(7, "0")}`;
  const born = today - (random.chance(0.15) ? random.whole(0, 90) : random.whole(91, 1100));
  const seats = Math.round(random.scaled(3, 400));
  const arr = Math.round(random.scaled(1_000, 700_000));
  const use = sampleUse(random, born, today, seats);
  return {
    id,
    name: `${random.pick(FIRST)} ${random.pick(SECOND)} ${index + 1}`,
    born,
    traits: sampleTraits(random, arr, seats, use, today),
    later: random.chance(0.2)
      ? [
          {
            on: random.whole(born, today),
            traits: { arr: Math.round(arr * random.scaled(0.5, 2)) },
          },
        ]
      : [],
    contacts: sampleContacts(random, id),
    use,
    answers: sampleAnswers(random, id, born, today, zone),
  };
}

const FIRST = ["North", "Blue", "Bright", "Stone", "River", "Clear", "Prime", "Silver"];
const SECOND = ["Bakery", "Logistics", "Labs", "Foods", "Robotics", "Health", "Energy", "Games"];
const STYLES: readonly Style[] = ["steady", "steady", "building", "asking", "quiet"];

function sampleUse(random: Random, born: Day, today: Day, seats: number): Use {
  const age = today - born + 1;
  return {
    born,
    perDay: random.chance(0.04) ? 0 : random.scaled(0.05, 6),
    turn: Math.max(1, age - random.whole(1, 120)),
    after: random.chance(0.08) ? 0 : random.scaled(0.3, 2.5),
    users: Math.max(1, Math.round(seats * random.scaled(0.1, 1.2))),
    depth: random.whole(10, 95) / 100,
    style: random.pick(STYLES),
  };
}

function sampleTraits(random: Random, arr: number, seats: number, use: Use, today: Day): RowValues {
  const all: RowValues = {
    arr,
    plan: arr < 4_000 ? "free" : arr < 20_000 ? "starter" : arr < 90_000 ? "growth" : "enterprise",
    seats,
    renewal_date: formatDay(today + random.whole(-20, 345)),
    strategic: random.chance(0.03),
    complexity: random.chance(0.2) ? "complex" : "standard",
    growth_potential: random.pick(["low", "medium", "high"]),
    open_expansion: random.chance(0.15) ? Math.round(random.scaled(2_000, 120_000)) : 0,
    champion: random.chance(0.6),
    plan_limit: Math.max(10, Math.round(use.perDay * random.scaled(20, 200))),
    agreed_touch: random.pick(["high", "medium", "low", "tech"]),
    ambition: random.pick(["low", "medium", "high"]),
    outcome_target: 100,
    outcome_actual: random.whole(20, 140),
    vendor_risk: random.chance(0.1) ? random.whole(1, 3) : 0,
    teams_using: random.whole(1, 6),
    goal: random.pick(["adoption", "retention", "expansion", "risk", "people"]),
  };
  return Object.fromEntries(Object.entries(all).filter(() => !random.chance(0.06)));
}

const ROLES = ["admin", "champion", "sponsor", "user", "user"];

function sampleContacts(random: Random, id: string): SampleAccount["contacts"] {
  return Array.from({ length: random.whole(1, 4) }, (_, place) => {
    const role = random.pick(ROLES);
    const wish: RowValues =
      role === "sponsor" && random.chance(0.7)
        ? { preferred_touch: random.pick(["high", "medium", "low", "tech"]) }
        : {};
    const contact = `u${place + 1}`;
    return {
      id: `${id}-${contact}`,
      email: `${contact}@${id}.test`,
      name: `Person ${place + 1}`,
      role,
      traits: wish,
    };
  });
}

function sampleAnswers(
  random: Random,
  id: string,
  born: Day,
  today: Day,
  zone: string,
): EventInput[] {
  const at = (day: Day): number => startOfDay(day, zone) + DAY_MS / 2;
  const surveys = Array.from({ length: random.whole(0, 3) }, (_, place): EventInput => ({
    name: "survey:nps:answered",
    at: at(random.whole(born, today)),
    user: `u${place + 1}`,
    properties: { score: random.whole(2, 10) },
    engine: true,
  }));
  const touch = (name: string, day: Day): EventInput => ({
    name: `touch:${name}:held`,
    at: at(Math.min(day, today)),
    user: null,
    properties: { touch: `${id}/${name}`, status: "done", human: true },
    engine: true,
  });
  return [
    ...surveys,
    ...(random.chance(0.5) ? [touch("kickoff", born + random.whole(2, 40))] : []),
    ...(random.chance(0.6) ? [touch("check_in", random.whole(born, today))] : []),
  ];
}
