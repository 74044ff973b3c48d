import { Provider } from 'oidc-provider'

/**
 * Remembers what was looked up for the request at hand, because the library asks for the same grant several times
 * within one. Outside a request of the library's, it remembers nothing.
 */
export const perRequest = <T>(lookUp: (id: string) => Promise<T>) => {
  const found = new WeakMap<object, Map<string, Promise<T>>>()
  return (id: string): Promise<T> => {
    const request: object | undefined = Provider.ctx
    if (!request) return lookUp(id)
    const ofRequest = found.get(request) ?? new Map<string, Promise<T>>()
    found.set(request, ofRequest)
    const known = ofRequest.get(id) ?? lookUp(id)
    ofRequest.set(id, known)
    return known
  }
}
