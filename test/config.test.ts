import { describe, expect, test } from 'vitest';
import { SETTINGS, readConfig } from '#config.ts';
import { AppError, type RequestFault } from '#domain/errors.ts';

function faultsOf(env: Record<string, unknown>): RequestFault[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof AppError && error.code === 'settings-invalid') {
      return (error as AppError<'settings-invalid'>).data.faults;
    }
    throw error;
  }
}

describe('readConfig', () => {
  test('an empty environment gives the documented defaults', () => {
    const documented = Object.fromEntries(SETTINGS.map((setting) => [setting.name, setting.default]));
    expect(readConfig({})).toEqual(readConfig(documented));
    expect(readConfig({})).toEqual({
      port: 8787,
      host: '127.0.0.1',
      dataDir: '.data',
      databaseUrl: undefined,
      databasePoolMax: 10,
      meiliUrl: undefined,
      meiliKey: undefined,
      meiliBinary: undefined,
      meiliIndex: 'correspondents',
      mapTiles: undefined,
      senderUrl: undefined,
      senderKey: undefined,
      createsDemo: true,
      reading: 'open',
      runsIndexer: true,
      logLevel: 'info',
      publicUrl: undefined,
      identityProviders: [],
      tokens: undefined,
      rates: { search: 6000, write: 600, 'sign-in': 60 },
      readOutFrom: 50_000,
      trustedProxies: 0,
    });
  });

  test.each([
    [{}, 0],
    [{ PUBLIC_URL: 'http://localhost:8787' }, 0],
    [{ PUBLIC_URL: 'https://annuaire.exemple.fr' }, 1],
    [{ PUBLIC_URL: 'https://annuaire.exemple.fr', TRUSTED_PROXIES: '0' }, 0],
    [{ PUBLIC_URL: 'https://annuaire.exemple.fr', HOST: '0.0.0.0' }, 0],
    [{ HOST: '0.0.0.0', TRUSTED_PROXIES: '2' }, 2],
  ])('with %o, %i proxies are believed', (env, trustedProxies) => {
    expect(readConfig(env).trustedProxies).toBe(trustedProxies);
  });

  test('servers replace the embedded parts', () => {
    const config = readConfig({
      DATABASE_URL: ' postgres://u:p@db:5432/ror ',
      MEILI_URL: 'https://search.example/',
      MEILI_KEY: 'k',
      DEMO: 'off',
    });
    expect(config).toMatchObject({
      databaseUrl: 'postgres://u:p@db:5432/ror',
      meiliUrl: 'https://search.example',
      meiliKey: 'k',
      createsDemo: false,
    });
  });

  test('all faults come at once, each names its variable and what would be right', () => {
    const faults = faultsOf({
      PORT: '70000',
      HOST: 'http://x',
      DATABASE_POOL_MAX: '0',
      DEMO: 'yes',
      LOG_LEVEL: 'verbose',
      MEILI_INDEX: 'a b',
    });
    expect(faults).toEqual([
      { pointer: 'PORT', detail: 'PORT "70000" is not a whole number from 0 to 65535.' },
      {
        pointer: 'HOST',
        detail: 'HOST "http://x" is not a host name or an address such as 127.0.0.1.',
      },
      { pointer: 'DATABASE_POOL_MAX', detail: 'DATABASE_POOL_MAX "0" is not a whole number from 1 to 1000.' },
      {
        pointer: 'MEILI_INDEX',
        detail: 'MEILI_INDEX "a b" is not 1 to 100 letters, digits, hyphens and underscores.',
      },
      { pointer: 'DEMO', detail: 'DEMO "yes" is not one of on, off.' },
      { pointer: 'LOG_LEVEL', detail: 'LOG_LEVEL "verbose" is not one of debug, info, warning, error.' },
    ]);
  });

  test.each([
    [{ DATABASE_URL: 'mysql://root:s3cret@db/x' }, 'DATABASE_URL'],
    [{ DATABASE_URL: 's3cret' }, 'DATABASE_URL'],
    [{ MEILI_URL: 'ftp://s3cret@search' }, 'MEILI_URL'],
    [{ MEILI_URL: 'http://u:s3cret@search' }, 'MEILI_URL'],
    [{ MEILI_URL: 'http://search', MEILI_KEY: 's3cret key' }, 'MEILI_KEY'],
    [{ MEILI_KEY: 's3cret' }, 'MEILI_KEY'],
    [{ SENDER_URL: 'https://u:s3cret@hook' }, 'SENDER_URL'],
    [{ SENDER_KEY: 's3cret' }, 'SENDER_KEY'],
    [{ OIDC_ISSUER: 'https://u:s3cret@auth', OIDC_CLIENT_ID: 'x', OIDC_CLIENT_SECRET: 'x' }, 'OIDC_ISSUER'],
    [{ OIDC_ISSUER: 'http://auth.example', OIDC_CLIENT_ID: 'x', OIDC_CLIENT_SECRET: 'x' }, 'OIDC_ISSUER'],
    [{ OTHER_OIDC_ISSUER: 'https://auth', OTHER_OIDC_CLIENT_SECRET: 's3cret' }, 'OTHER_OIDC_CLIENT_ID'],
    [{ TOKEN_ISSUER: 'https://auth' }, 'TOKEN_AUDIENCE'],
    [{ PUBLIC_URL: 'http://annuaire.example' }, 'PUBLIC_URL'],
    [{ PUBLIC_URL: 'https://annuaire.example/s3cret' }, 'PUBLIC_URL'],
    [
      { HOST: '0.0.0.0', OIDC_ISSUER: 'https://auth', OIDC_CLIENT_ID: 'x', OIDC_CLIENT_SECRET: 's3cret' },
      'PUBLIC_URL',
    ],
    [{ MEILI_URL: 'http://search', MEILI_BINARY: '/bin/meilisearch' }, 'MEILI_BINARY'],
  ])('%o is refused without repeating a secret', (env, pointer) => {
    const faults = faultsOf(env);
    expect(faults.map((fault) => fault.pointer)).toEqual([pointer]);
    expect(JSON.stringify(faults)).not.toContain('s3cret');
  });

  test.each([
    ['MEILI_URLS', 'MEILI_URL'],
    ['MEILI_MASTER_KEY', 'MEILI_KEY'],
    ['DATABASE_URI', 'DATABASE_URL'],
    ['DATABASE_POOLMAX', 'DATABASE_POOL_MAX'],
    ['DATA_DIRS', 'DATA_DIR'],
    ['LOG_LEVLE', 'LOG_LEVEL'],
    ['INDEXERS', 'INDEXER'],
    ['OIDC_SECRET', 'OIDC_ISSUER'],
    ['PUBLIC_URLS', 'PUBLIC_URL'],
  ])('a misspelt %s is refused and %s is named', (name, nearest) => {
    expect(faultsOf({ [name]: 'x' })).toEqual([
      { pointer: name, detail: `${name} is not a setting; did you mean ${nearest}?` },
    ]);
  });

  test("other programs' variables, Kubernetes' and a Worker's bindings are passed over", () => {
    const env = {
      PATH: '/bin',
      HOME: '/root',
      LOG_DIR: '/var/log',
      DATA_CENTER: 'x',
      MEILI_SERVICE_HOST: '10.0.0.1',
      MEILI_PORT_7700_TCP_ADDR: '10.0.0.1',
      DATABASE_PORT: 'tcp://10.0.0.2:5432',
      MEILI_URL: { fetch() {} },
      DATABASE_HYPERDRIVE: {},
    };
    expect(readConfig(env)).toEqual(readConfig({}));
  });
});
