import type { AccountRecord } from "../src/core/account/record.ts";
import { NEW_ACCOUNT } from "../src/core/account/state.ts";
import { AccountHistory, type FactPlan } from "../src/core/facts/index.ts";
import { eventsOf } from "./generate-book.ts";
import { type BookOptions, type SampleAccount, sampleAccount } from "./sample-account.ts";
import { addStatements, identityOf, type Picks, SampleHistory } from "./sample-history.ts";

/** A made-up account that nobody has decided yet, with the events it has had. */
export function recordWithEvents(
  plan: FactPlan,
  place: number,
  options: BookOptions,
): AccountRecord {
  const account = sampleAccount(place, options);
  const history = new AccountHistory(plan, identityOf(account));
  addStatements(history, account);
  for (const event of eventsOf(account, options)) history.addEvent(event);
  return recordOf(history);
}

/** The same with what its events come to, which takes a hundredth of the memory. */
export function lightRecord(plan: FactPlan, account: SampleAccount, picks: Picks): AccountRecord {
  return recordOf(new SampleHistory(plan, account, picks));
}

function recordOf(history: AccountHistory): AccountRecord {
  return { history, isNew: true, state: NEW_ACCOUNT, touches: new Map(), owner: null };
}
