import { Box, Paper, SegmentedControl, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useText } from "../../text/text.ts";

interface MessageBodyProps {
  readonly channel: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly height?: number;
}

/** A message as it is received: a mail in a frame that can do nothing, a text, or a card in the product. */
export function MessageBody({ channel, subject, text, html, height = 420 }: MessageBodyProps) {
  const t = useText("outbox");
  const hasHtml = html.trim() !== "";
  const [asked, setLook] = useState<"html" | "text">("html");
  const look = hasHtml ? asked : "text";
  if (channel === "in_app") return <InAppCard subject={subject} text={text} />;
  return (
    <Stack gap="xs">
      {hasHtml && (
        <SegmentedControl
          aria-label={t("lookAs")}
          w="fit-content"
          value={look}
          onChange={(one) => setLook(one)}
          data={[
            { value: "html", label: t("asMail") },
            { value: "text", label: t("asText") },
          ]}
        />
      )}
      {look === "html" ? (
        <iframe
          title={t("messageFrame", { subject })}
          // no scripts, no forms, no way out: what others wrote
          sandbox=""
          srcDoc={html}
          style={{
            width: "100%",
            height,
            border: "1px solid var(--ts-border)",
            borderRadius: 8,
            background: "#fff",
          }}
        />
      ) : (
        <Text
          component="pre"
          size="sm"
          tabIndex={0}
          style={{
            whiteSpace: "pre-wrap",
            fontFamily: "inherit",
            margin: 0,
            maxHeight: height,
            overflow: "auto",
            padding: 12,
            border: "1px solid var(--ts-border)",
            borderRadius: 8,
          }}
        >
          {text.trim() === "" ? t("noText") : text}
        </Text>
      )}
    </Stack>
  );
}

/** The widget's card, as the product's users see it. */
function InAppCard({ subject, text }: { readonly subject: string; readonly text: string }) {
  const t = useText("outbox");
  return (
    <Box p="lg" style={{ background: "var(--ts-hover)", borderRadius: 8 }}>
      <Paper shadow="md" p="md" maw={340} ml="auto" withBorder aria-label={t("inAppLook")}>
        <Stack gap={6}>
          <Text fw={600}>{subject}</Text>
          <Text size="sm" style={{ whiteSpace: "pre-wrap" }}>
            {text}
          </Text>
        </Stack>
      </Paper>
    </Box>
  );
}
