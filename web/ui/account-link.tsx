import { Anchor } from "@mantine/core";
import { Link } from "@tanstack/react-router";

interface AccountLinkProps {
  readonly id: string;
  readonly name: string | null | undefined;
  /** As of a past day. */
  readonly at?: string | undefined;
}

/** An account by its name, leading to its screen. */
export function AccountLink({ id, name, at }: AccountLinkProps) {
  return (
    <Anchor
      component={Link}
      // the router's types do not reach through Mantine's `component`
      {...({ to: "/accounts/$account", params: { account: id }, search: { at } } as object)}
      c="inherit"
      fw={550}
      underline="hover"
      style={{ overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" }}
    >
      {name ?? id}
    </Anchor>
  );
}
