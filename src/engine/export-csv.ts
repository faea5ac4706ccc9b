import { touchJson } from "../core/schedule/index.ts";
import type { EngineContext } from "./context.ts";
import { csvLine } from "./csv-line.ts";
import type { TouchAfter, TouchListFilter } from "./ports.ts";

const PAGE = 500;

/** Touches as CSV for a spreadsheet; action items stay out, they are lists. */
export async function* touchesCsvPages(
  { store }: EngineContext,
  filter: TouchListFilter,
): AsyncGenerator<string> {
  let after: TouchAfter | null = null;
  let isFirst = true;
  for (;;) {
    const page = await store.reading.touches(filter, after, PAGE);
    const rows = page.map(({ touch, accountName, contactName }) => {
      const { action_items: _, ...fields } = touchJson(touch);
      return { ...fields, account_name: accountName, contact_name: contactName };
    });
    if (isFirst) yield `${csvLine(Object.keys(rows[0] ?? { id: "" }))}\r\n`;
    isFirst = false;
    if (rows.length > 0) yield rows.map((row) => `${csvLine(Object.values(row))}\r\n`).join("");
    const last = page.at(-1)?.touch;
    if (!last || page.length < PAGE) return;
    after = { due: last.due, account: last.account, key: last.key };
  }
}
