import type { Touch } from "../../core/schedule/types.ts";
import type { Json } from "../../core/facts/types.ts";
import type { RenderedMessage, Store } from "../../engine/ports.ts";
import { accountRow, contactRow, evaluatedNow, moment, touchOf } from "./sample-rows.ts";

export interface InAppToSend {
  readonly user: string;
  readonly account?: string;
  readonly touchpoint: string;
  readonly title?: string;
  readonly html?: string;
  readonly locale?: string | null;
  /** `show`, `selector`, `button`, `link`, `items`. */
  readonly extra?: Readonly<Record<string, Json>>;
  readonly touch?: Partial<Touch>;
  readonly at?: number;
}

/** A message in the app as delivery leaves it: the touch delivered, the attempt sent. Answers its id. */
export async function sendInApp(store: Store, wanted: InAppToSend): Promise<string> {
  const { user, account = "acme", touchpoint, title = touchpoint, html = "", at } = wanted;
  const sentAt = at ?? moment().now;
  await store.intake.accounts([accountRow(account)], moment());
  await store.intake.contacts([contactRow(account, user, { userId: user })], moment());
  const touch = touchOf(account, `${touchpoint}/${user}`, {
    touchpoint,
    title,
    channel: "in_app",
    by: "automation",
    human: false,
    owner: null,
    contact: user,
    program: "tips",
    status: "done",
    result: "delivered",
    doneAt: sentAt,
    ...wanted.touch,
  });
  await store.accounts.save([await evaluatedNow(store, account, { touches: [touch] })], moment());
  const message: RenderedMessage = {
    subject: title,
    text: "",
    html,
    preheader: null,
    locale: wanted.locale ?? null,
    links: [],
    extra: { show: "banner", selector: null, button: null, link: null, items: [], ...wanted.extra },
  };
  const id = `${touch.id}.1`;
  await store.outbox.queue([
    {
      id,
      account,
      kind: "touch",
      touch: touch.key,
      touchId: touch.id,
      touchpoint,
      program: touch.program,
      attempt: 1,
      channel: "in_app",
      contact: user,
      userId: user,
      receiver: user,
      countedAs: null,
      status: "sent",
      messageId: null,
      message,
      error: null,
      madeAt: sentAt,
      tryAt: null,
      sentAt,
      settledAt: null,
      worker: null,
      leaseUntil: null,
    },
  ]);
  return id;
}
