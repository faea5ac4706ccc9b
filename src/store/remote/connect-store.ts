import net from "node:net";
import path from "node:path";
import type { Store } from "../../engine/ports.ts";
import { schemaHash } from "../migrate.ts";
import { StoreError } from "../store-error.ts";
import { readFrames, writeFrame } from "./frames.ts";
import {
  type Answer,
  type Hello,
  type SentError,
  socketFile,
  STREAMS,
  WITH_PATHS,
} from "./protocol.ts";

interface Waiting {
  answer(answer: Answer): void;
  fail(error: Error): void;
}

/**
 * The store of a data folder that another process on this machine holds and serves; null when
 * nobody does. Throws a StoreError where that process is another version of this program.
 */
export async function connectStore(folder: string, version: string): Promise<Store | null> {
  const socket = await connect(socketFile(folder));
  if (!socket) return null;
  const line = new Line(socket);
  const hello = await line.hello;
  if (hello.version !== version || hello.schema !== schemaHash()) {
    socket.destroy();
    throw new StoreError(
      "data-folder-in-use",
      `the data folder ${folder} is held by a server of another version (${hello.version}; this is ${version})`,
      "stop that server, or use the same version for both",
    );
  }
  return storeOf(line, hello);
}

const NOBODY: ReadonlySet<string> = new Set(["ENOENT", "ECONNREFUSED", "ENOTDIR", "EACCES"]);

function connect(file: string): Promise<net.Socket | null> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(file);
    socket.once("connect", () => resolve(socket));
    socket.once("error", (error: NodeJS.ErrnoException) => {
      // no socket, one whose process is dead, or no folder to have one: opening it says what is wrong
      if (NOBODY.has(error.code ?? "")) resolve(null);
      else reject(error);
    });
  });
}

/** One connection: calls go out, answers are handed to whoever waits for them. */
class Line {
  readonly hello: Promise<Hello>;
  readonly #socket: net.Socket;
  readonly #waiting = new Map<number, Waiting>();
  #calls = 0;
  #closed = false;

  constructor(socket: net.Socket) {
    this.#socket = socket;
    this.hello = new Promise((resolve, reject) => {
      let greeted = false;
      readFrames(socket, (value) => {
        if (greeted) this.#take(value as Answer);
        else {
          greeted = true;
          resolve(value as Hello);
        }
      });
      socket.on("close", () => {
        const error = gone();
        reject(error);
        for (const waiting of this.#waiting.values()) waiting.fail(error);
        this.#waiting.clear();
        this.#closed = true;
      });
      // told by "close", which always follows
      socket.on("error", () => socket.destroy());
    });
  }

  ask(noun: string, method: string, args: readonly unknown[], stream: boolean, to: Waiting): void {
    if (this.#closed) {
      to.fail(gone());
      return;
    }
    const id = this.#calls++;
    this.#waiting.set(id, to);
    writeFrame(this.#socket, { id, noun, method, args, stream });
  }

  close(): Promise<void> {
    if (this.#closed) return Promise.resolve();
    return new Promise((resolve) => {
      this.#socket.once("close", () => resolve());
      this.#socket.end();
    });
  }

  #take(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id);
    if (answer.kind !== "page") this.#waiting.delete(answer.id);
    waiting?.answer(answer);
  }
}

function gone(): StoreError {
  return new StoreError(
    "database-unreachable",
    "the server that holds the data folder went away",
    "see whether what you asked for was done, start the server again if you need it, and try again",
  );
}

function storeOf(line: Line, { kind, place, nouns }: Hello): Store {
  const served = Object.fromEntries(nouns.map((noun) => [noun, nounOf(line, noun)]));
  return { ...served, kind, place, close: () => line.close() } as unknown as Store;
}

function nounOf(line: Line, noun: string): object {
  return new Proxy(
    {},
    {
      get: (_, method) => {
        if (typeof method !== "string" || method === "then") return undefined;
        const name = `${noun}.${method}`;
        return (...given: unknown[]) => {
          const args = WITH_PATHS.has(name) ? given.map(asWholePath) : given;
          return STREAMS.has(name)
            ? pagesOf(line, noun, method, args)
            : valueOf(line, noun, method, args);
        };
      },
    },
  );
}

function asWholePath(arg: unknown): unknown {
  return typeof arg === "string" ? path.resolve(arg) : arg;
}

function valueOf(
  line: Line,
  noun: string,
  method: string,
  args: readonly unknown[],
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    line.ask(noun, method, args, false, {
      answer: (answer) => {
        if (answer.kind === "value") resolve(answer.value);
        else if (answer.kind === "error") reject(errorOf(answer.error));
      },
      fail: reject,
    });
  });
}

async function* pagesOf(
  line: Line,
  noun: string,
  method: string,
  args: readonly unknown[],
): AsyncGenerator {
  const pages: unknown[] = [];
  const state: { ended: boolean; failed: Error | null } = { ended: false, failed: null };
  let wake = (): void => undefined;
  line.ask(noun, method, args, true, {
    answer: (answer) => {
      if (answer.kind === "page") pages.push(answer.value);
      else if (answer.kind === "error") state.failed = errorOf(answer.error);
      else state.ended = true;
      wake();
    },
    fail: (error) => {
      state.failed = error;
      wake();
    },
  });
  for (;;) {
    if (pages.length > 0) yield pages.shift();
    else if (state.failed) throw state.failed;
    else if (state.ended) return;
    else {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
}

/** An error of the other side, with what the command line tells of it. */
function errorOf({ name, message, code, hint, stack }: SentError): Error {
  const error = new Error(message);
  error.name = name;
  if (stack !== undefined) error.stack = stack;
  return Object.assign(error, { code, hint });
}
