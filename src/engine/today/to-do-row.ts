import { decisionEnv } from "../../core/explain/index.ts";
import type { Doing } from "../../core/allocate/doer-of.ts";
import { showTyped } from "../../core/facts/index.ts";
import type { Model, TouchpointDef } from "../../core/model/types.ts";
import type { RuleType } from "../../core/rules/types.ts";
import type { TouchResult } from "../../core/schedule/index.ts";
import type { Day } from "../../core/time/day.ts";
import { revenueOf } from "../revenue-of.ts";
import type { CurrentDecision, ToDoTouch } from "../ports.ts";
import { placeReasons, type Stakes } from "./rank-touches.ts";
import { resultsFor } from "./results-for.ts";
import { whyNow } from "./why-now.ts";

/** A trait that closing a touch asks for, with what is known of it. */
export interface Asked {
  readonly trait: string;
  readonly type: RuleType["kind"];
  readonly values: readonly string[] | null;
  readonly known: string | number | boolean | null;
}

/** A touch on somebody's list, with all that its line says. */
export interface ToDoRow extends ToDoTouch {
  readonly doing: Doing;
  /** Who looks after the account. */
  readonly accountOwner: string | null;
  readonly stakes: Stakes;
  readonly overdue: number;
  readonly why: string;
  /** Why it stands where it does, the weightiest first. */
  readonly place: readonly string[];
  readonly value: { readonly revenue: number | null; readonly renewsOn: Day | null };
  readonly level: string | null;
  readonly stage: string | null;
  readonly health: { readonly score: number | null; readonly band: string };
  /** What can become of it, the likeliest first. */
  readonly results: readonly TouchResult[];
  readonly asks: readonly Asked[];
}

/** Makes rows of touches, for a model and a day. */
export class RowMaker {
  readonly #model: Model;
  readonly #today: Day;
  readonly #money: (amount: number) => string;

  constructor(model: Model, today: Day) {
    this.#model = model;
    this.#today = today;
    this.#money = moneyIn(model.workspace.currency);
  }

  row(one: ToDoTouch, doing: Doing, current: CurrentDecision | undefined): ToDoRow {
    const { touch } = one;
    const decision = current?.decision ?? null;
    const touchpoint = this.#model.touchpoints.find(({ name }) => name === touch.touchpoint);
    const stakes = this.#stakes(one, current);
    return {
      ...one,
      doing,
      accountOwner: current?.owner ?? null,
      stakes,
      overdue: Math.max(0, this.#today - touch.due),
      why: whyNow(this.#model, decision, touch),
      place: placeReasons(stakes, this.#today, this.#money),
      value: { revenue: stakes.revenue, renewsOn: this.#renewal(current) },
      level: decision?.level?.name ?? null,
      stage: decision?.stage?.name ?? null,
      health: { score: decision?.health.score ?? null, band: decision?.health.band ?? "unknown" },
      results: resultsFor(touch, touchpoint?.succeeds),
      asks: touchpoint ? this.#asks(touchpoint, current) : [],
    };
  }

  #stakes({ touch }: ToDoTouch, current: CurrentDecision | undefined): Stakes {
    const { caps, health } = this.#model;
    const place = caps.priority.indexOf(touch.priority ?? "");
    const bands = (health?.bands ?? []).map(({ name }) => name);
    const band = current?.decision.health.band ?? "unknown";
    const at = bands.indexOf(band);
    const renewsOn = this.#renewal(current);
    return {
      id: touch.id,
      due: touch.due,
      startsAt: touch.startsAt,
      must: touch.must,
      priority: { name: touch.priority, place: place < 0 ? caps.priority.length : place },
      revenue: current ? revenueOf(this.#model, current.decision) : null,
      renewsIn: renewsOn === null ? null : renewsOn - this.#today,
      health: { band, badness: at < 0 || bands.length < 2 ? 0 : 1 - at / (bands.length - 1) },
    };
  }

  #renewal(current: CurrentDecision | undefined): Day | null {
    const { renewal } = this.#model.workspace;
    if (!current || renewal === undefined) return null;
    const day = decisionEnv(this.#model, current.decision).get(renewal);
    return typeof day === "number" ? day : null;
  }

  #asks({ asks }: TouchpointDef, current: CurrentDecision | undefined): Asked[] {
    return asks.map((trait) => {
      const fact = this.#model.facts.find(
        ({ source }) => source.kind === "trait" && source.trait === trait,
      );
      if (!fact) return { trait, type: "string", values: null, known: null };
      const { type } = fact;
      const values = type.kind === "string" ? (type.values ?? null) : null;
      const known = current?.decision.facts[fact.name] ?? null;
      return { trait, type: type.kind, values, known: showTyped(type, known) };
    });
  }
}

/** `USD 120,000`: in sentences, where a sign would say less. */
export function moneyIn(currency: string): (amount: number) => string {
  const format = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
  return (amount) => `${currency} ${format.format(amount)}`;
}
