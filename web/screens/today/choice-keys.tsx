import { Button, Group, Kbd } from "@mantine/core";
import { type KeyboardEvent, useEffect, useRef } from "react";

interface ChoiceKeysProps<Name extends string> {
  readonly label: string;
  readonly choices: readonly { readonly name: Name; readonly text: string }[];
  readonly chosen: Name | null;
  readonly onChoose: (name: Name) => void;
}

/** A few choices, each a click, or its number on the keyboard, away. Focused as they appear. */
export function ChoiceKeys<Name extends string>(props: ChoiceKeysProps<Name>) {
  const { label, choices, chosen, onChoose } = props;
  const group = useRef<HTMLDivElement>(null);
  useEffect(() => {
    group.current?.querySelector("button")?.focus();
  }, []);
  const pressed = (event: KeyboardEvent): void => {
    const choice = choices[Number(event.key) - 1];
    if (choice && /^[1-9]$/.test(event.key) && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      event.stopPropagation();
      onChoose(choice.name);
    }
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const buttons = [...(group.current?.querySelectorAll("button") ?? [])];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    buttons[(at + step + buttons.length) % buttons.length]?.focus();
    event.preventDefault();
  };
  return (
    <Group ref={group} role="group" aria-label={label} gap={6} onKeyDown={pressed}>
      {choices.map(({ name, text }, at) => (
        <Button
          key={name}
          variant={chosen === name ? "filled" : "default"}
          aria-pressed={chosen === name}
          rightSection={
            at < 9 ? (
              <Kbd size="xs" aria-hidden>
                {at + 1}
              </Kbd>
            ) : undefined
          }
          onClick={() => onChoose(name)}
        >
          {text}
        </Button>
      ))}
    </Group>
  );
}
