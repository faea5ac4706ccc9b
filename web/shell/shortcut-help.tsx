import { Kbd, Modal, Stack, Table, Text } from "@mantine/core";
import { useMe } from "../lib/me.ts";
import { useText } from "../text/text.ts";
import { useOpenedHere } from "../ui/use-opened-here.ts";
import { SCREENS } from "./screens.ts";
import type { KeyGroup } from "./shortcut-keys.tsx";

interface ShortcutHelpProps {
  /** The open screen's own. */
  readonly groups: readonly KeyGroup[];
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Which keys there are: the screen's own, then those that are everywhere. */
export function ShortcutHelp({ groups, isOpen, onClose }: ShortcutHelpProps) {
  const t = useText("common");
  const me = useMe();
  const always: KeyGroup = {
    title: t("somewhere"),
    keys: [
      { keys: "Ctrl K", does: t("keyPalette") },
      { keys: "?", does: t("keyHelp") },
      ...SCREENS.filter(({ needs }) => me.may(needs)).map(({ letter, text }) => ({
        keys: `g ${letter}`,
        does: t(text),
      })),
    ],
  };
  return (
    <Modal
      opened={useOpenedHere(isOpen)}
      onClose={onClose}
      title={t("keyboard")}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <Stack>
        {[...groups, always].map(({ title, keys }) => (
          <div key={title}>
            <Text fw={600} size="sm" mb={4}>
              {title}
            </Text>
            <Table withRowBorders={false} verticalSpacing={2}>
              <Table.Tbody>
                {keys.map((one) => (
                  <Table.Tr key={one.keys}>
                    <Table.Td w={120}>
                      {one.keys.split(" ").map((key) => (
                        <Kbd key={key} size="xs" mr={4}>
                          {key}
                        </Kbd>
                      ))}
                    </Table.Td>
                    <Table.Td fz="sm">{one.does}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
        ))}
      </Stack>
    </Modal>
  );
}
