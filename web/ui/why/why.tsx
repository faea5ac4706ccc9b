import { Box, Stack, Text, UnstyledButton } from "@mantine/core";
import { type ReactNode, useId, useState } from "react";
import { useText } from "../../text/text.ts";
import { PopUp } from "../pop-up.tsx";
import "./why.css";

interface WhyProps {
  /** What is explained, as its heading: "Level high". */
  readonly what: string;
  /** What is shown and opens the explanation. */
  readonly children: ReactNode;
  /** Made only once it is opened. */
  readonly renderWhy: () => ReactNode;
  readonly width?: number;
  /** Opened from the address. */
  readonly isOpen?: boolean;
  readonly onOpen?: (isOpen: boolean) => void;
}

/** Something that explains itself: a click or Enter opens why it is so. */
export function Why({ what, children, renderWhy, width = 460, isOpen, onOpen }: WhyProps) {
  const t = useText("why");
  const [isOwnOpen, setOpen] = useState(false);
  const open = isOpen ?? isOwnOpen;
  const heading = useId();
  const change = (next: boolean): void => {
    setOpen(next);
    onOpen?.(next);
  };
  return (
    <PopUp
      isOpen={open}
      onOpen={change}
      width={width}
      position="bottom-start"
      trapFocus
      middlewares={{ flip: true, shift: { padding: 12 }, size: { padding: 12 } }}
      padding={0}
      labelledBy={heading}
      renderButton={(opener) => (
        <UnstyledButton {...opener} className="why-target" aria-label={t("whyOf", { what })}>
          {children}
        </UnstyledButton>
      )}
    >
      <Box className="why-scroll">
        <Stack gap="sm" p="md">
          <Text id={heading} fw={620} tabIndex={-1} data-autofocus style={{ outline: "none" }}>
            {what}
          </Text>
          <Box>{open && renderWhy()}</Box>
        </Stack>
      </Box>
    </PopUp>
  );
}
