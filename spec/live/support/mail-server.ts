import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

export interface Mail {
  readonly to: string;
  readonly from: string;
  readonly messageId: string;
  readonly subject: string;
  readonly raw: string;
}

/** A mail server on loopback that keeps what it took, and takes its time, as real ones do. */
export class MailServer {
  readonly mails: Mail[] = [];
  readonly #server: SMTPServer;

  private constructor(slowness: () => number) {
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: ["STARTTLS"],
      logger: false,
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on("data", (chunk: Buffer) => chunks.push(chunk));
        stream.on("end", () => {
          const raw = Buffer.concat(chunks).toString();
          const { mailFrom, rcptTo } = session.envelope;
          const mail = {
            to: rcptTo.map(({ address }) => address).join(", "),
            from: mailFrom === false ? "" : mailFrom.address,
            messageId: headerOf(raw, "Message-ID"),
            subject: headerOf(raw, "Subject"),
            raw,
          };
          // accepted here and answered a moment later: a sender killed in between cannot know
          this.mails.push(mail);
          setTimeout(done, slowness());
        });
      },
    });
    // a client that is killed drops its connection
    this.#server.on("error", () => undefined);
  }

  static async start(slowness: () => number): Promise<MailServer> {
    const started = new MailServer(slowness);
    await new Promise<void>((resolve) => {
      started.#server.listen(0, "127.0.0.1", resolve);
    });
    return started;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.#server.server.address() as AddressInfo).port}`;
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(resolve);
    });
  }
}

function headerOf(raw: string, name: string): string {
  const head = raw.slice(0, raw.indexOf("\r\n\r\n")).replaceAll(/\r\n[ \t]+/g, " ");
  return new RegExp(`^${name}: (.*)$`, "im").exec(head)?.[1]?.trim() ?? "";
}
