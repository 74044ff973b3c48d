/** What somebody writes on one line. */
export const oneLine = (text: string): string => text.trim().replace(/\s+/g, ' ').slice(0, 500)
