import { Popover, type PopoverProps } from "@mantine/core";
import type { ReactNode, RefObject } from "react";
import { AnchorAt } from "./anchor-at.ts";
import { useOpenedHere } from "./use-opened-here.ts";

interface PopUpInnerProps extends Pick<
  PopoverProps,
  "position" | "width" | "trapFocus" | "withArrow" | "middlewares"
> {
  readonly at: RefObject<HTMLElement | null>;
  readonly id: string;
  readonly isOpen: boolean;
  readonly onOpen: (isOpen: boolean) => void;
  readonly padding?: number | string;
  readonly maxHeight?: number | string;
  /** Its name where the button's is not the right one. */
  readonly label?: string;
  readonly labelledBy?: string;
  /** Drawn only while it is open. */
  readonly children: ReactNode;
}

/** What `PopUp` opens. */
export function PopUpInner(props: PopUpInnerProps) {
  const { at, id, isOpen, onOpen, padding, maxHeight, label, labelledBy, children, ...rest } =
    props;
  const isHere = useOpenedHere(isOpen);
  return (
    <Popover id={id} opened={isHere} onChange={onOpen} shadow="md" returnFocus {...rest}>
      <Popover.Target>
        <AnchorAt at={at} />
      </Popover.Target>
      <Popover.Dropdown
        {...(label === undefined ? {} : { "aria-label": label, "aria-labelledby": undefined })}
        {...(labelledBy === undefined ? {} : { "aria-labelledby": labelledBy })}
        {...(padding === undefined ? {} : { p: padding })}
        {...(maxHeight === undefined ? {} : { mah: maxHeight, style: { overflowY: "auto" } })}
      >
        {children}
      </Popover.Dropdown>
    </Popover>
  );
}
