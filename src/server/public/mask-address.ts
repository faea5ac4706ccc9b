/** `an•••@acme.example`: who knows the address knows it again, who does not learns little. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf("@");
  if (at < 1) return "•••";
  return `${address.slice(0, at > 3 ? 2 : 1)}•••${address.slice(at)}`;
}
