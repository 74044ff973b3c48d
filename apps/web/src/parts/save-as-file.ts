/** Gives something to the browser to keep as a file, laid out so that people can read it. */
export const saveAsFile = (name: string, content: unknown): void =>
  saveText(name, JSON.stringify(content, null, 2), 'application/json')

/** Gives text to the browser to keep as a file. */
export const saveText = (name: string, text: string, type: string): void => {
  const url = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  document.body.append(link)
  link.click()
  link.remove()
  URL.revokeObjectURL(url)
}
