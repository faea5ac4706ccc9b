import { linkPath, makeSignIn } from "../engine/access/sign-in.ts";
import { hashOf } from "../engine/access/secrets.ts";
import { AppError } from "../engine/app-error.ts";
import { contextOf, type App, type ServerDeps } from "./route.ts";
import { serverUrl } from "./server-url.ts";

/** Mails a link, where mail is set up and somebody has the address; else does nothing. */
export async function mailSignIn(app: App, deps: ServerDeps, email: string): Promise<void> {
  const { channels, settings, clock } = deps;
  const channel = channels.get("email");
  const url = settings.publicUrl ?? serverUrl(app);
  if (!channel || channel.missing !== null || !settings.send || url === null) {
    app.log.warn(
      "a sign-in link was asked for, and mail is not set up; `touchstone signin EMAIL` prints one",
    );
    return;
  }
  const made = await makeSignIn(contextOf(deps, null), email).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "unknown-member") return null;
    throw error;
  });
  if (!made) return;
  const link = url + linkPath(made.token);
  // of the secret itself nothing may stay in the mail's own headers
  const id = `signin.${hashOf(made.token).slice(0, 24)}`;
  const result = await channel.send({
    id,
    account: "",
    touchId: null,
    channel: "email",
    kind: "touch",
    receiver: email,
    messageId: `<${id}@${new URL(url).hostname}>`,
    message: {
      subject: "Your sign-in link for Touchstone",
      text: `Open this link to sign in. It works once, within 30 minutes.\n\n${link}\n\nIf you did not ask for it, nobody can do anything without it.\n`,
      html: `<p>Open this link to sign in. It works once, within 30 minutes.</p><p><a href="${link}">${link}</a></p><p>If you did not ask for it, nobody can do anything without it.</p>`,
      preheader: null,
      locale: null,
      links: [],
      extra: {},
    },
    at: clock(),
  });
  if (result.kind !== "sent")
    app.log.error({ result: result.kind }, "a sign-in link could not be mailed");
}
