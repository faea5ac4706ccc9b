import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";

interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
}

/**
 * A minimal editor: speaks the language server protocol over stdio to yaml-language-server, the
 * one that editors use, so that the schema is tried the way people meet it.
 */
export class EditorClient {
  readonly #server: ChildProcess;
  readonly #waiting: { match: (message: Message) => boolean; done: (message: Message) => void }[] =
    [];
  #buffer = Buffer.alloc(0);
  #lastId = 0;

  constructor() {
    const bin = createRequire(import.meta.url).resolve(
      "yaml-language-server/bin/yaml-language-server",
    );
    this.#server = spawn(process.execPath, [bin, "--stdio"], { stdio: ["pipe", "pipe", "ignore"] });
    this.#server.stdout?.on("data", (chunk: Buffer) => this.#receive(chunk));
  }

  async start(rootUri: string): Promise<void> {
    await this.request("initialize", { processId: process.pid, rootUri, capabilities: {} });
    this.notify("initialized", {});
    // The store of schemas would be asked over the network.
    const yaml = { validate: true, completion: true, hover: true, schemaStore: { enable: false } };
    this.notify("workspace/didChangeConfiguration", { settings: { yaml } });
  }

  async request(method: string, params: unknown): Promise<unknown> {
    this.#lastId += 1;
    const id = this.#lastId;
    const answer = this.next((message) => message.id === id && message.method === undefined);
    this.#send({ id, method, params });
    return (await answer).result;
  }

  notify(method: string, params: unknown): void {
    this.#send({ method, params });
  }

  next(match: (message: Message) => boolean): Promise<Message> {
    return new Promise((done) => this.#waiting.push({ match, done }));
  }

  stop(): void {
    this.#server.kill();
  }

  #send(message: Message): void {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    this.#server.stdin?.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  #receive(chunk: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, chunk]);
    for (;;) {
      const head = this.#buffer.indexOf("\r\n\r\n");
      const length = /Content-Length: (\d+)/.exec(this.#buffer.subarray(0, head).toString())?.[1];
      if (head < 0 || length === undefined) return;
      const end = head + 4 + Number(length);
      if (this.#buffer.length < end) return;
      const body = this.#buffer.subarray(head + 4, end).toString();
      this.#buffer = this.#buffer.subarray(end);
      this.#handle(JSON.parse(body) as Message);
    }
  }

  #handle(message: Message): void {
    // The server's own questions get an empty answer, as from an editor without settings.
    if (message.id !== undefined && message.method !== undefined) {
      this.#send({ id: message.id, result: null });
    }
    const index = this.#waiting.findIndex(({ match }) => match(message));
    const [found] = index < 0 ? [] : this.#waiting.splice(index, 1);
    found?.done(message);
  }
}
