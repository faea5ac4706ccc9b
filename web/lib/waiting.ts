/** Under which the browser keeps what was done on Today and has not reached the server. */
export const WAITING_KEPT_AS = "touchstone-waiting-changes";

/** Whether anything is kept: what sends it is loaded only then. */
export function isSomethingWaiting(): boolean {
  const kept = localStorage.getItem(WAITING_KEPT_AS);
  return kept !== null && kept !== "[]";
}
