import type { MessageLinks } from "../../engine/ports/channel.ts";
import { isWeb } from "./clean-html.ts";

/**
 * The web links of a message, in the order in which they first stand there. With a public
 * address each leads by way of our own server; those to our own pages are left as they are.
 */
export class LinkList {
  readonly #links: MessageLinks | null;
  readonly #own: ReadonlySet<string>;
  readonly #numbers = new Map<string, number>();

  constructor(links: MessageLinks | null) {
    this.#links = links;
    this.#own = new Set(links ? [links.unsubscribe(), links.preferences()] : []);
  }

  /** Where a link to `target` leads. */
  link(target: string): string {
    if (!this.#links || !isWeb(target) || this.#own.has(target)) return target;
    const number = this.#numbers.get(target) ?? this.#numbers.size;
    this.#numbers.set(target, number);
    return this.#links.click(number);
  }

  get targets(): readonly string[] {
    return [...this.#numbers.keys()];
  }
}
