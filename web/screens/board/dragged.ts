/** What a dragged card carries: which account, and from where. */
export const DRAGGED = "application/x-touchstone-account";
