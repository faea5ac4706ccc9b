import type { Json } from "../core/facts/types.ts";
import type { Channel, InAppExtra } from "../engine/ports/channel.ts";
import { badMessage } from "./render/bad-message.ts";
import { type FilledMessage, fillMessage } from "./render/fill-message.ts";
import { plainText } from "./render/plain-text.ts";
import { takeItems } from "./render/checklist-items.ts";

const KINDS = ["banner", "modal", "checklist", "tooltip", "celebration"] as const;

/**
 * Messages in the customer's app: stored, and served to the widget, which tells us what became
 * of them. Links stay as they are, since the widget counts the clicks.
 */
export function inAppChannel(): Channel {
  return {
    name: "in_app",
    way: "stored",
    missing: null,
    render: (scene) => {
      const filled = fillMessage(scene, null, { track: false, withinSite: true });
      const show = kindOf(filled);
      const { items, rest } =
        show === "checklist" ? takeItems(filled.body) : { items: [], rest: filled.body };
      const extra: InAppExtra = {
        show,
        selector: filled.selector,
        button: filled.buttonLabel,
        link: filled.button?.target ?? null,
        items,
      };
      return {
        subject: filled.title,
        preheader: filled.preheader,
        locale: filled.locale,
        html: rest,
        text: plainText(filled.body),
        links: [],
        extra: extra as unknown as Readonly<Record<string, Json>>,
      };
    },
    send: () => Promise.resolve({ kind: "sent" }),
    close: () => Promise.resolve(),
  };
}

function kindOf({ file, heads, show, selector }: FilledMessage): InAppExtra["show"] {
  if (show === null) return selector === null ? "banner" : "tooltip";
  const { line = 1, column = 1 } = heads.get("show") ?? {};
  const kind = KINDS.find((one) => one === show);
  if (kind === undefined) {
    throw badMessage(file, line, column, `\`show: ${show}\`: there are ${KINDS.join(", ")}`);
  }
  if (kind === "tooltip" && selector === null) {
    throw badMessage(file, line, column, "a tooltip needs a `selector:` for what it points at");
  }
  return kind;
}
