import { randomUUID } from "node:crypto";
import type { Command } from "commander";
import type { TouchDone } from "../../engine/touch-actions.ts";
import { UsageError } from "../cli-error.ts";
import { type Define, withJson, withStore } from "../command.ts";
import { type StoreOptions, withContext } from "../compose.ts";
import { dayOption } from "../read-options.ts";
import { note, print, printJson } from "../output.ts";

interface Options extends StoreOptions {
  readonly result?: string;
  readonly minutes?: string;
  readonly note?: string;
  readonly set?: string[];
  readonly reason?: string;
  readonly startsAt?: string;
  readonly with?: string[];
  readonly place?: string;
  readonly due?: string;
  readonly to?: string;
  readonly until?: string;
  readonly json?: boolean;
}

export const touch: Define = (program) => {
  const group = program
    .command("touch")
    .description(
      "record what became of a touch, skip, move or snooze it, fix its time, or log one that nobody planned",
    );
  done(group);
  skip(group);
  schedule(group);
  move(group);
  snooze(group);
  add(group);
};

function done(group: Command): void {
  withStore(
    withJson(
      group
        .command("done")
        .description("record what became of a touch")
        .argument("<id>", "the touch's id, or its beginning")
        .requiredOption("--result <result>", "held, no_show, attended, …")
        .option("--minutes <n>", "how long it took")
        .option("--note <text>", "what was said")
        .option("--set <trait=value...>", "what the account answered; an empty value clears it"),
    ),
  ).action(async (id: string, options: Options) => {
    const { completeTouch } = await import("../../engine/touch-actions.ts");
    const outcome = {
      result: options.result ?? "",
      set: Object.fromEntries((options.set ?? []).map(assignment)),
      ...minutesOf(options),
      ...(options.note === undefined ? {} : { note: options.note }),
    };
    await withContext(options, async (context) =>
      tell(await completeTouch(context, id, outcome), options),
    );
  });
}

function skip(group: Command): void {
  withStore(
    withJson(
      group
        .command("skip")
        .description("do not do a touch")
        .argument("<id>", "the touch's id, or its beginning")
        .requiredOption("--reason <text>", "why"),
    ),
  ).action(async (id: string, options: Options) => {
    const { skipTouchById } = await import("../../engine/touch-actions.ts");
    await withContext(options, async (context) =>
      tell(await skipTouchById(context, id, options.reason ?? ""), options),
    );
  });
}

function schedule(group: Command): void {
  withStore(
    withJson(
      group
        .command("schedule")
        .description("fix the appointment of a touch")
        .argument("<id>", "the touch's id, or its beginning")
        .requiredOption("--starts-at <time>", "2026-03-02T15:00:00Z, or with another offset")
        .option(
          "--with <contact...>",
          "who is to come, by id, mail address or name: each is invited by mail",
        )
        .option("--minutes <n>", "how long you meet (default: the touch's minutes, at most 60)")
        .option("--place <text>", "a room, an address or a link"),
    ),
  ).action(async (id: string, options: Options) => {
    const { parseInstant } = await import("../../core/time/zone.ts");
    const startsAt = parseInstant(options.startsAt ?? "");
    if (startsAt === undefined)
      throw new UsageError(
        `--starts-at: \`${options.startsAt ?? ""}\` is no time; write 2026-03-02T15:00:00Z.`,
      );
    const { scheduleTouch } = await import("../../engine/touch-actions.ts");
    const appointment = {
      startsAt,
      with: options.with ?? [],
      ...minutesOf(options),
      ...(options.place === undefined ? {} : { place: options.place }),
    };
    await withContext(options, async (context) => {
      await tell(await scheduleTouch(context, id, appointment), options);
      if (appointment.with.length > 0)
        note("The invitations are in the outbox: `touchstone serve` sends them.");
    });
  });
}

function move(group: Command): void {
  withStore(
    withJson(
      group
        .command("move")
        .description(
          "put a touch on another day, where it stays, or an appointment on another time",
        )
        .argument("<id>", "the touch's id, or its beginning")
        .requiredOption("--to <when>", "a day, or for an appointment a time: 2026-03-02T15:00:00Z")
        .requiredOption("--reason <text>", "why"),
    ),
  ).action(async (id: string, options: Options) => {
    const { parseInstant } = await import("../../core/time/zone.ts");
    const { parseDay } = await import("../../core/time/day.ts");
    const due = parseDay(options.to ?? "");
    const startsAt = parseInstant(options.to ?? "");
    if (due === undefined && startsAt === undefined) throw noTime("--to", options.to);
    const { rescheduleTouch } = await import("../../engine/move-touches.ts");
    const place = due === undefined ? { startsAt: startsAt ?? 0 } : { due };
    await withContext(options, async (context) =>
      tell(await rescheduleTouch(context, id, place, options.reason ?? ""), options),
    );
  });
}

function snooze(group: Command): void {
  withStore(
    withJson(
      group
        .command("snooze")
        .description("put a touch out of its doer's list for a while; nothing else changes by it")
        .argument("<id>", "the touch's id, or its beginning")
        .requiredOption("--until <time>", "2026-03-02T15:00:00Z; `now`: back in sight"),
    ),
  ).action(async (id: string, options: Options) => {
    const { parseInstant } = await import("../../core/time/zone.ts");
    const until = options.until === "now" ? null : parseInstant(options.until ?? "");
    if (until === undefined) throw noTime("--until", options.until);
    const { snoozeTouch } = await import("../../engine/move-touches.ts");
    await withContext(options, async (context) =>
      tell(await snoozeTouch(context, id, until), options),
    );
  });
}

function noTime(flag: string, text: string | undefined): UsageError {
  return new UsageError(
    `${flag}: \`${text ?? ""}\` is no time; write 2026-03-02T15:00:00Z, or a day where one is meant.`,
  );
}

function add(group: Command): void {
  withStore(
    withJson(
      group
        .command("add")
        .description("log a touch that nobody planned, or plan one")
        .argument("<account>", "the account's id, or a name that only one account has")
        .argument("<touchpoint>", "what kind of touch, as the model names it")
        .option("--result <result>", "it has happened: held, no_show, …")
        .option("--due <date>", "it is to happen on this day (default: today)")
        .option("--minutes <n>", "how long it took")
        .option("--note <text>", "what was said"),
    ),
  ).action(async (account: string, touchpoint: string, options: Options) => {
    const due = dayOption("--due", options.due);
    const { addTouchByHand } = await import("../../engine/touch-actions.ts");
    const wanted = {
      nonce: randomUUID(),
      ...minutesOf(options),
      ...(due === undefined ? {} : { due }),
      ...(options.result === undefined ? {} : { result: options.result }),
      ...(options.note === undefined ? {} : { note: options.note }),
    };
    await withContext(options, async (context) =>
      tell(await addTouchByHand(context, account, touchpoint, wanted), options),
    );
  });
}

function minutesOf({ minutes }: Options): { minutes?: number } {
  if (minutes === undefined) return {};
  const n = Number(minutes);
  if (!Number.isFinite(n) || n < 0) throw new UsageError("--minutes needs a number.");
  return { minutes: n };
}

/** `champion=true` → its trait and what was typed for it. */
function assignment(text: string): [string, string] {
  const at = text.indexOf("=");
  if (at < 1)
    throw new UsageError(
      `--set: \`${text}\` is not TRAIT=VALUE.`,
      "Write it like --set champion=true.",
    );
  return [text.slice(0, at), text.slice(at + 1)];
}

async function tell({ touch: after, run }: TouchDone, options: Options): Promise<void> {
  const { touchJson } = await import("../../core/schedule/index.ts");
  const { formatDay } = await import("../../core/time/day.ts");
  if (options.json) {
    printJson({ touch: touchJson(after), moved: run.moved });
    return;
  }
  const result = after.result === null ? "" : ` (${after.result})`;
  print(
    `${after.title} for ${after.account}, due ${formatDay(after.due)}: ${after.status}${result}.  ${after.id}`,
  );
  for (const { from, to } of run.moved) {
    if (from.level !== to.level)
      print(`  The account's level moved: ${from.level ?? "none"} -> ${to.level ?? "none"}.`);
    if (from.stage !== to.stage)
      print(`  Its stage moved: ${from.stage ?? "none"} -> ${to.stage ?? "none"}.`);
  }
}
