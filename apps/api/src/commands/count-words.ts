/** `1 person`, `2 people`: how many there are of something. */
export const countWords = (count: number, one: string, more = `${one}s`): string =>
  `${count} ${count === 1 ? one : more}`
