import { Alert, Button, Center, Paper, Stack, Text, TextInput, Title } from "@mantine/core";
import { type SubmitEvent, useEffect, useState } from "react";
import { useAct } from "../lib/act.ts";
import { api, ask } from "../lib/api.ts";
import { useText } from "../text/text.ts";
import { rememberPlace } from "./return-to.ts";

/** Signing in by a link that comes by mail; the link's own page is the server's. */
export function SignIn() {
  const t = useText("common");
  const [email, setEmail] = useState("");
  const [isSent, setSent] = useState(false);
  useEffect(rememberPlace, []);
  const mail = useAct({
    run: () => ask(api.POST("/api/signin", { body: { email } })),
    onDone: () => setSent(true),
  });
  const send = (event: SubmitEvent): void => {
    event.preventDefault();
    mail.act();
  };
  return (
    <Center mih="100dvh" p="md" component="main">
      <Paper withBorder p="xl" w={380}>
        <form onSubmit={send}>
          <Stack>
            <Title order={1}>{t("signInTitle")}</Title>
            <Text size="sm" c="dimmed">
              {t("signInText")}
            </Text>
            <TextInput
              size="sm"
              type="email"
              required
              autoComplete="email"
              label={t("signInAddress")}
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
            />
            <Button size="sm" type="submit" loading={mail.isBusy}>
              {t("signInSend")}
            </Button>
            {isSent && (
              <Alert color="teal" role="status">
                {t("signInSent")}
              </Alert>
            )}
            <Text size="xs" c="dimmed">
              {t("signInNoMail")}
            </Text>
          </Stack>
        </form>
      </Paper>
    </Center>
  );
}
