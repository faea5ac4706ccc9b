import { Gauge } from "prom-client";
import type { Gauges } from "../engine/ports.ts";
import type { ServerDeps } from "./route.ts";

/** What stands in the database, as gauges that are set whenever somebody asks. */
export class DatabaseMetrics {
  readonly #set: (gauges: Gauges, now: number) => void;

  constructor({ metrics: { registry } }: Pick<ServerDeps, "metrics">) {
    const gauge = <L extends string>(name: string, help: string, ...labelNames: L[]): Gauge<L> =>
      new Gauge({ name: `touchstone_${name}`, help, labelNames, registers: [registry] });
    const waiting = gauge("accounts_waiting", "Accounts with news that are still to be decided.");
    const lag = gauge(
      "decision_lag_seconds",
      "How long the oldest news has waited; 0: none waits.",
    );
    const held = gauge("unattributed_events", "Events of users who belong to no account yet.");
    const workers = gauge("workers", "Workers that gave a sign of life in the last minute.");
    const touches = gauge("touches_to_send", "Touches whose day has come, by status.", "status");
    const open = gauge("outgoing_open", "What is on its way out.", "status", "channel");
    const day = gauge("outgoing_day", "What was made in the last 24 hours.", "status", "channel");
    const webhooks = gauge(
      "webhook_messages",
      "Webhook messages to deliver, and those given up in the last 24 hours.",
      "status",
    );
    this.#set = (now, at) => {
      waiting.set(now.accountsWaiting);
      lag.set(now.waitingSince === null ? 0 : Math.max(0, at - now.waitingSince) / 1000);
      held.set(now.heldMessages);
      workers.set(now.workers);
      for (const one of [touches, open, day, webhooks]) one.reset();
      for (const { status, count } of now.touchesToSend) touches.set({ status }, count);
      for (const { count, ...labels } of now.outgoingOpen) open.set(labels, count);
      for (const { count, ...labels } of now.outgoingOfDay) day.set(labels, count);
      for (const { status, count } of now.webhooksOpen) webhooks.set({ status }, count);
      webhooks.set({ status: "dead" }, now.webhooksDeadOfDay);
    };
  }

  set(gauges: Gauges, now: number): void {
    this.#set(gauges, now);
  }
}
