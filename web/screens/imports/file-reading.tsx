import { Group, Select } from "@mantine/core";
import { useText } from "../../text/text.ts";
import type { FileReading } from "./mapping-state.ts";

interface FileReadingProps {
  readonly value: FileReading;
  readonly onChange: (csv: FileReading) => void;
}

const DATES = ["%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d-%m-%Y"] as const;
const DELIMS = [",", ";", "\t", "|"] as const;
const ENCODINGS = ["utf-8", "latin-1", "utf-16"] as const;

/** How the file is read, where what was found out by itself is wrong. */
export function FileReadingFields({ value, onChange }: FileReadingProps) {
  const t = useText("imports");
  const set = <K extends keyof FileReading>(key: K, one: FileReading[K] | null) => {
    const { [key]: _, ...rest } = value;
    onChange(one === null || one === undefined ? rest : { ...rest, [key]: one });
  };
  return (
    <Group gap="sm">
      <Select
        label={t("dates")}
        placeholder={t("foundOut")}
        data={DATES.map((one) => ({ value: one, label: SAMPLE[one] }))}
        value={value.dateformat ?? null}
        onChange={(one) => set("dateformat", one)}
        clearable
        w={160}
      />
      <Select
        label={t("decimals")}
        placeholder={t("foundOut")}
        data={[
          { value: ".", label: "1234.50" },
          { value: ",", label: "1234,50" },
        ]}
        value={value.decimal_separator ?? null}
        onChange={(one) => set("decimal_separator", one)}
        clearable
        w={130}
      />
      <Select
        label={t("separator")}
        placeholder={t("foundOut")}
        data={DELIMS.map((one) => ({ value: one, label: one === "\t" ? t("tab") : one }))}
        value={value.delim ?? null}
        onChange={(one) => set("delim", one)}
        clearable
        w={130}
      />
      <Select
        label={t("encoding")}
        placeholder={t("foundOut")}
        data={[...ENCODINGS]}
        value={value.encoding ?? null}
        onChange={(one) => set("encoding", one)}
        clearable
        w={130}
      />
    </Group>
  );
}

const SAMPLE: Readonly<Record<(typeof DATES)[number], string>> = {
  "%Y-%m-%d": "2026-12-31",
  "%d/%m/%Y": "31/12/2026",
  "%m/%d/%Y": "12/31/2026",
  "%d.%m.%Y": "31.12.2026",
  "%d-%m-%Y": "31-12-2026",
};
