import { afterEach, describe, expect, test } from "vitest";
import { ENGINES_OF_ENGINE } from "../../store/testing/test-database.ts";
import { openTestStore } from "../../store/testing/test-store.ts";
import { applyPlan } from "../apply-plan.ts";
import { bareMember } from "../bare-rows.ts";
import { rollbackModel } from "../rollback-model.ts";
import { account, type Book, GO_LIVE } from "../testing/book.ts";
import { Books } from "../testing/books.ts";
import { assignTouchTo } from "../touch-notes.ts";
import { assignOwner } from "./change-owner.ts";

const MODEL = `touchstone: 1
name: Owners
workspace: { timezone: Europe/Paris, currency: EUR, plan_ahead: 30d }
facts: { arr: { type: number, unit: EUR } }
levels:
  high: { by: csm, accounts_per_owner: 30 }
  low: { by: csm, accounts_per_owner: 30 }
touch:
  base: [{ when: arr >= 100, level: high }, { otherwise: low }]
touchpoints:
  call: { title: Call, purpose: proactive, channel: call, by: owner, minutes: 60, drives: adoption, succeeds: held }
  visit: { title: Visit, purpose: proactive, channel: call, by: owner, minutes: 90, drives: adoption, succeeds: held }
programs:
  calls: { when: known(arr), steps: [{ touch: call, every: 2w, first: 1d }] }
  visits: { when: level == "high", steps: [{ touch: visit, after: 3d }] }
  letters: { when: level == "low", steps: [{ touch: call, after: 4d }] }
`;
const LATER = MODEL.replace("arr >= 100", "arr >= 400");

describe.each(ENGINES_OF_ENGINE)("a rollback after owners have changed, on %s", (engine) => {
  const books = new Books(() => openTestStore(engine));
  afterEach(() => books.close());

  async function begun(): Promise<Book> {
    const book = await books.book(GO_LIVE, 9);
    const member = (id: string) => ({ ...bareMember(id), name: id, role: "CSM", hoursPerWeek: 40 });
    await book.import({
      accounts: [
        account("moves", { owner: "ann", traits: { arr: 200 } }),
        account("stays", { owner: "ann", traits: { arr: 900 } }),
      ],
      team: [member("ann"), member("ben"), member("cat")],
    });
    await book.apply(MODEL);
    return book;
  }

  test("keeps who has them now, with the hand-over's tasks once, and gives them what comes back", async () => {
    const [book, control] = [await begun(), await begun()];
    const files = { file: "model.yaml", source: LATER, messages: {} };
    const { plan } = await applyPlan(book.context, files, { allow: ["accounts-without-program"] });
    expect(plan?.moves.map((move) => move.account)).toEqual(["moves"]);
    for (const one of [book, control]) {
      one.on(GO_LIVE, 11);
      for (const id of ["moves", "stays"]) await assignOwner(one.context, id, "ben", "Ann is off");
      const calls = await one.store.touches.list({ account: "stays" });
      const visit = calls.find(({ touch }) => touch.touchpoint === "visit");
      await assignTouchTo(one.context, visit?.touch.id ?? "", "cat", "she knows them");
    }
    const { touches } = await rollbackModel(book.context);
    expect(touches.staying).toEqual([]);
    for (const one of [book, control]) await one.decide();
    const found = await ownersAndTouches(book);
    expect(found).toEqual(await ownersAndTouches(control));
    expect(found.get("moves")?.touches).toEqual([
      expect.stringMatching(/^call due \d+ ben/),
      expect.stringMatching(/^call planned \d+ ben/),
      expect.stringMatching(/^call planned \d+ ben/),
      expect.stringMatching(/^hand_over planned \d+ ann/),
      expect.stringMatching(/^introduction planned \d+ ben/),
      expect.stringMatching(/^visit planned \d+ ben/),
    ]);
  });
});

interface Owned {
  readonly owner: string | null;
  readonly touches: readonly string[];
}

async function ownersAndTouches({ store }: Book): Promise<ReadonlyMap<string, Owned>> {
  const all = await store.accounts.load(await store.accounts.ids({}));
  return new Map(
    all.map(({ id, owner, touches }) => [
      id,
      {
        owner,
        touches: touches
          .map(({ touchpoint, status, due, owner: by }) => `${touchpoint} ${status} ${due} ${by}`)
          .toSorted(),
      },
    ]),
  );
}
