import { instantAt, listAt, objectAt, type Provider, reportOf, textAt } from "./provider.ts";

/** Amazon SES, with the original headers switched on: its own message id is none of ours. */
export const ses: Provider = {
  name: "Amazon SES",
  read(message) {
    const type = textAt(message["notificationType"]) ?? textAt(message["eventType"]);
    const mail = objectAt(message["mail"]);
    if (type === undefined || !mail) return null;
    const headers = listAt(mail["headers"]).map(objectAt);
    const own = headers.find((one) => textAt(one?.["name"])?.toLowerCase() === "message-id");
    const messageId = textAt(own?.["value"]);
    if (type === "Bounce") {
      const bounce = objectAt(message["bounce"]);
      const kind = textAt(bounce?.["bounceType"]) === "Permanent" ? "hard" : "soft";
      return listAt(bounce?.["bouncedRecipients"]).map((one) =>
        reportOf({
          messageId,
          email: textAt(objectAt(one)?.["emailAddress"]),
          result: "bounced",
          bounce: kind,
          at: instantAt(bounce?.["timestamp"]),
        }),
      );
    }
    if (type !== "Complaint") return [];
    const complaint = objectAt(message["complaint"]);
    return listAt(complaint?.["complainedRecipients"]).map((one) =>
      reportOf({
        messageId,
        email: textAt(objectAt(one)?.["emailAddress"]),
        result: "complained",
        at: instantAt(complaint?.["timestamp"]),
      }),
    );
  },
};
