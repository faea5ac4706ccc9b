import {
  Box,
  Checkbox,
  Group,
  Loader,
  Stack,
  Text,
  TextInput,
  UnstyledButton,
} from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useFormat } from "../../lib/format.ts";
import { useWorkspace } from "../../lib/me.ts";
import { useText } from "../../text/text.ts";
import { IconChevronDown } from "../../ui/icons.ts";
import { PopUp } from "../../ui/pop-up.tsx";
import { type Facets, facetsQuery } from "./portfolio-data.ts";
import { type AccountFilter, type ListName, toggled } from "./portfolio-search.ts";

const DAYS = ["30", "60", "90", "180"] as const;
/** Lists longer than this can be searched. */
const LONG = 9;

interface FacetMenuProps {
  readonly list: ListName | "renewal";
  readonly filter: AccountFilter;
  readonly ownerName: (id: string) => string;
  readonly onChange: (filter: AccountFilter) => void;
}

interface Choice {
  readonly value: string;
  readonly label: string;
  readonly accounts: number | null;
}

/** One way to narrow the list down by clicking, with how many accounts each choice has. */
export function FacetMenu({ list, filter, ownerName, onChange }: FacetMenuProps) {
  const t = useText("portfolio");
  const { renewal } = useWorkspace();
  if (list === "renewal" && renewal === null) return null;
  const chosen =
    list === "renewal"
      ? filter.renewal === undefined
        ? []
        : [String(filter.renewal)]
      : (filter[list] ?? []);
  const labelOf = (value: string): string => {
    if (list === "renewal") return t("withinDays", { days: Number(value) });
    if (list === "owner") return value === "none" ? t("nobody") : ownerName(value);
    return value.replace(/^.*:/, "").replaceAll("_", " ");
  };
  return (
    <PopUp
      position="bottom-start"
      trapFocus
      padding={6}
      renderButton={(opener) => (
        <UnstyledButton
          {...opener}
          className={chosen.length === 0 ? "filter-chip" : "filter-chip is-on"}
        >
          {t(`facets.${list}`)}
          {chosen.length > 0 && (
            <Text span size="sm" fw={600} maw={150} truncate>
              {labelOf(chosen[0] ?? "")}
              {chosen.length > 1 ? ` +${chosen.length - 1}` : ""}
            </Text>
          )}
          <IconChevronDown size={13} aria-hidden />
        </UnstyledButton>
      )}
    >
      <Choices
        list={list}
        filter={filter}
        chosen={chosen}
        labelOf={labelOf}
        onToggle={(value) => {
          if (list === "renewal")
            onChange({
              ...filter,
              renewal: chosen.includes(value) ? undefined : Number(value),
            });
          else onChange({ ...filter, [list]: toggled(filter[list], value) });
        }}
      />
    </PopUp>
  );
}

function Choices({
  list,
  filter,
  chosen,
  labelOf,
  onToggle,
}: Pick<FacetMenuProps, "list" | "filter"> & {
  readonly chosen: readonly string[];
  readonly labelOf: (value: string) => string;
  readonly onToggle: (value: string) => void;
}) {
  const t = useText("portfolio");
  const format = useFormat();
  const [search, setSearch] = useState("");
  const { levels, stages, bands } = useWorkspace();
  // what there would be without this list: its own choices do not hide one another
  const facets = useQuery(facetsQuery({ ...filter, [list]: undefined }));
  if (!facets.data) return <Loader size="sm" m="sm" color="gray" />;
  const order =
    list === "level" ? levels : list === "stage" ? stages : list === "band" ? bands : [];
  const choices = choicesOf(list, facets.data, order, chosen);
  const shown = choices.filter(({ value }) =>
    labelOf(value).toLowerCase().includes(search.toLowerCase()),
  );
  return (
    <Stack gap={4} w={250}>
      {choices.length > LONG && (
        <TextInput
          aria-label={t("search")}
          placeholder={t("search")}
          value={search}
          data-autofocus
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      <Box mah={320} style={{ overflow: "auto" }}>
        {shown.length === 0 && (
          <Text size="sm" c="dimmed" p={6}>
            {t("nothing")}
          </Text>
        )}
        {shown.map(({ value, accounts }) => (
          <Group key={value} justify="space-between" wrap="nowrap" gap="sm" px={6} py={4}>
            <Checkbox
              label={labelOf(value)}
              checked={chosen.includes(value)}
              onChange={() => onToggle(value)}
              style={{ minWidth: 0 }}
            />
            {accounts !== null && (
              <Text size="xs" c="dimmed" className="tabular">
                {format.number(accounts, 0)}
              </Text>
            )}
          </Group>
        ))}
      </Box>
    </Stack>
  );
}

function choicesOf(
  list: FacetMenuProps["list"],
  facets: Facets,
  order: readonly string[],
  chosen: readonly string[],
): Pick<Choice, "value" | "accounts">[] {
  const found: Pick<Choice, "value" | "accounts">[] = [];
  const share = (shares: Facets["levels"]) =>
    shares.flatMap(({ value, accounts }) =>
      typeof value === "string" ? [{ value, accounts }] : [],
    );
  if (list === "renewal") found.push(...DAYS.map((value) => ({ value, accounts: null })));
  else if (list === "level") found.push(...share(facets.levels));
  else if (list === "stage") found.push(...share(facets.stages));
  else if (list === "band") found.push(...share(facets.bands));
  else if (list === "owner")
    found.push(
      ...facets.owners.map(({ value, accounts }) => ({
        value: typeof value === "string" ? value : "none",
        accounts,
      })),
    );
  else
    found.push(
      ...facets.segments.map(({ segment, entry, accounts }) => ({
        value: entry === null ? segment : `${segment}:${entry}`,
        accounts,
      })),
    );
  // what was chosen can be taken back, also where nothing is left of it
  for (const value of chosen)
    if (!found.some((one) => one.value === value)) found.push({ value, accounts: 0 });
  const place = (value: string): number => {
    const at = order.indexOf(value);
    return at < 0 ? order.length : at;
  };
  return order.length === 0 ? found : found.toSorted((a, b) => place(a.value) - place(b.value));
}
