import type { Deed } from "./waiting-changes.ts";

/** What was typed about a touch and is not done: it is there again when the row is opened anew. */
export interface Draft {
  readonly note?: string;
  readonly next?: string;
  readonly reason?: string;
}

const keyOf = (touch: string): string => `touchstone-draft-${touch}`;

export function readDraft(touch: string): Draft {
  try {
    return JSON.parse(localStorage.getItem(keyOf(touch)) ?? "{}") as Draft;
  } catch {
    return {};
  }
}

export function writeDraft(touch: string, draft: Draft): void {
  const isEmpty = Object.values(draft).every((text) => text === undefined || text === "");
  if (isEmpty) localStorage.removeItem(keyOf(touch));
  else localStorage.setItem(keyOf(touch), JSON.stringify({ ...readDraft(touch), ...draft }));
}

export function dropDraft(touch: string): void {
  localStorage.removeItem(keyOf(touch));
}

/** What the server refused is not lost. */
export function keepDraft(touch: string, deed: Deed): void {
  if (deed.verb === "done") writeDraft(touch, { note: deed.body.note ?? "" });
  else if (deed.verb !== "snooze") writeDraft(touch, { reason: deed.body.reason });
}
