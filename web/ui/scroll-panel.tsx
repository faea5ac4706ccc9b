import { Box } from "@mantine/core";
import { type ReactNode, useEffect, useRef, useState } from "react";

interface ScrollPanelProps {
  /** What it holds, for those who come to it by keyboard. */
  readonly label: string;
  readonly children: ReactNode;
}

/** A box with a table in it that may be too wide: where it is, the keyboard scrolls it too. */
export function ScrollPanel({ label, children }: ScrollPanelProps) {
  const box = useRef<HTMLDivElement>(null);
  const [isScrolled, setScrolled] = useState(false);
  useEffect(() => {
    const { current } = box;
    if (!current) return undefined;
    const look = (): void =>
      setScrolled(
        current.scrollWidth > current.clientWidth || current.scrollHeight > current.clientHeight,
      );
    const watch = new ResizeObserver(look);
    watch.observe(current);
    for (const inner of current.children) watch.observe(inner);
    return () => watch.disconnect();
  }, []);
  return (
    <Box
      ref={box}
      className="panel"
      role="group"
      aria-label={label}
      {...(isScrolled ? { tabIndex: 0 } : {})}
    >
      {children}
    </Box>
  );
}
