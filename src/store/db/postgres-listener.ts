import type pg from "pg";
import { quoteName } from "./copy-sql.ts";

type Hear = (payload: string) => void;

const RETRY_MS = 1_000;

/**
 * One connection of its own for all LISTENs. When the server goes away it is made again; what
 * was notified meanwhile is lost, so whoever listens must also look by itself now and then.
 */
export class PostgresListener {
  readonly #pool: pg.Pool;
  readonly #heard = new Map<string, Set<Hear>>();
  #client: Promise<pg.PoolClient> | undefined;
  #retry: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async listen(channel: string, fn: Hear): Promise<() => Promise<void>> {
    const heard = this.#heard.get(channel) ?? new Set();
    heard.add(fn);
    this.#heard.set(channel, heard);
    await (await this.#connected()).query(`LISTEN ${quoteName(channel)}`);
    return async () => {
      heard.delete(fn);
      if (heard.size > 0 || this.#closed) return;
      this.#heard.delete(channel);
      await (await this.#connected()).query(`UNLISTEN ${quoteName(channel)}`);
    };
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    const client = await this.#client?.catch(() => undefined);
    client?.release(true);
  }

  #connected(): Promise<pg.PoolClient> {
    this.#client ??= this.#connect();
    return this.#client;
  }

  async #connect(): Promise<pg.PoolClient> {
    try {
      const client = await this.#pool.connect();
      client.on("notification", ({ channel, payload }) => {
        for (const fn of this.#heard.get(channel) ?? []) fn(payload ?? "");
      });
      client.once("error", () => {
        client.release(true);
        this.#reconnectLater();
      });
      for (const channel of this.#heard.keys()) await client.query(`LISTEN ${quoteName(channel)}`);
      return client;
    } catch (error) {
      this.#reconnectLater();
      throw error;
    }
  }

  #reconnectLater(): void {
    this.#client = undefined;
    if (this.#closed || this.#heard.size === 0) return;
    this.#retry = setTimeout(() => {
      // A failure here has already set the next try.
      this.#connected().catch(() => undefined);
    }, RETRY_MS);
    this.#retry.unref();
  }
}
