import { Readable } from "node:stream";
import SMTPConnection from "nodemailer/lib/smtp-connection";
import type { SmtpServer } from "./smtp-url.ts";

export interface Envelope {
  readonly from: string;
  readonly to: string;
}

/** One connection to the mail server, logged in. */
export class SmtpSession {
  readonly #connection: SMTPConnection;
  #isOpen = true;
  /** How many mails it has carried. */
  sent = 0;

  private constructor(connection: SMTPConnection) {
    this.#connection = connection;
    const ended = (): void => {
      this.#isOpen = false;
    };
    connection.on("error", ended);
    connection.on("end", ended);
  }

  static async open({ options, login }: SmtpServer): Promise<SmtpSession> {
    const connection = new SMTPConnection(options);
    const session = new SmtpSession(connection);
    try {
      await new Promise<void>((resolve, reject) => {
        connection.once("error", reject);
        connection.connect((error) => (error ? reject(error) : resolve()));
      });
      if (login) await step((done) => connection.login({ credentials: login }, done));
    } catch (error) {
      session.close();
      throw error;
    }
    return session;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Resolves once the server has taken the mail; `handedOver` is called when it has all of it. */
  async send(envelope: Envelope, mail: Buffer, handedOver: () => void): Promise<void> {
    const stream = Readable.from([mail], { objectMode: false });
    stream.once("end", handedOver);
    await step((done) =>
      this.#connection.send(
        { from: envelope.from, to: [envelope.to], size: mail.length },
        stream,
        done,
      ),
    );
    this.sent++;
  }

  /** Ready for another mail after one that was refused. */
  async reset(): Promise<void> {
    await step((done) => this.#connection.reset(done));
  }

  close(): void {
    this.#isOpen = false;
    this.#connection.close();
  }

  async quit(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    await new Promise<void>((resolve) => {
      this.#connection.once("end", resolve);
      this.#connection.quit();
    });
  }
}

function step(start: (done: (error: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    start((error) => (error ? reject(error) : resolve()));
  });
}
