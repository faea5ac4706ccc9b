import type { SendResult } from "../../engine/ports/channel.ts";
import { type SmtpProgress, smtpFailure } from "./smtp-result.ts";
import { type Envelope, SmtpSession } from "./smtp-session.ts";
import type { SmtpServer } from "./smtp-url.ts";

const MOST_SESSIONS = 5;
/** Servers end long sessions; a new one every now and then costs little. */
const MOST_MAILS = 100;
const IDLE_MS = 20_000;

/**
 * A few connections to the mail server, shared. nodemailer's own pool sends a mail again by
 * itself when its connection breaks, even after it was handed over, and so may send it twice;
 * this one never does.
 */
export class SmtpPool {
  readonly #server: SmtpServer;
  readonly #idle: { readonly session: SmtpSession; readonly timer: NodeJS.Timeout }[] = [];
  readonly #waiting: (() => void)[] = [];
  #busy = 0;

  constructor(server: SmtpServer) {
    this.#server = server;
  }

  async send(envelope: Envelope, mail: Buffer): Promise<SendResult> {
    if (this.#busy >= MOST_SESSIONS) await new Promise<void>((go) => this.#waiting.push(go));
    else this.#busy++;
    try {
      return await this.#sendOnce(envelope, mail, this.#takeIdle());
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#busy--;
    }
  }

  async close(): Promise<void> {
    const idle = this.#idle.splice(0);
    for (const { timer } of idle) clearTimeout(timer);
    await Promise.all(idle.map(({ session }) => session.quit()));
  }

  async #sendOnce(
    envelope: Envelope,
    mail: Buffer,
    reused: SmtpSession | undefined,
  ): Promise<SendResult> {
    const progress: SmtpProgress = { isReady: reused !== undefined, isHandedOver: false };
    let session = reused;
    try {
      session ??= await SmtpSession.open(this.#server);
      progress.isReady = true;
      await session.send(envelope, mail, () => (progress.isHandedOver = true));
      this.#keep(session);
      return { kind: "sent" };
    } catch (error) {
      const isBroken = session?.isOpen !== true;
      // The server had ended an idle session, and nothing was handed over: a fresh one may do.
      if (reused && isBroken && !progress.isHandedOver) {
        return this.#sendOnce(envelope, mail, undefined);
      }
      if (session) await this.#recover(session);
      return smtpFailure(error, progress);
    }
  }

  /** A refused mail is no fault of the session, but one that does not answer RSET is done with. */
  async #recover(session: SmtpSession): Promise<void> {
    if (!session.isOpen) return;
    try {
      await session.reset();
      this.#keep(session);
    } catch {
      // Of no interest: the mail was refused before, and what it came to is known.
      session.close();
    }
  }

  #takeIdle(): SmtpSession | undefined {
    for (let one = this.#idle.pop(); one; one = this.#idle.pop()) {
      clearTimeout(one.timer);
      if (one.session.isOpen) return one.session;
    }
    return undefined;
  }

  #keep(session: SmtpSession): void {
    if (!session.isOpen || session.sent >= MOST_MAILS) {
      session.close();
      return;
    }
    const timer = setTimeout(() => {
      const at = this.#idle.findIndex((one) => one.session === session);
      if (at >= 0) this.#idle.splice(at, 1);
      session.close();
    }, IDLE_MS);
    timer.unref();
    this.#idle.push({ session, timer });
  }
}
