import { Provider } from 'oidc-provider'

/**
 * Has every ID token name the access token that it came with (`at_hash`, OIDC Core §3.1.3.6). With a code it may, and the
 * library does not; CIS2's does. It also tells an ID token from whatever else we sign.
 */
export const addAtHash = ({ AccessToken, IdToken }: Provider): void => {
  const values = new WeakMap<object, string>()
  const { save } = AccessToken.prototype
  const { issue } = IdToken.prototype
  AccessToken.prototype.save = async function () {
    const value = await save.call(this)
    if (Provider.ctx) values.set(Provider.ctx, value)
    return value
  }
  IdToken.prototype.issue = function (about) {
    const value = this.ctx && values.get(this.ctx)
    // The library puts the hash in the value's place, by the algorithm that it signs with.
    if (value && about.use === 'idtoken') this.set('at_hash', value)
    return issue.call(this, about)
  }
}
