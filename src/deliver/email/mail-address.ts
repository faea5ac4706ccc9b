export interface MailAddress {
  readonly name: string;
  readonly address: string;
}

/** What may stand between the brackets of an address line: one address and nothing that could be two. */
const ADDRESS = /^[^\s<>(),:;"\\[\]@\p{Cc}]{1,64}@[^\s<>(),:;"\\[\]@\p{Cc}]{1,253}$/u;

export function isMailAddress(text: string): boolean {
  return ADDRESS.test(text);
}

/** `Acme Success <success@acme.example>` or the bare address; null: it is neither. */
export function readMailAddress(text: string): MailAddress | null {
  const [, name = "", inBrackets] = /^\s*(?:"?([^"<>]*?)"?\s*)<([^<>]+)>\s*$/.exec(text) ?? [];
  const address = (inBrackets ?? text).trim();
  return isMailAddress(address) ? { name: name.trim(), address } : null;
}

/** `acme.example` */
export function domainOf({ address }: MailAddress): string {
  return address.slice(address.lastIndexOf("@") + 1);
}
