import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { openStore } from "../store/index.ts";
import { startChild } from "../store/testing/child.ts";
import { ENGINES_OF_ENGINE, newPostgresDatabase } from "../store/testing/test-database.ts";
import type { Store } from "./ports.ts";
import { account, Book, GO_LIVE } from "./testing/book.ts";
import { LATER_MODEL, SMALL_MODEL } from "./testing/small-model.ts";

/** 2 in `npm test`, 20 and more in the soak. */
const KILLS = Math.max(2, Math.floor(Number(process.env["TOUCHSTONE_KILLS"] ?? 2) / 2));
const ACCOUNTS = 80;

/** By which version, at which level and with which open touches each account is. */
async function standing({ accounts }: Store): Promise<string[]> {
  const all = await accounts.load(await accounts.ids({}));
  return all.map(({ id, state, touches }) => {
    const open = touches.filter(({ status }) => status === "planned" || status === "due");
    return `${id} ${state?.decided?.level?.base} ${open.map(({ key }) => key).join(" ")}`;
  });
}

test.each(ENGINES_OF_ENGINE)(
  `after each of ${KILLS} kills in the midst of it all accounts are by one model, on %s`,
  async (engine) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "touchstone-change-"));
    const where = engine === "pglite" ? folder : await newPostgresDatabase();
    const open = () => openStore(engine === "pglite" ? { data: where } : { databaseUrl: where });
    const expected = new Map<string, string[]>();
    let store = await open();
    const book = new Book(store, GO_LIVE, 9);
    await book.import({
      accounts: Array.from({ length: ACCOUNTS }, (_, n) =>
        account(`acc-${n}`, { traits: { arr: n * 5 } }),
      ),
    });
    for (const source of [SMALL_MODEL, LATER_MODEL]) {
      await book.apply(source, GO_LIVE);
      expected.set(source, await standing(store));
    }
    expect(expected.get(SMALL_MODEL)).not.toEqual(expected.get(LATER_MODEL));
    await store.close();
    let acknowledged = 0;
    let lasts = 0;
    for (let kill = 1; kill <= KILLS; kill++) {
      const child = startChild("change-until-killed.ts", [where]);
      await child.line("open");
      if (kill === 1) {
        // how long one lasts here, so that kills fall into every part of it
        const opened = performance.now();
        await child.line("ack 1");
        lasts = performance.now() - opened;
      }
      await sleep(Math.random() * lasts * 1.5);
      await child.kill();
      acknowledged += child.lines.filter((line) => line.startsWith("ack")).length;
      store = await open();
      const live = await store.models.live();
      const versions = await store.accounts.load(await store.accounts.ids({}));
      expect(new Set(versions.map(({ decidedModel }) => decidedModel))).toEqual(
        new Set([live?.version]),
      );
      expect(await standing(store)).toEqual(expected.get(live?.source ?? ""));
      await store.close();
    }
    expect(acknowledged).toBeGreaterThan(0);
    fs.rmSync(folder, { recursive: true });
  },
  120_000 + KILLS * 30_000,
);
