import { instantAt, type Provider, reportOf, textAt } from "./provider.ts";

/** SendGrid's event webhook: each of the list is one event. */
export const sendgrid: Provider = {
  name: "SendGrid",
  read(event) {
    const kind = textAt(event["event"]);
    if (kind === undefined || event["sg_event_id"] === undefined) return null;
    const of = {
      messageId: textAt(event["smtp-id"]),
      email: textAt(event["email"]),
      at: instantAt(event["timestamp"]),
    };
    if (kind === "bounce") {
      const isBlocked = textAt(event["type"]) === "blocked";
      return [reportOf({ ...of, result: "bounced", bounce: isBlocked ? "soft" : "hard" })];
    }
    if (kind === "spamreport") return [reportOf({ ...of, result: "complained" })];
    return kind === "unsubscribe" ? [reportOf({ ...of, result: "unsubscribed" })] : [];
  },
};
