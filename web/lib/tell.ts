import { notifications } from "@mantine/notifications";
import i18next from "i18next";

interface Told {
  readonly title?: string;
  readonly message?: string;
  /** Red for what went wrong. */
  readonly color?: "teal" | "red";
  readonly role?: "status" | "alert";
  /** Stays until it is closed. */
  readonly stays?: boolean;
}

/** Says in a corner of the screen what was done, or was not. */
export function tell({ title, message = "", color = "teal", role = "status", stays }: Told): void {
  notifications.show({
    color,
    title,
    message,
    role,
    autoClose: stays ? false : undefined,
    closeButtonProps: { "aria-label": i18next.t("close", { ns: "common" }) },
  });
}
