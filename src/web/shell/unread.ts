/** How many notifications wait to be read. */
export const useUnread = (): number => 0;
