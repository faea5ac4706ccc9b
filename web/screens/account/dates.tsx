import { DatesProvider } from "@mantine/dates";
import "@mantine/dates/styles.layer.css";
import "dayjs/locale/ms";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

/** Around whatever has days to choose: weeks begin on Monday, months have the reader's names. */
export function Dates({ children }: { readonly children: ReactNode }) {
  const { i18n } = useTranslation();
  return (
    <DatesProvider settings={{ locale: i18n.language === "ms" ? "ms" : "en", firstDayOfWeek: 1 }}>
      {children}
    </DatesProvider>
  );
}
