import { Provider } from 'oidc-provider'
import { notes } from '#kernel'

/**
 * Writes into ID tokens what CIS2's have and the library leaves out: the client that each was issued to (`azp`, OpenID
 * Connect Core §2), and the access token that it came with (`at_hash`, §3.1.3.6), which also tells an ID token from whatever
 * else we sign.
 */
export const completeIdTokens = ({ AccessToken, IdToken }: Provider): void => {
  const values = notes<object, string>()
  const { save } = AccessToken.prototype
  const { issue } = IdToken.prototype
  AccessToken.prototype.save = async function () {
    const value = await save.call(this)
    if (Provider.ctx) values.set(Provider.ctx, value)
    return value
  }
  IdToken.prototype.issue = function (about) {
    const value = this.ctx && values.get(this.ctx)
    if (about.use === 'idtoken') this.set('azp', this.client.clientId)
    // The library puts the hash in the value's place, by the algorithm that it signs with.
    if (value && about.use === 'idtoken') this.set('at_hash', value)
    return issue.call(this, about)
  }
}
