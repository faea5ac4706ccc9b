import { Delivery, SETTINGS } from "../../outbox/testing/delivery.ts";
import { FakeChannel } from "../../outbox/testing/fake-channel.ts";
import { makeLinks } from "../../links/message-links.ts";
import type { MessageLinks, MessageScene, Outgoing, RenderedMessage, Store } from "../../ports.ts";
import { account, contact } from "../../testing/book.ts";
import { LiveBook } from "../../live-book.ts";
import { liveModel } from "../../live-model.ts";
import { hitsJob } from "../hits-job.ts";

export const PUBLIC_URL = "https://cs.acme.test";
export const MAIL_LINKS = [
  "https://acme.test/start?a=1&b=2",
  "https://acme.test/help",
  "javascript:alert(1)",
];

class LinkedMail extends FakeChannel {
  override render(scene: MessageScene): RenderedMessage {
    return { ...super.render(scene), links: MAIL_LINKS, locale: "en" };
  }
}

/**
 * Two accounts that share a person, ann@acme.test, and a third with another; each has been
 * written to, and a minute has passed.
 */
export class SentMail {
  readonly delivery: Delivery;
  readonly mail = new LinkedMail("email");
  #attempts: readonly Outgoing[] = [];

  constructor(store: Store, secret: string) {
    this.delivery = new Delivery(store);
    this.delivery.settings = { ...SETTINGS, secret, publicUrl: PUBLIC_URL };
  }

  async begin(model?: string): Promise<this> {
    const of = { name: "Ann Lee", email: "ann@acme.test", role: "admin", locale: "en-GB" };
    const rows = {
      accounts: ["acme", "beta", "gamma"].map((id) =>
        account(id, { name: `The ${id}`, traits: { arr: 10 } }),
      ),
      contacts: [
        contact("acme", "ann", { ...of, userId: "user-ann" }),
        contact("beta", "ann-of-beta", of),
        contact("gamma", "gus", { ...of, name: "Gus", email: "gus@gamma.test", locale: "ms-MY" }),
      ],
    };
    await this.delivery.begin(rows, model);
    await this.send();
    this.delivery.book.now += 60_000;
    return this;
  }

  async send(): Promise<void> {
    const { delivery, mail } = this;
    const channels = new Map([...delivery.channels, [mail.name, mail] as const]);
    await delivery.work(delivery.hand("w", { channels }));
    this.#attempts = await delivery.outbox();
  }

  /** The latest message to a contact of the account. */
  to(accountId: string): Outgoing {
    const found = this.#attempts.find((one) => one.account === accountId);
    if (!found) throw new Error(`nothing went out to ${accountId}`);
    return found;
  }

  /** The paths of our own links in it. */
  links(accountId: string): MessageLinks {
    const { secret } = this.delivery.settings;
    const links = makeLinks({ publicUrl: "", secret }, this.to(accountId).id);
    if (!links) throw new Error("no links");
    return links;
  }

  /** `delivered`, `clicked`, … of the touch. */
  async result(accountId: string): Promise<string | null | undefined> {
    const { touchId } = this.to(accountId);
    const touches = await this.delivery.touches(accountId);
    return touches.find(({ id }) => id === touchId)?.result;
  }

  /** The account's own events whose name begins so, by time. */
  async events(accountId: string, start: string) {
    const [stored] = await this.delivery.store.accounts.load([accountId]);
    return (stored?.events ?? []).filter(({ name }) => name.startsWith(start));
  }

  /** Lets the hits of links be judged, a few seconds later. */
  async judge(): Promise<void> {
    const { book, store } = this.delivery;
    book.now += 3000;
    await hitsJob().run({
      context: book.context,
      worker: "w",
      book: new LiveBook(store),
      live: () => liveModel(book.context),
      buckets: () => null,
      signal: new AbortController().signal,
      wake: () => undefined,
    });
  }
}
