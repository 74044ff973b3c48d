import type { BrowserLike, Send } from '@fobwatch/testkit'

/** What a page of the service asks to be deleted, in a browser. */
export const erase = async (
  { issuer, send }: { issuer: string; send: Send },
  browser: BrowserLike,
  path: string,
  body?: object,
): Promise<{ status: number; body: string }> => {
  const text = body && JSON.stringify(body)
  const answer = await send(new URL(path, issuer), {
    method: 'DELETE',
    headers: {
      cookie: browser.cookieHeader(path),
      origin: issuer,
      'sec-fetch-site': 'same-origin',
      // Node does not say by itself how long the body of a DELETE is.
      ...(text && { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) }),
    },
    ...(text && { body: text }),
  })
  return { status: answer.status, body: await answer.text() }
}
