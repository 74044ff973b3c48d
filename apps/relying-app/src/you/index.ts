/** You: what Fobwatch told us about the visitor. Owns /about-you; shows nobody but the one who is logged in. */
export { youRoutes } from './routes.ts'
