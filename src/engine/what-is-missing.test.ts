import { describe, expect, test } from "vitest";
import { NEW_ACCOUNT } from "../core/account/state.ts";
import { compileModel } from "../core/decide/index.ts";
import { AccountHistory } from "../core/facts/index.ts";
import { readModel } from "../core/model/index.ts";
import type { LiveAccount } from "./live-book.ts";
import type { StoredEvent } from "./ports.ts";
import { GO_LIVE } from "./testing/book.ts";
import { SMALL_MODEL } from "./testing/small-model.ts";
import { whatIsMissing } from "./what-is-missing.ts";

const { model } = readModel(SMALL_MODEL, { file: "small.yaml" });
const { plan } = compileModel(model!);

function event(day: number, engine = false): StoredEvent {
  const at = day * 86_400_000 + 12 * 3_600_000;
  const name = engine ? "touch:call:held" : "Logged In";
  return { id: `${name} ${day}`, name, at, user: null, properties: {}, engine, pending: true };
}

/** Decided yesterday, first seen ten days ago. */
function decided(change: Partial<LiveAccount["stored"]>, pending: StoredEvent[] = []): LiveAccount {
  const known = {
    id: "a",
    name: null,
    createdAt: null,
    firstSeen: GO_LIVE - 10,
    timezone: null,
  };
  return {
    id: "a",
    stored: {
      ...known,
      firstSeenAt: 0,
      owner: null,
      state: NEW_ACCOUNT,
      decidedOn: GO_LIVE - 1,
      decidedNews: 1,
      decidedModel: 1,
      byHand: false,
      traits: [],
      contacts: [],
      contactTraits: [],
      touches: [],
      ...change,
    },
    history: [],
    pending,
    loaded: { stateRev: 1, factsRev: 1, news: 2, lastSeq: 0 },
    record: {
      history: new AccountHistory(plan, known),
      isNew: false,
      state: NEW_ACCOUNT,
      touches: new Map(),
      owner: null,
    },
    events: 0,
  };
}

const missing = (account: LiveAccount, version = 1) =>
  whatIsMissing(account, GO_LIVE, version, null, null);

test("what happened before an account was first seen starts nothing, however late it comes", () => {
  const early = event(GO_LIVE - 11);
  const [later, ours] = [event(GO_LIVE - 10), event(GO_LIVE - 11, true)];
  const { news, from } = missing(decided({}, [early, later, ours]));
  expect(news).toEqual([later, ours]);
  // it counts all the same: yesterday is looked at once more
  expect(from).toBe(GO_LIVE - 1);
});

describe("the cause of today's decision", () => {
  test.each([
    ["midnight, where nothing else is new", decided({}), 1, null],
    ["an event", decided({}, [event(GO_LIVE)]), 1, "event"],
    [
      "traits that arrived, on a day that was decided before",
      decided({ decidedOn: GO_LIVE }),
      1,
      "event",
    ],
    ["another model, whatever else is new", decided({}, [event(GO_LIVE)]), 2, "model"],
    ["a model nobody knows the number of is the same", decided({ decidedModel: null }), 2, null],
    ["a person, before all", decided({ byHand: true }, [event(GO_LIVE)]), 2, "person"],
  ])("%s", (_, account, version, cause) => {
    expect(missing(account, version).cause).toBe(cause);
  });
});
