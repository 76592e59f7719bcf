/** How people sign in here. */
export interface SignInSettings {
  /** Origin under which people reach this service. Undefined: any name of this machine (loopback), and no other. */
  publicUrl: string | undefined;
  /** None: nobody signs in on pages. */
  providers: IdentityProvider[];
  /** Whose access tokens applications may call with; undefined: nobody's. */
  tokens: TokenIssuer | undefined;
}

/** An issuer of access tokens (JWT) for this service. */
export interface TokenIssuer {
  /** The issuer, or the address of its discovery document. */
  issuer: string;
  /** What tokens for this service name as theirs. */
  audience: string;
  /** Whether it is believed about an RPPS: Pro Santé Connect only. */
  statesRpps: boolean;
}

/** An OpenID Connect provider, and who we are to it. */
export interface IdentityProvider {
  /** In addresses. */
  id: 'pro-sante-connect' | 'autre';
  /** On pages. */
  label: string;
  /** Its issuer, or the address of its discovery document. */
  issuer: string;
  clientId: string;
  clientSecret: string;
  scope: string;
  /** Undefined: whatever the provider takes for enough. */
  acrValues: string | undefined;
  /** Whether it is believed about an RPPS: Pro Santé Connect only. */
  statesRpps: boolean;
}
