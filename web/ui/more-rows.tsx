import { Button, Center } from "@mantine/core";
import { useText } from "../text/text.ts";

interface MoreRowsProps {
  readonly list: { readonly hasMore: boolean; readonly isMore: boolean; readonly more: () => void };
}

/** Under a list that goes on. */
export function MoreRows({ list }: MoreRowsProps) {
  const t = useText("common");
  if (!list.hasMore) return null;
  return (
    <Center py="sm">
      <Button variant="default" loading={list.isMore} onClick={list.more}>
        {t("showMore")}
      </Button>
    </Center>
  );
}
