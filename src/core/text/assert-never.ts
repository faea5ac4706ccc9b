/** The end of a switch over a union: the compiler sees to it that nothing gets here. */
export function assertNever(value: never): never {
  throw new Error(`unexpected ${JSON.stringify(value)}`);
}
