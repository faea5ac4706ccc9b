import { explainDecision, type Explanation } from "../../core/explain/index.ts";
import { TeamOnHand } from "../../core/allocate/doer-of.ts";
import type { Decision } from "../../core/decide/index.ts";
import type { Model } from "../../core/model/types.ts";
import { type ActionItem, isOpen, type Touch } from "../../core/schedule/index.ts";
import type { Day, Instant } from "../../core/time/day.ts";
import { localDay } from "../../core/time/zone.ts";
import { accountNotes } from "../account-notes.ts";
import { accountTimeline, timelineNames } from "../account-timeline.ts";
import { AppError } from "../app-error.ts";
import type { EngineContext } from "../context.ts";
import { peopleNames } from "../explain-account.ts";
import { findTouch } from "../find-touch.ts";
import type { LiveModel } from "../live-model.ts";
import type { DeliveryOptions } from "../outbox/delivery-options.ts";
import { WhoDoes } from "../owners/who-does.ts";
import type {
  Appointment,
  CurrentDecision,
  ListedNote,
  StoredAccount,
  TimelineEntry,
  ToDoTouch,
} from "../ports.ts";
import { tellEntry, type ToldEntry } from "../timeline/tell-entry.ts";
import { type BriefContact, briefContacts } from "./brief-contacts.ts";
import { type FactSince, factsSince } from "./facts-since.ts";
import { type TalkingPoints, talkingPoints } from "./talking-points.ts";
import { RowMaker, type ToDoRow } from "./to-do-row.ts";

/** All that one needs for a call, in one answer. */
export interface TouchBrief {
  readonly model: Model;
  readonly today: Day;
  readonly row: ToDoRow;
  readonly account: {
    readonly id: string;
    readonly name: string | null;
    readonly owner: string | null;
    readonly ownerName: string | null;
    readonly timezone: string | null;
    readonly since: Day;
  };
  /** With every rule's text and values; null: not decided (yet, or closed). */
  readonly explanation: Explanation | null;
  readonly since: Since;
  readonly contacts: readonly BriefContact[];
  readonly contactCount: number;
  readonly notes: readonly (ListedNote & { readonly byName: string | null })[];
  readonly actionItems: readonly OpenItem[];
  readonly talkingPoints: TalkingPoints | null;
  readonly appointment: Appointment | null;
  /** The day of the next one of its series: later than that it would be missed. */
  readonly nextOfSeries: Day | null;
}

/** What was promised, with the touch that it was promised in and who does that today. */
export interface OpenItem extends ActionItem {
  readonly of: Touch;
  readonly doer: string;
}

/** What is new since the account was last touched by a person. */
export interface Since {
  readonly day: Day;
  /** null: it never was, and `day` is a month ago. */
  readonly touch: Pick<Touch, "id" | "title" | "result"> | null;
  /** As it was decided then; null: it was not. */
  readonly before: Decision | null;
  readonly facts: readonly FactSince[];
  /** Newest first. */
  readonly entries: readonly (ToldEntry & Pick<TimelineEntry, "at" | "kind">)[];
}

const MONTH = 30;
const ENTRIES = 12;
const NOTES = 4;
const CONTACTS = 200;

export async function touchBrief(
  context: EngineContext,
  live: LiveModel,
  options: Pick<DeliveryOptions, "channels" | "settings">,
  id: string,
): Promise<TouchBrief> {
  const { store } = context;
  const { model } = live;
  const { today } = live.moment();
  const listed = await findTouch(context, id);
  const { touch } = listed;
  const [account] = await store.accounts.load([touch.account]);
  if (!account) throw new AppError("unknown-account", `There is no account \`${touch.account}\`.`);
  const current = await currentOf(context, touch.account);
  const appointment = await store.appointments.of(touch.account, touch.key);
  const contacts = await store.reading.contacts({ account: account.id }, null, CONTACTS);
  const people = await peopleNames(context);
  const who = new WhoDoes(new TeamOnHand(await store.team.list()), today);
  const notes = await accountNotes(context, account.id, null, NOTES);
  return {
    model,
    today,
    row: await rowOf(context, live, listed, who, current),
    account: {
      id: account.id,
      name: account.name,
      owner: account.owner,
      ownerName: account.owner === null ? null : (people.get(account.owner) ?? account.owner),
      timezone: account.timezone,
      since: account.createdAt ?? account.firstSeen,
    },
    explanation: current ? explainDecision(model, current.decision, true) : null,
    since: await sinceOf(context, live, account, current?.decision ?? null),
    contacts: briefContacts(model, contacts, account, touch, appointment),
    contactCount: contacts.length,
    notes: notes.items.map((note) => ({
      ...note,
      byName: note.by === null ? note.author : (people.get(note.by) ?? note.by),
    })),
    actionItems: openItems(account, who),
    talkingPoints: current
      ? await talkingPoints(
          context,
          live,
          options,
          { touch, account, decision: current.decision },
          today,
        )
      : null,
    appointment: appointment?.status === "confirmed" ? appointment : null,
    nextOfSeries: nextOf(account, touch),
  };
}

async function currentOf(
  { store }: EngineContext,
  account: string,
): Promise<CurrentDecision | undefined> {
  for await (const page of store.decisions.current([account])) return page[0];
  return undefined;
}

async function rowOf(
  context: EngineContext,
  live: LiveModel,
  listed: Omit<ToDoTouch, "snoozedUntil">,
  who: WhoDoes,
  current: CurrentDecision | undefined,
): Promise<ToDoRow> {
  const { today } = live.moment();
  const { touch } = listed;
  const [open] = await context.store.reading.toDo({ owners: "all", id: touch.id }, 1);
  const one = { ...listed, snoozedUntil: open?.snoozedUntil ?? null };
  return new RowMaker(live.model, today).row(one, who.of(touch), current);
}

/** Since the last touch that a person has done, colleagues' notes for each other left out. */
async function sinceOf(
  context: EngineContext,
  live: LiveModel,
  { id, touches }: StoredAccount,
  now: Decision | null,
): Promise<Since> {
  const { model } = live;
  const { today } = live.moment();
  const last = touches
    .filter(({ human, status, channel }) => human && status === "done" && channel !== "task")
    .reduce<Touch | null>((latest, one) => (at(one) > at(latest) ? one : latest), null);
  const day = last === null ? today - MONTH : localDay(at(last), model.workspace.timezone);
  const before = (await context.store.decisions.on([id], day)).get(id)?.decision ?? null;
  const timeline = await accountTimeline(
    context,
    id,
    { choice: "important", from: day },
    null,
    3 * ENTRIES,
  );
  const names = await timelineNames(context, id);
  return {
    day,
    touch: last && { id: last.id, title: last.title, result: last.result },
    before,
    facts: before && now ? factsSince(model, before, now) : [],
    entries: latestOfEach(timeline.items)
      .filter((entry) => last === null || entry.at > at(last))
      .slice(0, ENTRIES)
      .map((entry) => ({ ...tellEntry(entry, names), at: entry.at, kind: entry.kind })),
  };
}

/** Health that went up and down, and a segment joined and left again, are told as they ended. */
function latestOfEach(entries: readonly TimelineEntry[]): TimelineEntry[] {
  const told = new Set<string>();
  return entries.filter((entry) => {
    if (entry.kind !== "event" || !entry.event.engine) return true;
    const [kind = "", of = ""] = entry.event.name.split(":");
    if (kind !== "health" && kind !== "segment") return true;
    const subject = kind === "health" ? kind : `${kind}:${of.split(".")[0] ?? ""}`;
    if (told.has(subject)) return false;
    told.add(subject);
    return true;
  });
}

function at(touch: Touch | null): Instant {
  return touch?.doneAt ?? -Infinity;
}

/** What was promised and is not done, the latest touch's first. */
function openItems({ touches }: StoredAccount, who: WhoDoes): OpenItem[] {
  return touches
    .filter(({ actionItems }) => actionItems.some(({ done }) => !done))
    .toSorted((a, b) => at(b) - at(a))
    .flatMap((of) =>
      of.actionItems
        .filter(({ done }) => !done)
        .map((item) => ({ ...item, of, doer: who.of(of).doer })),
    );
}

function nextOf({ touches }: StoredAccount, touch: Touch): Day | null {
  const later = touches.filter(
    (other) =>
      touch.program !== null &&
      other.program === touch.program &&
      other.run === touch.run &&
      other.step === touch.step &&
      other.contact === touch.contact &&
      other.unshifted > touch.unshifted &&
      isOpen(other),
  );
  return later.length === 0 ? null : Math.min(...later.map(({ due }) => due));
}
