import { instantAt, objectAt, type Provider, reportOf, textAt } from "./provider.ts";

/** Mailgun's webhooks. A temporary failure is still being tried: it is no bounce. */
export const mailgun: Provider = {
  name: "Mailgun",
  read(message) {
    const event = objectAt(message["event-data"]);
    if (!event) return null;
    const headers = objectAt(objectAt(event["message"])?.["headers"]);
    const of = {
      messageId: textAt(headers?.["message-id"]),
      email: textAt(event["recipient"]),
      at: instantAt(event["timestamp"]),
    };
    switch (textAt(event["event"])) {
      case "failed":
        return textAt(event["severity"]) === "permanent"
          ? [reportOf({ ...of, result: "bounced", bounce: "hard" })]
          : [];
      case "complained":
        return [reportOf({ ...of, result: "complained" })];
      case "unsubscribed":
        return [reportOf({ ...of, result: "unsubscribed" })];
      default:
        return [];
    }
  },
};
