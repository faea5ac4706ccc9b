import { afterAll, expect, test } from "vitest";
import { LATER_MODEL } from "../../src/engine/testing/small-model.ts";
import { Desk } from "./support/command.ts";
import { Server } from "./support/server.ts";
import { loadSmallBook, NOW } from "./support/small-book.ts";

const desk = new Desk({ TOUCHSTONE_NOW: NOW });
const DATA = ["--data", "book"];
afterAll(() => desk.remove());

interface Applied {
  readonly version: number;
  readonly plan: { readonly moves: readonly { readonly account: string }[] };
}

test("plan, apply and rollback by command, while a server holds the folder", async () => {
  await loadSmallBook(desk, ...DATA);
  desk.write("later.yaml", LATER_MODEL.replace("hold: 3d", "hold: 0d"));
  const touches = () => desk.json("touches", ...DATA);
  const server = await Server.start(desk, DATA);
  const level = async () =>
    (await desk.json<{ accounts: { id: string; level: string }[] }>("accounts", ...DATA)).accounts
      .map(({ id, level: at }) => `${id} ${at}`)
      .toSorted();
  const [before, levels] = [await touches(), await level()];
  const allow = ["--allow", "accounts-without-program"];
  await desk.done("plan", "later.yaml", ...allow, "--out", "kept.json", ...DATA);
  const applied = await desk.json<Applied>("apply", "kept.json", "--yes", ...DATA);
  expect([applied.version, applied.plan.moves.map(({ account }) => account)]).toEqual([
    2,
    ["acme"],
  ]);
  expect(await level()).toContain("acme low");
  const back = await desk.json("rollback", "--yes", "--reason", "no", ...DATA);
  expect(back).toMatchObject({
    from: { version: 2 },
    to: { version: 1 },
    accounts: { total: 3, restored: 3 },
    is_kept: true,
  });
  expect([await touches(), await level()]).toEqual([before, levels]);
  expect(await server.stop("SIGTERM")).toBe(0);
});
