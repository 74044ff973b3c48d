import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readConfig } from './config.ts'

describe('the configuration', () => {
  it('is that of the demonstration when nothing is set', () => {
    assert.deepEqual(readConfig({}), {
      host: '127.0.0.1',
      port: 3001,
      url: 'http://localhost:3001',
      apiUrl: 'http://localhost:3001/api',
      issuer: 'http://localhost:3000',
      clientId: 'ward-list',
      clientSecret: undefined,
      logLevel: 'info',
    })
  })

  it('has its address follow its port, unless it is told', () => {
    assert.equal(readConfig({ PORT: '4001' }).url, 'http://localhost:4001')
    assert.equal(readConfig({ PORT: '4001', RELYING_APP_URL: 'https://ward.test' }).apiUrl, 'https://ward.test/api')
  })

  it('names every fault at once', () => {
    const wrong = {
      PORT: 'x',
      RELYING_APP_URL: 'https://ward.test/app',
      FOBWATCH_ISSUER: 'http://login.test',
      LOG_LEVEL: 'loud',
    }
    assert.throws(
      () => readConfig(wrong),
      (error: Error) => {
        assert.deepEqual(error.message.match(/^[A-Z_]+(?=:)/gm), [
          'PORT',
          'RELYING_APP_URL',
          'FOBWATCH_ISSUER',
          'LOG_LEVEL',
        ])
        return true
      },
    )
  })
})
