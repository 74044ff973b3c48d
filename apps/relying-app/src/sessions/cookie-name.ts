/**
 * The name of a cookie of ours. Over https it carries `__Host-`, so that nobody with a sibling sub-domain can plant one and
 * have a visitor work as somebody else (RFC 6265bis §4.1.3.2); on plain http, which is for localhost, browsers refuse that.
 * @param secure whether the cookie is to travel over https only
 */
export const cookieName = (name: string, secure: boolean): string => (secure ? `__Host-${name}` : name)
