import type { App } from "../route.ts";

/** What the forms of public pages send, and what mail programs post for their readers. */
const FORM_BYTES = 64 * 1024;

/**
 * Reads forms as a browser sends them. One-click unsubscribing may come as multipart, or with no
 * body and any type: of those nothing is asked, and the body is let go.
 */
export function readForms(app: App): void {
  app.addContentTypeParser(
    "application/x-www-form-urlencoded",
    { parseAs: "string", bodyLimit: FORM_BYTES },
    (_, body, done) => done(null, new URLSearchParams(String(body))),
  );
  app.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: FORM_BYTES }, (_, __, done) =>
    done(null, new URLSearchParams()),
  );
}

/** The form of a request; empty where none came. */
export function formOf(body: unknown): URLSearchParams {
  return body instanceof URLSearchParams ? body : new URLSearchParams();
}
