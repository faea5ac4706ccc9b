import { chmodSync, rmSync } from "node:fs";
import net from "node:net";
import type { Store } from "../../engine/ports.ts";
import { schemaHash } from "../migrate.ts";
import { readFrames, writeFrame } from "./frames.ts";
import { type Answer, type Call, type Hello, type SentError, socketFile } from "./protocol.ts";

export interface ServedStore {
  /** Takes no more calls; answers those that are being worked on. */
  close(): Promise<void>;
}

type Method = (...args: readonly unknown[]) => unknown;

/**
 * Lets other processes on this machine work with the store of a data folder that this process
 * holds: `touchstone touch done …` beside a running `touchstone serve`. Whoever may read the
 * folder may connect. `called` hears of every call that was answered.
 */
export async function serveStore(
  store: Store,
  folder: string,
  options: { readonly version: string; readonly called?: (noun: string, method: string) => void },
): Promise<ServedStore> {
  const file = socketFile(folder);
  // Whoever holds the folder's lock is alone here: a socket that is there is a dead process's.
  rmSync(file, { force: true });
  const running = new Set<Promise<void>>();
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    // The caller is gone: what it asked for is done or not, as with any store.
    socket.on("error", () => socket.destroy());
    writeFrame(socket, helloOf(store, options.version));
    readFrames(socket, (value) => {
      const work = answer(store, value as Call, socket, options.called).finally(() =>
        running.delete(work),
      );
      running.add(work);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(file, resolve);
  });
  chmodSync(file, 0o600);
  server.unref();
  return {
    async close() {
      server.close();
      await Promise.allSettled(running);
      for (const socket of sockets) socket.end();
      rmSync(file, { force: true });
    },
  };
}

function helloOf(store: Store, version: string): Hello {
  const nouns = Object.entries(store)
    .filter(([, value]) => typeof value === "object")
    .map(([noun]) => noun);
  return { kind: store.kind, place: store.place, nouns, version, schema: schemaHash() };
}

async function answer(
  store: Store,
  call: Call,
  socket: net.Socket,
  called?: (noun: string, method: string) => void,
): Promise<void> {
  const { id } = call;
  const say = (said: Answer): void => {
    if (!socket.destroyed) writeFrame(socket, said);
  };
  try {
    const result = methodOf(store, call)(...call.args);
    if (call.stream) {
      for await (const value of result as AsyncIterable<unknown>) {
        say({ id, kind: "page", value });
        if (socket.destroyed) break;
        // a reader that is slower than the store must not fill our memory
        if (socket.writableNeedDrain) await drained(socket);
      }
      say({ id, kind: "end" });
    } else say({ id, kind: "value", value: await result });
    called?.(call.noun, call.method);
  } catch (error) {
    say({ id, kind: "error", error: sentError(error) });
  }
}

function drained(socket: net.Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.once("drain", resolve);
    socket.once("close", resolve);
  });
}

function methodOf(store: Store, { noun, method }: Call): Method {
  const nouns: Readonly<Record<string, unknown>> = { ...store };
  const owner = Object.hasOwn(nouns, noun) ? nouns[noun] : undefined;
  const found =
    typeof owner === "object" && owner !== null && Object.hasOwn(owner, method)
      ? (Reflect.get(owner, method) as unknown)
      : undefined;
  if (typeof found !== "function") throw new Error(`the server has no ${noun}.${method}`);
  return (...args) => Reflect.apply(found, owner, [...args]) as unknown;
}

function sentError(error: unknown): SentError {
  const { name, message, code, hint, stack } = error as Partial<SentError>;
  const text = (value: unknown): string | undefined =>
    typeof value === "string" ? value : undefined;
  return {
    name: text(name) ?? "Error",
    message: text(message) ?? String(error),
    code: text(code),
    hint: text(hint),
    stack: text(stack),
  };
}
