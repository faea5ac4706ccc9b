import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { startChild } from "../testing/child.ts";
import { storeTemplate, storeTemplateFile } from "../testing/test-database.ts";
import { openPglite } from "./pglite.ts";

/** At least 2, since the first dies before it has written anything. 3 in `npm test`, 20 and more in the soak. */
const KILLS = Number(process.env["TOUCHSTONE_KILLS"] ?? 3);

test(
  `after each of ${KILLS} kills the folder opens, with all that was acknowledged and nothing torn`,
  async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "touchstone-kill-"));
    const acknowledged = new Set<number>();
    for (let kill = 1; kill <= KILLS; kill++) {
      const child = startChild("write-until-killed.ts", [folder, await storeTemplateFile()]);
      // Every third one dies while it opens (the first time: while the database is made).
      await child.line(kill % 3 === 1 ? "starting" : "open");
      await sleep(Math.random() * 1500);
      await child.kill();
      for (const line of child.lines) {
        if (line.startsWith("ack ")) acknowledged.add(Number(line.slice(4)));
      }

      const db = await openPglite({ folder, template: await storeTemplate() });
      await db.exec("CREATE TABLE IF NOT EXISTS written (n int, part int, filler text)");
      const groups = await db.q<{ n: number; parts: number }>(
        "SELECT n, count(*) AS parts FROM written GROUP BY n",
      );
      const torn = groups.filter(({ n, parts }) => parts !== (n % 5 === 0 ? 400 : 3));
      const kept = new Set(groups.map(({ n }) => n));
      const lost = [...acknowledged].filter((n) => !kept.has(n));
      await db.close();
      expect({ kill, torn, lost }).toEqual({ kill, torn: [], lost: [] });
    }
    expect(acknowledged.size).toBeGreaterThan(0);
    fs.rmSync(folder, { recursive: true });
  },
  60_000 + KILLS * 30_000,
);
