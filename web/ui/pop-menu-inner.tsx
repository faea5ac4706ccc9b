import { Menu, type MenuProps } from "@mantine/core";
import type { ReactNode, RefObject } from "react";
import { AnchorAt } from "./anchor-at.ts";
import { useOpenedHere } from "./use-opened-here.ts";

/** A line of a menu: something to do, a heading over what follows, or a rule between. */
export type MenuLine =
  | { readonly kind: "heading"; readonly text: string }
  | { readonly kind: "rule" }
  | {
      readonly kind?: undefined;
      readonly text: string;
      readonly onClick?: () => void;
      readonly href?: string;
      readonly left?: ReactNode;
      readonly right?: ReactNode;
      readonly color?: "red";
      readonly lang?: string;
    };

interface MenuInnerProps extends Pick<MenuProps, "position" | "width"> {
  readonly at: RefObject<HTMLElement | null>;
  readonly id: string;
  readonly isOpen: boolean;
  readonly onOpen: (isOpen: boolean) => void;
  readonly lines: readonly MenuLine[];
}

/** What `PopMenu` opens. */
export function MenuInner({ at, id, isOpen, onOpen, lines, ...rest }: MenuInnerProps) {
  const isHere = useOpenedHere(isOpen);
  return (
    <Menu id={id} opened={isHere} onChange={onOpen} shadow="md" {...rest}>
      <Menu.Target>
        <AnchorAt at={at} />
      </Menu.Target>
      <Menu.Dropdown>
        {lines.map((line, place) => (
          // lines have no identity but their place
          <Line key={place} line={line} />
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Line({ line }: { readonly line: MenuLine }) {
  if (line.kind === "heading") return <Menu.Label>{line.text}</Menu.Label>;
  if (line.kind === "rule") return <Menu.Divider />;
  const { text, onClick, href, left, right, color, lang } = line;
  const shared = {
    leftSection: left,
    rightSection: right,
    ...(color === undefined ? {} : { color }),
    ...(lang === undefined ? {} : { lang }),
  };
  if (href !== undefined)
    return (
      <Menu.Item component="a" href={href} {...shared}>
        {text}
      </Menu.Item>
    );
  return (
    <Menu.Item {...shared} {...(onClick ? { onClick } : {})}>
      {text}
    </Menu.Item>
  );
}
