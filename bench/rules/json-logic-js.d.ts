/** The library comes without types. */
declare module "json-logic-js" {
  const library: { apply(logic: unknown, data: unknown): unknown };
  export default library;
}
