/** Puts a file among the downloads of this browser. */
export const save = (file: File): void => {
  const address = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = address
  link.download = file.name
  link.click()
  // The browser has taken it when this page is next at rest.
  setTimeout(() => URL.revokeObjectURL(address))
}
