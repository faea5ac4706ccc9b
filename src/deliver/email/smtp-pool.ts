import type { SendResult } from "../../engine/ports/channel.ts";
import { type SmtpProgress, smtpFailure } from "./smtp-result.ts";
import { type Envelope, SmtpSession } from "./smtp-session.ts";
import type { SmtpServer } from "./smtp-url.ts";

const MOST_SESSIONS = 5;
/** Servers end long sessions; a new one every now and then costs little. */
const MOST_MAILS = 100;
const IDLE_MS = 20_000;

/** In ms. */
export interface SmtpTimes {
  /** For a connection to come free. */
  readonly turn: number;
  /** From then on, for all of it. */
  readonly whole: number;
}

/** How far a mail has come. */
interface Way extends SmtpProgress {
  session: SmtpSession | undefined;
  /** Its time is up: nothing more may leave. */
  isOver: boolean;
}

/**
 * A few connections to the mail server, shared. nodemailer's own pool sends a mail again by
 * itself when its connection breaks, even after it was handed over, and so may send it twice;
 * this one never does.
 */
export class SmtpPool {
  readonly #server: SmtpServer;
  readonly #times: SmtpTimes;
  readonly #idle: { readonly session: SmtpSession; readonly timer: NodeJS.Timeout }[] = [];
  readonly #waiting: (() => void)[] = [];
  #busy = 0;

  constructor(server: SmtpServer, times: SmtpTimes) {
    this.#server = server;
    this.#times = times;
  }

  /** Answers in time, whatever the server does; what has not been handed over by then never is. */
  async send(envelope: Envelope, mail: Buffer): Promise<SendResult> {
    if (!(await this.#turn())) {
      return {
        kind: "temporary",
        error: "the mail server is busy: no connection came free in time",
      };
    }
    const session = this.#takeIdle();
    const way: Way = {
      session,
      isReady: session !== undefined,
      isHandedOver: false,
      isOver: false,
    };
    try {
      return await this.#inTime(way, this.#sendOnce(envelope, mail, way));
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

  /** Whether a connection may be used; false: it took too long. */
  #turn(): Promise<boolean> {
    if (this.#busy < MOST_SESSIONS) {
      this.#busy++;
      return Promise.resolve(true);
    }
    return new Promise((resolve) => {
      const go = (): void => {
        clearTimeout(timer);
        resolve(true);
      };
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(go), 1);
        resolve(false);
      }, this.#times.turn);
      this.#waiting.push(go);
    });
  }

  async #inTime(way: Way, sending: Promise<SendResult>): Promise<SendResult> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<SendResult>((resolve) => {
      timer = setTimeout(() => {
        way.isOver = true;
        way.session?.close();
        resolve(smtpFailure(new Error(`not done after ${this.#times.whole / 1000} s`), way));
      }, this.#times.whole);
    });
    try {
      return await Promise.race([sending, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  async #sendOnce(envelope: Envelope, mail: Buffer, way: Way): Promise<SendResult> {
    const isReused = way.session !== undefined;
    try {
      way.session ??= await SmtpSession.open(this.#server);
      way.isReady = true;
      if (way.isOver) throw new Error("the connection came too late");
      await way.session.send(envelope, mail, () => (way.isHandedOver = true));
      this.#keep(way.session);
      return { kind: "sent" };
    } catch (error) {
      const { session } = way;
      // The server had ended an idle session, and nothing was handed over: a fresh one may do.
      if (isReused && session?.isOpen !== true && !way.isHandedOver && !way.isOver) {
        way.session = undefined;
        way.isReady = false;
        return this.#sendOnce(envelope, mail, way);
      }
      if (session) await this.#recover(session, way);
      return smtpFailure(error, way);
    }
  }

  /** A refused mail is no fault of the session, but one that does not answer RSET is done with. */
  async #recover(session: SmtpSession, { isOver }: Way): Promise<void> {
    if (isOver) session.close();
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
