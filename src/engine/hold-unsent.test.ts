import { expect, test } from "vitest";
import type { AccountRecord } from "../core/account/record.ts";
import type { CapsDef } from "../core/model/types.ts";
import type { Touch } from "../core/schedule/types.ts";
import { holdUnsent } from "./hold-unsent.ts";

const TODAY = 20_000;
const CAPS = { giveUpAfter: 7 } as CapsDef;

function held(touches: readonly Partial<Touch>[], setUp?: ReadonlySet<Touch["channel"]>): string[] {
  const all = touches.map((touch, index): [string, Touch] => {
    const key = `k${index}`;
    const mail = { key, id: key, channel: "email", human: false, status: "due", due: TODAY };
    return [key, { ...mail, ...touch } as Touch];
  });
  const record = { touches: new Map(all) } as unknown as AccountRecord;
  const found = holdUnsent(record, CAPS, { today: TODAY, now: 0 }, setUp);
  return found.touches.map(({ key, status, reason }) => `${key} ${status}: ${reason}`);
}

test("what machines should send today is held; what people do, and what lies ahead, is not", () => {
  expect(held([{}, { human: true }, { due: TODAY + 1 }, { status: "done" }])).toEqual([
    "k0 deferred: channel not set up",
  ]);
});

test("what has waited for too long is given up; what is held already stays so", () => {
  expect(held([{ due: TODAY - 8 }, { status: "deferred" }])).toEqual([
    "k0 dropped: channel not set up for longer than 7 days",
  ]);
});

test("a channel that is set up here has its touches wait for a worker", () => {
  expect(held([{}, { channel: "in_app" }], new Set(["email"]))).toEqual([
    "k1 deferred: channel not set up",
  ]);
});
