/** Everybody who may ask, by who they are to the professional of the test. */
export type CallerName =
  | 'nobody'
  | 'key search'
  | 'key export'
  | 'key mailbox-activity'
  | 'key territory'
  | 'key admin'
  | 'another professional'
  | 'owner'
  | 'delegate'
  | 'coordinator'
  | 'manager'
  | 'administrator';

export interface Caller {
  name: CallerName;
  /** What they say of themselves, and what they were given: they may be told it again. */
  own: readonly string[];
  headers: Readonly<Record<string, string>>;
}
