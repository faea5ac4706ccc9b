/**
 * Applies one model after the other to the book given and takes them back, until it is killed.
 * Prints `ack N` after each change that was acknowledged.
 */
import fs from "node:fs";
import { openStore } from "../index.ts";
import { applyPlan } from "../../engine/apply-plan.ts";
import { rollbackModel } from "../../engine/rollback-model.ts";
import { Book, GO_LIVE } from "../../engine/testing/book.ts";
import { LATER_MODEL, SMALL_MODEL } from "../../engine/testing/small-model.ts";

const say = (line: string): number => fs.writeSync(1, `${line}\n`);

const [, , where = ""] = process.argv;
const store = await openStore(where.includes("://") ? { databaseUrl: where } : { data: where });
const { context } = new Book(store, GO_LIVE, 9);
say("open");
for (let n = 1; ; n++) {
  const live = await store.models.live();
  const source = live?.source === SMALL_MODEL ? LATER_MODEL : SMALL_MODEL;
  if (n % 3 === 0) await rollbackModel(context, { reason: "again" });
  else await applyPlan(context, { file: "model.yaml", source, messages: {} });
  say(`ack ${n}`);
}
