import { instantAt, listAt, objectAt, type Provider, reportOf, textAt } from "./provider.ts";

/** Bounces after which Postmark itself writes to the address no more. */
const HARD: ReadonlySet<string> = new Set(["HardBounce", "BadEmailAddress", "ManuallyDeactivated"]);
/** Told of, but not the end of the message. */
const NO_BOUNCE: ReadonlySet<string> = new Set(["AutoResponder", "AddressChange", "Subscribe"]);

/** Postmark's webhooks. Its `MessageID` is its own; ours stands among the headers, if anywhere. */
export const postmark: Provider = {
  name: "Postmark",
  read(message) {
    const kind = textAt(message["RecordType"]);
    if (kind === undefined) return null;
    const header = listAt(message["Headers"])
      .map(objectAt)
      .find((one) => textAt(one?.["Name"])?.toLowerCase() === "message-id");
    const of = {
      messageId: textAt(header?.["Value"]),
      email: textAt(message["Email"]) ?? textAt(message["Recipient"]),
      at: instantAt(message["BouncedAt"]) ?? instantAt(message["ChangedAt"]),
    };
    const type = textAt(message["Type"]) ?? "";
    if (kind === "SpamComplaint" || type === "SpamComplaint") {
      return [reportOf({ ...of, result: "complained" })];
    }
    if (kind !== "Bounce" || NO_BOUNCE.has(type)) return [];
    return [reportOf({ ...of, result: "bounced", bounce: HARD.has(type) ? "hard" : "soft" })];
  },
};
