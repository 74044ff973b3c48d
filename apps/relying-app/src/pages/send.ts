import type { FastifyReply } from 'fastify'
import { toText } from './html.ts'
import { layout, type Page } from './layout.ts'

/** Answers with a page. No page is kept by a browser or a proxy: the next person at this computer may be someone else. */
export const sendPage = (reply: FastifyReply, page: Page, status = 200) =>
  reply
    .code(status)
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(toText(layout(page)))
