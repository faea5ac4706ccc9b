import type { Channel, Channels, Store } from "../../ports.ts";

/** A worker's process died here. */
export class Death extends Error {}

/**
 * A worker's process that dies at its nth step: just before or just after a statement or a send.
 * Once dead it does nothing more, whatever it was about to do.
 */
export class Mortal {
  #left: number;
  dead = false;

  /** @param steps how many it lives for; Infinity: it does not die */
  constructor(steps: number) {
    this.#left = steps;
  }

  step(): void {
    if (this.dead) throw new Death("it is dead");
    this.#left -= 1;
    if (this.#left >= 0) return;
    this.dead = true;
    throw new Death("it dies");
  }

  async #through<T>(act: () => Promise<T>): Promise<T> {
    this.step();
    const result = await act();
    this.step();
    return result;
  }

  store(store: Store): Store {
    const outbox = new Proxy(store.outbox, {
      get: (target, method) => {
        const act = Reflect.get(target, method) as (...args: unknown[]) => Promise<unknown>;
        return (...args: unknown[]) => this.#through(() => act.apply(target, args));
      },
    });
    return { ...store, outbox };
  }

  channels(channels: Channels): Channels {
    const mortal = [...channels.values()].map((channel): Channel => ({
      name: channel.name,
      missing: channel.missing,
      way: channel.way,
      render: (scene, links) => channel.render(scene, links),
      send: (dispatch) => this.#through(() => channel.send(dispatch)),
      close: () => channel.close(),
    }));
    return new Map(mortal.map((channel) => [channel.name, channel]));
  }
}
