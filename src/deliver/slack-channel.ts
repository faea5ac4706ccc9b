import type { Channel, Dispatch, SendResult } from "../engine/ports/channel.ts";
import type { SafeRequest } from "../engine/ports/http.ts";
import { answerFailure, requestFailure } from "./http-result.ts";
import { slackText } from "./render/slack-text.ts";
import { untrackedMessage } from "./render/untracked-message.ts";

/** Slack takes 40,000; what nobody will read to its end is cut with a sign of it. */
const MOST_TEXT = 12_000;

/** A message to the Slack channel that the incoming webhook belongs to. */
export function slackChannel(webhookUrl: string | null, request: SafeRequest): Channel {
  return {
    name: "slack",
    way: "sent",
    missing: webhookUrl === null ? "SLACK_WEBHOOK_URL is not set" : null,
    render: (scene) =>
      untrackedMessage(scene, ({ subject, body, button }) => {
        const parts = [`*${slackText(escapeMarks(subject))}*`, slackText(body)];
        if (button)
          parts.push(
            `<${escapeMarks(button.target)}|${escapeMarks(button.label ?? button.target)}>`,
          );
        const text = parts.filter((part) => part !== "").join("\n\n");
        return { slack: text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)} …` : text };
      }),
    send: (dispatch) => post(webhookUrl, request, dispatch),
    close: () => Promise.resolve(),
  };
}

async function post(
  url: string | null,
  request: SafeRequest,
  { message }: Dispatch,
): Promise<SendResult> {
  if (url === null) return { kind: "temporary", error: "SLACK_WEBHOOK_URL is not set" };
  try {
    const answer = await request(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ text: message.extra["slack"] ?? message.text, unfurl_links: false }),
      // Set by whoever runs this server, not by its users.
      allowPrivate: true,
    });
    if (answer.status >= 200 && answer.status < 300 && answer.body.trim() === "ok") {
      return { kind: "sent" };
    }
    return answerFailure(answer, "Slack");
  } catch (error) {
    return requestFailure(error);
  }
}

function escapeMarks(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
