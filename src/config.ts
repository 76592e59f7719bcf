import { z } from 'zod';
import type { Rates } from '#access/rate-limiter.ts';
import type { IdentityProvider, SignInSettings, TokenIssuer } from '#access/sign-in-settings.ts';
import { AppError, type RequestFault } from '#domain/errors.ts';
import { isLoopback } from '#domain/loopback.ts';
import type { ReadingAccess } from '#domain/operations.ts';

type LogLevel = (typeof LOG_LEVELS)[number];
const LOG_LEVELS = ['debug', 'info', 'warning', 'error'] as const;

export interface Config {
  /** 0 lets the system choose. */
  port: number;
  host: string;
  /** As given: relative to the current directory. */
  dataDir: string;
  /** Undefined: the embedded PGlite. */
  databaseUrl: string | undefined;
  databasePoolMax: number;
  /** Without a trailing slash. Undefined: the embedded engine. */
  meiliUrl: string | undefined;
  meiliKey: string | undefined;
  /** Path of a `meilisearch` to start instead of the bundled one. */
  meiliBinary: string | undefined;
  meiliIndex: string;
  /** Address of map tiles with `{z}`, `{x}`, `{y}`. Undefined: those drawn here. */
  mapTiles: string | undefined;
  /** Web hook that takes messages to people. */
  senderUrl: string | undefined;
  senderKey: string | undefined;
  createsDemo: boolean;
  runsIndexer: boolean;
  logLevel: LogLevel;
  reading: ReadingAccess;
  rates: Rates;
  /** Correspondents a day from which answers to one caller are slowed down; 0 for no watch. */
  readOutFrom: number;
  trustedProxies: number;
  /** Origin. Undefined: this machine only. */
  publicUrl: string | undefined;
  /** None: nobody signs in, but in the demonstration. */
  identityProviders: IdentityProvider[];
  tokens: TokenIssuer | undefined;
}

/** Every setting, as the README lists them. An empty variable is an absent one. */
export const SETTINGS = [
  { name: 'PORT', default: '8787', meaning: 'Port of the API.' },
  { name: 'HOST', default: '127.0.0.1', meaning: 'Address to listen on; `0.0.0.0` for all.' },
  { name: 'DATA_DIR', default: '.data', meaning: 'Folder of the embedded parts and of downloads.' },
  { name: 'DATABASE_URL', default: '', meaning: 'Postgres server (`postgres://…`); empty: embedded PGlite.' },
  { name: 'DATABASE_POOL_MAX', default: '10', meaning: 'Connections to the Postgres server, at most.' },
  { name: 'MEILI_URL', default: '', meaning: 'Meilisearch server (`http(s)://…`); empty: embedded engine.' },
  { name: 'MEILI_KEY', default: '', meaning: 'Key of the Meilisearch server.' },
  {
    name: 'MEILI_BINARY',
    default: '',
    meaning: 'Path of a `meilisearch` to start instead of the bundled one.',
  },
  { name: 'MEILI_INDEX', default: 'correspondents', meaning: 'Name of the search index.' },
  {
    name: 'MAP_TILES',
    default: '',
    meaning: 'Map tiles (`https://…/{z}/{x}/{y}.png`); empty: drawn here from the communes.',
  },
  {
    name: 'SENDER_URL',
    default: '',
    meaning:
      'Web hook for messages to people (codes, invitations): `POST` of JSON `{to: {kind, address}, subject, text}`. Empty: the embedded demonstration writes them to the log, anything else refuses.',
  },
  { name: 'SENDER_KEY', default: '', meaning: 'Key of the web hook, as a bearer token.' },
  {
    name: 'DEMO',
    default: 'on',
    meaning: '`on` loads a demo directory into an empty store; `off` does not.',
  },
  {
    name: 'INDEXER',
    default: 'on',
    meaning: '`on`: the server follows the change log; `off`: another process does.',
  },
  {
    name: 'ACCESS',
    default: '',
    meaning:
      '`open`: anybody may read; `keys`: applications with a key only. Empty: open on this machine only (a loopback `HOST`).',
  },
  {
    name: 'PUBLIC_URL',
    default: '',
    meaning:
      'Address under which people reach the service (`https://…`), to sign in; empty: this machine only.',
  },
  {
    name: 'OIDC_ISSUER',
    default: '',
    meaning: 'Issuer of Pro Santé Connect, or the address of its discovery document.',
  },
  { name: 'OIDC_CLIENT_ID', default: '', meaning: 'Who we are to it.' },
  { name: 'OIDC_CLIENT_SECRET', default: '', meaning: 'Its secret.' },
  {
    name: 'OTHER_OIDC_ISSUER',
    default: '',
    meaning: 'Another OpenID Connect provider, for people without a CPS; never believed about an RPPS.',
  },
  { name: 'OTHER_OIDC_CLIENT_ID', default: '', meaning: 'Who we are to it.' },
  { name: 'OTHER_OIDC_CLIENT_SECRET', default: '', meaning: 'Its secret.' },
  { name: 'OTHER_OIDC_LABEL', default: 'Autre compte', meaning: 'Its name on pages.' },
  {
    name: 'TOKEN_ISSUER',
    default: '',
    meaning:
      'Issuer of access tokens with which applications call for people; an RPPS counts if it is `OIDC_ISSUER`.',
  },
  { name: 'TOKEN_AUDIENCE', default: '', meaning: 'What those tokens must name as their audience.' },
  {
    name: 'TRUSTED_PROXIES',
    default: '',
    meaning:
      'How many proxies stand before the server: so many addresses of `X-Forwarded-For` are believed, from its end. Empty: 1 when `HOST` is loopback and `PUBLIC_URL` is not, else 0. With 0, callers on this machine are not limited.',
  },
  {
    name: 'RATE_SEARCH',
    default: '6000',
    meaning:
      'Searches and other reads a minute, for each key, each person who signed in, and each address of the others; `0`: no limit.',
  },
  { name: 'RATE_WRITE', default: '600', meaning: 'The same, for what changes something.' },
  { name: 'RATE_SIGN_IN', default: '60', meaning: 'The same, for sign-ins, codes and wrong keys.' },
  {
    name: 'READ_OUT_FROM',
    default: '50000',
    meaning:
      'Different correspondents a day from which one caller is answered ever more slowly, up to twice as many; `0`: no watch. Keys with the scope `export` are not counted.',
  },
  { name: 'LOG_LEVEL', default: 'info', meaning: '`debug`, `info`, `warning` or `error`.' },
] as const satisfies { name: string; default: string; meaning: string }[];

type SettingName = (typeof SETTINGS)[number]['name'];
type Values = Record<SettingName, string>;

const integer = (min: number, max: number) =>
  z
    .string()
    .refine((text) => /^\d{1,9}$/.test(text) && Number(text) >= min && Number(text) <= max, {
      error: (issue) => `${quoted(issue.input)} is not a whole number from ${min} to ${max}.`,
    })
    .transform(Number);

const oneOf = <T extends string>(values: readonly [T, ...T[]]) =>
  z.enum(values, { error: (issue) => `${quoted(issue.input)} is not one of ${values.join(', ')}.` });

const onOrOff = oneOf(['on', 'off']).transform((text) => text === 'on');
const optional = z.string().transform((text) => text || undefined);

const issuer = optional.refine((text) => text === undefined || isSafeUrl(text), {
  error:
    'is not the address of an OpenID Connect issuer, such as https://auth.example.org (https but on this machine).',
});

const schema = z.object({
  PORT: integer(0, 65_535),
  HOST: z.string().regex(/^[\w.:-]+$/, {
    error: (issue) => `${quoted(issue.input)} is not a host name or an address such as 127.0.0.1.`,
  }),
  DATA_DIR: z.string(),
  DATABASE_URL: optional.refine((text) => text === undefined || isUrl(text, ['postgres:', 'postgresql:']), {
    error: 'is not the address of a Postgres server, such as postgres://user:password@host:5432/database.',
  }),
  DATABASE_POOL_MAX: integer(1, 1000),
  MEILI_URL: optional
    .refine((text) => text === undefined || isBareHttpUrl(text), {
      error:
        'is not the address of a Meilisearch server, such as http://127.0.0.1:7700 (the key goes into MEILI_KEY).',
    })
    .transform((text) => text?.replace(/\/+$/, '')),
  MEILI_KEY: optional.refine((text) => text === undefined || /^[\x21-\x7e]+$/.test(text), {
    error: 'has a space, an accent or a control character in it; give the key exactly as the engine has it.',
  }),
  MEILI_BINARY: optional,
  MEILI_INDEX: z.string().regex(/^[\w-]{1,100}$/, {
    error: (issue) => `${quoted(issue.input)} is not 1 to 100 letters, digits, hyphens and underscores.`,
  }),
  MAP_TILES: optional.refine(
    (text) =>
      text === undefined ||
      (isUrl(text, ['http:', 'https:']) && ['{z}', '{x}', '{y}'].every((it) => text.includes(it))),
    {
      error:
        'is not an address with {z}, {x} and {y} in it, such as https://tiles.example.org/{z}/{x}/{y}.png.',
    },
  ),
  SENDER_URL: optional.refine(
    (text) =>
      text === undefined ||
      (isUrl(text, ['http:', 'https:']) && new URL(text).username + new URL(text).password === ''),
    { error: 'is not the address of a web hook, such as https://sender.example.org/messages.' },
  ),
  SENDER_KEY: optional.refine((text) => text === undefined || /^[\x21-\x7e]+$/.test(text), {
    error:
      'has a space, an accent or a control character in it; give the key exactly as the web hook has it.',
  }),
  DEMO: onOrOff,
  INDEXER: onOrOff,
  ACCESS: oneOf(['', 'open', 'keys']),
  PUBLIC_URL: optional
    .refine((text) => text === undefined || (isSafeUrl(text) && new URL(text).pathname === '/'), {
      error: 'is not an address such as https://annuaire.example.org (https but on this machine, no path).',
    })
    .transform((text) => text && new URL(text).origin),
  OIDC_ISSUER: issuer,
  OIDC_CLIENT_ID: optional,
  OIDC_CLIENT_SECRET: optional,
  OTHER_OIDC_ISSUER: issuer,
  OTHER_OIDC_CLIENT_ID: optional,
  OTHER_OIDC_CLIENT_SECRET: optional,
  TOKEN_ISSUER: issuer,
  TOKEN_AUDIENCE: optional,
  TRUSTED_PROXIES: oneOf(['', '0', '1', '2', '3', '4', '5']),
  RATE_SEARCH: integer(0, 10_000_000),
  RATE_WRITE: integer(0, 10_000_000),
  RATE_SIGN_IN: integer(0, 10_000_000),
  READ_OUT_FROM: integer(0, 10_000_000),
  OTHER_OIDC_LABEL: z.string().max(60, { error: 'has more than 60 characters.' }),
  LOG_LEVEL: oneOf(LOG_LEVELS),
});

/**
 * The environment as configuration. Members that are not strings (bindings of a Worker) are passed over. Secrets are never repeated
 * in a fault. Throws `settings-invalid` with all faults at once.
 */
export function readConfig(env: Readonly<Record<string, unknown>>): Config {
  const values = Object.fromEntries(
    SETTINGS.map((s) => [s.name, textOf(env, s.name) || s.default]),
  ) as Values;
  const parsed = schema.safeParse(values);
  const faults = [
    ...(parsed.error?.issues ?? []).map((issue) => toFault(String(issue.path[0]), issue.message)),
    ...listContradictions(values),
    ...listMisspelt(env),
  ];
  if (!parsed.success || faults.length > 0) {
    throw new AppError(
      'settings-invalid',
      `The settings are not valid. ${faults.map((f) => f.detail).join(' ')}`,
      { faults },
    );
  }
  const s = parsed.data;
  return {
    port: s.PORT,
    host: s.HOST,
    dataDir: s.DATA_DIR,
    databaseUrl: s.DATABASE_URL,
    databasePoolMax: s.DATABASE_POOL_MAX,
    meiliUrl: s.MEILI_URL,
    meiliKey: s.MEILI_KEY,
    meiliBinary: s.MEILI_BINARY,
    meiliIndex: s.MEILI_INDEX,
    mapTiles: s.MAP_TILES,
    senderUrl: s.SENDER_URL,
    senderKey: s.SENDER_KEY,
    createsDemo: s.DEMO,
    runsIndexer: s.INDEXER,
    logLevel: s.LOG_LEVEL,
    rates: { search: s.RATE_SEARCH, write: s.RATE_WRITE, 'sign-in': s.RATE_SIGN_IN },
    readOutFrom: s.READ_OUT_FROM,
    trustedProxies: s.TRUSTED_PROXIES === '' ? countLikelyProxies(s) : Number(s.TRUSTED_PROXIES),
    publicUrl: s.PUBLIC_URL,
    identityProviders: listProviders(s),
    tokens:
      s.TOKEN_ISSUER !== undefined && s.TOKEN_AUDIENCE !== undefined
        ? { issuer: s.TOKEN_ISSUER, audience: s.TOKEN_AUDIENCE, statesRpps: s.TOKEN_ISSUER === s.OIDC_ISSUER }
        : undefined,
    reading: s.ACCESS === '' ? (isLoopback(s.HOST) ? 'open' : 'keys') : s.ACCESS,
  };
}

/** A server that only this machine can reach, and that people reach elsewhere, has a proxy before it. */
function countLikelyProxies({ HOST: host, PUBLIC_URL: publicUrl }: z.infer<typeof schema>): number {
  return isLoopback(host) && publicUrl !== undefined && !isLoopback(new URL(publicUrl).hostname) ? 1 : 0;
}

/** Undefined when the settings name no issuer at all: nobody can sign in. */
export function toSignInSettings({
  publicUrl,
  identityProviders,
  tokens,
}: Config): SignInSettings | undefined {
  if (identityProviders.length === 0 && tokens === undefined) return undefined;
  return { publicUrl, providers: identityProviders, tokens };
}

/** The pairs were checked before: an issuer comes with who we are to it. */
function listProviders(s: z.infer<typeof schema>): IdentityProvider[] {
  const providers: IdentityProvider[] = [];
  if (s.OIDC_ISSUER !== undefined) {
    providers.push({
      id: 'pro-sante-connect',
      label: 'Pro Santé Connect',
      issuer: s.OIDC_ISSUER,
      clientId: s.OIDC_CLIENT_ID ?? '',
      clientSecret: s.OIDC_CLIENT_SECRET ?? '',
      scope: 'openid scope_all',
      acrValues: 'eidas1',
      statesRpps: true,
    });
  }
  if (s.OTHER_OIDC_ISSUER !== undefined) {
    providers.push({
      id: 'autre',
      label: s.OTHER_OIDC_LABEL,
      issuer: s.OTHER_OIDC_ISSUER,
      clientId: s.OTHER_OIDC_CLIENT_ID ?? '',
      clientSecret: s.OTHER_OIDC_CLIENT_SECRET ?? '',
      scope: 'openid profile email',
      acrValues: undefined,
      statesRpps: false,
    });
  }
  return providers;
}

function listContradictions(values: Values): RequestFault[] {
  const faults: RequestFault[] = [];
  if (values.MEILI_KEY && !values.MEILI_URL) {
    faults.push(
      toFault('MEILI_KEY', 'is given without MEILI_URL; give both, or neither for the embedded engine.'),
    );
  }
  if (values.SENDER_KEY && !values.SENDER_URL) {
    faults.push(toFault('SENDER_KEY', 'is given without SENDER_URL; give both, or neither.'));
  }
  if (values.MEILI_BINARY && values.MEILI_URL) {
    faults.push(
      toFault('MEILI_BINARY', 'and MEILI_URL exclude each other; keep the one that is to be searched.'),
    );
  }
  for (const prefix of ['', 'OTHER_'] as const) {
    const names = [`${prefix}OIDC_ISSUER`, `${prefix}OIDC_CLIENT_ID`, `${prefix}OIDC_CLIENT_SECRET`] as const;
    const missing = names.filter((name) => !values[name]);
    if (missing.length > 0 && missing.length < names.length)
      faults.push(...missing.map((name) => toFault(name, `is missing: ${names.join(', ')} go together.`)));
  }
  if (Boolean(values.TOKEN_ISSUER) !== Boolean(values.TOKEN_AUDIENCE)) {
    const name = values.TOKEN_ISSUER ? 'TOKEN_AUDIENCE' : 'TOKEN_ISSUER';
    faults.push(toFault(name, 'is missing: TOKEN_ISSUER and TOKEN_AUDIENCE go together.'));
  }
  if ((values.OIDC_ISSUER || values.OTHER_OIDC_ISSUER) && !values.PUBLIC_URL && !isLoopback(values.HOST))
    faults.push(toFault('PUBLIC_URL', 'is missing: providers send people back there.'));
  return faults;
}

/** All of `MEILI_` and `DATABASE_` is ours; elsewhere a name must be close to one of ours to be a slip. */
const FAMILIES = [
  { prefix: 'MEILI_', distanceMax: Infinity },
  { prefix: 'DATABASE_', distanceMax: Infinity },
  { prefix: 'OIDC_', distanceMax: Infinity },
  { prefix: 'OTHER_OIDC_', distanceMax: Infinity },
  { prefix: 'PUBLIC_', distanceMax: 2 },
  { prefix: 'DATA_', distanceMax: 2 },
  { prefix: 'SENDER_', distanceMax: Infinity },
  { prefix: 'LOG_', distanceMax: 2 },
  { prefix: 'RATE_', distanceMax: 2 },
  { prefix: 'READ_OUT_', distanceMax: 2 },
  { prefix: 'TRUSTED_', distanceMax: 2 },
  { prefix: 'INDEXER', distanceMax: 2 },
];

/** What Kubernetes sets in every container for a service named `meili` or `database`. */
const KUBERNETES_SERVICE = /_(SERVICE_HOST|SERVICE_PORT(_\w+)?|PORT(_\d+_(TCP|UDP|SCTP)(_\w+)?)?)$/;

function listMisspelt(env: Readonly<Record<string, unknown>>): RequestFault[] {
  const known: string[] = SETTINGS.map((setting) => setting.name);
  return Object.keys(env).flatMap((name) => {
    const family = FAMILIES.find(({ prefix }) => name.startsWith(prefix));
    if (!family || known.includes(name) || !textOf(env, name) || KUBERNETES_SERVICE.test(name)) return [];
    const [nearest] = known
      .filter((other) => other.startsWith(family.prefix))
      .map((other) => ({ other, distance: editDistance(name, other) }))
      .sort((a, b) => a.distance - b.distance);
    if (!nearest || nearest.distance > family.distanceMax) return [];
    return [toFault(name, `is not a setting; did you mean ${nearest.other}?`)];
  });
}

function toFault(name: string, sentence: string): RequestFault {
  return { pointer: name, detail: `${name} ${sentence}` };
}

function textOf(env: Readonly<Record<string, unknown>>, name: string): string {
  const value = env[name];
  return typeof value === 'string' ? value.trim() : '';
}

function quoted(input: unknown): string {
  return JSON.stringify(String(input).slice(0, 60));
}

function isUrl(text: string, protocols: string[]): boolean {
  return URL.canParse(text) && protocols.includes(new URL(text).protocol) && new URL(text).host !== '';
}

/** What passwords and identities may travel on: encrypted, or within this machine. */
function isSafeUrl(text: string): boolean {
  return isBareHttpUrl(text) && (text.startsWith('https:') || isLoopback(new URL(text).hostname));
}

function isBareHttpUrl(text: string): boolean {
  if (!isUrl(text, ['http:', 'https:'])) return false;
  const url = new URL(text);
  return `${url.username}${url.password}${url.search}${url.hash}` === '';
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (const [i, charA] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, charB] of [...b].entries()) {
      next.push(
        Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + (charA === charB ? 0 : 1)),
      );
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
