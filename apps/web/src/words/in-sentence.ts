/** A label within a sentence: "FIDO certificate" and "PKCE" keep their capitals, "Access tokens last" loses its first. */
export const inSentence = (label: string): string =>
  /^[A-Z]([a-z]|$| )/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label
