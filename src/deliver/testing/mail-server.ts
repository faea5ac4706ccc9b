import type { AddressInfo } from "node:net";
import { simpleParser, type ParsedMail } from "mailparser";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";

export interface ReceivedMail {
  readonly raw: string;
  readonly parsed: ParsedMail;
  readonly from: string;
  readonly to: readonly string[];
}

/** How a mail server may misbehave. */
export type Misbehaviour =
  | {
      readonly at: "connect" | "mail" | "rcpt" | "data";
      readonly code: number;
      readonly text?: string;
    }
  /** Takes the whole mail, and then the line is dead: it may have been delivered. */
  | { readonly at: "drop-after-data" }
  /** Ends the session, once, as soon as a sender is named. */
  | { readonly at: "drop-at-mail-once" }
  /** Never answers: to the receiver's address, or to the whole mail. */
  | { readonly at: "hang-at-rcpt" | "hang-after-data" };

/** A mail server on loopback that keeps what it gets. */
export class MailServer {
  readonly inbox: ReceivedMail[] = [];
  /** What it got, kept or not: how often it was tried. */
  attempts = 0;
  misbehaves: Misbehaviour | null = null;
  readonly #server: SMTPServer;
  #port = 0;

  private constructor(options: SMTPServerOptions) {
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: ["STARTTLS"],
      logger: false,
      closeTimeout: 200,
      onConnect: (_, done) => done(this.#refusal("connect")),
      onMailFrom: (_, __, done) => {
        this.attempts++;
        if (this.misbehaves?.at === "drop-at-mail-once") {
          this.misbehaves = null;
          this.endSessions();
          return;
        }
        done(this.#refusal("mail"));
      },
      onRcptTo: (_, __, done) => {
        if (this.misbehaves?.at !== "hang-at-rcpt") done(this.#refusal("rcpt"));
      },
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on("data", (chunk: Buffer) => chunks.push(chunk));
        stream.on("end", () => {
          const raw = Buffer.concat(chunks);
          const { mailFrom, rcptTo } = session.envelope;
          const from = mailFrom === false ? "" : mailFrom.address;
          const to = rcptTo.map(({ address }) => address);
          if (this.misbehaves?.at === "hang-after-data") return;
          if (this.misbehaves?.at === "drop-after-data") {
            for (const connection of this.#server.connections) connection._socket.destroy();
            return;
          }
          const refusal = this.#refusal("data");
          if (refusal) {
            done(refusal);
            return;
          }
          void this.#keep(raw, from, to, done);
        });
      },
      ...options,
    });
    // A client that goes away is part of these tests.
    this.#server.on("error", () => undefined);
  }

  static async start(options: SMTPServerOptions = {}): Promise<MailServer> {
    const server = new MailServer(options);
    await new Promise<void>((resolve) => server.#server.listen(0, "127.0.0.1", resolve));
    server.#port = (server.#server.server.address() as AddressInfo).port;
    return server;
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.#port}`;
  }

  get port(): number {
    return this.#port;
  }

  /** As a server does whose clients have been idle for too long. */
  endSessions(): void {
    for (const connection of this.#server.connections) connection._socket.destroy();
  }

  async stop(): Promise<void> {
    this.endSessions();
    await new Promise<void>((resolve) => this.#server.close(resolve));
  }

  async #keep(
    raw: Buffer,
    from: string,
    to: readonly string[],
    done: (error?: Error | null) => void,
  ): Promise<void> {
    const parsed = await simpleParser(raw);
    this.inbox.push({ raw: raw.toString("latin1"), parsed, from, to });
    done();
  }

  #refusal(at: Misbehaviour["at"]): Error | null {
    const now = this.misbehaves;
    if (now?.at !== at || !("code" in now)) return null;
    return Object.assign(new Error(now.text ?? "not now"), { responseCode: now.code });
  }
}
